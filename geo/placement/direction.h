// Directions from a camera as whole numbers, so that order and side are exact.
#pragma once

#include <cstdint>

#include "geo/types/grid_point.h"

namespace geo {

// East and north of where one stands, in millimetres (or of any length, where only the way matters). Up to 2^30 on either axis, so that products of two fit.
struct Direction {
  std::int64_t east = 0, north = 0;
  static Direction Between(GridPoint from, GridPoint to) {
    return {std::int64_t{to.easting_mm} - from.easting_mm, std::int64_t{to.northing_mm} - from.northing_mm};
  }
  friend bool operator==(const Direction&, const Direction&) = default;
};

inline Direction operator-(Direction a, Direction b) { return {a.east - b.east, a.north - b.north}; }
// Over 0 when b lies anticlockwise of a, by less than half a turn.
inline std::int64_t Cross(Direction a, Direction b) { return a.east * b.north - a.north * b.east; }
inline std::int64_t Dot(Direction a, Direction b) { return a.east * b.east + a.north * b.north; }
inline bool SameWay(Direction a, Direction b) { return Cross(a, b) == 0 && Dot(a, b) > 0; }
// Anticlockwise from east, all the way round. Neither may be zero.
inline bool TurnsBefore(Direction a, Direction b) {
  const bool a_south = a.north < 0 || (a.north == 0 && a.east < 0), b_south = b.north < 0 || (b.north == 0 && b.east < 0);
  return a_south != b_south ? b_south : Cross(a, b) > 0;
}

// Turning anticlockwise from `start`, is x met before y? Neither may be the same way as start.
inline bool SoonerTurned(Direction start, Direction x, Direction y) {
  const auto part = [&](Direction d) {  // under half a turn, half a turn, over half a turn
    const std::int64_t cross = Cross(start, d);
    return cross > 0 ? 0 : cross == 0 ? 1 : 2;
  };
  return part(x) != part(y) ? part(x) < part(y) : Cross(x, y) > 0;
}

}  // namespace geo
