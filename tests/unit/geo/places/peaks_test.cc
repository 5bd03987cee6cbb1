#include "geo/places/peaks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/drawn_surface.h"

namespace geo {
namespace {

using support::DrawnSurface;
using support::DrawSurface;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Peak> Peaks(const DrawnSurface& drawn, double least_prominence = 0, std::int64_t apart_mm = 0) {
  const Result<std::vector<Peak>> peaks = FindPeaks(drawn.values, drawn.frame, least_prominence, apart_mm, NeverStop());
  EXPECT_TRUE(peaks.has_value());
  return peaks.value_or(std::vector<Peak>());
}

// Rows count from the south: the bottom line is row 0.
TEST(FindPeaks, MeasuresProminenceFromTheHighestSaddle) {
  const DrawnSurface drawn = DrawSurface({
      "1111111",
      "1916141",
      "1115131",
      "1111111",
  });
  // Every way between the three is over 1 (5 and 3 are no tops: each touches a higher one by a side or a corner).
  EXPECT_THAT(Peaks(drawn), ElementsAre(Peak{{2, 1}, 9, 9}, Peak{{2, 3}, 6, 5}, Peak{{2, 5}, 4, 3}));
  EXPECT_THAT(Peaks(drawn, 4), ElementsAre(Peak{{2, 1}, 9, 9}, Peak{{2, 3}, 6, 5}));
}

TEST(FindPeaks, GoesRoundByTheHighestWayAndOverCorners) {
  // From 7 to 9 the straight way is over 1, the way round over 5 and, corner to corner, 4.
  EXPECT_THAT(Peaks(DrawSurface({
                  "55555",
                  "5...4",
                  "71119",
              })),
              ElementsAre(Peak{{0, 4}, 9, 9}, Peak{{0, 0}, 7, 3}));
  EXPECT_THAT(Peaks(DrawSurface({"8.", ".9"})), ElementsAre(Peak{{0, 1}, 9, 9}));
}

TEST(FindPeaks, CountsAPlateauOnceByItsLowestCell) {
  EXPECT_THAT(Peaks(DrawSurface({
                  "3.3",
                  "333",
              })),
              ElementsAre(Peak{{0, 0}, 3, 3}));
  // The west end is met before the south joins the two: still one.
  EXPECT_THAT(Peaks(DrawSurface({
                  "33333",
                  "3...3",
                  "3.3.3",
                  "..3..",
              })),
              ElementsAre(Peak{{0, 2}, 3, 3}, Peak{{1, 0}, 3, 3}));
  // A plateau with a higher neighbour is no peak, wherever its lowest cell is.
  EXPECT_THAT(Peaks(DrawSurface({"3333", "...4"})), ElementsAre(Peak{{0, 3}, 4, 4}));
}

TEST(FindPeaks, OfEqualHeightTheLowerIdCountsAsTheHigher) {
  EXPECT_THAT(Peaks(DrawSurface({"5252.5"})), ElementsAre(Peak{{0, 0}, 5, 5}, Peak{{0, 2}, 5, 3}, Peak{{0, 5}, 5, 5}));
}

TEST(FindPeaks, StandsOverZeroOrNotAtAll) {
  EXPECT_THAT(Peaks(DrawSurface({})), IsEmpty());
  EXPECT_THAT(Peaks(DrawSurface({"...", "..."})), IsEmpty());
  DrawnSurface sunk = DrawSurface({"..."});
  sunk.values = {-2, -1, -2};
  EXPECT_THAT(Peaks(sunk), IsEmpty());
  sunk.values = {3, -1, 2};
  EXPECT_THAT(Peaks(sunk), ElementsAre(Peak{{0, 0}, 3, 3}, Peak{{0, 2}, 2, 2}));
}

TEST(FindPeaks, KeepsThemApartByTheirCentres) {
  const DrawnSurface drawn = DrawSurface({"9.8.7"});  // 200 m between
  EXPECT_THAT(Peaks(drawn, 0, 199'999), testing::SizeIs(3));
  // 8 gives way to 9; 7 is within reach of 8, but 8 is not in the answer.
  EXPECT_THAT(Peaks(drawn, 0, 200'000), ElementsAre(Peak{{0, 0}, 9, 9}, Peak{{0, 4}, 7, 7}));
  EXPECT_THAT(Peaks(drawn, 0, 400'000), ElementsAre(Peak{{0, 0}, 9, 9}));
  // What prominence leaves out keeps nobody away. 3-4-5: exactly 500 m, over the corners of boxes and negative ids too.
  const DrawnSurface diagonal = DrawSurface({"...7", "....", "....", "....", "9..."}, 100'000, {-3, -2});
  EXPECT_THAT(Peaks(diagonal, 0, 499'999), testing::SizeIs(2));
  EXPECT_THAT(Peaks(diagonal, 0, 500'000), testing::SizeIs(1));
}

TEST(FindPeaks, RefusesWhatIsNoNumberAndStops) {
  const RasterFrame frame{100'000, {0, 0}, 2, 1};
  const auto refused = FindPeaks(std::vector{1.0, std::numeric_limits<double>::quiet_NaN()}, frame, 0, 0, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "surface");
  class Stop final : public StopSignal {
    bool stop_requested() const override { return true; }
    Error reason() const override { return {ErrorCode::kDeadlineExceeded, "", "LATE", "late"}; }
  };
  EXPECT_EQ(FindPeaks(std::vector{1.0, 2.0}, frame, 0, 0, Stop()).error().code, ErrorCode::kDeadlineExceeded);
}

}  // namespace
}  // namespace geo
