# Scores of persons: means, sums, prorated sums, POMP, percentile norms, EAP and WLE. Run in this folder: Rscript scores.R
source("common.R")
set.seed(20261107)
num0 <- function(v) ifelse(is.na(v), "", sprintf("%.17g", v))
# Six items: Q1 to Q4 from 1 to 5, Q5 and Q6 from 0 to 3; Q2 and Q6 reversed; weights 1, 1, 2, 0.5, 1, 1.
x <- cbind(answers(80, 4, missing = .12), answers(80, 2, top = 4, missing = .12, base = -1))
key <- x; key[, 2] <- 6 - x[, 2]; key[, 6] <- 3 - x[, 6]; w <- c(1, 1, 2, .5, 1, 1); low <- c(1, 1, 1, 1, 0, 0); high <- c(5, 5, 5, 5, 3, 3)
part <- function(cols) key[, cols]; given <- function(cols) rowSums(!is.na(part(cols)))
wmean <- apply(part(1:4), 1, function(r) weighted.mean(r, w[1:4], na.rm = TRUE)); wmean[given(1:4) < 2] <- NA
total <- rowSums(part(1:4)); pror <- 4 * rowMeans(part(1:4), na.rm = TRUE); pror[given(1:4) < 3] <- NA
even <- round(pror) # R rounds halves to even
pomp <- 100 * (rowMeans(part(1:4), na.rm = TRUE) - 1) / 4; pomp[given(1:4) < 2] <- NA
mixed <- sweep(sweep(key, 2, low), 2, high - low, "/") * 100; mixed <- apply(mixed, 1, function(r) weighted.mean(r, w, na.rm = TRUE)); mixed[rowSums(!is.na(key)) < 3] <- NA
fav <- rowMeans(part(1:4) >= 4, na.rm = TRUE); fav[is.nan(fav)] <- NA
out <- data.frame(ifelse(is.na(x), "", x), num0(wmean), num0(total), num0(pror), num0(even), num0(pomp), num0(mixed), num0(fav))
names(out) <- c(paste0("Q", 1:6), "mean", "sum", "prorated", "half_even", "pomp", "pomp_mixed", "favorable")
write.csv(out, "scores.csv", row.names = FALSE, quote = FALSE)

# Models of five items with two to five categories.
b <- list(c(-.4), c(-1.2, .9), c(-1.5, 0, 1.1), c(-2, -.6, .3, 1.7), c(.2)); a <- c(1.1, .7, 1.6, 1.9, 2.4)
logistic <- function(x) 1 / (1 + exp(-x)); grid <- seq(-5, 5, length.out = 101)
prob <- function(model, D, a, b, t) if (model == "grm") { up <- c(1, logistic(D * a * (t - b)), 0); -diff(up) } else { e <- exp(c(0, cumsum(D * a * (t - b)))); e / sum(e) }
models <- list(grm = list(m = "grm", D = 1.7, a = a, mean = .2, sd = .9), gpcm = list(m = "gpcm", D = 1.7, a = a, mean = -.3, sd = 1.2), pcm = list(m = "pcm", D = 1, a = rep(1, 5), mean = 0, sd = 1))
y <- rbind(rep(1, 5), lengths(b) + 1, c(NA, NA, NA, NA, 1), c(NA, NA, NA, 5, NA), sapply(lengths(b) + 1, function(k) sample(c(seq_len(k), NA), 60, TRUE, c(rep(1, k), .4)))); y <- y[rowSums(!is.na(y)) > 0, ]
out <- NULL
for (name in names(models)) { m <- models[[name]]; for (i in seq_len(nrow(y))) {
  seen <- which(!is.na(y[i, ])); ll <- function(t) sum(sapply(seen, function(j) log(prob(m$m, m$D, m$a[j], b[[j]], t)[y[i, j]])))
  v <- exp(sapply(grid, ll)) * dnorm(grid, m$mean, m$sd); eap <- sum(grid * v) / sum(v); se <- sqrt(sum((grid - eap)^2 * v) / sum(v)); wle <- wse <- NA
  if (name != "grm") {
    # The maximum itself, by an optimizer that knows no slope: first on a grid, then by golden sections.
    info <- function(t) sum(sapply(seen, function(j) { p <- prob(m$m, m$D, m$a[j], b[[j]], t); k <- seq_along(p) - 1; (m$D * m$a[j])^2 * (sum(k^2 * p) - sum(k * p)^2) }))
    goal <- function(t) ll(t) + log(info(t)) / 2; g <- seq(-9, 9, .1); at <- g[which.max(sapply(g, goal))]
    wle <- optimize(goal, at + c(-.2, .2), maximum = TRUE, tol = 1e-12)$maximum; wse <- 1 / sqrt(info(wle))
  }
  out <- rbind(out, data.frame(model = name, t(y[i, ]), eap = num0(eap), se = num0(se), wle = num0(wle), wle_se = num0(wse)))
} }
names(out)[2:6] <- paste0("Q", 1:5); for (n in paste0("Q", 1:5)) out[[n]] <- ifelse(is.na(out[[n]]), "", out[[n]])
write.csv(out, "models.csv", row.names = FALSE, quote = FALSE)

# The table of sums of the first and the second model, with codes from 0 to 4 that some items have not all of, by counting out
# all 2 * 3 * 4 * 5 * 2 answers.
codes <- list(c(0, 4), c(0, 2, 4), c(0, 1, 3, 4), 0:4, c(0, 4))
all <- as.matrix(expand.grid(lapply(lengths(b) + 1, seq_len))); rows <- NULL
for (name in c("grm", "gpcm")) { m <- models[[name]]; like <- sapply(grid, function(t) { p <- lapply(1:5, function(j) prob(m$m, m$D, m$a[j], b[[j]], t)); apply(all, 1, function(r) prod(mapply(function(q, k) q[k], p, r))) })
  s <- rowSums(sapply(1:5, function(j) codes[[j]][all[, j]])); w <- dnorm(grid, m$mean, m$sd)
  for (k in sort(unique(s))) { l <- colSums(like[s == k, , drop = FALSE]) * w; e <- sum(grid * l) / sum(l); rows <- rbind(rows, data.frame(model = name, raw = k, theta = num0(e), se = num0(sqrt(sum((grid - e)^2 * l) / sum(l))), share = num0(sum(l) / sum(w)))) } }
write.csv(rows, "sums.csv", row.names = FALSE, quote = FALSE)

# Norms: a group by mean and SD, and one by the counts of a sample.
z <- c(20, 31.5, 38, 40, 44.25, 52, 61, 75); byMean <- data.frame(score = z, t = num0(50 + 10 * (z - 40) / 8.5), pr = num0(100 * pnorm((z - 40) / 8.5)), stanine = findInterval(100 * pnorm((z - 40) / 8.5), c(4, 11, 23, 40, 60, 77, 89, 96)) + 1, nce = num0(pmin(pmax(50 + 21.06 * (z - 40) / 8.5, 1), 99)))
write.csv(byMean, "norms_mean.csv", row.names = FALSE, quote = FALSE)
counts <- c(3, 0, 5, 9, 14, 22, 31, 27, 18, 11, 4, 2); sample <- rep(10:21, counts); v <- 9:22; pr <- sapply(v, function(s) 100 * (sum(sample < s) + sum(sample == s) / 2) / length(sample))
write.csv(data.frame(score = v, n = c(0, counts, 0), t = num0(50 + 10 * (v - mean(sample)) / sd(sample)), pr = num0(pr), stanine = findInterval(pr, c(4, 11, 23, 40, 60, 77, 89, 96)) + 1, nce = num0(pmin(pmax(50 + 21.06 * qnorm(pr / 100), 1), 99))), "norms_counts.csv", row.names = FALSE, quote = FALSE)
