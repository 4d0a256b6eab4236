# What the scripts of this folder share. Numbers are written with 17 digits, so that they read back to the same double.
suppressMessages(library(jsonlite))
num <- function(x) if (length(x) == 0 || is.na(x) || is.nan(x) || is.infinite(x)) "null" else sprintf("%.17g", x)
js <- function(x) {
  if (is.list(x)) {
    if (is.null(names(x))) return(paste0("[", paste(sapply(x, js), collapse = ", "), "]"))
    return(paste0("{", paste(sprintf('"%s": %s', names(x), sapply(x, js)), collapse = ", "), "}"))
  }
  if (is.matrix(x)) return(paste0("[", paste(apply(x, 1, function(r) js(as.vector(r))), collapse = ", "), "]"))
  if (is.character(x)) return(if (length(x) == 1) sprintf('"%s"', x) else paste0("[", paste(sprintf('"%s"', x), collapse = ", "), "]"))
  if (is.logical(x)) x <- as.numeric(x)
  if (length(x) == 1) return(num(x))
  paste0("[", paste(sapply(x, num), collapse = ", "), "]")
}
# One case a line.
save <- function(cases, file) writeLines(paste0("{\n", paste(sprintf('"%s": %s', names(cases), sapply(cases, js)), collapse = ",\n"), "\n}"), file)
# n persons, k items with codes from 1 to top, a share of them missing.
answers <- function(n, k, top = 5, missing = 0, load = 1, base = 0, step = 1) {
  f <- rnorm(n)
  x <- sapply(seq_len(k), function(i) pmin(pmax(round((top + 1) / 2 + load * f + rnorm(n) + 0.2 * (i %% 3)), 1), top))
  x <- matrix(x, n, k)
  x[matrix(runif(n * k) < missing, n, k)] <- NA
  base + step * x
}
