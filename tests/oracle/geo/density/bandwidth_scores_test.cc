// The searching rules' scores against their formulas, summed over every pair and every cell in long double; and the pieces below them against loops.
#include "geo/density/gaussian_scores.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <set>
#include <vector>

#include "geo/density/bandwidth_search.h"
#include "geo/density/set_covariance.h"
#include "tests/support/drawn_window.h"

namespace geo {
namespace {

using Long = long double;
constexpr Long kPi = std::numbers::pi_v<Long>;

Long Distance2_m2(GridPoint a, GridPoint b) {
  const Long dx = (static_cast<Long>(a.easting_mm) - b.easting_mm) / 1000, dy = (static_cast<Long>(a.northing_mm) - b.northing_mm) / 1000;
  return dx * dx + dy * dy;
}

Long Gaussian(Long d2_m2, Long h_m) { return std::exp(-d2_m2 / (2 * h_m * h_m)) / (2 * kPi * h_m * h_m); }

Long LeastSquares(const std::vector<GridPoint>& at, Long h_m) {
  const Long n = static_cast<Long>(at.size());
  Long all = 0, others = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    for (std::size_t j = 0; j < at.size(); ++j) {
      all += Gaussian(Distance2_m2(at[i], at[j]), std::sqrt(2.0L) * h_m);
      if (i != j) others += Gaussian(Distance2_m2(at[i], at[j]), h_m);
    }
  }
  return -(all / (n * n) - 2 * others / (n * (n - 1)));
}

// The Gaussian's mass in each cell, from the distribution function.
Long CellMass(const RasterFrame& frame, std::size_t index, Long east_mm, Long north_mm, Long h_mm) {
  const CellId cell = frame.cell_at(index);
  const auto between = [h_mm](Long low, Long high) { return (std::erf(high / (std::sqrt(2.0L) * h_mm)) - std::erf(low / (std::sqrt(2.0L) * h_mm))) / 2; };
  const Long size = frame.cell_mm, west = cell.column * size - east_mm, south = cell.row * size - north_mm;
  return between(west, west + size) * between(south, south + size);
}

Long WindowMass(const Window& window, Long east_mm, Long north_mm, Long h_mm) {
  Long mass = 0;
  for (std::size_t i = 0; i < window.frame.size(); ++i) {
    mass += static_cast<Long>(window.inside_m2[i] / window.frame.cell_area_m2()) * CellMass(window.frame, i, east_mm, north_mm, h_mm);
  }
  return mass;
}

Long Likelihood(const std::vector<GridPoint>& at, const Window& window, Long h_mm) {
  Long score = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    Long others = 0;
    for (std::size_t j = 0; j < at.size(); ++j) others += i == j ? 0 : Gaussian(Distance2_m2(at[i], at[j]), h_mm / 1000);
    score += std::log(others / WindowMass(window, at[i].easting_mm, at[i].northing_mm, h_mm));
  }
  for (std::size_t c = 0; c < window.frame.size(); ++c) {
    if (window.inside_m2[c] <= 0) continue;
    const CellId cell = window.frame.cell_at(c);
    const Long size = window.frame.cell_mm, e = WindowMass(window, (cell.column + 0.5L) * size, (cell.row + 0.5L) * size, h_mm);
    Long kept = 0;
    for (const GridPoint p : at) kept += CellMass(window.frame, c, p.easting_mm, p.northing_mm, h_mm);
    score -= kept * static_cast<Long>(window.inside_m2[c] / window.frame.cell_area_m2()) / e;
  }
  return score;
}

Long CronieVanLieshout(const std::vector<GridPoint>& at, Long area_m2, Long h_m) {
  Long sum = 0;
  for (const GridPoint p : at) {
    Long density = 0;
    for (const GridPoint q : at) density += Gaussian(Distance2_m2(p, q), h_m);
    sum += 1 / density;
  }
  return -(sum / area_m2 - 1) * (sum / area_m2 - 1);
}

// Positions in the window, some of them drawn twice, which must not tell.
struct Pattern {
  Window window;
  std::vector<GridPoint> distinct;
  DistinctPositions positions;
};

Pattern AnyPattern(std::uint64_t seed) {
  support::SplitMix random(seed);
  const Window window = support::DrawnWindow(random, support::Whole(random, 40'000, 90'000), 16);
  support::DrawnPoints drawn = support::PointsAround(random, window.frame, 90);
  std::set<GridPoint> distinct;
  std::vector<GridPoint> at;
  for (const GridPoint p : drawn.at) {
    if (!window.holds(p)) continue;
    distinct.insert(p);
    at.insert(at.end(), random.next() % 2 + 1, p);
  }
  const std::vector<double> weight(at.size(), 2.5);
  return {window, {distinct.begin(), distinct.end()}, DistinctPositions::Of({at, weight}, NeverStop()).value()};
}

TEST(BandwidthScoresOracle, AgainstFormulasOverAllPairs) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Pattern pattern = AnyPattern(seed);
    ASSERT_EQ(pattern.positions.size(), pattern.distinct.size()) << "seed " << seed;
    const auto nearest = pattern.positions.nearest_mm2(NeverStop()).value();
    const GaussianWindow shares(pattern.window);
    ScoringWork work{2, 1'000'000'000};
    const NeverStop never;
    // Up to 16 cells, where the window's own cells are still used one by one.
    for (const double h_mm : {3'000.0, 31'000.0, 120'000.0, 640'000.0}) {
      const Long h_m = static_cast<Long>(h_mm) / 1000;
      const double least = LeastSquaresScore(pattern.positions, work, never)(h_mm).value();
      const double expected = static_cast<double>(LeastSquares(pattern.distinct, h_m));
      EXPECT_NEAR(least, expected, 1e-13 / (h_mm * h_mm * 1e-6) + 1e-12 * std::abs(expected)) << "seed " << seed << " h " << h_mm;
      const double area = pattern.window.total_m2, cvl = CronieVanLieshoutScore(pattern.positions, area, work, never)(h_mm).value();
      EXPECT_NEAR(cvl, static_cast<double>(CronieVanLieshout(pattern.distinct, static_cast<Long>(area), h_m)), 1e-11 * (1 + std::abs(cvl)));
      const double likelihood = LikelihoodScore(pattern.positions, nearest, shares, work, never)(h_mm).value();
      const double loops = static_cast<double>(Likelihood(pattern.distinct, pattern.window, static_cast<Long>(h_mm)));
      EXPECT_NEAR(likelihood, loops, 1e-9 * std::abs(loops)) << "seed " << seed << " h " << h_mm;
    }
  }
}

// Bandwidths up to half the diameter, as the search tries them, at which cells are joined two and four a side.
TEST(BandwidthScoresOracle, JoinedCellsKeepTheirPromise) {
  for (std::uint64_t seed = 21; seed <= 24; ++seed) {
    support::SplitMix random(seed);
    Window window = support::DrawnWindow(random, 20'000, 16);
    while (window.frame.columns < 100 || window.frame.rows < 100) window = support::DrawnWindow(random, 20'000, 160);
    const GaussianWindow shares(window);
    const std::vector<GridPoint> at = support::PointsAround(random, window.frame, 40).at;
    for (const double cells : {33.0, 65.0}) {
      const double h_mm = cells * window.frame.cell_mm;
      const GaussianWindow::AtSd at_sd = shares.at_sd(h_mm);
      for (const GridPoint p : at) {
        ASSERT_NEAR(at_sd.mass(p), static_cast<double>(WindowMass(window, p.easting_mm, p.northing_mm, static_cast<Long>(h_mm))), 0.0004)
            << "four sides; seed " << seed << " h " << h_mm;
      }
    }
  }
}

TEST(BandwidthScoresOracle, NearestAndDiameterAndCovarianceAgainstLoops) {
  for (std::uint64_t seed = 31; seed <= 60; ++seed) {
    const Pattern pattern = AnyPattern(seed);
    const std::vector<GridPoint>& at = pattern.positions.at();
    const auto nearest = pattern.positions.nearest_mm2(NeverStop()).value();
    for (std::size_t i = 0; i < at.size(); ++i) {
      Long least = INFINITY;
      for (std::size_t j = 0; j < at.size(); ++j) least = i == j ? least : std::min(least, Distance2_m2(at[i], at[j]));
      ASSERT_DOUBLE_EQ(nearest[i], static_cast<double>(least * 1e6L)) << "seed " << seed;
    }
    const Window& window = pattern.window;
    const RasterFrame& frame = window.frame;
    const auto share = [&](std::int32_t row, std::int32_t column) {
      const bool inside = row >= 0 && column >= 0 && row < frame.rows && column < frame.columns;
      return inside ? window.inside_m2[static_cast<std::size_t>(row * frame.columns + column)] / frame.cell_area_m2() : 0;
    };
    double most = 0;
    const auto covariance = SetCovariance::Of(window, 3.5 * frame.cell_mm, 1'000'000'000, 2, NeverStop()).value();
    const std::int32_t moves[][2] = {{0, 1}, {1, 0}, {2, -3}, {-2, 3}, {3, 3}, {-1, -2}};
    std::vector<double> overlap(std::size(moves), 0.0);
    for (std::int32_t row = 0; row < frame.rows; ++row) {
      for (std::int32_t column = 0; column < frame.columns; ++column) {
        for (std::size_t m = 0; m < std::size(moves); ++m) overlap[m] += share(row, column) * share(row + moves[m][0], column + moves[m][1]);
        for (std::int32_t k = 0; k < frame.rows * frame.columns && share(row, column) > 0; ++k) {
          if (share(k / frame.columns, k % frame.columns) <= 0) continue;
          most = std::max(most, std::hypot(std::abs(row - k / frame.columns) + 1, std::abs(column - k % frame.columns) + 1));
        }
      }
    }
    EXPECT_NEAR(HalfDiameterMm(window), most / 2 * frame.cell_mm, 1e-6) << "seed " << seed;
    for (std::size_t m = 0; m < std::size(moves); ++m) {
      const double expected = overlap[m] * frame.cell_area_m2();
      EXPECT_NEAR(covariance.area_m2(moves[m][1] * double{1} * frame.cell_mm, moves[m][0] * double{1} * frame.cell_mm), expected, 1e-9 * window.total_m2);
    }
    EXPECT_DOUBLE_EQ(covariance.area_m2(0, 0), window.total_m2);
  }
}

// A rectangle overlaps itself in a rectangle, at any move: bilinear interpolation is exact, joined cells or not.
TEST(BandwidthScoresOracle, ARectanglesCovarianceIsExact) {
  const Window window{{.cell_mm = 50'000, .south_west = {3, -7}, .columns = 64, .rows = 32}, std::vector<double>(64 * 32, 2500.0), 64 * 32 * 2500.0};
  for (const std::int64_t products : {std::int64_t{1'000'000'000}, std::int64_t{100'000}}) {
    const auto covariance = SetCovariance::Of(window, 900'000, products, 1, NeverStop()).value();
    support::SplitMix random(9);
    for (int k = 0; k < 200; ++k) {
      const double dx = (2 * random.unit() - 1) * 630, dy = (2 * random.unit() - 1) * 630;
      const double expected = (3200 - std::abs(dx)) * (1600 - std::abs(dy));
      EXPECT_NEAR(covariance.area_m2(dx * 1000, dy * 1000), expected, 1e-9 * expected) << dx << " " << dy << " " << products;
    }
  }
}

}  // namespace
}  // namespace geo
