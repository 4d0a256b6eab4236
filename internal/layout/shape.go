package layout

import (
	"math"
	"slices"
)

// style says how a mapping or list is set out. Brackets are possible only without comments and block texts inside.
type style int

const (
	asWritten style = iota // in brackets on one line if it was and fits, else below
	inline                 // in brackets on one line whenever it fits
	below                  // always on lines of its own
)

// shape is what the layout knows of one part of the format.
type shape struct {
	style   style
	keys    []string          // in their order; nil when any key may stand there
	parts   map[string]*shape // by key
	other   *shape            // of an element of a list, or of the value of a key that has no shape of its own
	text    bool              // a scalar is prose and stands in double quotes
	quoted  bool              // keys stand in double quotes
	perLang bool              // keys are languages
	fill    bool              // what does not fit on one line goes on in the next, in the same brackets
}

// of is the shape of a key's value, or with an empty key of a list's element.
func (s *shape) of(key string) *shape {
	if p, ok := s.parts[key]; ok {
		return p
	}
	if s.other != nil {
		return s.other
	}
	return unknown
}

// ranks orders keys; nil when they stay as they are.
func (s *shape) ranks(languages []string) func(key string) int {
	keys := s.keys
	if s.perLang {
		keys = languages
	}
	if len(keys) == 0 {
		return nil
	}
	return func(key string) int {
		if i := slices.Index(keys, key); i >= 0 {
			return i
		}
		return math.MaxInt32
	}
}

func keyed(style style, keys []string, parts map[string]*shape) *shape {
	return &shape{style: style, keys: keys, parts: parts}
}

func list(style style, element *shape) *shape { return &shape{style: style, other: element} }

var (
	unknown = &shape{} // of what the format does not have
	word    = &shape{style: inline}
	prose   = &shape{text: true}
	words   = &shape{style: inline, other: word, fill: true}

	text     = &shape{style: inline, perLang: true, other: prose}
	longText = &shape{style: asWritten, perLang: true, other: prose}
)

// fileShape is the whole format, in the order of its contract.
var fileShape = keyed(below, []string{
	"format", "id", "version", "title", "languages", "audience", "minutes", "provenance", "intro", "closing", "settings",
	"response_sets", "items", "pages", "scales", "quality", "tests",
}, map[string]*shape{
	"title":         text,
	"languages":     words,
	"audience":      keyed(inline, []string{"grades", "adults", "reading_level"}, map[string]*shape{"grades": words}),
	"provenance":    provenance,
	"intro":         longText,
	"closing":       longText,
	"settings":      {style: below, other: text},
	"response_sets": {style: below, other: responseSet},
	"items":         list(below, item),
	"pages":         list(below, page),
	"scales":        list(below, scale),
	"quality":       quality,
	"tests":         list(below, test),
})

var provenance = keyed(below, []string{"authors", "license", "citations", "evidence", "translation", "consent", "protected_topics"}, map[string]*shape{
	"authors":   list(asWritten, prose),
	"citations": list(asWritten, keyed(asWritten, []string{"text", "doi"}, map[string]*shape{"text": prose, "doi": prose})),
	"evidence": keyed(asWritten, []string{"status", "populations"}, map[string]*shape{
		"populations": list(asWritten, keyed(inline, []string{"grades", "languages", "n", "source"}, map[string]*shape{
			"grades": words, "languages": words, "source": prose,
		})),
	}),
	"translation": {style: below, other: keyed(inline, []string{"method", "reviewer", "date", "source"}, map[string]*shape{
		"method": prose, "reviewer": prose, "source": prose,
	})},
	"protected_topics": words,
})

var responseSet = keyed(below, []string{"kind", "options", "declined"}, map[string]*shape{
	"options": list(below, keyed(inline, []string{"code", "label", "description", "picture", "missing"}, map[string]*shape{
		"label": text, "description": longText,
	})),
	"declined": text,
})

var item = keyed(inline, []string{"id", "kind", "text", "responses", "audio", "min", "max", "max_length", "required", "show_if"}, map[string]*shape{
	"text":  text,
	"audio": {style: inline, perLang: true, other: word},
})

var page = keyed(inline, []string{"id", "include", "title", "layout", "items", "shuffle"}, map[string]*shape{
	"title": text,
	"items": words,
})

var scale = keyed(below, []string{
	"id", "title", "higher_means", "items", "weights", "score", "min_answered", "rounding", "range", "favorable", "reliability",
	"norms", "lookup", "bands", "irt",
}, map[string]*shape{
	"title":        text,
	"higher_means": longText,
	"items":        words,
	"weights":      pairs,
	"range":        words,
	"favorable":    words,
	"reliability":  keyed(inline, []string{"minimum"}, nil),
	"norms":        norms,
	"lookup":       keyed(below, []string{"source", "table"}, map[string]*shape{"source": prose, "table": pairs}),
	"bands": keyed(asWritten, []string{"source", "cuts"}, map[string]*shape{
		"source": prose,
		"cuts":   list(asWritten, keyed(inline, []string{"from", "label"}, map[string]*shape{"label": text})),
	}),
	"irt": irt,
})

// pairs is a mapping of ids or numbers to short values.
var pairs = &shape{style: inline, other: words, fill: true}

var norms = keyed(below, []string{"source", "groups"}, map[string]*shape{
	"source": prose,
	"groups": list(below, keyed(inline, []string{"when", "mean", "sd", "n", "table"}, map[string]*shape{
		"when":  pairs,
		"table": list(asWritten, keyed(inline, []string{"score", "n", "percentile", "t"}, nil)),
	})),
})

var irt = keyed(below, []string{"model", "scaling", "items", "prior", "quadrature", "report"}, map[string]*shape{
	"items":      {style: below, other: keyed(inline, []string{"a", "b"}, map[string]*shape{"b": words})},
	"prior":      keyed(inline, []string{"mean", "sd"}, nil),
	"quadrature": keyed(inline, []string{"from", "to", "points"}, nil),
	"report":     keyed(inline, []string{"slope", "intercept"}, nil),
})

var quality = keyed(below, []string{"straight_line", "too_fast", "missing_share", "attention"}, map[string]*shape{
	"straight_line": keyed(inline, []string{"page", "run"}, nil),
	"too_fast": keyed(inline, []string{"seconds_per_item", "share"}, map[string]*shape{
		"seconds_per_item": {style: inline, other: word, quoted: true},
	}),
	"attention": list(asWritten, keyed(inline, []string{"item", "expect"}, nil)),
})

var test = keyed(asWritten, []string{"name", "answers", "expect"}, map[string]*shape{
	"answers": pairs,
	"expect": keyed(inline, []string{"scores", "missing", "flags"}, map[string]*shape{
		"scores": pairs, "missing": pairs, "flags": words,
	}),
})

// sections are the keys of the file that begin after a blank line.
var sections = []string{"provenance", "intro", "settings", "response_sets", "items", "pages", "scales", "quality", "tests"}
