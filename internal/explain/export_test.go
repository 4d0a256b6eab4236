package explain

// Completable makes an example of a fragment that stands in another page of the documentation. base is "es" for the one in two
// languages.
func Completable(text, base string) (Example, error) {
	f, err := readFragment(text, nil)
	return Example{Fragments: []Fragment{f}, base: base}, err
}
