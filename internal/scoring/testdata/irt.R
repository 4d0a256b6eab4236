# Expected results for the item response models, computed in base R by the plain formulas: probabilities as they are written in
# the papers, EAP by direct sums over the grid, WLE by uniroot() on the slope of log-likelihood + log(information)/2.
set.seed(20260115)
logistic <- function(x) 1 / (1 + exp(-x))
prob <- function(model, D, a, b, t) {
  if (model == "grm") {
    up <- c(1, logistic(D * a * (t - b)), 0)
    return(up[-length(up)] - up[-1])
  }
  e <- exp(c(0, cumsum(D * a * (t - b))))
  e / sum(e)
}
info <- function(D, a, p) { k <- seq_along(p) - 1; (D * a)^2 * (sum(k^2 * p) - sum(k * p)^2) }
models <- list(
  grm  = list(model = "grm",  D = 1,     a = c(1.2, 0.8, 2.1, 1.5, 0.6), mean = 0,   sd = 1),
  grmD = list(model = "grm",  D = 1.702, a = c(1.2, 0.8, 2.1, 1.5, 0.6), mean = 0.3, sd = 1.4),
  gpcm = list(model = "gpcm", D = 1,     a = c(1.2, 0.8, 2.1, 1.5, 0.6), mean = 0,   sd = 1),
  pcm  = list(model = "pcm",  D = 1,     a = rep(1, 5),                  mean = 0,   sd = 1))
b <- list(c(-2, -0.7, 0.4, 1.8), c(-1.5, -0.5, 0.5, 1.2), c(-0.9, -0.2, 0.6, 1.1), c(-2.4, -1.3, 0.1, 0.9), c(-1, 0, 1, 2.5))
grid <- seq(-6, 6, length.out = 61)
x <- rbind(rep(1, 5), rep(5, 5), c(3, NA, NA, NA, NA), c(5, NA, 1, NA, 5), matrix(sample(c(1:5, NA), 45 * 5, TRUE), ncol = 5))
x <- x[rowSums(!is.na(x)) > 0, ]
out <- NULL
for (name in names(models)) {
  m <- models[[name]]
  for (i in seq_len(nrow(x))) {
    seen <- which(!is.na(x[i, ]))
    ll <- function(t) sum(sapply(seen, function(j) log(prob(m$model, m$D, m$a[j], b[[j]], t)[x[i, j]])))
    w <- sapply(grid, function(t) exp(ll(t))) * dnorm(grid, m$mean, m$sd)
    eap <- sum(grid * w) / sum(w)
    se <- sqrt(sum((grid - eap)^2 * w) / sum(w))
    wle <- wse <- NA
    if (m$model != "grm") {
      total <- function(t) sum(sapply(seen, function(j) info(m$D, m$a[j], prob(m$model, m$D, m$a[j], b[[j]], t))))
      # d/dt [ll + log(I)/2] in closed form: sum Da (k - E k) + sum (Da)^3 mu3 / (2 I)
      slope <- function(t) {
        s <- 0; up <- 0
        for (j in seen) {
          p <- prob(m$model, m$D, m$a[j], b[[j]], t); k <- seq_along(p) - 1; mu <- sum(k * p); d <- m$D * m$a[j]
          s <- s + d * (x[i, j] - 1 - mu); up <- up + d^3 * sum((k - mu)^3 * p)
        }
        s + up / (2 * total(t))
      }
      wle <- uniroot(slope, c(-12, 12), tol = 1e-13, maxiter = 10000)$root
      wse <- 1 / sqrt(total(wle))
    }
    out <- rbind(out, data.frame(model = name, t(x[i, ]), eap = eap, se = se, wle = wle, wle_se = wse))
  }
}
names(out)[2:6] <- paste0("Q", 1:5)
num <- function(v) ifelse(is.na(v), "", sprintf("%.15g", v))
for (n in names(out)[-1]) out[[n]] <- num(out[[n]])
write.csv(out, "irt_expected.csv", row.names = FALSE, quote = FALSE)

# Summed-score EAP of the first model by counting out all 5^5 answers.
m <- models$grm
all <- expand.grid(rep(list(1:5), 5))
like <- sapply(grid, function(t) { p <- sapply(1:5, function(j) prob(m$model, m$D, m$a[j], b[[j]], t)); apply(all, 1, function(r) prod(p[cbind(r, 1:5)])) })
w <- dnorm(grid, m$mean, m$sd)
sums <- rowSums(all)
rows <- t(sapply(5:25, function(s) { l <- colSums(like[sums == s, , drop = FALSE]) * w; e <- sum(grid * l) / sum(l); c(s, e, sqrt(sum((grid - e)^2 * l) / sum(l)), sum(l) / sum(w)) }))
colnames(rows) <- c("raw", "theta", "se", "share")
write.csv(apply(rows, 2, num), "summed_expected.csv", row.names = FALSE, quote = FALSE)
