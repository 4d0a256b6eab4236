package instrument

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"

	"github.com/go-playground/validator/v10"
)

var doiPattern = regexp.MustCompile(`^10\.[0-9]{4,9}/[^\s]+$`)

// newValidator knows the rules that the tags of decoded structs name.
func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		return strings.ToLower(f.Name)
	})
	// The error is for an empty name or a nil function alone.
	if err := v.RegisterValidation("doi", func(f validator.FieldLevel) bool { return doiPattern.MatchString(f.Field().String()) }); err != nil {
		panic(fmt.Sprintf("register the rule doi: %v", err))
	}
	return v
}

// validate checks a decoded struct by its tags, and reports each failure at the value of the field's key.
func (l *loader) validate(decoded any, m *mapping) {
	if l.validator == nil {
		l.validator = newValidator()
	}
	var failures validator.ValidationErrors
	if !errors.As(l.validator.Struct(decoded), &failures) {
		return
	}
	for _, f := range failures {
		n := m.value(f.Field())
		if n == nil {
			continue
		}
		switch f.Tag() {
		case "doi":
			// Nothing rests on it, so it must not keep the instrument from being used.
			l.warnAt(n, "illegal-doi", fmt.Sprintf("the %s is %q", f.Field(), n.Value), "write the DOI alone, as in 10.1000/xyz123, without https://doi.org/")
		case "datetime":
			l.errAt(n, "illegal-date", fmt.Sprintf("the %s is %q", f.Field(), n.Value), "write year-month-day, as in 2026-01-15")
		default:
			panic(fmt.Sprintf("no words for the rule %s", f.Tag()))
		}
	}
}
