package render

import (
	_ "embed"
	"html/template"
)

// paperStyle is the stylesheet of pages that are files of their own, to be kept, sent and printed: it stands inside them.
var paperStyle = template.CSS(paperCSS)

//go:embed style/paper.css
var paperCSS string
