// Visibility polygons and lines of sight against a slow second implementation on small lattices, where cameras stand on walls and in corners, lines graze and
// walls cross all the time; and against dense ray casting among the real buildings of Leeds.
#include "geo/placement/visibility_polygon.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

#include "geo/placement/camera_view.h"
#include "tests/support/leeds_buildings.h"
#include "tests/support/paths.h"
#include "tests/support/slow_visibility.h"

namespace geo {
namespace {

int Pick(std::mt19937& random, int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }

// A box, a triangle, an L, or a court with a hole.
Polygon AnyBuilding(std::mt19937& random, int lattice) {
  const int x = Pick(random, -lattice, lattice - 4), y = Pick(random, -lattice, lattice - 4), w = Pick(random, 1, 4), h = Pick(random, 1, 4);
  switch (Pick(random, 0, 4)) {
    case 0: {
      for (;;) {
        Ring ring;
        for (int i = 0; i < 3; ++i) ring.push_back({Pick(random, x, x + 4), Pick(random, y, y + 4)});
        if (AreaM2({{{{ring}}}}) > 0) return {{ring}};
      }
    }
    case 1:
      return {{{{x, y}, {x + 4, y}, {x + 4, y + 1}, {x + 1, y + 1}, {x + 1, y + 4}, {x, y + 4}}}};
    case 2:
      return {{{{x, y}, {x + 4, y}, {x + 4, y + 4}, {x, y + 4}}, {{x + 1, y + 1}, {x + 3, y + 1}, {x + 3, y + 3}, {x + 1, y + 3}}}};
    case 3:
      return {{{{x, y + h}, {x + w, y + h}, {x + w, y}, {x, y}}}};  // clockwise
    default:
      return {{{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}}};
  }
}

TEST(VisibilityPolygonOracle, EveryPlaceOfALatticeIsAsTheSlowWaySays) {
  int seen = 0, hidden = 0, on_walls = 0;
  for (unsigned seed = 0; seed < 600; ++seed) {
    std::mt19937 random(seed);
    const int lattice = Pick(random, 5, 11), buildings = Pick(random, 1, 9);
    std::vector<Polygon> footprints;
    for (int i = 0; i < buildings; ++i) footprints.push_back(AnyBuilding(random, lattice));
    const support::SlowVisibility slow(footprints);
    const auto index = FootprintIndex::Build(footprints);
    ASSERT_TRUE(index);
    for (int camera = 0; camera < 6; ++camera) {
      GridPoint from{Pick(random, -lattice, lattice), Pick(random, -lattice, lattice)};
      if (camera < 3) from = footprints[static_cast<std::size_t>(Pick(random, 0, buildings - 1))].rings[0][0];
      std::vector<FootprintIndex::Footprint> holding;
      index->containing(from, holding);
      ASSERT_EQ(!holding.empty(), slow.inside(from)) << "seed " << seed;
      if (!holding.empty()) continue;
      const VisibilityPolygon polygon(*index, from, 1);
      for (int x = -lattice; x <= lattice; ++x) {
        for (int y = -lattice; y <= lattice; ++y) {
          const bool expected = slow.sees(from, {x, y});
          ASSERT_EQ(polygon.sees({x, y}), expected) << "seed " << seed << ", from " << from.easting_mm << " " << from.northing_mm << ", to " << x << " " << y;
          ASSERT_EQ(HasLineOfSight(*index, from, {x, y}), expected)
              << "seed " << seed << ", from " << from.easting_mm << " " << from.northing_mm << ", to " << x << " " << y;
          ++(expected ? seen : hidden);
        }
      }
      on_walls += camera < 3;
    }
  }
  EXPECT_GT(seen, 100'000);
  EXPECT_GT(hidden, 100'000);
  EXPECT_GT(on_walls, 500);
}

// Spread out, so that the rings of doubling distance and the pruning between them take part: the same against every wall tried.
TEST(VisibilityPolygonOracle, FarBuildingsAreTakenInAsNearOnes) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    std::vector<Polygon> footprints;
    for (int i = 0; i < 400; ++i) {
      const int x = Pick(random, -400'000, 400'000), y = Pick(random, -400'000, 400'000), w = Pick(random, 1'000, 30'000), h = Pick(random, 1'000, 30'000);
      footprints.push_back({{{{x, y}, {x + w, y - h / 3}, {x + w, y + h}, {x, y + h}}}});
    }
    const auto index = FootprintIndex::Build(footprints);
    ASSERT_TRUE(index);
    for (int camera = 0; camera < 5; ++camera) {
      const GridPoint from{Pick(random, -100'000, 100'000), Pick(random, -100'000, 100'000)};
      std::vector<FootprintIndex::Footprint> holding;
      index->containing(from, holding);
      const VisibilityPolygon polygon(*index, from, 350, holding);
      for (int i = 0; i < 1000; ++i) {
        const auto& ring = footprints[static_cast<std::size_t>(Pick(random, 0, 399))].rings[0];
        const GridPoint p =
            i % 3 == 0 ? ring[static_cast<std::size_t>(Pick(random, 0, 3))] : GridPoint{Pick(random, -400'000, 400'000), Pick(random, -400'000, 400'000)};
        const bool within = std::hypot(p.easting_m() - from.easting_m(), p.northing_m() - from.northing_m()) <= 350;
        ASSERT_EQ(polygon.sees(p), within && HasLineOfSight(*index, from, p, holding)) << "seed " << seed << ", camera " << camera << ", place " << i;
      }
    }
  }
}

class Leeds : public testing::Test {
 protected:
  void SetUp() override {
    if (!support::HaveSharedData(support::kLeedsBuildings)) GTEST_SKIP() << "no real data at " << WARDWATCH_SHARED_DATA;
    footprints_ = support::ReadLeedsBuildings();
    auto index = FootprintIndex::Build(footprints_);
    ASSERT_TRUE(index) << index.error().message;
    index_ = std::move(*index);
    for (const Polygon& footprint : footprints_) {
      for (const GridPoint p : footprint.rings[0]) box_.extend(p);
    }
  }
  // The nearest wall along a ray, in metres, by every wall; the range where there is none.
  double cast(GridPoint from, double angle, double range_m) const {
    double nearest = range_m;
    const double east = std::cos(angle), north = std::sin(angle);
    for (const Polygon& footprint : footprints_) {
      for (const Ring& ring : footprint.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
          const GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
          const double ax = a.easting_m() - from.easting_m(), ay = a.northing_m() - from.northing_m(), ux = b.easting_m() - a.easting_m(),
                       uy = b.northing_m() - a.northing_m();
          const double turn = east * uy - north * ux;
          if (turn == 0) continue;
          const double t = (ax * uy - ay * ux) / turn, s = (ax * north - ay * east) / turn;
          if (t > 0 && s >= 0 && s <= 1) nearest = std::min(nearest, t);
        }
      }
    }
    return nearest;
  }
  std::vector<Polygon> footprints_;
  FootprintIndex index_;
  GridBox box_;
};

TEST_F(Leeds, ViewsEndWhereRaysDo) {
  EXPECT_GE(footprints_.size(), 491u);
  std::mt19937 random(7);
  constexpr double kRangeM = 250, kBeside = 0.004;  // m: places are rounded to millimetres
  int cameras = 0, walls = 0;
  while (cameras < 40) {
    const Ring& ring = footprints_[static_cast<std::size_t>(Pick(random, 0, static_cast<int>(footprints_.size()) - 1))].rings[0];
    const GridPoint from{ring[0].easting_mm + Pick(random, -15'000, 15'000), ring[0].northing_mm + Pick(random, -15'000, 15'000)};
    std::vector<FootprintIndex::Footprint> holding;
    index_.containing(from, holding);
    if (!holding.empty()) continue;
    ++cameras;
    const VisibilityPolygon polygon(index_, from, kRangeM);
    for (int ray = 0; ray < 720; ++ray) {
      const double angle = (ray + 0.123) * std::numbers::pi / 360, reach = cast(from, angle, kRangeM);
      // Not within a whisker of a corner, where beside the ray it is otherwise.
      if (std::abs(cast(from, angle + 2e-4, kRangeM) - reach) > 0.05 * reach || std::abs(cast(from, angle - 2e-4, kRangeM) - reach) > 0.05 * reach) continue;
      const double slope = std::max(std::abs(cast(from, angle + 1e-5, kRangeM) - reach), std::abs(cast(from, angle - 1e-5, kRangeM) - reach)) / (1e-5 * reach);
      const double beside = kBeside * (1 + slope);
      const auto at = [&](double distance) {
        return GridPoint::FromMeters(from.easting_m() + distance * std::cos(angle), from.northing_m() + distance * std::sin(angle));
      };
      if (reach > beside) {
        ASSERT_TRUE(polygon.sees(at(reach - beside))) << "camera " << cameras << " ray " << ray << " at " << reach;
      }
      ASSERT_FALSE(polygon.sees(at(reach + beside))) << "camera " << cameras << " ray " << ray << " at " << reach;
      walls += reach < kRangeM;
    }
  }
  EXPECT_GT(walls, 10'000);
}

// Even-odd in doubles; for places that are not on the outline.
bool InRing(const Ring& ring, double east, double north) {
  bool inside = false;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
    if ((a.northing_mm > north) == (b.northing_mm > north)) continue;
    const double crossing =
        a.easting_mm + (north - a.northing_mm) / (static_cast<double>(b.northing_mm) - a.northing_mm) * (static_cast<double>(b.easting_mm) - a.easting_mm);
    if (crossing > east) inside = !inside;
  }
  return inside;
}

double DistanceToRing(const Ring& ring, double east, double north) {
  double nearest = INFINITY;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
    const double ux = static_cast<double>(b.easting_mm) - a.easting_mm, uy = static_cast<double>(b.northing_mm) - a.northing_mm;
    const double t = std::clamp(((east - a.easting_mm) * ux + (north - a.northing_mm) * uy) / (ux * ux + uy * uy), 0.0, 1.0);
    nearest = std::min(nearest, std::hypot(east - a.easting_mm - t * ux, north - a.northing_mm - t * uy));
  }
  return nearest;
}

TEST_F(Leeds, OutlinesHoldWhatIsInView) {
  std::mt19937 random(8);
  int in = 0, out = 0;
  for (int camera = 0; camera < 80; ++camera) {
    const GridPoint from{Pick(random, box_.low.easting_mm, box_.high.easting_mm), Pick(random, box_.low.northing_mm, box_.high.northing_mm)};
    std::vector<FootprintIndex::Footprint> holding;
    index_.containing(from, holding);
    CameraOptics optics;
    optics.width_deg = std::array{60.0, 200.0, 360.0, 90.0}[static_cast<std::size_t>(camera % 4)];
    optics.ground_range_m = {120, 60, 20};
    const auto polygon = std::make_shared<VisibilityPolygon>(index_, from, 120, holding);
    const CameraView view(polygon, optics, Pick(random, 0, 359));
    const int level = camera % 3;
    const Ring outline = OutlineOf(view, level);
    ASSERT_GE(outline.size(), 3u);
    for (int i = 0; i < 2000; ++i) {
      const GridPoint p{from.easting_mm + Pick(random, -130'000, 130'000), from.northing_mm + Pick(random, -130'000, 130'000)};
      if (DistanceToRing(outline, p.easting_mm, p.northing_mm) < 30) continue;
      ASSERT_EQ(InRing(outline, p.easting_mm, p.northing_mm), view.sees(p, level)) << "camera " << camera << " place " << i;
      ++(view.sees(p, level) ? in : out);
    }
  }
  EXPECT_GT(in, 2'000);
  EXPECT_GT(out, 2'000);
}

}  // namespace
}  // namespace geo
