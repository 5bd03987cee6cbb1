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

// Degrees to metres and back, where PROJ can be used. Thread-safe likewise. kUnlocated for what cannot be transformed.
geo::Result<geo::GridPoint> GridOf(geo::LatLng position);
geo::Result<geo::LatLng> DegreesOf(geo::GridPoint point);

// How coordinates are written: longitude and latitude with so many decimals, or easting and northing to the millimetre.
struct CoordinateForm {
  bool degrees = true;
  int decimals = 7;
};
// GeoJSON geometries in that form, shells anticlockwise and holes clockwise; a MultiPolygon of one part is a Polygon. Appended to `out`.
geo::Result<void> AppendGeometry(geo::GridPoint point, const CoordinateForm& form, std::string& out);
geo::Result<void> AppendGeometry(const geo::MultiPolygon& shape, const CoordinateForm& form, std::string& out);

// GeoJSON MultiPolygon, degrees to seven decimals (1 cm); shells anticlockwise and holes clockwise (RFC 7946).
geo::Result<std::string> FormatGeoJson(const geo::MultiPolygon& shape);
// GeoJSON Polygon, directed likewise. Degrees to nine decimals (0.1 mm): regions of a surface keep their vertices whole millimetres apart, so that rounding to
// any fewer could make two into one and a valid region invalid.
geo::Result<std::string> FormatGeoJson(const geo::Polygon& region);

}  // namespace server
