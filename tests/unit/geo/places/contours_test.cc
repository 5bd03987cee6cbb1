#include "geo/places/contours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "geo/geometry/validity.h"
#include "tests/support/drawn_surface.h"
#include "tests/support/point_in_region.h"

namespace geo {
namespace {

using support::DrawnSurface;
using support::DrawSurface;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

MultiPolygon Region(const DrawnSurface& drawn, double level) {
  const Result<std::vector<Contour>> contours = TraceContours(drawn.values, drawn.frame, std::vector{level}, 100'000, NeverStop());
  EXPECT_TRUE(contours.has_value());
  MultiPolygon region = contours->at(0).region;
  if (!region.parts.empty()) {
    EXPECT_TRUE(CheckValid(region).has_value());
  }
  return region;
}

// One cell of 4 in 100 m cells: its centre is at (50, 50) m, its neighbours' at 100 m, the corners between at 50 m along both axes with the value 1.
TEST(TraceContours, DrawsOneCellAsTheEightPointsWhereItsLinesCross) {
  // Level 2: half way to each neighbour (50 m), a spoke from 4 to 1 crossed at 2/3 (33.333 m), moved outwards.
  EXPECT_THAT(Region(DrawSurface({"4"}), 2).parts, testing::SizeIs(1));
  EXPECT_THAT(Region(DrawSurface({"4"}), 2).parts[0].rings,
              ElementsAre(ElementsAre(GridPoint{0, 50'000}, GridPoint{16'666, 16'666}, GridPoint{50'000, 0}, GridPoint{83'334, 16'666},
                                      GridPoint{100'000, 50'000}, GridPoint{83'334, 83'334}, GridPoint{50'000, 100'000}, GridPoint{16'666, 83'334})));
  // Level 1 passes through the corners themselves: they are within, so the ring goes round each at a millimetre.
  EXPECT_THAT(Region(DrawSurface({"4"}), 1).parts[0].rings[0],
              ElementsAre(GridPoint{-25'000, 50'000}, GridPoint{-1, 1}, GridPoint{-1, -1}, GridPoint{1, -1}, GridPoint{50'000, -25'000}, GridPoint{99'999, -1},
                          GridPoint{100'001, -1}, GridPoint{100'001, 1}, GridPoint{125'000, 50'000}, GridPoint{100'001, 99'999}, GridPoint{100'001, 100'001},
                          GridPoint{99'999, 100'001}, GridPoint{50'000, 125'000}, GridPoint{1, 100'001}, GridPoint{-1, 100'001}, GridPoint{-1, 99'999}));
}

TEST(TraceContours, IsEmptyWhereNoValueReachesTheLevelAndWhereOneOnlyTouchesIt) {
  EXPECT_THAT(Region(DrawSurface({"4"}), 4.5).parts, IsEmpty());
  EXPECT_THAT(Region(DrawSurface({"4"}), 4).parts, IsEmpty());  // a speck of a few mm2
  EXPECT_THAT(Region(DrawSurface({"..", ".."}), 1e-300).parts, IsEmpty());
  EXPECT_THAT(Region(DrawSurface({}), 1).parts, IsEmpty());
}

TEST(TraceContours, APlateauAtTheLevelIsWithin) {
  const MultiPolygon region = Region(DrawSurface({"333", "333"}), 3);
  ASSERT_EQ(region.parts.size(), 1u);
  // From centre to centre: 200 m by 100 m, and a few millimetres.
  EXPECT_NEAR(AreaM2(region), 20'000, 1);
  EXPECT_GE(AreaM2(region), 20'000);
}

// A diagonal pair joins when the mean of the four corners is at or over the level, and parts when it is under.
TEST(TraceContours, ASaddleIsDecidedByTheMeanOfItsFour) {
  const DrawnSurface pair = DrawSurface({"4.", ".4"});
  EXPECT_EQ(Region(pair, 2).parts.size(), 1u);  // mean 2: joined at the level
  EXPECT_EQ(Region(pair, 2.001).parts.size(), 2u);
  EXPECT_EQ(Region(DrawSurface({".4", "4."}), 2).parts.size(), 1u);
  EXPECT_EQ(Region(DrawSurface({".4", "4."}), 2.001).parts.size(), 2u);
}

TEST(TraceContours, NestsShellsInHolesInShells) {
  const MultiPolygon region = Region(DrawSurface({
                                         "444444444",
                                         "4.......4",
                                         "4.44444.4",
                                         "4.4...4.4",
                                         "4.4.4.4.4",
                                         "4.4...4.4",
                                         "4.44444.4",
                                         "4.......4",
                                         "444444444",
                                     }),
                                     3);
  ASSERT_EQ(region.parts.size(), 3u);
  EXPECT_EQ(region.parts[0].rings.size(), 2u);
  EXPECT_EQ(region.parts[1].rings.size(), 2u);
  EXPECT_EQ(region.parts[2].rings.size(), 1u);
}

TEST(TraceContours, GivesEachHoleToItsOwnShell) {
  const MultiPolygon region = Region(DrawSurface({
                                         "44444..44444",
                                         "4.4.4..4...4",
                                         "44444..4.4.4",
                                         "4.4.4..4...4",
                                         "44444..44444",
                                     }),
                                     3);
  ASSERT_EQ(region.parts.size(), 3u);
  EXPECT_EQ(region.parts[0].rings.size(), 5u);
  EXPECT_EQ(region.parts[1].rings.size(), 2u);
  EXPECT_EQ(region.parts[2].rings.size(), 1u);
  // The hole of the eastern ring lies east.
  EXPECT_GT(region.parts[1].rings[1][0].easting_mm, 700'000);
}

TEST(TraceContours, OrdersPartsFromTheSouthThenTheWest) {
  const MultiPolygon region = Region(DrawSurface({
                                         "4......",
                                         ".......",
                                         ".4...4.",
                                     }),
                                     3);
  ASSERT_EQ(region.parts.size(), 3u);
  const auto west = [&](std::size_t i) { return BoundsOf({{region.parts[i]}}).low.easting_mm; };
  EXPECT_LT(west(0), west(1));
  EXPECT_LT(west(2), west(0));
}

TEST(TraceContours, LeavesOutPartsAndHolesUnderOneSquareMetre) {
  // In cells of 2 m, one cell of 4 at level 3 is about 0.7 m2; a hole of as much is filled.
  EXPECT_THAT(Region(DrawSurface({"4"}, 2'000), 3).parts, IsEmpty());
  EXPECT_THAT(Region(DrawSurface({"4"}, 3'000), 3).parts, testing::SizeIs(1));
  EXPECT_THAT(Region(DrawSurface({"444", "4.4", "444"}, 2'000), 1).parts[0].rings, testing::SizeIs(1));
  EXPECT_THAT(Region(DrawSurface({"444", "4.4", "444"}, 4'000), 1).parts[0].rings, testing::SizeIs(2));
}

TEST(TraceContours, RefusesLevelsAndValuesThatAreNone) {
  const DrawnSurface drawn = DrawSurface({"12", "34"});
  for (const double level : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    const auto refused = TraceContours(drawn.values, drawn.frame, std::vector{1.0, level}, 100, NeverStop());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(refused.error().field, "levels");
  }
  for (const double value : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    const auto refused = TraceContours(std::vector{1.0, value, 1.0, 1.0}, drawn.frame, std::vector{1.0}, 100, NeverStop());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "surface");
  }
  RasterFrame far = drawn.frame;
  far.south_west.column = 21'474;
  EXPECT_EQ(TraceContours(drawn.values, far, std::vector{1.0}, 100, NeverStop()).error().field, "surface");
  far.south_west.column = 21'000;
  EXPECT_TRUE(TraceContours(drawn.values, far, std::vector{1.0}, 100, NeverStop()));
}

TEST(TraceContours, CountsVerticesOverAllLevels) {
  const DrawnSurface drawn = DrawSurface({"4"});
  EXPECT_TRUE(TraceContours(drawn.values, drawn.frame, std::vector{2.0, 3.0}, 16, NeverStop()));
  const auto refused = TraceContours(drawn.values, drawn.frame, std::vector{2.0, 3.0}, 15, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kResourceExhausted);
  EXPECT_EQ(refused.error().reason, "CONTOUR_TOO_LONG");
  EXPECT_THAT(refused.error().message, testing::HasSubstr("limit 15"));
}

// Stops at the n-th time of asking.
class StopAt final : public StopSignal {
 public:
  explicit StopAt(int n) : left_(n) {}
  bool stop_requested() const override { return --left_ < 0; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "GONE", "the caller went away"}; }

 private:
  mutable int left_;
};

TEST(TraceContours, StopsBetweenRowsAndWithinALongRing) {
  const DrawnSurface drawn = DrawSurface({"1", "1", "1", "1"});
  EXPECT_EQ(TraceContours(drawn.values, drawn.frame, std::vector{0.5}, 1'000, StopAt(2)).error().code, ErrorCode::kCancelled);
  // One ring of 200,000 m around a single row: asked again on the way.
  const std::vector<double> row(20'000, 1.0);
  const RasterFrame frame{10'000, {0, 0}, 20'000, 1};
  EXPECT_TRUE(TraceContours(row, frame, std::vector{0.5}, 1'000'000, NeverStop()));
  EXPECT_EQ(TraceContours(row, frame, std::vector{0.5}, 1'000'000, StopAt(1)).error().code, ErrorCode::kCancelled);
}

TEST(TraceContours, BearsTheExtremesOfDoubles) {
  const double most = std::numeric_limits<double>::max(), least = std::numeric_limits<double>::denorm_min();
  DrawnSurface drawn = DrawSurface({"....", "....", "....", "...."});
  drawn.values = {most, -most, most, 0, -most, most, most, least, most, most, -most, most, least, least, most, most};
  for (const double level : {least, 1e-300, 1.0, 1e300}) EXPECT_THAT(Region(drawn, level).parts, testing::Not(IsEmpty())) << level;
  // Lines of centres at the level: slits of millimetres.
  EXPECT_THAT(Region(drawn, most).parts, IsEmpty());
}

TEST(SurfaceValueAt, IsTheValueAtCentresTheMeanAtCornersAndLinearBetween) {
  const DrawnSurface drawn = DrawSurface({"48", "26"});
  const auto at = [&](std::int32_t e, std::int32_t n) { return SurfaceValueAt(drawn.values, drawn.frame, {e, n}); };
  EXPECT_EQ(at(50'000, 50'000), 2);
  EXPECT_EQ(at(150'000, 50'000), 6);
  EXPECT_EQ(at(50'000, 150'000), 4);
  EXPECT_EQ(at(150'000, 150'000), 8);
  EXPECT_EQ(at(100'000, 100'000), 5);
  EXPECT_EQ(at(100'000, 50'000), 4);
  EXPECT_EQ(at(75'000, 75'000), 3.5);
  EXPECT_EQ(at(100'000, 75'000), 4.5);
  EXPECT_EQ(at(0, 50'000), 1);  // half way to the zero beyond the frame
  EXPECT_EQ(at(0, 0), 0.5);     // a corner of the frame: one of four
  EXPECT_EQ(at(-50'000, 50'000), 0);
  EXPECT_EQ(at(-50'001, 50'000), 0);
  EXPECT_EQ(at(2'000'000'000, -2'000'000'000), 0);
  EXPECT_EQ(SurfaceValueAt({}, RasterFrame{}, {0, 0}), 0);
}

TEST(SurfaceValueAt, OfAPlateauIsThePlateau) {
  const DrawnSurface drawn = DrawSurface({"000", "000", "000"});
  const std::vector<double> values(9, 0.1);
  for (std::int32_t e = 50'000; e <= 250'000; e += 777) {
    for (std::int32_t n = 50'000; n <= 250'000; n += 1'111) ASSERT_EQ(SurfaceValueAt(values, drawn.frame, {e, n}), 0.1);
  }
}

}  // namespace
}  // namespace geo
