# Differential item functioning. Run in this folder: Rscript dif.R
source("common.R"); suppressMessages(library(MASS))
set.seed(20261103)
make <- function(nr, nf, cats, dif, loads) {
  n <- nr + nf; g <- rep(0:1, c(nr, nf)); f <- rnorm(n)
  x <- sapply(seq_along(cats), function(i) { y <- loads[i] * f + dif[i] * g + rlogis(n); b <- if (cats[i] == 2) .3 else seq(-1.6, 1.9, length.out = cats[i] - 1); findInterval(y, b) + 1 })
  list(x = x, g = g)
}
sets <- list(fives = make(300, 260, rep(5, 5), c(0, -.7, 0, .4, 0), c(1.4, 1.1, 1.8, 1.2, 1)), pairs = make(240, 210, rep(2, 8), c(0, .9, 0, 0, -.5, 0, 0, 0), rep(1.3, 8)),
  mixed = make(400, 150, c(2, 3, 4, 5, 6), c(.5, 0, 0, -.6, 0), c(1, 1.5, 1.2, .8, 2)), sparse = make(90, 60, c(5, 5, 7, 3), c(0, 1.2, 0, 0), c(2, 1.5, 1.8, 1)))
two <- function(x, g, total, fav) {
  y <- x >= fav; st <- split(seq_along(y), total); st <- st[sapply(st, function(i) length(unique(g[i])) == 2)]
  a <- array(unlist(lapply(st, function(i) c(sum(!g[i] & y[i]), sum(g[i] & y[i]), sum(!g[i] & !y[i]), sum(g[i] & !y[i])))), c(2, 2, length(st)))
  a <- a[, , apply(a, 3, sum) > 1, drop = FALSE]
  mantelhaen.test(a, correct = FALSE)
}
fit <- function(y, form, data) {
  if (length(unique(y)) == 2) return(as.numeric(logLik(glm(update(form, (y == max(y)) ~ .), binomial, data, control = list(epsilon = 1e-15, maxit = 100)))))
  data$y <- factor(y)
  # polr() stops early; begun again at its own end it goes on to the maximum.
  m <- polr(update(form, y ~ .), data, control = list(reltol = 1e-16, maxit = 2000))
  for (i in 1:3) m <- polr(update(form, y ~ .), data, start = c(coef(m), m$zeta), control = list(reltol = 1e-16, maxit = 2000))
  as.numeric(logLik(m))
}
cases <- lapply(sets, function(s) {
  total <- rowSums(s$x); d <- data.frame(z = as.vector(scale(total)), g = s$g); n <- nrow(d)
  items <- lapply(seq_len(ncol(s$x)), function(i) {
    y <- s$x[, i]; top <- max(y); fav <- if (top == 2) 2 else top - 1
    st <- split(seq_len(n), total); st <- st[sapply(st, function(j) length(unique(s$g[j])) == 2)]
    F <- sum(sapply(st, function(j) sum(y[j][s$g[j] == 1]))); E <- sum(sapply(st, function(j) mean(s$g[j]) * sum(y[j])))
    # The variance of a sum drawn without replacement, m (N - m) / N times the variance of the stratum.
    V <- sum(sapply(st, function(j) { N <- length(j); m <- sum(s$g[j]); m * (N - m) / N * var(y[j]) }))
    nf <- sapply(st, function(j) sum(s$g[j])); smd <- weighted.mean(sapply(st, function(j) mean(y[j][s$g[j] == 1]) - mean(y[j][s$g[j] == 0])), nf)
    mh <- two(y, s$g, total, fav)
    l <- c(fit(y, ~ z, d), fit(y, ~ z + g, d), fit(y, ~ z * g, d)); tab <- table(y); l0 <- sum(tab * log(tab / n))
    r2 <- function(l) (1 - exp(2 * (l0 - l) / n)) / (1 - exp(2 * l0 / n))
    list(favorable = fav, strata = length(st), chi2 = (F - E)^2 / V, p = pchisq((F - E)^2 / V, 1, lower.tail = FALSE), smd = smd, alpha = unname(mh$estimate), alpha_ci = as.vector(mh$conf.int), delta = -2.35 * log(unname(mh$estimate)),
      se = diff(log(as.vector(mh$conf.int))) / (2 * qnorm(.975)), uniform = 2 * (l[2] - l[1]), nonuniform = 2 * (l[3] - l[2]), p_total = pchisq(2 * (l[3] - l[1]), 2, lower.tail = FALSE), delta_r2 = r2(l[3]) - r2(l[1]))
  })
  adjusted <- p.adjust(sapply(items, `[[`, "p_total"), "BH")
  for (i in seq_along(items)) { items[[i]]$p_bh <- adjusted[i]; items[[i]]$class <- if (adjusted[i] >= .05 || items[[i]]$delta_r2 < .035) "A" else if (items[[i]]$delta_r2 < .07) "B" else "C" }
  list(rows = s$x, focal = s$g, items = items)
})
save(cases, "dif.json")
