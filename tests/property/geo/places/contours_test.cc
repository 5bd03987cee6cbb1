#include "geo/places/contours.h"

#include <gtest/gtest.h>

#include "geo/geometry/validity.h"
#include "tests/support/point_in_region.h"
#include "tests/support/random_surface.h"

namespace geo {
namespace {

using support::MakeRandomSurface;
using support::RandomSurface;
using support::Side;

constexpr std::int64_t kEnough = 10'000'000;
constexpr std::uint64_t kSurfaces = 600;

std::vector<Contour> Trace(const RandomSurface& surface) {
  const Result<std::vector<Contour>> contours = TraceContours(surface.values, surface.frame, surface.levels, kEnough, NeverStop());
  EXPECT_TRUE(contours.has_value()) << (contours ? "" : contours.error().message);
  return contours.value_or(std::vector<Contour>());
}

// A region may be empty; CheckValid refuses those.
void ExpectValid(const MultiPolygon& region) {
  if (region.parts.empty()) return;
  const Result<void> valid = CheckValid(region);
  EXPECT_TRUE(valid.has_value()) << (valid ? "" : valid.error().message);
}

TEST(ContoursLaw, EveryRegionIsValidAndTurnsTheRightWay) {
  std::size_t regions = 0, parts = 0, holes = 0;
  for (std::uint64_t seed = 0; seed < kSurfaces; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomSurface surface = MakeRandomSurface(seed);
    const std::vector<Contour> contours = Trace(surface);
    ASSERT_EQ(contours.size(), surface.levels.size());
    for (std::size_t i = 0; i < contours.size(); ++i) {
      SCOPED_TRACE("level " + std::to_string(surface.levels[i]));
      EXPECT_EQ(contours[i].level, surface.levels[i]);
      ExpectValid(contours[i].region);
      EXPECT_EQ(contours[i].area_m2, AreaM2(contours[i].region));
      regions += !contours[i].region.parts.empty();
      for (const Polygon& part : contours[i].region.parts) {
        ++parts;
        holes += part.rings.size() - 1;
        for (std::size_t k = 0; k < part.rings.size(); ++k) {
          EXPECT_EQ(IsAnticlockwise(part.rings[k]), k == 0);
          EXPECT_GE(AreaM2({{{{part.rings[k]}}}}), 1);
        }
      }
    }
    if (HasFailure()) break;
  }
  // The surfaces are hard ones: else this proves little.
  EXPECT_GT(regions, 2'000u);
  EXPECT_GT(parts, 10'000u);
  EXPECT_GT(holes, 2'000u);
}

// Without the rings of under 1 m2 a higher region lies within a lower one to the last millimetre; cells of an odd size have spokes that are rounded.
TEST(ContoursLaw, AHigherRegionLiesWithinALowerOne) {
  for (std::uint64_t seed = 0; seed < kSurfaces; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const RandomSurface surface = MakeRandomSurface(seed);
    const std::vector<Contour> contours = Trace(surface);
    for (std::size_t i = 1; i < contours.size(); ++i) {
      const bool odd = surface.frame.cell_mm % 2 == 1;
      if (!odd) {
        EXPECT_LE(contours[i].area_m2, contours[i - 1].area_m2);
      }
      int looked = 0;
      for (const Polygon& part : contours[i].region.parts) {
        for (const Ring& ring : part.rings) {
          for (std::size_t v = 0; v < ring.size() && looked < 300; v += 1 + ring.size() / 40, ++looked) {
            const bool within = support::SideOf(contours[i - 1].region, ring[v]) != Side::kOutside;
            EXPECT_TRUE(within || (odd && support::DistanceToEdgeMm(contours[i - 1].region, ring[v]) <= 1.0))
                << ring[v].easting_mm << " " << ring[v].northing_mm << " of level " << i;
          }
        }
      }
    }
    if (HasFailure()) break;
  }
}

TEST(ContoursLaw, MovedByWholeCellsTheVerticesMoveExactly) {
  for (std::uint64_t seed = 0; seed < kSurfaces; ++seed) {
    RandomSurface surface = MakeRandomSurface(seed);
    const std::vector<Contour> here = Trace(surface);
    surface.frame.south_west.row -= 17;
    surface.frame.south_west.column += 1'234;
    const std::vector<Contour> there = Trace(surface);
    const std::int32_t up = -17 * surface.frame.cell_mm, right = 1'234 * surface.frame.cell_mm;
    for (std::size_t i = 0; i < here.size(); ++i) {
      MultiPolygon moved = here[i].region;
      for (Polygon& part : moved.parts) {
        for (Ring& ring : part.rings) {
          for (GridPoint& p : ring) p = {p.easting_mm + right, p.northing_mm + up};
        }
      }
      ASSERT_EQ(moved.parts.size(), there[i].region.parts.size()) << "seed " << seed;
      for (std::size_t k = 0; k < moved.parts.size(); ++k) ASSERT_EQ(moved.parts[k].rings, there[i].region.parts[k].rings) << "seed " << seed;
    }
  }
}

// Zeros around a surface change nothing: the ring beyond the frame is 0 already.
TEST(ContoursLaw, AWiderFrameOfZerosGivesTheSameRegions) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    RandomSurface wide = surface;
    wide.frame.south_west = {surface.frame.south_west.row - 2, surface.frame.south_west.column - 3};
    wide.frame.rows += 4;
    wide.frame.columns += 6;
    wide.values.assign(wide.frame.size(), 0.0);
    for (std::size_t i = 0; i < surface.values.size(); ++i) wide.values[wide.frame.index_of(surface.frame.cell_at(i))] = surface.values[i];
    const std::vector<Contour> a = Trace(surface), b = Trace(wide);
    for (std::size_t i = 0; i < a.size(); ++i) {
      ASSERT_EQ(a[i].region.parts.size(), b[i].region.parts.size()) << "seed " << seed;
      for (std::size_t k = 0; k < a[i].region.parts.size(); ++k) ASSERT_EQ(a[i].region.parts[k].rings, b[i].region.parts[k].rings) << "seed " << seed;
    }
  }
}

// Powers of two are exact in every operation of the tracer: a surface and its levels scaled by one have the same regions.
TEST(ContoursLaw, ScalingBySixteenMovesNoVertex) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    if (seed % 10 == 6 || seed % 10 == 8) continue;  // 1e300 would overflow, 1e-300 does not show
    RandomSurface surface = MakeRandomSurface(seed);
    const std::vector<Contour> plain = Trace(surface);
    for (double& value : surface.values) value *= 16;
    for (double& level : surface.levels) level *= 16;
    const std::vector<Contour> scaled = Trace(surface);
    for (std::size_t i = 0; i < plain.size(); ++i) {
      ASSERT_EQ(plain[i].region.parts.size(), scaled[i].region.parts.size()) << "seed " << seed;
      for (std::size_t k = 0; k < plain[i].region.parts.size(); ++k)
        ASSERT_EQ(plain[i].region.parts[k].rings, scaled[i].region.parts[k].rings) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace geo
