package interchange

import (
	"fmt"
	"strings"

	"surveyd/internal/instrument"
)

// psych writes an R script that scores a table of answers and gives surveyd's numbers: keys as the psych package writes
// them, the rest in base R, since psych::scoreItems fills gaps with medians and reverses by the ends of the data.
func psych(in *instrument.Instrument) ([]byte, error) {
	var scales []*instrument.Scale
	var b strings.Builder
	head := []string{
		"Scores a CSV file of answers as surveyd does: Rscript THIS.R ANSWERS.csv [SCORES.csv]",
		"Base R is enough. With the package psych the coefficient alpha of each scale is printed too.",
	}
	for _, s := range in.Scales {
		if summed(s) {
			scales = append(scales, s)
			continue
		}
		head = append(head, fmt.Sprintf("NOT SCORED HERE: %s is scored by an item response model (%s); use surveyd score.", s.ID, s.Score))
	}
	if len(scales) == 0 {
		return nil, fmt.Errorf("every scale is scored by an item response model, which a key cannot say; use surveyd score")
	}
	if list := shared(in); list != nil {
		head = append(head, "Items in several scales: "+strings.Join(list, ", ")+". They count in each; correlations between these scales hold that part in common.")
	}
	head = append(head, "Norms, lookups, bands and quality flags are surveyd's: it writes them beside these columns.")
	scriptHead(&b, in, head...)
	writeItems(&b, in)
	writeScales(&b, scales)
	b.WriteString(readAnswersR)
	b.WriteString(psychScoreR)
	return []byte(b.String()), nil
}

func writeScales(b *strings.Builder, scales []*instrument.Scale) {
	b.WriteString("# The keys, as psych::make.keys and psych::scoreItems take them: a leading minus marks a reverse-keyed item.\n")
	b.WriteString("keys <- list(\n")
	for i, s := range scales {
		var keys []string
		for _, key := range s.Items {
			id := string(key.Item.ID)
			if key.Reversed {
				id = "-" + id
			}
			keys = append(keys, id)
		}
		fmt.Fprintf(b, "  %s = %s%s\n", s.ID, rTexts(keys), commaAfter(i, len(scales)))
	}
	b.WriteString(")\n\nrules <- list(\n")
	for i, s := range scales {
		var weights []float64
		for _, key := range s.Items {
			weights = append(weights, key.Weight)
		}
		needed := s.MinAnswered
		if s.Score == instrument.Sum {
			needed = len(s.Items)
		}
		rounding := s.Rounding
		if rounding == "" {
			rounding = instrument.RoundNone
		}
		fmt.Fprintf(b, "  %s = list(score = %s, min_answered = %d, rounding = %s, weights = %s, favorable = %s)%s\n",
			s.ID, rText(string(s.Score)), needed, rText(string(rounding)), rNumbers(weights), favorableOf(s), commaAfter(i, len(scales)))
	}
	b.WriteString(")\n\n")
}

// favorableOf writes the codes of favorable, which are values after reversal; NULL where the scale names none.
func favorableOf(s *instrument.Scale) string {
	if s.Favorable == nil {
		return "NULL"
	}
	var values []float64
	for _, code := range s.Favorable {
		for _, key := range s.Items {
			if key.Item.Responses == nil {
				continue
			}
			if i := key.Item.Responses.Option(code); i >= 0 && key.Item.Responses.Options[i].IsNumber {
				values = append(values, key.Item.Responses.Options[i].Value)
				break
			}
		}
	}
	return rNumbers(values)
}

// commaAfter is the comma behind part i of n, where one more follows.
func commaAfter(i, n int) string {
	if i == n-1 {
		return ""
	}
	return ","
}

// psychScoreR is the scoring itself: docs/scoring.md in R.
const psychScoreR = `# Almost a whole number or a half, but for the last bits of a binary fraction, counts as one.
slack <- 1e-9

round_as <- function(x, rule) {
  switch(rule,
    half_up = floor(x + 0.5 + slack),
    half_even = {
      whole <- floor(x)
      tie <- !is.na(x) & abs(x - whole - 0.5) < slack
      ifelse(tie, whole + whole %% 2, floor(x + 0.5))
    },
    up = ceiling(x - slack),
    x)
}

# The answers of one scale, one column for each item, reversed by the ends of the response set: min + max - x.
keyed <- function(prepared, scale) {
  columns <- lapply(keys[[scale]], function(key) {
    id <- sub("^-", "", key)
    value <- value_of(prepared$answers[[id]], items[[id]])
    if (startsWith(key, "-")) items[[id]]$min + items[[id]]$max - value else value
  })
  names(columns) <- sub("^-", "", keys[[scale]])
  as.data.frame(columns, check.names = FALSE)
}

score_scale <- function(prepared, scale) {
  rule <- rules[[scale]]
  values <- keyed(prepared, scale)
  ids <- names(values)
  low <- vapply(ids, function(id) items[[id]]$min, numeric(1))
  high <- vapply(ids, function(id) items[[id]]$max, numeric(1))
  n <- nrow(values)
  total <- weight <- pomp <- numeric(n)
  answered <- favorable <- shown <- integer(n)
  for (i in seq_along(ids)) {   # in the order of the scale, so that the last bits are surveyd's too
    there <- !is.na(values[[i]])
    x <- ifelse(there, values[[i]], 0)
    w <- ifelse(there, rule$weights[i], 0)
    total <- total + w * x
    weight <- weight + w
    pomp <- pomp + ifelse(there, w * (100 * (x - low[[i]]) / (high[[i]] - low[[i]])), 0)
    answered <- answered + there
    favorable <- favorable + (there & x %in% rule$favorable)
    shown <- shown + prepared$shown[[ids[i]]]
  }
  score <- switch(rule$score,
    sum = total,
    mean = total / weight,
    prorated_sum = round_as(length(ids) * total / weight, rule$rounding),
    pomp = if (all(low == low[1]) && all(high == high[1])) 100 * (total / weight - low[[1]]) / (high[[1]] - low[[1]]) else pomp / weight)
  missing <- ifelse(shown == 0, "not_shown", ifelse(answered == 0, "not_answered", ifelse(answered < rule$min_answered, "too_few_answered", "")))
  score[missing != ""] <- NA
  share <- if (is.null(rule$favorable)) rep(NA_real_, n) else ifelse(answered == 0, NA_real_, favorable / answered)
  out <- data.frame(score, answered, missing, share)
  names(out) <- paste0(scale, c("", "_answered", "_missing", "_favorable"))
  out
}

# Scores of a table of answers, one row for each of its rows.
score_answers <- function(table) {
  lacking <- setdiff(unique(sub("^-", "", unlist(keys))), names(table))
  if (length(lacking) > 0) stop("no column is called ", paste(lacking, collapse = ", "))
  prepared <- prepare(table)
  do.call(cbind, lapply(names(keys), function(scale) score_scale(prepared, scale)))
}

# Coefficient alpha of each scale over the persons who answered all its items. Items are reversed before, so that neither the
# range of the data nor check.keys changes the key.
print_alpha <- function(table) {
  if (!requireNamespace("psych", quietly = TRUE)) {
    message("alpha is not computed: the package psych is not installed")
    return(invisible())
  }
  prepared <- prepare(table)
  for (scale in names(keys)) {
    complete <- na.omit(keyed(prepared, scale))
    if (ncol(complete) < 2 || nrow(complete) < 3 || any(vapply(complete, function(x) var(x) == 0, logical(1)))) {
      message(scale, ": too few complete answers, or an item without variance; no alpha")
      next
    }
    # psych talks to standard output, where the scores go.
    said <- utils::capture.output(a <- suppressMessages(suppressWarnings(psych::alpha(complete, check.keys = FALSE))))
    if (any(grepl("negatively correlated", said))) message(scale, ": an item goes against the others; check its key")
    message(sprintf("%s: alpha %.3f (n = %d complete)", scale, a$total$raw_alpha, nrow(complete)))
  }
}

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) > 0) {
  table <- read_answers(arguments[1])
  scores <- score_answers(table)
  print_alpha(table)
  table <- table[setdiff(names(table), names(scores))]
  numbers <- vapply(scores, is.double, logical(1))
  scores[numbers] <- lapply(scores[numbers], function(x) ifelse(is.na(x), "", formatC(x + 0, digits = 17, format = "g", width = 1)))
  write.csv(cbind(table, scores), if (length(arguments) > 1) arguments[2] else stdout(), row.names = FALSE, fileEncoding = "UTF-8")
} else if (!interactive()) {
  message("usage: Rscript THIS.R ANSWERS.csv [SCORES.csv]; or source() it and call score_answers(read_answers(FILE))")
}
`
