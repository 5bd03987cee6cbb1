// Laws of the transformation that hold whatever the points.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdlib>

#include "geo/geodesy/british_grid.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

const BritishGrid& Grid() {
  static const BritishGrid grid = std::move(BritishGrid::Create().value());
  return grid;
}

// Great Britain and the islands round it.
rc::Gen<GridPoint> AnyPoint() { return rc::gen::construct<GridPoint>(rc::gen::inRange(0, 700'000'001), rc::gen::inRange(0, 1'200'000'001)); }

RC_GTEST_PROP(BritishGridProperty, RoundTripWithinTwoMillimetres, ()) {
  const GridPoint point = *AnyPoint();
  const GridPoint back = Grid().to_grid(Grid().to_wgs84(point));
  RC_ASSERT(std::abs(back.easting_mm - point.easting_mm) <= 2);
  RC_ASSERT(std::abs(back.northing_mm - point.northing_mm) <= 2);
}

// The National Grid is conformal and its scale is within 0.2 % of 1: a kilometre of eastings is a kilometre on the ground, in every direction alike.
RC_GTEST_PROP(BritishGridProperty, EastingsAndNorthingsHaveOneScale, ()) {
  const GridPoint point = *AnyPoint();
  const LatLng here = Grid().to_wgs84(point);
  const LatLng east = Grid().to_wgs84({point.easting_mm + 1'000'000, point.northing_mm});
  const LatLng north = Grid().to_wgs84({point.easting_mm, point.northing_mm + 1'000'000});
  constexpr double kRadians = 3.14159265358979323846 / 180;
  // Radii of curvature of WGS84 at this latitude.
  const double sine = std::sin(here.latitude_deg * kRadians);
  const double w = std::sqrt(1 - 0.00669437999014 * sine * sine);
  const double prime_m = 6'378'137.0 / w, meridian_m = 6'378'137.0 * (1 - 0.00669437999014) / (w * w * w);
  const auto length_m = [&](const LatLng& there) {
    return std::hypot((there.latitude_deg - here.latitude_deg) * kRadians * meridian_m,
                      (there.longitude_deg - here.longitude_deg) * kRadians * prime_m * std::cos((here.latitude_deg + there.latitude_deg) / 2 * kRadians));
  };
  RC_ASSERT(std::abs(length_m(east) - 1000) < 2);
  RC_ASSERT(std::abs(length_m(north) - 1000) < 2);
  RC_ASSERT(std::abs(length_m(east) - length_m(north)) < 0.2);
}

}  // namespace
}  // namespace geo
