#include "geo/density/compare_surfaces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace geo {
namespace {

using testing::Each;
using testing::ElementsAre;

const std::vector<double> kBefore = {2, 4, 0, 1, 0};
const std::vector<double> kAfter = {3, 1, 5, 0, 0};

TEST(CompareSurfaces, DifferenceIsDefinedEverywhere) {
  const ComparedSurfaces compared = CompareSurfaces(kBefore, kAfter, SurfaceComparison::kDifference, 0);
  EXPECT_THAT(compared.value, ElementsAre(1, -3, 5, -1, 0));
  EXPECT_THAT(compared.defined, Each(1));
  EXPECT_EQ(compared.least, -3);
  EXPECT_EQ(compared.most, 5);
}

TEST(CompareSurfaces, RatioNeedsBothOverTheFloor) {
  const ComparedSurfaces compared = CompareSurfaces(kBefore, kAfter, SurfaceComparison::kRatio, 0);
  EXPECT_THAT(compared.value, ElementsAre(1.5, 0.25, 0, 0, 0));
  EXPECT_THAT(compared.defined, ElementsAre(1, 1, 0, 0, 0));
  EXPECT_EQ(compared.least, 0.25);
  EXPECT_EQ(compared.most, 1.5);
}

TEST(CompareSurfaces, TheFloorItselfIsNotOverTheFloor) {
  const ComparedSurfaces compared = CompareSurfaces(kBefore, kAfter, SurfaceComparison::kRatio, 1);
  EXPECT_THAT(compared.defined, ElementsAre(1, 0, 0, 0, 0));
  EXPECT_EQ(compared.least, 1.5);
  EXPECT_EQ(compared.most, 1.5);
}

TEST(CompareSurfaces, LogRatioChangesSignAloneWhenTheSurfacesAreExchanged) {
  const ComparedSurfaces there = CompareSurfaces(kBefore, kAfter, SurfaceComparison::kLogRatio, 0);
  const ComparedSurfaces back = CompareSurfaces(kAfter, kBefore, SurfaceComparison::kLogRatio, 0);
  EXPECT_DOUBLE_EQ(there.value[0], std::log(1.5));
  for (std::size_t i = 0; i < kBefore.size(); ++i) EXPECT_EQ(there.value[i], -back.value[i]);
  EXPECT_EQ(there.defined, back.defined);
  EXPECT_EQ(there.least, -back.most);
  EXPECT_EQ(there.most, -back.least);
}

TEST(CompareSurfaces, NothingDefinedIsNoScale) {
  const std::vector<double> none(3, 0.0);
  for (const SurfaceComparison comparison : {SurfaceComparison::kRatio, SurfaceComparison::kLogRatio}) {
    const ComparedSurfaces compared = CompareSurfaces(none, none, comparison, 0);
    EXPECT_THAT(compared.value, Each(0));
    EXPECT_THAT(compared.defined, Each(0));
    EXPECT_EQ(compared.least, 0);
    EXPECT_EQ(compared.most, 0);
  }
  EXPECT_TRUE(CompareSurfaces({}, {}, SurfaceComparison::kDifference, 0).value.empty());
}

TEST(CompareSurfaces, AQuotientBeyondADoubleIsUndefinedAndItsLogarithmIsNot) {
  const std::vector<double> small = {1e-300}, large = {1e300};
  EXPECT_EQ(CompareSurfaces(small, large, SurfaceComparison::kRatio, 0).defined[0], 0);
  EXPECT_EQ(CompareSurfaces(small, large, SurfaceComparison::kRatio, 0).value[0], 0);
  EXPECT_NEAR(CompareSurfaces(small, large, SurfaceComparison::kLogRatio, 0).value[0], 600 * std::log(10.0), 1e-9);
}

TEST(CompareSurfacesDeathTest, UnequalLengthsAreABrokenInvariant) {
  const std::vector<double> one(1), two(2);
  EXPECT_DEATH(CompareSurfaces(one, two, SurfaceComparison::kDifference, 0), "broken invariant");
  EXPECT_DEATH(CompareSurfaces(one, one, SurfaceComparison::kRatio, std::numeric_limits<double>::quiet_NaN()), "broken invariant");
}

}  // namespace
}  // namespace geo
