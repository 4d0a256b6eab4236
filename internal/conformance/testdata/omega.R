# One-factor models by maximum likelihood. Run in this folder: Rscript omega.R
source("common.R"); suppressMessages(library(lavaan))
set.seed(20261106)
many <- function(n, k, step = 1) { f <- rnorm(n); sapply(seq_len(k), function(i) round((5 + runif(1, .4, 1.2) * f + rnorm(n)) / step) * step) }
high <- function(n, k, noise) { f <- rnorm(n); cbind(round(10 * (f + noise * rnorm(n))), sapply(seq_len(k - 1), function(i) round(4 * (.7 * f + rnorm(n))))) }
least <- function(x) min(factanal(x, 1, lower = 1e-6)$uniquenesses)
# Solutions whose least unique variance is a few thousandths of its item's.
near <- function(n, k) repeat { x <- high(n, k, .3); u <- least(x); if (u > .002 && u < .02) return(x) }
sets <- list(thirty = many(150, 30), fifteen = many(80, 15), near_heywood = near(160, 6), nearer = near(90, 5), one_strong = high(120, 5, .25), improper = high(90, 4, .12), far = many(70, 5) + 1e6, small = many(40, 5), turned = { x <- many(110, 6); x[, c(2, 5)] <- -x[, c(2, 5)]; x }, units = { x <- many(100, 5); x[, 2] <- x[, 2] * 1000; x[, 4] <- x[, 4] / 50; x })
cases <- lapply(sets, function(x) {
  colnames(x) <- paste0("x", seq_len(ncol(x)))
  # lavaan wants variables of like size; omega and fit are brought back to the items' own.
  s <- apply(x, 2, sd); z <- sweep(sweep(x, 2, colMeans(x)), 2, s, "/")
  fit <- cfa(paste("f =~", paste(colnames(x), collapse = " + ")), data.frame(z), std.lv = TRUE)
  if (!lavInspect(fit, "converged")) { cat("no\n"); return(NULL) }; e <- lavInspect(fit, "est"); l <- e$lambda[, 1] * s; th <- diag(e$theta) * s^2; m <- fitMeasures(fit)

  if (any(th <= 0)) return(list(rows = x, omega = NA, chisq = NA, df = m[["df"]], cfi = NA, rmsea = NA, srmr = NA, least_unique = min(diag(e$theta))))
  list(rows = x, omega = sum(l)^2 / (sum(l)^2 + sum(th)), chisq = m[["chisq"]], df = m[["df"]], cfi = m[["cfi"]], rmsea = m[["rmsea"]], srmr = m[["srmr"]], least_unique = min(diag(e$theta)))
})
for (n in names(cases)) cat(n, cases[[n]]$omega, cases[[n]]$least_unique, "\n")
save(cases, "omega.json")
