// National Grid to longitude and latitude, in the generator's own arithmetic, so that its bytes do not depend on which PROJ grids a machine holds.
#pragma once

#include "geo/types/grid_point.h"

namespace sample {

// Inverse transverse Mercator on Airy 1830, then the seven-parameter Helmert shift to WGS84 (EPSG:1314 inverted). Accuracy against OSTN15: about 3 m.
// Source: Ordnance Survey 2020, A guide to coordinate systems in Great Britain, annexes B and C and section 6.6.
geo::LatLng GridToWgs84(geo::GridPoint point);

}  // namespace sample
