# The tests of "24 wards x 14 categories x 6 years" with what R ships, on counts that are already made: run by hand beside bench_ward, whose figure includes the
# counting. Rscript tests/bench/ward_peer.R
set.seed(1)
wards <- 24; categories <- 14; years <- 6
counts <- array(rpois(wards * categories * years, exp(runif(wards * categories * years, 0, 6))), c(wards, categories, years))
days <- c(365, 366, 365, 365, 365, 366)
pairs <- rbind(cbind(1:5, 2:6), cbind(1, 3:6)) # each year with the one before, and with the first
elapsed <- system.time({
  p <- numeric(0)
  for (w in 1:wards) for (c in 1:categories) for (i in seq_len(nrow(pairs))) {
    a <- pairs[i, 1]; b <- pairs[i, 2]
    two <- c(counts[w, c, b], counts[w, c, a])
    p <- c(p, if (sum(two) < 20) NA else poisson.test(two, c(days[b], days[a]))$p.value)
  }
  q <- p.adjust(p, "BH")
})["elapsed"]
cat(sprintf("%d tests in R %s.%s: %.0f ms\n", sum(!is.na(p)), R.version$major, R.version$minor, 1000 * elapsed))
