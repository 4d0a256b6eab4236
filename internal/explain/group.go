package explain

// Group is a chapter of the catalogue.
type Group struct {
	ID    string
	Title string
	Intro string // a sentence under the title; may be empty
}

// Groups lists the chapters in their order.
func Groups() []Group {
	return []Group{
		{"file", "The file", ""},
		{"yaml", "YAML", "What is not YAML keeps the rest of the file from being read: it is reported alone, of every entry the first place."},
		{"keys", "Keys and values", ""},
		{"names", "Names and codes", ""},
		{"texts", "Texts", ""},
		{"conditions", "Conditions", ""},
		{"pages", "Pages and batteries", ""},
		{"assets", "Pictures and recordings", ""},
		{"scales", "Scales", ""},
		{"models", "Item response models, norms and conversions", ""},
		{"quality", "Quality and tests", ""},
		{"provenance", "Provenance", ""},
	}
}
