#include "geo/layers/layer_scale.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

constexpr LayerMeasure kAll[] = {LayerMeasure::kDensity,           LayerMeasure::kWeightedDensity,    LayerMeasure::kCount, LayerMeasure::kRatePer1000,
                                 LayerMeasure::kDensityDifference, LayerMeasure::kWeightedDifference, LayerMeasure::kRatio, LayerMeasure::kLogRatio,
                                 LayerMeasure::kCameraWorks,       LayerMeasure::kDetailLevel};

TEST(LayerScale, ClassesAreHalfOpen) {
  const LayerScale& density = LayerScaleOf(LayerMeasure::kDensity);
  EXPECT_EQ(density.class_of(0), 0u);
  EXPECT_EQ(density.class_of(std::nextafter(1.0, 0.0)), 0u);
  EXPECT_EQ(density.class_of(1), 1u);
  EXPECT_EQ(density.class_of(4'999), 11u);
  EXPECT_EQ(density.class_of(5'000), 12u);
  EXPECT_EQ(density.class_of(1e300), 12u);
  EXPECT_EQ(density.class_of(-1), 0u);
}

TEST(LayerScale, EveryScaleIsWhole) {
  for (const LayerMeasure measure : kAll) {
    const LayerScale& scale = LayerScaleOf(measure);
    EXPECT_EQ(scale.colours.size(), scale.breaks.size() + 1) << scale.name;
    EXPECT_LE(scale.colours.size(), 15u) << "with clear, four bits a pixel";
    EXPECT_TRUE(std::is_sorted(scale.breaks.begin(), scale.breaks.end()));
    EXPECT_FALSE(scale.palette.empty());
    const auto legend = LegendOf(scale);
    ASSERT_EQ(legend.size(), scale.colours.size());
    EXPECT_FALSE(legend.front().from);
    EXPECT_FALSE(legend.back().below);
    for (std::size_t i = 0; i < legend.size(); ++i) {
      EXPECT_EQ(legend[i].colour, scale.colours[i]);
      if (i > 0) {
        EXPECT_EQ(scale.class_of(*legend[i].from), i) << scale.name;
        EXPECT_EQ(legend[i].from, legend[i - 1].below);
      }
      for (std::size_t k = 0; k < i; ++k) EXPECT_NE(legend[i].colour, legend[k].colour);
    }
  }
}

TEST(LayerScale, DivergingScalesMirror) {
  for (const LayerMeasure measure : {LayerMeasure::kDensityDifference, LayerMeasure::kLogRatio}) {
    const LayerScale& scale = LayerScaleOf(measure);
    for (std::size_t i = 0; i < scale.breaks.size(); ++i) EXPECT_NEAR(scale.breaks[i], -scale.breaks[scale.breaks.size() - 1 - i], 1e-15);
    EXPECT_EQ(scale.class_of(0), scale.breaks.size() / 2);
  }
  EXPECT_EQ(LayerScaleOf(LayerMeasure::kRatio).class_of(1), 4u);
}

TEST(LayerScale, WordsOfTheLegend) {
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kDensity))[0].label, "under 1");
  EXPECT_TRUE(LegendOf(LayerScaleOf(LayerMeasure::kDensity))[0].clear);
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kDensity))[12].label, "5,000 or more");
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kWeightedDensity))[12].label, "500,000 or more");
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kRatePer1000))[1].label, "0.1 to 0.2");
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kDensityDifference))[0].label, "under -500");
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kDensityDifference))[5].label, "-1 to 1");
  EXPECT_EQ(HexOf(LayerScaleOf(LayerMeasure::kDensity).colours[1]), "#481F70");
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kCameraWorks))[1].label, "works");
  EXPECT_EQ(LegendOf(LayerScaleOf(LayerMeasure::kDetailLevel))[5].label, "inspect");
}

}  // namespace
}  // namespace geo
