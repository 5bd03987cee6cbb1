// A surface as a picture and as a raster.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/surface_answer.h"
#include "server/cli/surface_scale.h"

namespace server {

// One pixel a cell, north up, in the colours of the fixed scale; clear where nothing is shown. Errors: those of geo::PngBytes.
geo::Result<std::string> SurfacePng(const SurfaceAnswer& surface, SurfaceQuantity quantity);

// The values as a GeoTIFF, with what they are, the parameters used, the data version and the answer's hash. Errors: those of geo::GeoTiffBytes and FrameOf.
geo::Result<std::string> SurfaceTiff(const SurfaceAnswer& surface);

}  // namespace server
