#include "geo/geometry/ground_overlay.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::BoxRing;

MultiPolygon Box(double west, double south, double east, double north) { return {{{{BoxRing(west, south, east, north)}}}}; }

struct Pair {
  GroundOverlay overlay;
  GroundOverlay::Shape one, other;
  Pair(const MultiPolygon& a, const MultiPolygon& b) : one(*overlay.add(a)), other(*overlay.add(b)) {}
  double shared() { return *overlay.shared_m2(one, other); }
};

TEST(GroundOverlay, MeasuresWhatIsShared) {
  EXPECT_EQ(Pair(Box(0, 0, 10, 10), Box(5, 5, 20, 20)).shared(), 25);
  EXPECT_EQ(Pair(Box(0, 0, 10, 10), Box(2, 2, 4, 4)).shared(), 4);        // holds it
  EXPECT_EQ(Pair(Box(2, 2, 4, 4), Box(0, 0, 10, 10)).shared(), 4);        // is held
  EXPECT_EQ(Pair(Box(0, 0, 10, 10), Box(0, 0, 10, 10)).shared(), 100);    // the same
  EXPECT_EQ(Pair(Box(0, 0, 10, 10), Box(10, 0, 20, 10)).shared(), 0);     // an edge
  EXPECT_EQ(Pair(Box(0, 0, 10, 10), Box(10, 10, 20, 20)).shared(), 0);    // a corner
  EXPECT_EQ(Pair(Box(0, 0, 10, 10), Box(30, 30, 40, 40)).shared(), 0);    // nothing
}

TEST(GroundOverlay, HolesAreNoGround) {
  const MultiPolygon ring{{{{BoxRing(0, 0, 10, 10), BoxRing(2, 2, 8, 8)}}}};
  EXPECT_EQ(Pair(ring, Box(0, 0, 10, 10)).shared(), 64);
  EXPECT_EQ(Pair(ring, Box(2, 2, 8, 8)).shared(), 0);
}

TEST(GroundOverlay, SharesAMillimetre) { EXPECT_NEAR(Pair(Box(0, 0, 1000, 1000), Box(999.999, 0, 2000, 1000)).shared(), 1.0, 1e-9); }

// Where shapes also touch along a line the overlay holds that line beside the ground; what is kept must be ground that can be cut again.
TEST(GroundOverlay, SharedGroundCanBeCutAgain) {
  GroundOverlay overlay;
  const auto el = overlay.add({{{{{GridPoint::FromMeters(0, 0), GridPoint::FromMeters(20, 0), GridPoint::FromMeters(20, 10), GridPoint::FromMeters(10, 10),
                                   GridPoint::FromMeters(10, 20), GridPoint::FromMeters(0, 20)}}}}});
  const auto box = overlay.add({{{{BoxRing(10, 10, 30, 30)}}, {{BoxRing(15, 0, 25, 5)}}}});
  const auto piece = overlay.share(*el, *box);
  ASSERT_TRUE(piece) << piece.error().message;
  ASSERT_NE(*piece, GroundOverlay::kNothing);
  EXPECT_EQ(overlay.area_m2(*piece), 25);
  const auto cutter = overlay.add(Box(15, 0, 17, 30));
  const auto again = overlay.shared_m2(*piece, *cutter);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(*again, 10);
  EXPECT_EQ(overlay.box(*piece).low, GridPoint::FromMeters(15, 0));
  EXPECT_EQ(overlay.box(*piece).high, GridPoint::FromMeters(20, 5));
  const auto far = overlay.add(Box(100, 100, 110, 110));
  EXPECT_EQ(*overlay.share(*el, *far), GroundOverlay::kNothing);
}

TEST(GroundOverlay, TakesAwayWhatAnotherHolds) {
  GroundOverlay overlay;
  const auto shape = overlay.add(Box(0, 0, 10, 10)), other = overlay.add(Box(5, 0, 20, 10)), all = overlay.add(Box(-1, -1, 30, 30));
  ASSERT_TRUE(overlay.take_away(*shape, *other));
  EXPECT_EQ(overlay.area_m2(*shape), 50);
  EXPECT_EQ(*overlay.shared_m2(*shape, *other), 0);
  ASSERT_TRUE(overlay.take_away(*shape, *all));
  EXPECT_EQ(overlay.area_m2(*shape), 0);
  EXPECT_TRUE(overlay.box(*shape).empty());
  EXPECT_EQ(*overlay.shared_m2(*shape, *all), 0);
}

TEST(GroundOverlay, RefusesWhatIsNoShape) {
  GroundOverlay overlay;
  const auto shape = overlay.add({{{{{GridPoint::FromMeters(0, 0), GridPoint::FromMeters(1, 1)}}}}});
  ASSERT_FALSE(shape);
  EXPECT_EQ(shape.error().reason, "OVERLAY_FAILED");
}

TEST(BoxesThatMeet, AreThoseThatShareAPoint) {
  const unsigned seed = 20240502;
  std::mt19937 random(seed);
  for (int round = 0; round < 50; ++round) {
    const auto any = [&](std::size_t n) {
      std::vector<GridBox> boxes;
      for (std::size_t i = 0; i < n; ++i) {
        GridBox box;
        if (random() % 10 != 0) {
          const auto at = [&] { return static_cast<std::int32_t>(random() % 20); };
          box.extend({at(), at()});
          box.extend({at(), at()});
        }
        boxes.push_back(box);
      }
      return boxes;
    };
    const auto one = any(random() % 30), other = any(random() % 30);
    std::vector<std::pair<std::size_t, std::size_t>> expected;
    for (std::size_t i = 0; i < one.size(); ++i) {
      for (std::size_t j = 0; j < other.size(); ++j) {
        const GridBox &a = one[i], &b = other[j];
        if (a.empty() || b.empty()) continue;
        const auto east = std::max(a.low.easting_mm, b.low.easting_mm), west = std::min(a.high.easting_mm, b.high.easting_mm);
        const auto south = std::max(a.low.northing_mm, b.low.northing_mm), north = std::min(a.high.northing_mm, b.high.northing_mm);
        if (east <= west && south <= north) expected.emplace_back(i, j);
      }
    }
    EXPECT_EQ(BoxesThatMeet(one, other), expected) << "seed " << seed << " round " << round;
  }
}

}  // namespace
}  // namespace geo
