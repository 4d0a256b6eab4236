# Data quality and percent favorable. Run in this folder: Rscript quality.R
source("common.R")
set.seed(20261105)
sets <- list(plain = answers(60, 6), gaps = answers(70, 5, missing = .1), far_from_zero = answers(50, 4, base = 1e6), units = { x <- answers(80, 5, missing = .03); x[, 1] <- x[, 1] * 1e5; x[, 4] <- x[, 4] / 1e4; x }, alike = { x <- answers(90, 4, load = 6); x }, doubled = answers(80, 3, top = 3, missing = .05))
run <- function(v) { best <- 0; r <- rle(ifelse(is.na(v), paste("missing", seq_along(v)), as.character(v))); m <- r$lengths[!grepl("missing", r$values)]; if (length(m)) max(m) else 0 }
cases <- lapply(sets, function(x) {
  ok <- stats::complete.cases(x); d <- rep(NA, nrow(x)); d[ok] <- mahalanobis(x[ok, ], colMeans(x[ok, ]), cov(x[ok, ]), tol = 1e-30)
  dup <- which(ok & (duplicated(x) | duplicated(x, fromLast = TRUE)))
  list(rows = x, mahalanobis = d, run = apply(x, 1, run), isd = apply(x, 1, sd, na.rm = TRUE), duplicates = if (length(dup)) as.list(dup) else list())
})
save(cases, "quality.json")

# Even-odd consistency of persons with four scales of 4, 5, 3 and 6 items.
k <- c(4, 5, 3, 6); x <- answers(40, sum(k), missing = .05); scale <- rep(seq_along(k), k)
evenodd <- apply(x, 1, function(v) {
  m <- sapply(split(v, scale), function(s) { odd <- s[seq_along(s) %% 2 == 1]; even <- s[seq_along(s) %% 2 == 0]; c(mean(odd, na.rm = TRUE), mean(even, na.rm = TRUE)) })
  m <- m[, colSums(is.na(m)) == 0, drop = FALSE]
  if (ncol(m) < 3 || sd(m[1, ]) == 0 || sd(m[2, ]) == 0) return(NA)
  r <- cor(m[1, ], m[2, ]); max(-1, 2 * r / (1 + r))
})
save(list(evenodd = list(items = k, rows = x, value = evenodd)), "evenodd.json")

favorable <- lapply(list(few = answers(9, 4, missing = .2), many = answers(120, 7, missing = .1), rare = answers(60, 3, load = .3, missing = .05), pair = answers(2, 2)), function(x) {
  y <- x >= 4; v <- y[!is.na(y)]
  # prop.test() without correction has Wilson's interval.
  list(rows = x, responses = mean(v), items = mean(colMeans(y, na.rm = TRUE), na.rm = TRUE), persons = mean(rowMeans(y, na.rm = TRUE), na.rm = TRUE), wilson = as.vector(suppressWarnings(prop.test(sum(v), length(v), correct = FALSE))$conf.int))
})
save(favorable, "favorable.json")
wilson <- list(); for (n in c(1, 2, 5, 11, 40, 333, 1e4, 1e6)) for (x in unique(round(n * c(0, .01, .3, .5, .97, 1)))) wilson[[paste0(x, "of", n)]] <- list(x = x, n = n, ci = as.vector(suppressWarnings(prop.test(x, n, correct = FALSE))$conf.int))
save(wilson, "wilson.json")
