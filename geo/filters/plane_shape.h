// Points and regions of a plane in whole numbers, and whether two of them share a place.
#pragma once

#include <cstdint>
#include <vector>

namespace geo {

// Which plane: longitude and latitude in nanodegrees (0.1 mm on the ground), straight lines as the Features standard has them, or the Grid in millimetres.
enum class FilterSpace : std::uint8_t { kDegrees, kGrid };

struct PlanePoint {
  std::int64_t x = 0;  // east; magnitude under 2^39
  std::int64_t y = 0;  // north
  friend bool operator==(const PlanePoint&, const PlanePoint&) = default;
};
using PlaneRing = std::vector<PlanePoint>;  // the closing vertex left out

// Single points, and what the rings enclose an odd number of times with the rings themselves. An incident is one point; a ward its rings.
struct PlaneShape {
  std::vector<PlanePoint> points;
  std::vector<PlaneRing> rings;
};

// Of longitude and latitude, and of Grid metres, rounded to the nearest unit.
PlanePoint PlaneOfDegrees(double longitude_deg, double latitude_deg);
PlanePoint PlaneOfMeters(double easting_m, double northing_m);

// Do they have a place in common? Regions are closed: touching is sharing. Exact, in 128 bits. Cost: O(edges of
// both), and of those near each other O(edges of one x edges of the other).
bool SharePlace(const PlaneShape& one, const PlaneShape& other);

}  // namespace geo
