# Golden values of spdep for the oracle test beside this file: Rscript spdep_values.R OUTPUT.csv
# Rows of name,index,value: inputs (values, neighbour lists counted from 1) and what spdep makes of them. Needs the packages spdep and spData.
suppressPackageStartupMessages({library(spdep); library(spData); library(sf)})
out <- commandArgs(trailingOnly = TRUE)[1]
rows <- character()
put <- function(name, values, index = seq_along(values)) {
  rows <<- c(rows, sprintf("%s,%d,%.17g", name, as.integer(index), as.numeric(values)))
}
put_neighbours <- function(name, nb) {
  for (i in seq_along(nb)) if (!identical(as.integer(nb[[i]]), 0L)) put(name, nb[[i]], rep(i, length(nb[[i]])))
}
all_of <- function(name, x, nb) {
  put_neighbours(paste0(name, ".neighbours"), nb)
  for (style in c("B", "W")) {
    put(paste0(name, ".gi.", style), localG(x, nb2listw(nb, style = style)))
    put(paste0(name, ".gistar.", style), localG(x, nb2listw(include.self(nb), style = style)))
    for (randomisation in c(TRUE, FALSE)) {
      test <- moran.test(x, nb2listw(nb, style = style), randomisation = randomisation, alternative = "two.sided")
      put(paste0(name, ".moran.", style, ifelse(randomisation, ".randomisation", ".normality")), c(test$estimate, test$statistic, test$p.value))
    }
  }
  local <- localmoran(x, nb2listw(nb, style = "W"))
  put(paste0(name, ".localmoran"), local[, 1])
  put(paste0(name, ".localmoran_less1"), localmoran(x, nb2listw(nb, style = "W"), mlvar = FALSE)[, 1])
  # Pseudo p by R's own generator, two-sided by doubling the smaller tail. Not by localmoran_perm, which draws neighbours with replacement.
  set.seed(20240502)
  z <- x - mean(x)
  put(paste0(name, ".pseudo_p"), sapply(seq_along(x), function(i) {
    sums <- replicate(9999, sum(z[-i][sample.int(length(z) - 1, length(nb[[i]]))]))
    observed <- sum(z[nb[[i]]])
    min(1, 2 * (min(sum(sums <= observed + 1e-9), sum(sums >= observed - 1e-9)) + 1) / 10000)
  }))
}
data(columbus, package = "spData")
put("columbus.values", columbus$CRIME)
all_of("columbus", columbus$CRIME, col.gal.nb)
shape <- st_read(system.file("shapes/columbus.shp", package = "spData")[1], quiet = TRUE)
put("columbus_queen.values", shape$CRIME)
all_of("columbus_queen", shape$CRIME, poly2nb(shape, queen = TRUE))
data(getisord, package = "spData")
put("getisord.x", go_xyz$x)
put("getisord.y", go_xyz$y)
put("getisord.values", go_xyz$val)
for (d in c(30, 60, 90, 120, 150)) {
  nb <- dnearneigh(cbind(go_xyz$x, go_xyz$y), 0, d)
  put(sprintf("getisord.gi.%d", d), localG(go_xyz$val, nb2listw(nb, style = "B")))
  put(sprintf("getisord.gistar.%d", d), localG(go_xyz$val, nb2listw(include.self(nb), style = "B")))
}
writeLines(c("name,index,value", rows), out)
