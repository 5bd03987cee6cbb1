# Golden values of density and bandwidth rules from spatstat (Baddeley, Rubak and Turner 2015, Spatial Point Patterns), for spatstat_test.cc.
# Rscript spatstat_values.R OUTPUT.csv writes name,index,value with 12 significant digits. Points are whole millimetres, so that both sides read the same ones.
suppressPackageStartupMessages(library(spatstat.explore))
output <- commandArgs(trailingOnly = TRUE)[1]

rows <- list()
put <- function(name, value) {
  rows[[length(rows) + 1]] <<- data.frame(name = name, index = seq_along(value) - 1, value = trimws(formatC(as.numeric(value), digits = 12, format = "g")))
}

# Clusters of 12 around 10 parents with an even background, in a rectangle of whole 250 m cells.
RNGkind("Mersenne-Twister", "Inversion", "Rejection")
set.seed(20240502)
west <- 570000; south <- 160000; width <- 10000; height <- 6000
parents <- cbind(runif(10, west + 500, west + width - 500), runif(10, south + 500, south + height - 500))
x <- c(rep(parents[, 1], each = 12) + rnorm(120, sd = 350), runif(60, west, west + width))
y <- c(rep(parents[, 2], each = 12) + rnorm(120, sd = 350), runif(60, south, south + height))
inside <- x > west & x < west + width & y > south & y < south + height
x <- round(x[inside], 3); y <- round(y[inside], 3)
pattern <- ppp(x, y, window = owin(c(west, west + width), c(south, south + height)))
stopifnot(!anyDuplicated(pattern))
put("x_m", x); put("y_m", y)
put("window_m", c(west, south, width, height))

# Densities at the points themselves, points included; radius in metres, sigma its standard deviation on an axis.
at_points <- function(...) density(pattern, at = "points", leaveoneout = FALSE, verbose = FALSE, ...)
put("gaussian_400", at_points(sigma = 400, edge = FALSE, cutoff = 20000))
put("epanechnikov_1200", at_points(sigma = 1200 / sqrt(6), edge = FALSE, kernel = "epanechnikov"))
put("quartic_1200", at_points(sigma = 1200 / sqrt(8), edge = FALSE, kernel = "quartic"))
put("disc_1200", at_points(sigma = 1200 / 2, edge = FALSE, kernel = "disc"))
put("gaussian_400_uniform", at_points(sigma = 400, edge = TRUE, diggle = FALSE, cutoff = 20000))
put("gaussian_400_diggle", at_points(sigma = 400, edge = TRUE, diggle = TRUE, cutoff = 20000))

put("nrd0", c(bw.nrd0(x), bw.nrd0(y)))
put("scott", bw.scott(pattern))
put("scott_isotropic", bw.scott(pattern, isotropic = TRUE))

ppl <- bw.ppl(pattern, dimyx = c(300, 500))
put("ppl", ppl); put("ppl_tried", attr(ppl, "h")); put("ppl_score", attr(ppl, "cv"))
cvl <- bw.CvL(pattern)
put("cvl", cvl); put("cvl_tried", attr(cvl, "h")); put("cvl_score", attr(cvl, "cv"))
# On 511 x 16 radii as well: the coarse grid of distances that spatstat integrates over is its only approximation.
diggle <- bw.diggle(pattern, correction = "translate")
put("diggle", diggle); put("diggle_tried", attr(diggle, "h")); put("diggle_score", attr(diggle, "cv"))
fine <- bw.diggle(pattern, correction = "translate", nr = 511 * 16 + 1)
put("diggle_fine", fine); put("diggle_fine_tried", attr(fine, "h")[seq(1, length(attr(fine, "h")), by = 16)])
put("diggle_fine_score", attr(fine, "cv")[seq(1, length(attr(fine, "cv")), by = 16)])

write.csv(do.call(rbind, rows), output, row.names = FALSE, quote = FALSE)
