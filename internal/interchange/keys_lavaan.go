package interchange

import (
	"fmt"
	"slices"
	"strings"

	"surveyd/internal/instrument"
)

// fewestIndicators is how many items a factor of its own needs to be identified.
const fewestIndicators = 3

// lavaan writes the factor models that an instrument's scales say: one for each scale, and one of all with factors that
// correlate.
func lavaan(in *instrument.Instrument) ([]byte, error) {
	var b strings.Builder
	head := []string{
		"The factor models that the scales say, for the R package lavaan, and the table that they are fitted to.",
		"Rscript THIS.R ANSWERS.csv fits each of them; or source() it and use the models and model_data() yourself.",
		"Items enter as they were answered: expect a negative loading where a line says reverse-keyed.",
		"Choices are ordered categories (WLSMV); an item of one answer only, or with an empty category in a group, must be looked at first.",
	}
	if list := shared(in); list != nil {
		head = append(head, "Items in several scales: "+strings.Join(list, ", ")+". They load on each of these factors in model_all.")
	}
	scriptHead(&b, in, head...)
	writeItems(&b, in)
	var together []*instrument.Scale
	b.WriteString("models <- list(")
	first := true
	for _, s := range in.Scales {
		if len(s.Items) < 2 {
			continue
		}
		together = append(together, s)
		if len(s.Items) < fewestIndicators {
			continue
		}
		if !first {
			b.WriteString(",")
		}
		first = false
		fmt.Fprintf(&b, "\n  %s = '\n%s'", s.ID, factor(s))
	}
	b.WriteString("\n)\n\n")
	for _, s := range in.Scales {
		switch len(s.Items) {
		case 1:
			fmt.Fprintf(&b, "# %s has one item, which is no factor; it is in no model.\n", s.ID)
		case 2:
			fmt.Fprintf(&b, "# %s has two items: a model of its own is not identified; it is in model_all.\n", s.ID)
		}
	}
	b.WriteString("\n# All scales together; cfa() lets the factors correlate.\n")
	var all strings.Builder
	for _, s := range together {
		all.WriteString(factor(s))
	}
	fmt.Fprintf(&b, "model_all <- '\n%s'\n\n", all.String())
	fmt.Fprintf(&b, "# Items that are answered by choices in order; the others are numbers.\nordered_items <- %s\n\n", rTexts(orderedItems(together)))
	b.WriteString(readAnswersR)
	b.WriteString(lavaanFitR)
	return []byte(b.String()), nil
}

// factor writes a scale as a factor with its items.
func factor(s *instrument.Scale) string {
	var b strings.Builder
	var ids, reversed []string
	for _, key := range s.Items {
		ids = append(ids, string(key.Item.ID))
		if key.Reversed {
			reversed = append(reversed, string(key.Item.ID))
		}
	}
	if reversed != nil {
		fmt.Fprintf(&b, "    # reverse-keyed: %s\n", strings.Join(reversed, ", "))
	}
	fmt.Fprintf(&b, "    %s =~ %s\n", s.ID, strings.Join(ids, " + "))
	return b.String()
}

func orderedItems(scales []*instrument.Scale) []string {
	var out []string
	for _, s := range scales {
		for _, key := range s.Items {
			if id := string(key.Item.ID); key.Item.Kind == instrument.Choice && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

const lavaanFitR = `# The values that the models are fitted to: NA for no answer, for hidden items and for codes that are not scored.
model_data <- function(table) {
  prepared <- prepare(table)
  scored <- Filter(function(id) items[[id]]$kind %in% c("choice", "number"), names(items))
  as.data.frame(lapply(setNames(scored, scored), function(id) value_of(prepared$answers[[id]], items[[id]])), check.names = FALSE)
}

# fit <- lavaan::cfa(model_all, data = model_data(read_answers("ANSWERS.csv")), ordered = ordered_items, std.lv = TRUE, missing = "pairwise")
# lavaan::summary(fit, fit.measures = TRUE, standardized = TRUE)

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) > 0) {
  if (!requireNamespace("lavaan", quietly = TRUE)) stop("the package lavaan is not installed: install.packages(\"lavaan\")")
  values <- model_data(read_answers(arguments[1]))
  for (name in c(names(models), "model_all")) {
    syntax <- if (name == "model_all") model_all else models[[name]]
    observed <- lavaan::lavNames(syntax, "ov")
    categories <- intersect(ordered_items, observed)
    fit <- lavaan::cfa(syntax, data = values, std.lv = TRUE, missing = if (length(categories) > 0) "pairwise" else "ml",
                       ordered = if (length(categories) > 0) categories else NULL)
    cat("\n==", name, "==\n")
    # Of ordered items the plain chi-square of DWLS has no known distribution: the scaled one is to be reported.
    indices <- c("chisq", "df", "pvalue", "cfi", "rmsea")
    if (length(categories) > 0) indices <- paste0(indices, ".scaled")
    print(lavaan::fitMeasures(fit, c(indices, "srmr")))
    print(lavaan::standardizedSolution(fit)[, c("lhs", "op", "rhs", "est.std", "se")])
  }
}
`
