// Edge correction against loops over every cell in long double.
#include "geo/density/edge_correction.h"

#include <gtest/gtest.h>

#include <numbers>
#include <vector>

#include "tests/support/drawn_window.h"

namespace geo {
namespace {

using Long = long double;

// The kernel from its definition, in metres; the Gaussian and the exponential with their cut-offs.
Long KernelAt(const Kernel& kernel, Long d2_m2) {
  const Long r = static_cast<Long>(kernel.bandwidth_mm) / 1000, u = std::sqrt(d2_m2) / r, pi = std::numbers::pi_v<Long>, disc = pi * r * r;
  const Long q = static_cast<Long>(kernel.triangular_decay);
  switch (kernel.shape) {
    case KernelShape::kQuartic:
      return u < 1 ? 3 / disc * (1 - u * u) * (1 - u * u) : 0;
    case KernelShape::kGaussian:
      return u <= 9 ? std::exp(-u * u / 2) / (2 * disc) : 0;
    case KernelShape::kEpanechnikov:
      return u < 1 ? 2 / disc * (1 - u * u) : 0;
    case KernelShape::kTriangular:
      return u <= 1 ? 3 / ((1 + 2 * q) * disc) * (1 - (1 - q) * u) : 0;
    case KernelShape::kUniform:
      return u <= 1 ? 1 / disc : 0;
    case KernelShape::kTriweight:
      return u < 1 ? 4 / disc * (1 - u * u) * (1 - u * u) * (1 - u * u) : 0;
    case KernelShape::kNegativeExponential:
      return u <= 40 ? std::exp(-u) / (2 * disc) : 0;
  }
  return 0;
}

struct Place {
  Long east_m, north_m;
};

Place CentreOf(const RasterFrame& frame, std::size_t index) {
  const CellId cell = frame.cell_at(index);
  return {(cell.column + 0.5L) * frame.cell_mm / 1000, (cell.row + 0.5L) * frame.cell_mm / 1000};
}

Place PlaceOf(GridPoint p) { return {static_cast<Long>(p.easting_mm) / 1000, static_cast<Long>(p.northing_mm) / 1000}; }

Long Squared(Place a, Place b) { return (a.east_m - b.east_m) * (a.east_m - b.east_m) + (a.north_m - b.north_m) * (a.north_m - b.north_m); }

Long MassAt(const Window& window, const Kernel& kernel, Place place) {
  Long mass = 0;
  for (std::size_t i = 0; i < window.inside_m2.size(); ++i) {
    mass += static_cast<Long>(window.inside_m2[i]) * KernelAt(kernel, Squared(place, CentreOf(window.frame, i)));
  }
  return mass;
}

bool Inside(const Window& window, GridPoint p) {
  for (std::size_t i = 0; i < window.inside_m2.size(); ++i) {
    const CellId cell = window.frame.cell_at(i);
    const std::int64_t west = std::int64_t{cell.column} * window.frame.cell_mm, south = std::int64_t{cell.row} * window.frame.cell_mm;
    if (p.easting_mm >= west && p.easting_mm < west + window.frame.cell_mm && p.northing_mm >= south && p.northing_mm < south + window.frame.cell_mm) {
      return window.inside_m2[i] > 0;
    }
  }
  return false;
}

Long SurfaceAt(const Window& window, const Kernel& kernel, EdgeCorrection correction, WeightedPoints points, std::size_t cell) {
  if (window.inside_m2[cell] <= 0) return 0;
  const Place centre = CentreOf(window.frame, cell);
  Long sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!Inside(window, points.at[i])) continue;
    const Place place = PlaceOf(points.at[i]);
    const Long weight = static_cast<Long>(points.weight[i]) / (correction == EdgeCorrection::kDiggle ? MassAt(window, kernel, place) : 1);
    sum += weight * KernelAt(kernel, Squared(place, centre));
  }
  return 1e6L * sum / (correction == EdgeCorrection::kUniform ? MassAt(window, kernel, centre) : 1);
}

void ExpectRelative(double found, Long expected, const std::string& what) {
  ASSERT_NEAR(found, static_cast<double>(expected), 3e-12 * static_cast<double>(expected)) << what;
}

TEST(EdgeCorrectionOracle, EveryKernelAndCorrectionAgainstLoops) {
  for (std::uint64_t seed = 1; seed <= 28; ++seed) {
    support::SplitMix random(seed);
    const KernelShape shape = static_cast<KernelShape>(seed % 7);
    const std::int32_t cell_mm = support::Whole(random, 20'000, 60'001);
    const Window window = support::DrawnWindow(random, cell_mm, 22);
    const Kernel kernel{.shape = shape,
                        .bandwidth_mm = 3 * cell_mm + support::Whole(random, 0, 150'000),
                        .triangular_decay = shape == KernelShape::kTriangular ? random.unit() : 0};
    const support::DrawnPoints points = support::PointsAround(random, window.frame, 25);
    const std::string what = "seed " + std::to_string(seed) + " " + std::string(NameOf(shape));

    const auto at_points = KernelMassAtPoints(window, kernel, points.at, {.threads = 2}, NeverStop());
    ASSERT_TRUE(at_points) << at_points.error().message;
    for (std::size_t i = 0; i < points.at.size(); ++i) ExpectRelative((*at_points)[i], MassAt(window, kernel, PlaceOf(points.at[i])), what + " point");
    const auto at_cells = KernelMassAtCells(window, kernel, {.threads = 2}, NeverStop());
    ASSERT_TRUE(at_cells);
    for (std::size_t i = 0; i < window.frame.size(); ++i) {
      ExpectRelative((*at_cells)[i], window.inside_m2[i] > 0 ? MassAt(window, kernel, CentreOf(window.frame, i)) : 0, what + " cell");
    }
    for (const EdgeCorrection correction : {EdgeCorrection::kNone, EdgeCorrection::kUniform, EdgeCorrection::kDiggle}) {
      const auto surface = EdgeCorrectedSurface(points.points(), kernel, correction, window, {}, NeverStop());
      ASSERT_TRUE(surface) << surface.error().message;
      for (std::size_t i = 0; i < window.frame.size(); i += 7) ExpectRelative((*surface)[i], SurfaceAt(window, kernel, correction, points.points(), i), what);
      if (HasFatalFailure()) return;
    }
  }
}

// A wide window and a narrow kernel: the cells deep inside that share one value, and the rim around them.
TEST(EdgeCorrectionOracle, DeepCellsShareTheirMass) {
  support::SplitMix random(99);
  const Window window = support::DrawnWindow(random, 50'000, 60);
  for (const KernelShape shape : {KernelShape::kQuartic, KernelShape::kUniform, KernelShape::kGaussian}) {
    const Kernel kernel{.shape = shape, .bandwidth_mm = 150'000};
    const auto mass = KernelMassAtCells(window, kernel, {}, NeverStop()).value();
    for (std::size_t i = 0; i < window.frame.size(); ++i) {
      ExpectRelative(mass[i], window.inside_m2[i] > 0 ? MassAt(window, kernel, CentreOf(window.frame, i)) : 0, std::to_string(i));
      if (HasFatalFailure()) return;
    }
  }
}

}  // namespace
}  // namespace geo
