#include "geo/rates/funnel.h"

#include <gtest/gtest.h>

#include <cmath>

namespace geo {
namespace {

void ExpectLimits(const FunnelLimits& limits, double low_998, double low_95, double high_95, double high_998, double near) {
  EXPECT_NEAR(limits.low_998, low_998, near);
  EXPECT_NEAR(limits.low_95, low_95, near);
  EXPECT_NEAR(limits.high_95, high_95, near);
  EXPECT_NEAR(limits.high_998, high_998, near);
}

TEST(FunnelLimits, ReproducesInterpolatedVectors) {
  ExpectLimits(FunnelLimitsAt(15), 4.074057, 7.359890, 22.583165, 27.837114, 6e-7);
  ExpectLimits(FunnelLimitsAt(30), 14.077248, 19.233129, 40.716447, 47.812105, 6e-7);
}

// The tests of FunnelPlotR print these.
TEST(FunnelLimits, ReproducesTheChiSquareForm) {
  ExpectLimits(ChiSquareFunnelRatiosAt(15), 0.3862650, 0.5596924, 1.649348, 2.082907, 6e-7);
  ExpectLimits(ChiSquareFunnelRatiosAt(30), 0.5289724, 0.6746958, 1.427562, 1.702771, 6e-7);
}

TEST(FunnelLimits, WidensByTheRootAndFloorsAtNought) {
  const FunnelLimits plain = FunnelLimitsAt(30), wide = FunnelLimitsAt(30, 4);
  EXPECT_NEAR(30 - wide.low_95, 2 * (30 - plain.low_95), 1e-9);
  EXPECT_NEAR(wide.high_998 - 30, 2 * (plain.high_998 - 30), 1e-9);
  EXPECT_EQ(FunnelLimitsAt(15, 9).low_998, 0.0);
  EXPECT_EQ(FunnelLimitsAt(0.5).low_95, 0.0);
  // A tiny expectation: one incident is news, none is not, widened or plain.
  for (const double widening : {1.0, 4.0}) {
    EXPECT_EQ(ClassOf(0, FunnelLimitsAt(1e-6, widening)), FunnelClass::kWithin);
    EXPECT_EQ(ClassOf(1, FunnelLimitsAt(1e-6, widening)), FunnelClass::kAbove998);
  }
}

TEST(FunnelLimits, IsNormalAtABillion) {
  const double root = std::sqrt(1e9);
  ExpectLimits(FunnelLimitsAt(1e9), 1e9 - 3.0902323 * root, 1e9 - 1.9599640 * root, 1e9 + 1.9599640 * root, 1e9 + 3.0902323 * root, 2);
}

TEST(ClassOf, IsStrictlyOutside) {
  const FunnelLimits limits{2, 5, 20, 30};
  EXPECT_EQ(ClassOf(31, limits), FunnelClass::kAbove998);
  EXPECT_EQ(ClassOf(30, limits), FunnelClass::kAbove95);
  EXPECT_EQ(ClassOf(20, limits), FunnelClass::kWithin);
  EXPECT_EQ(ClassOf(5, limits), FunnelClass::kWithin);
  EXPECT_EQ(ClassOf(4, limits), FunnelClass::kBelow95);
  EXPECT_EQ(ClassOf(2, limits), FunnelClass::kBelow95);
  EXPECT_EQ(ClassOf(1, limits), FunnelClass::kBelow998);
}

TEST(FunnelLimitsDeathTest, RefusesNoExpectation) {
  EXPECT_DEATH(FunnelLimitsAt(0), "broken invariant");
  EXPECT_DEATH(FunnelLimitsAt(5, 0.5), "broken invariant");
}

}  // namespace
}  // namespace geo
