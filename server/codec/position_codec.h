// Positions and shapes in degrees, for clients.
#pragma once

#include <string>

#include "geo/geometry/polygon.h"
#include "geo/types/grid_point.h"
#include "geo/types/result.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// Both systems. Degrees are rounded to nine decimals (0.1 mm), so that the last bits of the transformation are not part of an answer.
// Error: kInternal when PROJ cannot be used. Thread-safe: each thread has a transformation of its own.
geo::Result<void> EncodePosition(geo::GridPoint point, wardwatch::v1::Position& out);

// GeoJSON MultiPolygon, degrees to seven decimals (1 cm); shells anticlockwise and holes clockwise (RFC 7946).
geo::Result<std::string> FormatGeoJson(const geo::MultiPolygon& shape);
// GeoJSON Polygon, directed likewise. Degrees to nine decimals (0.1 mm): regions of a surface keep their vertices whole millimetres apart, so that rounding to
// any fewer could make two into one and a valid region invalid.
geo::Result<std::string> FormatGeoJson(const geo::Polygon& region);

}  // namespace server
