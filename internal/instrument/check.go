package instrument

// check verifies what only shows when all of the file has been read.
func (l *loader) check(d *draft) {
	l.checkConditions(d)
}
