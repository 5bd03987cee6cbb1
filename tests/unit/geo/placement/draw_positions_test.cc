#include "geo/placement/draw_positions.h"

#include <gtest/gtest.h>

#include "geo/placement/place_robustness.h"
#include "tests/support/drawn_street.h"

namespace geo {
namespace {

TEST(DrawPositions, OfOnePointDoNotDependOnWhichOthersAreDrawn) {
  support::DrawnStreet street = support::DrawStreet("1.2\n.#.\n3.4\n");
  for (DemandPoint& point : street.scene.demand.points) point.precision_m = 8;
  for (std::uint32_t draw = 0; draw < 20; ++draw) {
    const auto all = DrawPositions(street.scene, street.scene.demand, 7, draw);
    const std::vector<std::uint32_t> some{3, 1};
    const auto drawn = DrawPositionsOf(street.scene, street.scene.demand, some, 7, draw);
    ASSERT_EQ(drawn.size(), 2U);
    EXPECT_EQ(drawn[0], all[3]);
    EXPECT_EQ(drawn[1], all[1]);
  }
}

}  // namespace
}  // namespace geo
