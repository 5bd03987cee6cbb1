# Writes rates_values.csv: what R's own tests and distributions say of counts, as the truth that rates_values_test.cc holds this room to.
# Run: Rscript rates_values.R > rates_values.csv   (base R alone; made with R 4.2.2)
# Row: what, four arguments, up to four values.
row <- function(what, arguments, values) {
  text <- function(x) vapply(c(x, rep(0, 4 - length(x))), function(v) format(v, digits = 17, trim = TRUE), "")
  cat(paste(c(what, text(arguments), text(values)), collapse = ","), "\n", sep = "")
}
set.seed(20130214)

cat("# R ", as.character(getRversion()), "; row: what, 4 arguments, 4 values\n", sep = "")
# Fisher: p and the 95 % interval of the conditional odds ratio. Table rows: place, other; columns: after, before.
tables <- list(c(3, 1, 1, 3), c(10, 2, 3, 15), c(0, 5, 4, 6), c(5, 0, 4, 6), c(7, 7, 7, 7), c(1, 0, 0, 1), c(100, 120, 400, 390), c(12, 30, 250, 260),
               c(300, 200, 500, 700), c(2, 9, 1000, 900))
for (i in 1:30) tables[[length(tables) + 1]] <- rpois(4, sample(c(2, 8, 30, 120), 1))
for (t in tables) {
  # place_before, place_after, other_before, other_after
  test <- fisher.test(matrix(c(t[2], t[1], t[4], t[3]), 2, byrow = TRUE))
  # The interval by uniroot on the tails, to more digits than fisher.test asks of it.
  m <- t[1] + t[2]; n <- t[3] + t[4]; k <- t[2] + t[4]
  support <- max(0, k - n):min(m, k)
  logd <- dhyper(support, m, n, k, log = TRUE)
  law <- function(theta) { w <- logd + support * theta; w <- exp(w - max(w)); w / sum(w) }
  upper <- function(theta) sum(law(theta)[support >= t[2]])
  lower <- function(theta) sum(law(theta)[support <= t[2]])
  solve <- function(f) uniroot(function(x) log(f(x)) - log(0.025), c(-30, 30), tol = 1e-14, maxiter = 10000)$root
  lo <- if (t[2] == support[1]) 0 else exp(solve(upper))
  hi <- if (t[2] == support[length(support)]) Inf else exp(solve(lower))
  # fisher.test solves to 1e-4 of whichever of the ratio and its inverse is under 1.
  near <- function(x, y) min(abs(x - y), abs(1 / x - 1 / y)) < 3e-4
  stopifnot(lo == 0 || near(lo, test$conf.int[1]), !is.finite(hi) || near(hi, test$conf.int[2]))
  row("fisher", t, c(test$p.value, lo, hi))
}
# binom.test: before, exposure_before, after, exposure_after -> p, interval of the ratio of rates.
for (i in 1:30) {
  t <- c(rpois(1, 40), 365, rpois(1, 55), sample(c(365, 366, 90), 1))
  test <- binom.test(t[3], t[1] + t[3], t[4] / (t[2] + t[4]))
  row("binomial", t, c(test$p.value, test$conf.int / (1 - test$conf.int) * t[2] / t[4]))
}
# The E-test as the full double sum over tables of dpois.
e_test <- function(k1, n1, k2, n2) {
  pooled <- (k1 + k2) / (n1 + n2)
  top <- function(l) 0:(qpois(1 - 1e-15, l) + 25)
  x1 <- top(n1 * pooled); x2 <- top(n2 * pooled)
  statistic <- function(a, b) ifelse(a + b == 0, 0, abs(a / n1 - b / n2) / sqrt(a / n1^2 + b / n2^2))
  t <- outer(x1, x2, statistic)
  sum(outer(dpois(x1, n1 * pooled), dpois(x2, n2 * pooled))[t >= statistic(k1, k2) * (1 - 1e-12)])
}
for (t in list(c(0, 1, 3, 1), c(6, 1, 2, 1), c(20, 1, 10, 1), c(9, 1, 4, 1), c(120, 1, 90, 1), c(14, 365, 31, 366), c(55, 90, 200, 275), c(0, 1, 9, 4))) {
  row("e_test", t, e_test(t[1], t[2], t[3], t[4]))
}
# Funnel: Poisson quantiles interpolated; at 0.1, 2.5, 97.5, 99.9 %.
for (mean in c(0.3, 2, 7.5, 15, 30, 31.7, 100, 412.25, 5000, 123456)) {
  limits <- sapply(c(0.001, 0.025, 0.975, 0.999), function(p) {
    r <- qpois(p, mean)
    max(0, r - (ppois(r, mean) - p) / dpois(r, mean))
  })
  row("funnel", mean, limits)
}
# Widening of a two-sided p.
for (p in c(0.9, 0.2, 0.04, 1e-6, 1e-60, 1e-250)) for (phi in c(1.3, 4)) {
  z <- qnorm(log(p / 2), lower.tail = FALSE, log.p = TRUE)
  row("widened", c(p, phi), 2 * pnorm(z / sqrt(phi), lower.tail = FALSE))
}
# Gamma, for the draws behind ranks: quantiles at 5, 50, 95 %.
for (shape in c(0.05, 0.5, 1.5, 20.5)) row("gamma", shape, qgamma(c(0.05, 0.5, 0.95), shape))
