#include "geo/change/count_crossings.h"

#include <gtest/gtest.h>

#include <random>

#include "geo/geometry/orientation.h"
#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::BoxArea;

constexpr std::int64_t kAll = 1'000'000;

std::int64_t Count(const std::vector<Area>& areas, std::int64_t most = kAll) { return CountCrossings(areas, most, NeverStop()).value(); }

TEST(CountCrossings, NeighboursAndNestsHaveNone) {
  EXPECT_EQ(Count({}), 0);
  EXPECT_EQ(Count({BoxArea("A", 0, 0, 10, 10)}), 0);
  EXPECT_EQ(Count({BoxArea("A", 0, 0, 10, 10), BoxArea("B", 10, 0, 20, 10), BoxArea("C", 10, 10, 20, 20)}), 0) << "a border, and a corner";
  EXPECT_EQ(Count({BoxArea("A", 0, 0, 10, 10), BoxArea("B", 0, 0, 10, 10)}), 0) << "the same outline twice";
  EXPECT_EQ(Count({BoxArea("A", 0, 0, 10, 10), BoxArea("B", 2, 2, 8, 8)}), 0);
  EXPECT_EQ(Count({BoxArea("A", 0, 0, 10, 10), BoxArea("B", 4, 0, 20, 10)}), 0) << "sides that run along each other, and end on others";
}

TEST(CountCrossings, ACrossHasFourAndCornersOnEachOtherTwo) {
  const std::vector<Area> cross = {BoxArea("A", 0, 4, 10, 6), BoxArea("B", 4, 0, 6, 10)};
  EXPECT_EQ(Count(cross), 4);
  EXPECT_EQ(Count({cross[1], cross[0]}), 4);
  EXPECT_EQ(Count({BoxArea("A", 0, 0, 10, 10), BoxArea("B", 5, 5, 15, 15)}), 2);
}

TEST(CountCrossings, EndsWithTheFirstOverTheMost) {
  const std::vector<Area> cross = {BoxArea("A", 0, 4, 10, 6), BoxArea("B", 4, 0, 6, 10)};
  EXPECT_EQ(Count(cross, 4), 4);
  EXPECT_EQ(Count(cross, 3), 4);
  EXPECT_EQ(Count(cross, 1), 2);
  EXPECT_EQ(Count(cross, 0), 1);
}

// Every side of one with every side of another, without a sweep.
std::int64_t CountOneByOne(const std::vector<Area>& areas) {
  std::int64_t crossings = 0;
  const auto sides_cross = [](GridPoint a, GridPoint b, GridPoint c, GridPoint d) {
    return Orientation(a, b, c) * Orientation(a, b, d) < 0 && Orientation(c, d, a) * Orientation(c, d, b) < 0;
  };
  for (std::size_t one = 0; one < areas.size(); ++one) {
    for (std::size_t other = one + 1; other < areas.size(); ++other) {
      const Ring& a = areas[one].shape.parts[0].rings[0];
      const Ring& b = areas[other].shape.parts[0].rings[0];
      for (std::size_t i = 0; i < a.size(); ++i) {
        for (std::size_t j = 0; j < b.size(); ++j) crossings += sides_cross(a[i], a[(i + 1) % a.size()], b[j], b[(j + 1) % b.size()]) ? 1 : 0;
      }
    }
  }
  return crossings;
}

TEST(CountCrossings, OfTrianglesAreThoseOfEverySideWithEverySide) {
  constexpr unsigned kSeed = 20240502;
  std::mt19937 random(kSeed);
  std::int64_t seen = 0;
  for (int round = 0; round < 200; ++round) {
    std::vector<Area> areas;
    // A coarse grid, so that ends lie on sides and sides on each other.
    const auto point = [&] { return GridPoint{static_cast<std::int32_t>(random() % 12), static_cast<std::int32_t>(random() % 12)}; };
    for (int i = 0; i < 8; ++i) {
      const Ring ring = {point(), point(), point()};
      if (Orientation(ring[0], ring[1], ring[2]) != 0) areas.push_back({std::to_string(i), "", {{{{ring}}}}});
    }
    const std::int64_t expected = CountOneByOne(areas);
    EXPECT_EQ(Count(areas), expected) << "round " << round << " of seed " << kSeed;
    seen += expected;
  }
  EXPECT_GT(seen, 1000);
}

struct Stopped final : StopSignal {
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "stopped"}; }
};

TEST(CountCrossings, Stops) {
  const std::vector<Area> one = {BoxArea("A", 0, 0, 10, 10)};
  const auto stopped = CountCrossings(one, kAll, Stopped());
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace geo
