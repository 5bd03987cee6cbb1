// A raster layer as a file.
#pragma once

#include <string>

#include "server/layers/raster_layer.h"

namespace server {

// A cloud optimised GeoTIFF (EPSG:27700) with the surface's values to the bit, and in its metadata what the answer's context says. Errors: those of
// GeoTiffBytes.
geo::Result<std::string> RasterFile(const RasterSource& source);

}  // namespace server
