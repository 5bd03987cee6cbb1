#include "server/cli/sparkline.h"

#include <gtest/gtest.h>

#include <cmath>

#include "server/cli/text_width.h"

namespace server {
namespace {

constexpr Terminal kUtf8{80, true};
constexpr Terminal kAscii{80, false};
using Values = std::vector<std::optional<double>>;

TEST(Sparkline, HeightsAreInProportionFromNone) {
  EXPECT_EQ(Sparkline({0, 1, 2, 3, 4, 5, 6, 7}, kUtf8), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(Sparkline({0, 1, 2, 3, 4, 5, 6, 7}, kAscii), "_.-:=+*#");
  // 95 and 100 look alike: a scale from the smallest value would make a cliff of them.
  EXPECT_EQ(Sparkline({95, 100}, kUtf8), "██");
}

TEST(Sparkline, MissingIsAGapAndNotAZero) {
  EXPECT_EQ(Sparkline({5, std::nullopt, 0, 10}, kUtf8), "▅ ▁█");
  EXPECT_EQ(Sparkline({std::nullopt, std::nullopt}, kUtf8), "  ");
  EXPECT_EQ(Sparkline({}, kUtf8), "");
  EXPECT_EQ(Sparkline({0, 0}, kUtf8), "▁▁");
}

TEST(Sparkline, AMarkIsOneColumnWide) { EXPECT_EQ(DisplayWidth(Sparkline({1, 2, std::nullopt, 3}, kUtf8)), 4); }

TEST(Sparkline, LongSeriesAreMeansOfSeveral) {
  EXPECT_EQ(SparklineStep(24, 24), 1U);
  EXPECT_EQ(SparklineStep(25, 24), 2U);
  EXPECT_EQ(SparklineStep(120, 24), 5U);
  EXPECT_EQ(SparklineStep(0, 24), 1U);
  const Values means = StepMeans({1, 3, std::nullopt, 4, std::nullopt, std::nullopt, 9}, 2);
  EXPECT_EQ(means, (Values{2, 4, std::nullopt, 9}));
}

}  // namespace
}  // namespace server
