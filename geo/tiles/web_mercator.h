// Web Mercator (EPSG:3857) in whole numbers: a square world of 2^32 units a side, in which every tile and every tile coordinate is a shift away.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "geo/geodesy/british_grid.h"
#include "geo/types/grid_point.h"

namespace geo {

// `x` eastwards from 180 W, `y` southwards from 85.0511 N. A unit is 9.33 mm on the equator, 5.8 mm in southern England: 1/4096 of a tile of zoom 20. Which
// tile holds a point, and where in it, are shifts of these numbers, so that tiles of one zoom never share a point and tiles of all zooms agree.
struct WorldPoint {
  std::uint32_t x = 0;
  std::uint32_t y = 0;
  friend auto operator<=>(const WorldPoint&, const WorldPoint&) = default;
};

// What has no place in the Mercator world: unlocated, not transformable, or nearer to a pole than 85.0511 degrees. (Its unit is one in the Antarctic.)
inline constexpr WorldPoint kNoWorld{std::numeric_limits<std::uint32_t>::max(), std::numeric_limits<std::uint32_t>::max()};

inline constexpr double kWorldUnits = 4294967296.0;                  // 2^32, along either axis
inline constexpr double kMercatorHalf_m = 20037508.342789244;        // pi * 6378137: half the world in EPSG:3857's metres
inline constexpr double kMercatorLatitude_deg = 85.051128779806604;  // of the northern edge

// The unit that holds the position (floor on both axes). kNoWorld for what is not finite or out of the world.
WorldPoint WorldOf(LatLng position);

// Of any place in the world, in fractions of a unit from the north-western corner. Inverse of WorldOf to 1e-9 degrees and the unit's floor.
LatLng DegreesOf(double world_x, double world_y);

// EPSG:3857 metres.
struct MercatorPoint {
  double x_m = 0;
  double y_m = 0;
};
MercatorPoint MercatorOf(double world_x, double world_y);

// Positions of a layer, once for every tile of every zoom: out[i] of points[i], kNoWorld for kUnlocated. Cost: about 1 us a point, in PROJ; keep the answer.
std::vector<WorldPoint> WorldPositions(std::span<const GridPoint> points, const BritishGrid& grid);

// Square kilometres on the WGS84 ellipsoid between two heights of the world (units from the north, north_y < south_y) and `width` units across.
// Accuracy: 1e-8 for a cell of a tile of zoom 20. Source: Snyder 1987, Map projections: a working manual, eq. 3-12.
double GroundKm2(double north_y, double south_y, double width);

}  // namespace geo
