# Schools. Run in this folder: Rscript schools.R
source("common.R"); suppressMessages(library(nlme))
set.seed(20261104)
make <- function(sizes, between, within = 1, base = 3, step = .01) data.frame(school = rep(sprintf("S%02d", seq_along(sizes)), sizes), y = round((base + rep(rnorm(length(sizes), 0, between), sizes) + rnorm(sum(sizes), 0, within)) / step) * step)
sets <- list(even = make(rep(20, 12), .5), uneven = make(c(2, 40, 7, 15, 1, 30, 3, 22, 9), .6), far = make(c(12, 18, 25, 9, 14, 30), .8, base = 1e4), apart = make(c(8, 11, 6, 9, 14), 5), weak = make(c(25, 31, 18, 40, 22, 27, 33, 19), .15), two = make(c(15, 22), 1.2))
cases <- lapply(sets, function(d) {
  s <- factor(d$school); n <- as.vector(table(s)); N <- sum(n); k <- length(n); a <- anova(lm(y ~ s, d)); msb <- a[1, 3]; msw <- a[2, 3]; n0 <- (N - sum(n^2) / N) / (k - 1)
  icc1 <- (msb - msw) / (msb + (n0 - 1) * msw); m <- as.vector(tapply(d$y, s, mean)); e <- tapply(d$y - mean(d$y), s, sum); se <- sqrt(sum(e^2) * k / (k - 1)) / N
  # Restricted likelihood of the ratio of the variances: lme() to find it, uniroot() on the slope for the last digits.
  f <- lme(y ~ 1, random = ~ 1 | school, data = d, control = lmeControl(tolerance = 1e-12, msTol = 1e-14, opt = "optim", reltol = 1e-15)); v <- as.numeric(VarCorr(f)[, 1])
  slope <- function(l) { w <- n / (1 + l * n); g <- sum(w * m) / sum(w); q <- sum((d$y - m[s])^2) + sum(w * (m - g)^2); -(N - 1) * sum(w^2 * (m - g)^2) / q - sum(w^2) / sum(w) + sum(w) }
  l0 <- v[1] / v[2]; l <- if (slope(0) < 0 && slope(l0 * 2 + 1) > 0) uniroot(slope, c(0, l0 * 2 + 1), tol = 1e-15)$root else 0
  w <- n / (1 + l * n); g <- sum(w * m) / sum(w)
  eb <- g + l * n / (1 + l * n) * (m - g); byLme <- as.vector(fixef(f)) + ranef(f)[[1]]; stopifnot(max(abs(eb - byLme)) < 1e-4)
  list(school = d$school, y = d$y, icc1 = icc1, icc2 = (msb - msw) / msb, deff = 1 + (sum(n^2) / N - 1) * icc1, mean = mean(d$y), se = se, ci = mean(d$y) + c(-1, 1) * qt(.975, k - 1) * se, means = m, eb = eb, lme = byLme)
})
save(cases, "schools.json")
