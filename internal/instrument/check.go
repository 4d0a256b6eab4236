package instrument

// check verifies what only shows when all of the file has been read.
func (l *loader) check(d *draft) {
	l.checkLanguages(d)
	l.checkPlaceholders(d)
	l.checkSets(d)
	l.checkNames(d)
	l.checkBattery(d)
	l.checkPages(d)
	l.checkConditions(d)
	l.checkScales(d)
	l.checkScaleTests(d)
	l.checkProvenance(d)
	l.checkEvidence(d)
	l.checkTranslations(d)
	l.checkLength(d)
	l.checkReading(d)
}
