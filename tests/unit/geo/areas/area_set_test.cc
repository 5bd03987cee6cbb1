#include "geo/areas/area_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <thread>

#include "geo/areas/area_join.h"
#include "tests/support/brute_force_areas.h"

namespace geo {
namespace {

Ring Box(std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) { return {{west, south}, {east, south}, {east, north}, {west, north}}; }

AreaSet Build(std::vector<Area> areas) {
  auto set = AreaSet::Build("test", std::move(areas));
  EXPECT_TRUE(set) << set.error().message;
  return std::move(*set);
}

// The map of areas, north at the top: the first letter of the code, or a dot outside. One character every `step` millimetres.
std::string Drawn(const AreaSet& set, int west, int south, int east, int north, int step = 1) {
  std::string map = "\n";
  for (int y = north; y >= south; y -= step) {
    for (int x = west; x <= east; x += step) {
      const AreaIndex area = set.locate({x, y});
      map += area == kOutside ? '.' : set.areas()[area].code[0];
    }
    map += '\n';
  }
  return map;
}

TEST(AreaSet, SharedEdgesBelongToTheLowestCode) {
  const AreaSet set = Build({{"B", "", {{{{Box(4, 0, 8, 4)}}}}}, {"A", "", {{{{Box(0, 0, 4, 4)}}}}}, {"C", "", {{{{Box(0, 4, 8, 6)}}}}}});
  EXPECT_EQ(Drawn(set, -1, -1, 9, 7), R"(
...........
.CCCCCCCCC.
.CCCCCCCCC.
.AAAAABBBB.
.AAAAABBBB.
.AAAAABBBB.
.AAAAABBBB.
.AAAAABBBB.
...........
)");
}

TEST(AreaSet, HolesIslandsAndAreasWithinAreas) {
  // D has a hole with E in its corner, and a gap beside E that is in no area; E has a hole with an island of D; F is two islands.
  const AreaSet set = Build({{"D", "", {{{{Box(0, 0, 12, 12), Box(2, 2, 10, 10)}}, {{Box(5, 5, 6, 6)}}}}},
                             {"E", "", {{{{Box(2, 2, 8, 8), Box(3, 3, 7, 7)}}}}},
                             {"F", "", {{{{Box(14, 0, 16, 2)}}, {{Box(14, 10, 16, 12)}}}}}});
  EXPECT_EQ(Drawn(set, -1, -1, 17, 13), R"(
...................
.DDDDDDDDDDDDD.FFF.
.DDDDDDDDDDDDD.FFF.
.DDDDDDDDDDDDD.FFF.
.DDD.......DDD.....
.DDDEEEEEE.DDD.....
.DDDEEEEEE.DDD.....
.DDDE.DDEE.DDD.....
.DDDE.DDEE.DDD.....
.DDDE...EE.DDD.....
.DDDEEEEEE.DDD.....
.DDDDDDDDDDDDD.FFF.
.DDDDDDDDDDDDD.FFF.
.DDDDDDDDDDDDD.FFF.
...................
)");
}

TEST(AreaSet, SlantedEdgesAreExactToTheMillimetre) {
  // The line from (0, 0) to (3e9, 1e9 + 1) passes a third of a millimetre from many points and through none but its ends.
  const AreaSet set = Build({{"A", "", {{{{{{-1'500'000'000, -500'000'000}, {1'500'000'000, 500'000'001}, {-1'500'000'000, 500'000'001}}}}}}}});
  EXPECT_EQ(set.locate({-1'500'000'000, -500'000'000}), 0);
  EXPECT_EQ(set.locate({1'500'000'000, 500'000'001}), 0);
  EXPECT_EQ(set.locate({0, 1}), 0);
  EXPECT_EQ(set.locate({0, 0}), kOutside);  // half a millimetre below
  EXPECT_EQ(set.locate({3, 1}), kOutside);
  EXPECT_EQ(set.locate({3, 2}), 0);
}

TEST(AreaSet, NoPositionIsNowhereEvenInAnAreaOfTheWholePlane) {
  constexpr std::int32_t kLow = std::numeric_limits<std::int32_t>::min(), kHigh = std::numeric_limits<std::int32_t>::max();
  const AreaSet set = Build({{"A", "", {{{{Box(kLow, kLow, kHigh, kHigh)}}}}}});
  EXPECT_EQ(set.locate(kUnlocated), kNowhere);
  for (const GridPoint p : {GridPoint{0, 0}, {kLow, 0}, {kHigh, 0}, {0, kLow}, {0, kHigh}, {kHigh, kHigh}, {kLow, kHigh}, {kLow + 1, kLow}})
    EXPECT_EQ(set.locate(p), 0);
  EXPECT_EQ(Build({{"A", "", {{{{Box(0, 0, 5, 5)}}}}}}).locate(kUnlocated), kNowhere);
}

TEST(AreaSet, DegenerateRingsHoldTheirOwnPoints) {
  // Not valid wards (the loader refuses them), but no ring is dropped in silence: closed means that its points are in.
  const AreaSet set = Build({{"A", "", {{{{{{0, 0}, {10, 0}, {5, 0}}}}}}}, {"B", "", {{{{{{20, 20}, {20, 20}, {20, 20}}}}}}}, {"C", "", {}}});
  EXPECT_EQ(set.locate({7, 0}), 0);
  EXPECT_EQ(set.locate({7, 1}), kOutside);
  EXPECT_EQ(set.locate({20, 20}), 1);
  EXPECT_EQ(set.locate({20, 21}), kOutside);
}

TEST(AreaSet, AreasAreInOrderOfCodeAndFoundByIt) {
  const AreaSet set = Build({{"E2", "two", {}}, {"E10", "ten", {}}, {"E1", "one", {}}});
  EXPECT_EQ(set.areas()[0].name, "one");
  EXPECT_EQ(set.areas()[1].name, "ten");
  EXPECT_EQ(set.find("E2"), 2);
  EXPECT_EQ(set.find("E1"), 0);
  EXPECT_EQ(set.find("E"), kOutside);
  EXPECT_EQ(set.find("E3"), kOutside);
  EXPECT_EQ(set.find(""), kOutside);
  EXPECT_EQ(set.vintage(), "test");
}

TEST(AreaSet, RefusesNoneTooManyAndRepeated) {
  const auto reason = [](std::vector<Area> areas) {
    const auto set = AreaSet::Build("v", std::move(areas));
    EXPECT_FALSE(set);
    EXPECT_EQ(set.error().code, ErrorCode::kInvalidArgument);
    return set.error().reason + ": " + set.error().message;
  };
  EXPECT_EQ(reason({}).substr(0, 9), "NO_AREAS:");
  EXPECT_EQ(reason({{"A", "", {}}, {"B", "", {}}, {"A", "", {}}}), "REPEATED_CODE: vintage v has area code A more than once; codes are the keys of areas");
  std::vector<Area> many(kMaxAreas + 1);
  for (std::size_t i = 0; i < many.size(); ++i) many[i].code = std::to_string(i);
  EXPECT_EQ(reason(many).substr(0, 15), "TOO_MANY_AREAS:");
  many.pop_back();
  EXPECT_TRUE(AreaSet::Build("v", std::move(many)));
}

TEST(AreaSet, AsManyAreasAsThereMayBe) {
  std::vector<Area> many(kMaxAreas);
  for (std::size_t i = 0; i < many.size(); ++i) {
    const auto x = static_cast<std::int32_t>(i % 256) * 10, y = static_cast<std::int32_t>(i / 256) * 10;
    many[i] = {std::to_string(100'000 + i), "", {{{{Box(x, y, x + 10, y + 10)}}}}};
  }
  const AreaSet set = Build(std::move(many));
  for (std::size_t i = 0; i < kMaxAreas; i += 7) {
    ASSERT_EQ(set.locate({static_cast<std::int32_t>(i % 256) * 10 + 5, static_cast<std::int32_t>(i / 256) * 10 + 5}), i);
  }
}

TEST(AreaSet, OneSetServesManyThreads) {
  const AreaSet set =
      Build({{"A", "", {{{{{{0, 0}, {1'000'000, 300'001}, {700'003, 900'000}}}}}}}, {"B", "", {{{{{{0, 0}, {700'003, 900'000}, {-500'000, 800'000}}}}}}}});
  std::vector<GridPoint> points;
  for (int i = 0; i < 20'000; ++i) points.push_back({(i * 7919) % 1'600'000 - 550'000, (i * 104'729) % 950'000 - 20'000});
  std::vector<AreaIndex> alone(points.size());
  set.locate(points, alone);
  std::vector<std::vector<AreaIndex>> found(4, std::vector<AreaIndex>(points.size()));
  std::vector<std::thread> threads;
  for (auto& answers : found) threads.emplace_back([&] { set.locate(points, answers); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& answers : found) EXPECT_EQ(answers, alone);
}

TEST(AreaJoin, LongEdgesNeitherFillMemoryNorGoWrong) {
  // A comb of 1,000 teeth, each 20 km long and metres wide: 2,000 edges that cross the whole map.
  Ring comb;
  for (int i = 0; i < 1'000; ++i) {
    comb.push_back({i * 20'000, 20'000'000});
    comb.push_back({i * 20'000 + 4'000, 0});
    comb.push_back({i * 20'000 + 16'000, 0});
  }
  comb.push_back({20'000'000, 20'001'000});
  comb.push_back({0, 20'001'000});
  const std::vector<Area> areas = {{"A", "", {{{{comb}}}}}};
  const AreaJoin join(areas);
  EXPECT_LT(join.memory_bytes(), std::size_t{100'000'000});
  std::vector<GridPoint> points;
  for (int i = 0; i < 2'000; ++i) points.push_back({(i * 9'973) % 20'000'000, static_cast<std::int32_t>(i * 1'000'003LL % 20'000'000)});
  std::vector<AreaIndex> found(points.size());
  join.locate(points, found);
  for (std::size_t i = 0; i < points.size(); ++i) ASSERT_EQ(found[i], support::BruteForceLocate(areas, points[i])) << i;
  EXPECT_GT(std::count(found.begin(), found.end(), kOutside), 200);
  EXPECT_GT(std::count(found.begin(), found.end(), 0), 1'000);
}

}  // namespace
}  // namespace geo
