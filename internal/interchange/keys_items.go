package interchange

import (
	"fmt"
	"strings"

	"surveyd/internal/condition"
	"surveyd/internal/instrument"
)

// writeItems describes the items as both scripts need them to read a table of answers: what is a legal answer, what of it is
// scored, and when the item is shown.
func writeItems(b *strings.Builder, in *instrument.Instrument) {
	b.WriteString("# What each item takes. codes: its choices; scored: those with a value; min, max: of the response set or the number, never of the data.\n")
	b.WriteString("items <- list(\n")
	for i, item := range in.Items {
		fmt.Fprintf(b, "  %s = %s%s\n", item.ID, itemOf(item), commaAfter(i, len(in.Items)))
	}
	b.WriteString(")\n\n")
	b.WriteString("# When an item is shown, in terms of earlier answers; NA (an item that it names has no answer) counts as hidden.\n")
	b.WriteString("show_if <- list(")
	first := true
	for _, item := range in.Items {
		if item.ShowIf == nil {
			continue
		}
		if !first {
			b.WriteString(",")
		}
		first = false
		fmt.Fprintf(b, "\n  %s = function(a) %s", item.ID, rCondition(in, item.ShowIf))
	}
	if !first {
		b.WriteString("\n")
	}
	b.WriteString(")\n\n")
}

func itemOf(item *instrument.Item) string {
	switch item.Kind {
	case instrument.Number:
		low, high := "-Inf", "Inf"
		if item.Min != nil {
			low = number64(*item.Min)
		}
		if item.Max != nil {
			high = number64(*item.Max)
		}
		return fmt.Sprintf(`list(kind = "number", min = %s, max = %s)`, low, high)
	case instrument.FreeText:
		return fmt.Sprintf(`list(kind = "text", max_length = %d)`, item.MaxLength)
	}
	var codes []string
	var scored []float64
	for _, o := range item.Responses.Options {
		codes = append(codes, string(o.Code))
		if o.IsNumber && !o.Missing {
			scored = append(scored, o.Value)
		}
	}
	if item.Kind == instrument.Multiple {
		return fmt.Sprintf(`list(kind = "multiple", codes = %s)`, rTexts(codes))
	}
	return fmt.Sprintf(`list(kind = "choice", codes = %s, scored = %s, min = %s, max = %s)`,
		rTexts(codes), rNumbers(scored), number64(item.Responses.Min), number64(item.Responses.Max))
}

// rCondition writes a condition in R, whose NA behaves in and, or and not as unknown does in show_if.
func rCondition(in *instrument.Instrument, n *condition.Node) string {
	switch n.Kind {
	case condition.And, condition.Or:
		word := " & "
		if n.Kind == condition.Or {
			word = " | "
		}
		parts := make([]string, len(n.Args))
		for i, arg := range n.Args {
			parts[i] = rCondition(in, arg)
		}
		return "(" + strings.Join(parts, word) + ")"
	case condition.Not:
		return "!(" + rCondition(in, n.Args[0]) + ")"
	case condition.Answered:
		return "!is.na(a$" + n.Item + ")"
	case condition.Has:
		return fmt.Sprintf("has_code(a$%s, %s)", n.Item, rText(n.Values[0].Text))
	}
	item, _ := in.Item(instrument.ItemID(n.Item)) // a compiled condition names items that exist
	number := item != nil && item.Kind == instrument.Number
	values := make([]string, len(n.Values))
	for i, v := range n.Values {
		if values[i] = rText(v.Text); number {
			values[i] = number64(v.Number)
		}
	}
	cell := "a$" + n.Item
	if number {
		cell = "as.numeric(" + cell + ")"
	}
	switch {
	case n.Kind == condition.In:
		return fmt.Sprintf("is_among(%s, c(%s))", cell, strings.Join(values, ", "))
	case n.Op == condition.Equal || n.Op == condition.NotEqual:
		return fmt.Sprintf("(%s %s %s)", cell, n.Op, values[0])
	default:
		return fmt.Sprintf("(number_of(a$%s) %s %s)", n.Item, n.Op, number64(n.Values[0].Number))
	}
}

// readAnswersR reads a table of answers as surveyd does: states, missing codes and what is no legal answer have no value.
const readAnswersR = `# Reads a CSV file of answers: surveyd export --format csv-wide, or any with one column for each item. Every cell stays a text.
read_answers <- function(file) {
  read.csv(file, check.names = FALSE, colClasses = "character", na.strings = character(0),
           fileEncoding = "UTF-8-BOM", encoding = "UTF-8", strip.white = FALSE)
}

plain_number <- "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?$"

number_of <- function(x) {
  out <- rep(NA_real_, length(x))
  ok <- !is.na(x) & grepl(plain_number, x)
  out[ok] <- as.numeric(x[ok])
  out
}

# The codes of a cell as the instrument writes them: 4.0 and 04 are 4. NA for what is no code.
code_of <- function(x, codes) {
  found <- match(x, codes)
  other <- is.na(found) & !is.na(number_of(x))
  found[other] <- match(number_of(x[other]), number_of(codes))
  codes[found]
}

has_code <- function(x, code) {
  ifelse(is.na(x), NA, vapply(strsplit(x, ";", fixed = TRUE), function(parts) code %in% parts, logical(1)))
}

is_among <- function(x, values) ifelse(is.na(x), NA, x %in% values)

is_state <- function(x) number_of(x) %in% c(-91, -92, -93, -94)

# Legal answers to one item, as texts; NA for no answer, a state (-91 to -94) and what is no legal answer.
legal <- function(x, item) {
  x <- trimws(x)
  x[x == "" | x == "NA"] <- NA
  quoted <- !is.na(x) & grepl("^'", x)   # surveyd puts an apostrophe before what a spreadsheet would compute
  state <- if (item$kind == "text") x %in% c("-91", "-92", "-93", "-94") else is_state(x)
  x[state] <- NA
  if (item$kind == "text") {
    long <- !is.na(x) & item$max_length > 0 & nchar(x, "chars") - quoted > item$max_length
    x[long] <- NA
    return(x)
  }
  if (item$kind == "number") {
    value <- number_of(x)
    x[is.na(value) | value < item$min | value > item$max] <- NA
    return(x)
  }
  if (item$kind == "choice") return(code_of(x, item$codes))
  vapply(strsplit(x, ";", fixed = TRUE), function(parts) {
    if (length(parts) == 1 && is.na(parts)) return(NA_character_)
    known <- code_of(trimws(parts), item$codes)
    if (anyNA(known)) NA_character_ else paste(known, collapse = ";")
  }, character(1))
}

# Legal answers to all items, hidden ones without a value, and which items were shown.
prepare <- function(table) {
  answers <- list()
  shown <- list()
  for (id in names(items)) {
    cell <- if (id %in% names(table)) table[[id]] else rep("", nrow(table))
    answers[[id]] <- legal(cell, items[[id]])
    if (is.null(show_if[[id]])) {
      shown[[id]] <- !(number_of(trimws(cell)) %in% -91)
    } else {
      truth <- show_if[[id]](answers)
      shown[[id]] <- !is.na(truth) & truth
    }
    answers[[id]][!shown[[id]]] <- NA
  }
  list(answers = answers, shown = shown)
}

# The value of each answer to an item before reversal; NA where nothing is scored.
value_of <- function(x, item) {
  value <- number_of(x)
  if (item$kind == "choice") value[!(value %in% item$scored)] <- NA
  value
}

`
