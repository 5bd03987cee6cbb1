#include "geo/places/descending_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace geo {
namespace {

TEST(DescendingOrder, IsByValueThenIndexAndLeavesOutWhatIsNotOverZero) {
  const double least = std::numeric_limits<double>::denorm_min(), nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> values = {2, 0, -0.0, 5, -1, 2, least, nan, std::numeric_limits<double>::infinity(), 5};
  EXPECT_EQ(DescendingOrder(values), (std::vector<ValueAt>{{5, 3}, {5, 9}, {2, 0}, {2, 5}, {least, 6}}));
  EXPECT_TRUE(DescendingOrder({}).empty());
}

// Long enough for the passes over digits: every magnitude, many equals, and values alike in most of their bits.
TEST(DescendingOrder, IsThatOfAComparisonSort) {
  std::mt19937_64 random(5);
  const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
  for (int kind = 0; kind < 4; ++kind) {
    std::vector<double> values(20'000);
    for (double& value : values) {
      if (kind == 0) value = std::pow(10.0, 640 * unit() - 330);
      if (kind == 1) value = static_cast<double>(random() % 7);
      if (kind == 2) value = 1 + 0x1p-52 * static_cast<double>(random() % 5'000);
      if (kind == 3) value = 3;
    }
    std::vector<ValueAt> slow;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] > 0 && std::isfinite(values[i])) slow.push_back({values[i], static_cast<std::uint32_t>(i)});
    }
    std::stable_sort(slow.begin(), slow.end(), [](const ValueAt& a, const ValueAt& b) { return a.value > b.value; });
    EXPECT_TRUE(DescendingOrder(values) == slow) << "kind " << kind;
  }
}

}  // namespace
}  // namespace geo
