# One-factor models by maximum likelihood with lavaan: omega total and fit. Run in this folder: Rscript omega.R
suppressMessages(library(lavaan)); library(jsonlite)
set.seed(20260116)
make <- function(n, l, noise = 1) { f <- rnorm(n); x <- sapply(l, function(b) pmin(pmax(round(3 + b * f + noise * rnorm(n)), 1), 5)); colnames(x) <- paste0("x", seq_along(l)); x }
sets <- list(five = make(200, c(.9, .7, .8, .6, 1)), nine = make(500, c(.5, .9, .3, .7, 1.1, .8, .6, .9, .4)), four = make(60, c(.8, .9, .7, 1)),
             turned = { x <- make(300, c(.9, .8, .7, .9, .6)); x[, 2] <- 6 - x[, 2]; x }, two_factors = { f <- rnorm(250); x <- cbind(sapply(c(1, .9, 1), function(b) 3 + b * f + rnorm(250)), sapply(c(1, .8, 1.1), function(b) 3 + .5 * b * f + .7 * b * rnorm(250) + rnorm(250))); x <- pmin(pmax(round(x), 1), 5); x },
             three = make(150, c(.9, .7, .8)), weak = make(120, c(.3, .4, .2, .5, .3, .4)))
out <- lapply(sets, function(x) {
  colnames(x) <- paste0("x", seq_len(ncol(x)))
  fit <- cfa(paste("f =~", paste(colnames(x), collapse = " + ")), data.frame(x), std.lv = TRUE)
  e <- lavInspect(fit, "est"); l <- e$lambda[, 1]; th <- diag(e$theta); m <- fitMeasures(fit)
  list(rows = x, omega = sum(l)^2 / (sum(l)^2 + sum(th)), chisq = m[["chisq"]], df = m[["df"]], cfi = m[["cfi"]], rmsea = m[["rmsea"]], srmr = m[["srmr"]])
})
writeLines(toJSON(out, digits = 14, auto_unbox = TRUE, matrix = "rowmajor"), "omega_lavaan.json")
