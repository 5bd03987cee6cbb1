# R's sf against the gateway: a collection over OGC API - Features, and a download. sf_layers.R BASE_URL DATASET. Status 77: sf (Debian: r-cran-sf) is not there.
if (!requireNamespace("sf", quietly = TRUE)) quit(status = 77)
arguments <- commandArgs(trailingOnly = TRUE)
base <- arguments[1]
dataset <- arguments[2]

listed <- sf::st_layers(paste0("OAPIF:", base))$name
wards <- grep(paste0("^", dataset, "\\.wards"), listed, value = TRUE)[1]
read <- sf::st_read(paste0("OAPIF:", base), wards, quiet = TRUE)
stopifnot(nrow(read) > 0, all(sf::st_is_valid(read)), "area_code" %in% names(read), !any(sf::st_is_empty(read)))

# The same areas on the National Grid, from a file; their sizes agree with those that sf computes on the ellipsoid.
file <- sf::st_read(paste0("/vsicurl/", base, "/collections/", wards, "/download?f=gpkg"), quiet = TRUE)
stopifnot(sf::st_crs(file)$epsg == 27700, nrow(file) == nrow(read))
on_grid <- as.numeric(sf::st_area(file))[order(file$area_code)]
on_ground <- as.numeric(sf::st_area(read))[order(read$area_code)]
stopifnot(all(abs(on_grid / on_ground - 1) < 0.005))
cat("ok:", nrow(read), "areas of", wards, "\n")
