#include "geo/hotspots/persistence.h"

#include <gtest/gtest.h>

#include <string>

namespace geo {
namespace {

// A history, oldest first, the period itself last: '#' hot, '.' not, '?' a year that the data does not cover.
Persistence Of(const std::string& history) {
  std::vector<HotspotYear> years;
  std::vector<std::uint8_t> hot_in;
  for (const char year : history.substr(0, history.size() - 1)) {
    years.push_back({{}, year != '?', 0, 0, 0});
    hot_in.push_back(year == '#' ? 1 : 0);
  }
  return ClassifyPersistence(history.back() == '#', hot_in, years);
}

TEST(ClassifyPersistence, NamesEveryHistoryOfThreeYears) {
  EXPECT_EQ(Of("###"), Persistence::kPersistent);
  EXPECT_EQ(Of("#.#"), Persistence::kRecurring);
  EXPECT_EQ(Of(".##"), Persistence::kRecurring);
  EXPECT_EQ(Of("..#"), Persistence::kNew);
  EXPECT_EQ(Of("##."), Persistence::kCooled);
  EXPECT_EQ(Of("#.."), Persistence::kCooled);
  EXPECT_EQ(Of(".#."), Persistence::kCooled);
  EXPECT_EQ(Of("..."), Persistence::kNotHot);
}

TEST(ClassifyPersistence, LeavesUncoveredYearsOut) {
  EXPECT_EQ(Of("?##"), Persistence::kPersistent);
  EXPECT_EQ(Of("?.#"), Persistence::kNew);
  EXPECT_EQ(Of("?.."), Persistence::kNotHot);
}

TEST(ClassifyPersistence, IsUnknownWithoutACoveredYear) {
  EXPECT_EQ(Of("#"), Persistence::kUnknown);
  EXPECT_EQ(Of("??#"), Persistence::kUnknown);
  EXPECT_EQ(Of("??."), Persistence::kUnknown);
}

}  // namespace
}  // namespace geo
