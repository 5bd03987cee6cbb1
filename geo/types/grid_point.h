// A place on the British National Grid (EPSG:27700), in whole millimetres.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

namespace geo {

// Whole millimetres make every predicate on positions exact in 64- and 128-bit integers: which side of a ward edge, which cell, equal or not.
// A millimetre is 1/1,000 of the best accuracy of any source (the transformation itself is good to 0.1 m with OSTN15 and about 3 m without), and
// int32 covers +-2,147 km, which is all of the Grid and the seas around it. Ordered by easting, then northing.
struct GridPoint {
  std::int32_t easting_mm = 0;
  std::int32_t northing_mm = 0;

  // Rounds to the nearest millimetre, halves away from zero. Requires |metres| <= kMaxMeters, finite.
  static GridPoint FromMeters(double easting_m, double northing_m) {
    return {static_cast<std::int32_t>(std::lround(easting_m * 1000.0)), static_cast<std::int32_t>(std::lround(northing_m * 1000.0))};
  }
  double easting_m() const { return easting_mm / 1000.0; }
  double northing_m() const { return northing_mm / 1000.0; }

  friend auto operator<=>(const GridPoint&, const GridPoint&) = default;
};

inline constexpr double kMaxMeters = 2'000'000.0;

// The position of an incident that has none. Such incidents are kept, counted in every total, and shown as "unlocated".
inline constexpr GridPoint kUnlocated{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min()};

// Closed on all sides. Empty when low > high on either axis.
struct GridBox {
  GridPoint low{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
  GridPoint high{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min()};

  bool empty() const { return low.easting_mm > high.easting_mm || low.northing_mm > high.northing_mm; }
  bool contains(GridPoint p) const {
    return p.easting_mm >= low.easting_mm && p.easting_mm <= high.easting_mm && p.northing_mm >= low.northing_mm && p.northing_mm <= high.northing_mm;
  }
  void extend(GridPoint p) {
    if (p.easting_mm < low.easting_mm) low.easting_mm = p.easting_mm;
    if (p.northing_mm < low.northing_mm) low.northing_mm = p.northing_mm;
    if (p.easting_mm > high.easting_mm) high.easting_mm = p.easting_mm;
    if (p.northing_mm > high.northing_mm) high.northing_mm = p.northing_mm;
  }
  friend bool operator==(const GridBox&, const GridBox&) = default;
};

// Longitude and latitude in degrees, WGS84 (EPSG:4326).
struct LatLng {
  double latitude_deg = 0;
  double longitude_deg = 0;
  static LatLng FromDegrees(double latitude_deg, double longitude_deg) { return {latitude_deg, longitude_deg}; }
  friend bool operator==(const LatLng&, const LatLng&) = default;
};

}  // namespace geo
