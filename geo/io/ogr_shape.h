// Shapes on the Grid to OGR's and back.
#pragma once

#include <ogr_geometry.h>

#include <memory>
#include <optional>

#include "geo/geometry/polygon.h"
#include "geo/types/result.h"

namespace geo {

std::unique_ptr<OGRMultiPolygon> ToOgr(const MultiPolygon& shape);
// nullopt for what is no multipolygon, for a ring of under four points, and for a vertex that is not on the Grid.
std::optional<MultiPolygon> FromOgr(const OGRGeometry* geometry);
// Nearest millimetre; nullopt off the Grid.
std::optional<GridPoint> PointOfMeters(double easting_m, double northing_m);
// A point within the shape, as GEOS chooses it; nullopt where it finds none.
std::optional<GridPoint> PointWithin(const MultiPolygon& shape);

}  // namespace geo
