// The fixed scale, and maps drawn on it.
#include "server/cli/surface_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "server/cli/surface_report.h"
#include "server/cli/text_width.h"
#include "tests/unit/server/cli/drawn_surface.h"

namespace server {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr SurfaceQuantity kAll[] = {SurfaceQuantity::kDensity,    SurfaceQuantity::kWeightedDensity,
                                    SurfaceQuantity::kDifference, SurfaceQuantity::kWeightedDifference,
                                    SurfaceQuantity::kRatio,      SurfaceQuantity::kLogRatio};

TEST(SurfaceScale, ClassesAreAscendingAndToldApart) {
  for (const SurfaceQuantity quantity : kAll) {
    const SurfaceScale& scale = ScaleOf(quantity);
    ASSERT_EQ(scale.classes.size(), scale.breaks.size() + 1);
    std::set<std::string> blocks, ascii;
    std::set<std::array<std::uint8_t, 3>> colours;
    for (std::size_t i = 0; i < scale.classes.size(); ++i) {
      EXPECT_EQ(DisplayWidth(scale.classes[i].blocks), 2);
      EXPECT_EQ(scale.classes[i].ascii.size(), 2U);
      EXPECT_NE(scale.classes[i].blocks, "  ") << "blank is what is not shown";
      blocks.insert(scale.classes[i].blocks), ascii.insert(scale.classes[i].ascii), colours.insert(scale.classes[i].rgb);
      if (i > 1) {
        EXPECT_LT(scale.breaks[i - 2], scale.breaks[i - 1]);
      }
    }
    EXPECT_EQ(blocks.size(), scale.classes.size());
    EXPECT_EQ(ascii.size(), scale.classes.size());
    EXPECT_EQ(colours.size(), scale.classes.size());
  }
}

TEST(SurfaceScale, ABreakBelongsToTheClassAbove) {
  for (const SurfaceQuantity quantity : kAll) {
    const SurfaceScale& scale = ScaleOf(quantity);
    for (std::size_t i = 0; i < scale.breaks.size(); ++i) {
      EXPECT_EQ(scale.class_of(scale.breaks[i]), i + 1);
      EXPECT_EQ(scale.class_of(std::nextafter(scale.breaks[i], -1e300)), i);
    }
  }
}

TEST(SurfaceScale, BreaksAreFixed) {
  EXPECT_THAT(ScaleOf(SurfaceQuantity::kDensity).breaks, testing::ElementsAre(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000));
  EXPECT_THAT(ScaleOf(SurfaceQuantity::kDifference).breaks, testing::ElementsAre(-500, -100, -20, -5, -1, 1, 5, 20, 100, 500));
  EXPECT_THAT(ScaleOf(SurfaceQuantity::kRatio).breaks, testing::ElementsAre(1 / 4.0, 1 / 2.0, 1 / 1.5, 1 / 1.2, 1.2, 1.5, 2, 4));
  EXPECT_EQ(ScaleOf(SurfaceQuantity::kWeightedDensity).breaks[0], 100);
}

// No change lies in the middle; equal changes up and down are drawn alike but for the sign; a ratio and its logarithm have one class.
TEST(SurfaceScale, DivergingScalesAreSymmetric) {
  const SurfaceScale& difference = ScaleOf(SurfaceQuantity::kDifference);
  const SurfaceScale& ratio = ScaleOf(SurfaceQuantity::kRatio);
  const SurfaceScale& log_ratio = ScaleOf(SurfaceQuantity::kLogRatio);
  EXPECT_EQ(difference.class_of(0), difference.classes.size() / 2);
  EXPECT_EQ(ratio.class_of(1), ratio.classes.size() / 2);
  for (const double size : {0.3, 3.0, 10.0, 70.0, 300.0, 9000.0}) {
    EXPECT_EQ(difference.class_of(size) + difference.class_of(-size), difference.classes.size() - 1);
    const SurfaceClass& up = difference.classes[difference.class_of(size)];
    const SurfaceClass& down = difference.classes[difference.class_of(-size)];
    if (size >= 1) {
      EXPECT_EQ(up.blocks.substr(1), down.blocks.substr(1));
      EXPECT_EQ(up.ascii.substr(1), down.ascii.substr(1));
    }
  }
  for (const double value : {0.1, 0.3, 0.6, 0.7, 0.9, 1.1, 1.3, 1.7, 3.0, 5.0}) {
    EXPECT_EQ(ratio.class_of(value), log_ratio.class_of(std::log(value))) << value;
    EXPECT_EQ(ratio.class_of(value) + ratio.class_of(1 / value), ratio.classes.size() - 1) << value;
  }
}

TEST(SurfaceMap, DrawsEachClassWithItsOwnMark) {
  const auto surface = canned::DrawnSurface({"0.5 1 2 5 10 20 50 100 200 500 1000 2000 5000"});
  EXPECT_THAT(DrawSurfaceMap(surface, SurfaceQuantity::kDensity, {76, 40}, {80, true}), StartsWith("  · ░ ░·░░▒ ▒░▒▒▓ ▓▒▓▓█ █▓██\n"));
  EXPECT_THAT(DrawSurfaceMap(surface, SurfaceQuantity::kDensity, {76, 40}, {80, false}), StartsWith("  . - -.--+ +-++# #+##@ @#@@\n"));
}

TEST(SurfaceMap, NorthIsUpAndWhatIsNotShownIsBlank) {
  const auto surface = canned::DrawnSurface({". .  . .",   //
                                             ". 1  . 50",  //
                                             ". 10 2 .",   //
                                             ". .  . ."});
  EXPECT_THAT(DrawSurfaceMap(surface, SurfaceQuantity::kDensity, {76, 40}, {80, false}), StartsWith("  -   ++\n"
                                                                                                    "  + -.\n"));
}

// The same value has the same shade, whatever else is in view.
TEST(SurfaceMap, TheViewNeverChangesAShade) {
  const auto alone = DrawSurfaceMap(canned::DrawnSurface({"7"}), SurfaceQuantity::kDensity, {76, 40}, {80, false});
  const auto beside = DrawSurfaceMap(canned::DrawnSurface({"7 9000"}), SurfaceQuantity::kDensity, {76, 40}, {80, false});
  EXPECT_EQ(alone.substr(0, 4), "  --");
  EXPECT_EQ(beside.substr(0, 4), "  --");
  EXPECT_EQ(alone.substr(alone.find("under")), beside.substr(beside.find("under")));
}

TEST(SurfaceMap, ManyCellsToAMarkAreTheirMeanOrMedian) {
  // Means of the shown: (1 + 3) / 2 = 2 and (30 + 10 + 0 + 0) / 4 = 10.
  const auto surface = canned::DrawnSurface({"1 . 30 0", "3 . 0 10"});
  const std::string mean = DrawSurfaceMap(surface, SurfaceQuantity::kDensity, {4, 40}, {200, false});
  EXPECT_THAT(mean, StartsWith("  -.+\n"));
  EXPECT_THAT(mean, HasSubstr("a mark is the mean of 2 x 2 squares of 100 m"));
  // A ratio of 100 in one cell of three does not make the block look changed.
  const auto ratios = canned::DrawnSurface({"1 100", "1 ."});
  const std::string median = DrawSurfaceMap(ratios, SurfaceQuantity::kRatio, {2, 1}, {200, false});
  EXPECT_THAT(median, StartsWith("  .\n"));
  EXPECT_THAT(median, HasSubstr("the median of 2 x 2"));
}

TEST(SurfaceMap, FitsItsRoom) {
  std::vector<std::string> rows(90);
  for (std::string& row : rows) {
    for (int i = 0; i < 130; ++i) row += "3 ";
  }
  const std::string map = DrawSurfaceMap(canned::DrawnSurface(rows), SurfaceQuantity::kDensity, {76, 40}, {80, true});
  std::istringstream lines(map);
  int drawn = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(DisplayWidth(line), 80);
    drawn += line.find("░·░·") != std::string::npos ? 1 : 0;
  }
  EXPECT_LE(drawn, 40);
  EXPECT_GT(drawn, 10);
}

TEST(SurfaceMap, NothingShownNothingDrawn) {
  EXPECT_EQ(DrawSurfaceMap(canned::DrawnSurface({". ."}), SurfaceQuantity::kDensity, {}, {80, true}), "");
  EXPECT_EQ(DrawSurfaceMap(SurfaceAnswer(), SurfaceQuantity::kDensity, {}, {80, true}), "");
}

TEST(SurfaceReport, HeadMapAndFooter) {
  auto surface = canned::DrawnSurface({"1 2"});
  *surface.header.mutable_incidents_before() = canned::Exact(9);
  const std::string text = SurfaceTable(surface, SurfaceQuantity::kDensity, {80, false});
  EXPECT_THAT(text, StartsWith("Incidents per km2 per year of datasets/medway, 2024-01-01 to 2024-12-31\n\n  - -.\n"));
  EXPECT_THAT(text, HasSubstr("12 incidents, 2 of them without a position; 9 in the earlier period"));
  EXPECT_THAT(text, HasSubstr("2 shown, from"));
  EXPECT_THAT(text, HasSubstr("quartic kernel, 500 m (as asked); 7 distinct positions"));
  EXPECT_THAT(SurfaceTable(canned::DrawnSurface({"."}), SurfaceQuantity::kDensity, {80, false}), HasSubstr("Nothing to show"));
}

}  // namespace
}  // namespace server
