package render

import "fmt"

// isBuiltin says whether name is one of the drawings that the survey page carries as symbols.
func isBuiltin(name string) bool {
	switch name {
	case "face-1", "face-2", "face-3", "face-4", "face-5":
		return true
	}
	return false
}

// picture finds an option's picture: the id of a built-in drawing or the address of a file; both empty for none.
// Errors: a file that nobody gave an address.
func (b *surveyBuilder) picture(name string) (symbol, address string, err error) {
	if name == "" {
		return "", "", nil
	}
	if isBuiltin(name) {
		return name, "", nil
	}
	if address, ok := b.files[name]; ok {
		return "", address, nil
	}
	return "", "", fmt.Errorf("picture %q has no address", name)
}
