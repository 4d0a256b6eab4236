# Reliability and item statistics. Run in this folder: Rscript reliability.R
source("common.R"); suppressMessages(library(psych))
set.seed(20261101)
sets <- list(
  complete = answers(120, 6), gaps = answers(150, 5, missing = .08), many_gaps = answers(200, 8, missing = .12), two_items = answers(60, 2, missing = .05),
  three_points = answers(90, 7, top = 3, missing = .05), yes_no = answers(140, 9, top = 2, missing = .03), turned = { x <- answers(100, 5, missing = .04); x[, 2] <- 6 - x[, 2]; x },
  far_from_zero = answers(80, 4, missing = .05, base = 1e6), fine_steps = answers(80, 4, base = -3, step = 0.1), wide_steps = answers(70, 5, missing = .03, base = 100, step = 25),
  few_persons = answers(6, 4), unrelated = answers(50, 6, load = 0), strong = answers(110, 10, load = 3, missing = .02),
  mixed_ranges = { x <- answers(130, 6, missing = .05); x[, 3] <- x[, 3] * 20; x[, 5] <- (x[, 5] > 3) * 1; x })
cases <- lapply(sets, function(x) {
  colnames(x) <- paste0("x", seq_len(ncol(x)))
  whole <- x[stats::complete.cases(x), , drop = FALSE]; n <- nrow(whole); k <- ncol(x)
  a <- suppressWarnings(psych::alpha(whole, check.keys = FALSE, warnings = FALSE))
  p <- suppressWarnings(psych::alpha(x, check.keys = FALSE, warnings = FALSE, use = "pairwise"))
  S <- cov(whole); total <- sum(S); off <- S - diag(diag(S))
  # psych has no lambda-2 of covariances; Guttman's (1945) formula.
  lambda2 <- (sum(off) + sqrt(k / (k - 1) * sum(off^2))) / total
  raw <- a$total$raw_alpha; df1 <- n - 1; df2 <- (n - 1) * (k - 1)
  feldt <- unlist(psych::alpha.ci(raw, n.obs = n, n.var = k)[c("lower.ci", "upper.ci")])
  stopifnot(all.equal(unname(feldt), 1 - (1 - raw) * qf(c(.975, .025), df1, df2), tolerance = 1e-9))
  bonett <- 1 - exp(log(1 - raw) + c(1, -1) * qnorm(.975) * sqrt(2 * k / ((k - 1) * (n - 2))))
  sb <- if (k == 2) { r <- cor(whole)[1, 2]; 2 * r / (1 + r) } else NA
  # One by one, since psych leaves some of them out for two items.
  rest <- sapply(seq_len(k), function(i) cor(whole[, i], rowSums(whole[, -i, drop = FALSE])))
  dropped <- if (k == 2) rep(NA, 2) else sapply(seq_len(k), function(i) psych::alpha(whole[, -i], check.keys = FALSE, warnings = FALSE)$total$raw_alpha)
  list(rows = x, n = n, raw = raw, std = a$total$std.alpha, pairwise_raw = p$total$raw_alpha, pairwise_std = p$total$std.alpha, lambda2 = lambda2,
       feldt = 1 - (1 - raw) * qf(c(.975, .025), df1, df2), bonett = bonett, spearman_brown = sb,
       item_n = colSums(!is.na(x)), item_mean = colMeans(x, na.rm = TRUE), item_ci = t(apply(x, 2, function(v) as.vector(t.test(v)$conf.int))), item_sd = apply(x, 2, sd, na.rm = TRUE), item_rest = rest, alpha_dropped = dropped)
})
save(cases, "reliability.json")
