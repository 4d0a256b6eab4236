# Change between two waves. Run in this folder: Rscript change.R
source("common.R")
set.seed(20261102)
# P(T <= t) of the noncentral t distribution by integration over s = sqrt(chi2/df): R's own pt() gives up beyond a noncentrality of
# 37.62 and is good to 1e-12 below.
pnt <- function(t, df, d) {
  sp <- 1 / sqrt(2 * df); lo <- max(0, 1 - 12 * sp); hi <- 1 + 12 * sp; a <- df / 2
  g <- function(s) pnorm(t * s - d) * exp(log(2) + if (df < 300) a * log(a) - lgamma(a) - df * s * s / 2 + (df - 1) * log(s)
    else .5 * log(a / (2 * pi)) - 1 / (12 * a) + 1 / (360 * a^3) + df * (log1p(s - 1) - (s - 1) - (s - 1)^2 / 2) - log(s))
  cuts <- sort(unique(c(lo, hi, pmin(hi, pmax(lo, 1 + (-11:11) * sp)), if (t != 0) pmin(hi, pmax(lo, d / t + c(-9, -3, 0, 3, 9) / abs(t))))))
  sum(mapply(function(a, b) integrate(g, a, b, rel.tol = 1e-13, subdivisions = 2000, stop.on.error = FALSE)$value, head(cuts, -1), tail(cuts, -1)))
}
limits <- function(t, df) {
  w <- 5 + 6 * sqrt(1 + t^2 / (2 * df))
  sapply(c(.975, .025), function(p) uniroot(function(d) pnt(t, df, d) - p, c(t - w, t + w), tol = 1e-13)$root)
}
J <- function(df) if (df == 1) 0 else exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
compare <- function(pre, post, rel = NA) {
  d <- post - pre; n <- length(d); s1 <- sd(pre); s2 <- sd(post)
  t <- t.test(post, pre, paired = TRUE); w <- suppressWarnings(wilcox.test(d, exact = FALSE, correct = TRUE))
  r <- if (s1 > 0 && s2 > 0) cor(pre, post) else NA
  dz <- mean(d) / sd(d); dav <- mean(d) / ((s1 + s2) / 2); m <- sum(d != 0); rc <- d / (s1 * sqrt(2) * sqrt(1 - rel))
  list(n = n, mean_pre = mean(pre), mean_post = mean(post), sd_pre = s1, sd_post = s2, r = r, diff = mean(d), sd_diff = sd(d), ci = as.vector(t$conf.int),
    t = unname(t$statistic), p = t$p.value, dz = dz, dav = dav, drm = dz * sqrt(2 * (1 - r)), gz = J(n - 1) * dz, gav = J(n - 1) * dav, dz_ci = limits(dz * sqrt(n), n - 1) / sqrt(n),
    v = unname(w$statistic), wp = w$p.value, rb = (2 * unname(w$statistic) - m * (m + 1) / 2) / (m * (m + 1) / 2), reliability = rel, rci = if (is.na(rel)) NA else rc[1:min(n, 40)],
    improved = if (is.na(rel)) NA else sum(rc > 1.96), declined = if (is.na(rel)) NA else sum(rc < -1.96))
}
wave <- function(n, shift, r, step = 1 / 8, base = 3) { f <- rnorm(n); g <- function(m) round((base + m + sqrt(r) * f + sqrt(1 - r) * rnorm(n)) / step) * step; list(g(0), g(shift)) }
sets <- list(forty = wave(40, .3, .6), ties = wave(90, .2, .5, step = 1), nothing = wave(70, 0, .5), down = wave(55, -.8, .7), three = wave(3, .5, .5, step = .01), two = list(c(1.25, 3.5), c(2, 4)),
  huge_effect = wave(30, 9, .9, step = .01), scaled = wave(120, 4, .6, step = 1, base = 500), flat_before = list(rep(3, 25), rep(3, 25) + round(rnorm(25, .3), 1)), far = wave(60, .5, .5, step = 1 / 4, base = 1e6), opposite = wave(45, .1, 0))
save(lapply(sets, function(s) c(list(pre = s[[1]], post = s[[2]]), compare(s[[1]], s[[2]], if (sd(s[[1]]) > 0) .83 else NA))), "change.json")

# Many persons, from the generator of Park & Miller (1988), which gives the same numbers in every language: u' = 16807 u mod (2^31 - 1).
park <- function(n, seed) { u <- numeric(n); x <- seed; for (i in seq_len(n)) { x <- (16807 * x) %% 2147483647; u[i] <- x }; u / 2147483647 }
many <- function(n, shift, seed) { u <- matrix(park(4 * n, seed), ncol = 4, byrow = TRUE); list(floor(u[, 1] * 4 + u[, 2] * 4), floor(u[, 1] * 4 + u[, 3] * 4 + (u[, 4] < shift))) }
big <- list(c(13501, .9, 11), c(1000, .5, 12), c(200000, .02, 13))
out <- lapply(big, function(b) { s <- many(b[1], b[2], b[3]); c(list(seed = b[3], share = b[2]), compare(s[[1]], s[[2]], .9)[c("n", "mean_pre", "mean_post", "sd_pre", "sd_post", "r", "diff", "sd_diff", "ci", "t", "p", "dz", "dav", "drm", "gz", "gav", "dz_ci", "v", "wp", "rb", "reliability", "improved", "declined")]) })
names(out) <- paste0("many", sapply(big, `[`, 1))
save(out, "change_many.json")
