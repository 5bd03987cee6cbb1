// The fast density against the formula written out over every pair in long double.
#include "geo/hotspots/quartic_density.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace geo {
namespace {

constexpr unsigned kSeed = 19860214;

double SlowPerKm2(const MergedPoints& points, std::int64_t bandwidth_mm, GridPoint place) {
  const long double r = static_cast<long double>(bandwidth_mm) / 1e6L;  // km
  long double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const long double de = (static_cast<long double>(points.at[i].easting_mm) - place.easting_mm) / 1e6L;
    const long double dn = (static_cast<long double>(points.at[i].northing_mm) - place.northing_mm) / 1e6L;
    const long double u2 = (de * de + dn * dn) / (r * r);
    if (u2 < 1) sum += points.weight[i] * 3 / (std::numbers::pi_v<long double> * r * r) * (1 - u2) * (1 - u2);
  }
  return static_cast<double>(sum);
}

// Towns of different sizes on a wide plain: full buckets, empty ones, one-point ones.
MergedPoints Scatter(std::mt19937& random, std::size_t n, double extent_m) {
  MergedPoints points;
  std::uniform_real_distribution<double> anywhere(0, extent_m);
  std::normal_distribution<double> near(0, extent_m / 40);
  double town_e = 0, town_n = 0;
  for (std::size_t i = 0; i < n; ++i) {
    if (i % 200 == 0) town_e = anywhere(random), town_n = anywhere(random);
    const bool lone = i % 10 == 0;
    points.at.push_back(
        GridPoint::FromMeters(300'000 + (lone ? anywhere(random) : town_e + near(random)), 100'000 + (lone ? anywhere(random) : town_n + near(random))));
    points.incidents.push_back(1);
    points.weight.push_back(static_cast<double>(1 + random() % 1440) / 1440);
  }
  return points;
}

TEST(QuarticDensityOracle, AgreesWithEveryPairSummed) {
  std::mt19937 random(kSeed);
  for (const double extent_m : {50.0, 3'000.0, 40'000.0, 600'000.0}) {
    for (const std::int64_t bandwidth_mm : {1'000LL, 37'123LL, 500'000LL, 5'000'000LL, 50'000'000LL}) {
      const MergedPoints points = Scatter(random, 3000, extent_m);
      std::vector<GridPoint> places;
      for (int i = 0; i < 60; ++i) {
        GridPoint place = points.at[random() % points.size()];
        place.easting_mm += static_cast<std::int32_t>(random() % static_cast<unsigned>(2 * bandwidth_mm)) - static_cast<std::int32_t>(bandwidth_mm);
        place.northing_mm += static_cast<std::int32_t>(random() % static_cast<unsigned>(2 * bandwidth_mm)) - static_cast<std::int32_t>(bandwidth_mm);
        places.push_back(place);
      }
      const auto density = QuarticDensity::Build(points, bandwidth_mm, NeverStop());
      const auto fast = density->per_km2(places, NeverStop());
      for (std::size_t i = 0; i < places.size(); ++i) {
        const double slow = SlowPerKm2(points, bandwidth_mm, places[i]);
        // 1 - d^2/r^2 in long double loses up to 12 digits at the very rim, in the slow form; the fast one does not subtract rounded numbers.
        EXPECT_NEAR((*fast)[i], slow, 1e-12 * slow + 1e-22) << "seed " << kSeed << " extent " << extent_m << " bandwidth " << bandwidth_mm << " place " << i;
      }
    }
  }
}

// The mass law: the kernel integrates to the weight. On a lattice of step h the sum of a function with bounded second derivatives over its disc errs by
// O((h/r)^2) at most for one point; here h/r is 1/50, and the quartic kernel and its first derivative vanish at the rim, which makes the error of order
// (h/r)^3 or better: 8e-6 per point, and less for their sum, whose errors differ in sign.
TEST(QuarticDensityOracle, SumsToTheWeightOverAnExtendedLattice) {
  std::mt19937 random(kSeed + 1);
  const MergedPoints points = Scatter(random, 300, 400);
  double weight = 0;
  for (const double w : points.weight) weight += w;
  const double step_m = 10, bandwidth_m = 500;
  GridBox box;
  for (const GridPoint p : points.at) box.extend(p);
  std::vector<GridPoint> lattice;
  for (double e = box.low.easting_m() - bandwidth_m - step_m; e < box.high.easting_m() + bandwidth_m + step_m; e += step_m) {
    for (double n = box.low.northing_m() - bandwidth_m - step_m; n < box.high.northing_m() + bandwidth_m + step_m; n += step_m) {
      lattice.push_back(GridPoint::FromMeters(e, n));
    }
  }
  const auto density = QuarticDensity::Build(points, std::llround(bandwidth_m * 1000), NeverStop())->per_km2(lattice, NeverStop());
  double mass = 0;
  for (const double d : *density) mass += d * step_m * step_m / 1e6;
  EXPECT_NEAR(mass, weight, 8e-6 * weight) << "seed " << kSeed + 1;
}

}  // namespace
}  // namespace geo
