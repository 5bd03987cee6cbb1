#include "geo/placement/visibility_polygon.h"

#include <gtest/gtest.h>

#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using support::DrawnStreet;
using support::DrawStreet;

// The street with what is seen from `from` marked +.
std::string Seen(const DrawnStreet& street, GridPoint from, double range_m = 500) {
  std::vector<FootprintIndex::Footprint> holding;
  street.scene.buildings.containing(from, holding);
  const VisibilityPolygon polygon(street.scene.buildings, from, range_m, holding);
  return street.draw([&](char c, GridPoint p) {
    EXPECT_EQ(polygon.sees(p), HasLineOfSight(street.scene.buildings, from, p, holding) &&
                                   std::hypot(p.easting_m() - from.easting_m(), p.northing_m() - from.northing_m()) <= range_m);
    if (p == from) return '*';
    return c == '#' ? '#' : polygon.sees(p) ? '+' : '.';
  });
}

TEST(VisibilityPolygon, BuildingsThrowShadows) {
  const DrawnStreet street = DrawStreet(R"(
.........
....##...
.........
.........
.........
..#......
.........
.........
)");
  EXPECT_EQ(Seen(street, street.at(4, 3)), R"(
++++...++
++++##+++
+++++++++
+++++++++
++++*++++
..#++++++
..+++++++
.++++++++
)");
}

TEST(VisibilityPolygon, ACornerIsGrazedAndWallsAreInView) {
  const DrawnStreet street = DrawStreet(R"(
....
.#..
....
....
)");
  // From the corner square's diagonal: the line through the building's south-eastern corner goes on; walls that face the camera are in view.
  const GridPoint from = street.at(2, 1);
  const VisibilityPolygon polygon(street.scene.buildings, from, 100);
  const GridPoint corner = GridPoint::FromMeters(500'020, 200'020);  // of the building: south-east
  EXPECT_TRUE(polygon.sees(corner));
  EXPECT_TRUE(polygon.sees(GridPoint::FromMeters(500'012, 200'020))) << "the southern wall, aslant";
  EXPECT_TRUE(polygon.sees(GridPoint::FromMeters(500'020, 200'030))) << "the eastern wall's far end";
  EXPECT_FALSE(polygon.sees(GridPoint::FromMeters(500'010, 200'030))) << "the far corner";
  EXPECT_FALSE(polygon.sees(GridPoint::FromMeters(500'019.999, 200'020.001))) << "a millimetre inside";
}

TEST(VisibilityPolygon, ASlitBetweenBuildingsThatTouchShowsNothing) {
  const DrawnStreet street = DrawStreet(R"(
......
..##..
......
......
)");
  // Straight at the wall that both share.
  const GridPoint from = GridPoint::FromMeters(500'030, 200'005);
  const VisibilityPolygon polygon(street.scene.buildings, from, 100);
  EXPECT_TRUE(polygon.sees(GridPoint::FromMeters(500'030, 200'020))) << "where their fronts meet";
  EXPECT_FALSE(polygon.sees(GridPoint::FromMeters(500'030, 200'025)));
  EXPECT_FALSE(polygon.sees(GridPoint::FromMeters(500'030, 200'035)));
  EXPECT_FALSE(HasLineOfSight(street.scene.buildings, from, GridPoint::FromMeters(500'030, 200'035)));
}

TEST(VisibilityPolygon, CornersThatTouchShutTheWayToo) {
  const DrawnStreet street = DrawStreet(R"(
....
..#.
.#..
....
)");
  EXPECT_EQ(Seen(street, street.at(1, 2)), R"(
+++.
+*#.
+#..
....
)");
}

TEST(VisibilityPolygon, FromAWallOneLooksOutwards) {
  const DrawnStreet street = DrawStreet(R"(
.....
.....
.##..
.....
.....
)");
  // In the middle of the northern wall: the building itself is behind.
  EXPECT_EQ(Seen(street, GridPoint::FromMeters(500'020, 200'030)), R"(
+++++
+++++
.##..
.....
.....
)");
  // From its north-eastern corner.
  EXPECT_EQ(Seen(street, GridPoint::FromMeters(500'030, 200'030)), R"(
+++++
+++++
.##++
...++
...++
)");
}

TEST(VisibilityPolygon, FromTheRoofItsOwnBuildingHidesNothing) {
  const DrawnStreet street = DrawStreet(R"(
.....
..#..
.#*#.
.....
)");
  EXPECT_EQ(Seen(street, street.at(2, 1)), R"(
.....
..#..
.#*#.
.+++.
)");
  const DrawnStreet roof = DrawStreet(R"(
.....
.....
..##.
.....
)");
  EXPECT_EQ(Seen(roof, roof.at(2, 1)), R"(
+++++
++++.
++*#.
++++.
)");
}

TEST(VisibilityPolygon, RangeIsClosedAndAnOpenFieldHasNoEnd) {
  const VisibilityPolygon polygon(FootprintIndex(), {0, 0}, 5);
  EXPECT_EQ(polygon.wedges(), 1u);
  EXPECT_TRUE(polygon.sees({3000, 4000}));
  EXPECT_FALSE(polygon.sees({3001, 4000}));
  EXPECT_TRUE(VisibilityPolygon(FootprintIndex(), {0, 0}, 0).sees({0, 0}));
}

}  // namespace
}  // namespace geo
