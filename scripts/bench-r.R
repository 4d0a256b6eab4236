# The work of BenchmarkMillion and BenchmarkAlpha in R: 1,000,000 persons, five scales of five items, one reversed, at least four
# of five answered. Prints seconds: vectorised scores, then alpha by cov(). Run beside the benchmarks: see docs/benchmarks.md.
set.seed(1)
n <- 1e6
x <- matrix(as.double(sample(1:5, n * 25, TRUE)), n)
x[sample(length(x), length(x) / 20)] <- NA
scores <- function() for (s in 0:4) {
  y <- x[, s * 5 + 1:5]
  y[, 5] <- 6 - y[, 5]
  m <- rowMeans(y, na.rm = TRUE)
  m[rowSums(!is.na(y)) < 4] <- NA
}
alpha <- function() for (s in 0:4) {
  y <- x[, s * 5 + 1:5]
  y <- y[stats::complete.cases(y), ]
  v <- cov(y)
  5 / 4 * (1 - sum(diag(v)) / sum(v))
}
cat("scores", median(replicate(5, system.time(scores())[["elapsed"]])), "\n")
cat("alpha", median(replicate(5, system.time(alpha())[["elapsed"]])), "\n")
