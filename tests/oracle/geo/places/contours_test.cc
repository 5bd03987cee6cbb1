#include "geo/places/contours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/support/point_in_region.h"
#include "tests/support/random_surface.h"

namespace geo {
namespace {

using support::MakeRandomSurface;
using support::RandomSurface;
using support::Side;

// f by the words of the header, in long doubles and barycentric coordinates solved as equations: nothing shared with the production's crosses.
long double SlowValueAt(const RandomSurface& surface, GridPoint point) {
  const RasterFrame& frame = surface.frame;
  const auto value = [&](std::int64_t row, std::int64_t column) -> long double {
    if (row < 0 || column < 0 || row >= frame.rows || column >= frame.columns) return 0;
    return surface.values[static_cast<std::size_t>(row * frame.columns + column)];
  };
  struct At {
    long double x, y, v;
  };
  const auto node = [&](std::int64_t row, std::int64_t column) {
    return At{static_cast<long double>(frame.west_mm() + column * frame.cell_mm + frame.cell_mm / 2),
              static_cast<long double>(frame.south_mm() + row * frame.cell_mm + frame.cell_mm / 2), value(row, column)};
  };
  for (std::int64_t row = -1; row < frame.rows; ++row) {
    for (std::int64_t column = -1; column < frame.columns; ++column) {
      const At around[] = {node(row, column), node(row, column + 1), node(row + 1, column + 1), node(row + 1, column)};
      if (point.easting_mm < around[0].x || point.easting_mm > around[2].x || point.northing_mm < around[0].y || point.northing_mm > around[2].y) continue;
      const At apex{static_cast<long double>(frame.west_mm() + (column + 1) * frame.cell_mm),
                    static_cast<long double>(frame.south_mm() + (row + 1) * frame.cell_mm), (around[0].v + around[1].v + around[2].v + around[3].v) / 4};
      for (int k = 0; k < 4; ++k) {
        const At a = around[k], b = around[(k + 1) % 4];
        const long double determinant = (a.x - apex.x) * (b.y - apex.y) - (b.x - apex.x) * (a.y - apex.y);
        const long double px = point.easting_mm - apex.x, py = point.northing_mm - apex.y;
        const long double of_a = (px * (b.y - apex.y) - py * (b.x - apex.x)) / determinant, of_b = (py * (a.x - apex.x) - px * (a.y - apex.y)) / determinant;
        if (of_a < -1e-12L || of_b < -1e-12L || of_a + of_b > 1 + 1e-12L) continue;
        return apex.v + of_a * (a.v - apex.v) + of_b * (b.v - apex.v);
      }
    }
  }
  return 0;
}

GridPoint AnyPoint(const RasterFrame& frame, std::mt19937_64& random) {
  const auto any = [&](std::int64_t low, std::int64_t high) {
    return static_cast<std::int32_t>(low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low + 1)));
  };
  GridPoint p{any(frame.west_mm() - frame.cell_mm, frame.east_mm() + frame.cell_mm), any(frame.south_mm() - frame.cell_mm, frame.north_mm() + frame.cell_mm)};
  // Some on the lines between centres, some on the diagonals.
  const std::int32_t half = frame.cell_mm / 2;
  if (random() % 4 == 0) p.easting_mm = static_cast<std::int32_t>(frame.west_mm() + (p.easting_mm - frame.west_mm()) / frame.cell_mm * frame.cell_mm + half);
  if (random() % 4 == 0)
    p.northing_mm = static_cast<std::int32_t>(frame.south_mm() + (p.northing_mm - frame.south_mm()) / frame.cell_mm * frame.cell_mm + half);
  return p;
}

TEST(SurfaceValueAtOracle, IsTheHeadersSurface) {
  std::mt19937_64 random(7);
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    long double largest = 0;
    for (const double value : surface.values) largest = std::max(largest, std::abs(static_cast<long double>(value)));
    for (int i = 0; i < 50; ++i) {
      const GridPoint p = AnyPoint(surface.frame, random);
      const long double slow = SlowValueAt(surface, p);
      EXPECT_NEAR(static_cast<double>((SurfaceValueAt(surface.values, surface.frame, p) - slow) / std::max(largest, 1e-300L)), 0, 2e-15)
          << "seed " << seed << " at " << p.easting_mm << " " << p.northing_mm;
    }
  }
}

// A point is within the region of a level where the surface there is at or over it; only within 2 mm of an edge may rounding decide, and there is no such edge
// unless a ring was traced: small rings that were left out are looked for by their value.
TEST(ContoursOracle, HoldWhatTheSurfaceHolds) {
  std::mt19937_64 random(8);
  std::int64_t looked = 0, inside = 0, near_edge = 0, left_out = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    const Result<std::vector<Contour>> contours = TraceContours(surface.values, surface.frame, surface.levels, 10'000'000, NeverStop());
    ASSERT_TRUE(contours);
    for (int i = 0; i < 60; ++i) {
      const GridPoint p = AnyPoint(surface.frame, random);
      const double value = SurfaceValueAt(surface.values, surface.frame, p);
      for (const Contour& contour : *contours) {
        const Side side = support::SideOf(contour.region, p);
        ++looked;
        inside += side == Side::kInside;
        if (side == Side::kOn || (side == Side::kInside) == (value >= contour.level)) continue;
        // Where the surface is flat to an ulp, as next to a plateau at the level, the level itself has no place.
        if (std::abs(value - contour.level) <= 4e-16 * contour.level) continue;
        if (support::DistanceToEdgeMm(contour.region, p) <= 2) {
          ++near_edge;
          continue;
        }
        // A ring of under 1 m2 stands for nothing: it must be within 1 m2's worth of slivers, so the other side begins within 1.5 m.
        ++left_out;
        bool other = false;
        for (int k = 0; k < 2'000 && !other; ++k) {
          const GridPoint near{p.easting_mm + static_cast<std::int32_t>(random() % 3'001) - 1'500,
                               p.northing_mm + static_cast<std::int32_t>(random() % 3'001) - 1'500};
          other = (SurfaceValueAt(surface.values, surface.frame, near) >= contour.level) != (value >= contour.level);
        }
        EXPECT_TRUE(other) << "seed " << seed << " at " << p.easting_mm << " " << p.northing_mm << " value " << value << " level " << contour.level;
      }
    }
  }
  EXPECT_GT(inside, looked / 10);
  EXPECT_LT(near_edge + left_out, looked / 100);
  RecordProperty("near_edge", std::to_string(near_edge) + " of " + std::to_string(looked));
}

// The area of a region by the slow way: the share of random points that lie where the surface is at or over the level.
TEST(ContoursOracle, AreasAreTheShareOfPointsAtOrOverTheLevel) {
  std::mt19937_64 random(9);
  for (const std::uint64_t seed : {0u, 1u, 10u, 20u, 21u, 31u, 40u}) {
    const RandomSurface surface = MakeRandomSurface(seed);
    const Result<std::vector<Contour>> contours = TraceContours(surface.values, surface.frame, surface.levels, 10'000'000, NeverStop());
    ASSERT_TRUE(contours);
    const RasterFrame& frame = surface.frame;
    constexpr int kPoints = 20'000;
    std::vector<std::int64_t> held(contours->size());
    for (int i = 0; i < kPoints; ++i) {
      const auto any = [&](std::int64_t low, std::int64_t high) {
        return static_cast<std::int32_t>(low + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(high - low)));
      };
      const GridPoint p{any(frame.west_mm() - frame.cell_mm, frame.east_mm() + frame.cell_mm),
                        any(frame.south_mm() - frame.cell_mm, frame.north_mm() + frame.cell_mm)};
      const double value = SurfaceValueAt(surface.values, frame, p);
      for (std::size_t k = 0; k < held.size(); ++k) held[k] += value >= (*contours)[k].level;
    }
    const double whole_m2 = (frame.columns + 2.0) * (frame.rows + 2.0) * frame.cell_area_m2();
    for (std::size_t k = 0; k < held.size(); ++k) {
      // Five standard deviations of a share, and the square metres of rings left out.
      EXPECT_NEAR((*contours)[k].area_m2 / whole_m2, static_cast<double>(held[k]) / kPoints, 5 * 0.5 / std::sqrt(kPoints) + 1.0 * frame.size() / whole_m2)
          << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace geo
