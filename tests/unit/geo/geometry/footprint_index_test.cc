#include "geo/geometry/footprint_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace geo {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Polygon Box(int west, int south, int east, int north) { return {{{{west, south}, {east, south}, {east, north}, {west, north}}}}; }

std::vector<FootprintIndex::Footprint> Containing(const FootprintIndex& index, GridPoint p) {
  std::vector<FootprintIndex::Footprint> out;
  index.containing(p, out);
  return out;
}

TEST(FootprintIndex, HoldsStrictlyInside) {
  Polygon court = Box(-100'000, -100'000, 100'000, 100'000);
  court.rings.push_back({{-50'000, -50'000}, {50'000, -50'000}, {50'000, 50'000}, {-50'000, 50'000}});
  const auto index = FootprintIndex::Build(std::vector{court, Box(0, 0, 60'000, 60'000)}).value();
  EXPECT_THAT(Containing(index, {-70'000, 0}), ElementsAre(0));
  EXPECT_THAT(Containing(index, {-10, 0}), IsEmpty()) << "in the court";
  EXPECT_THAT(Containing(index, {-100'000, 3}), IsEmpty()) << "on the wall";
  EXPECT_THAT(Containing(index, {50'000, 10}), ElementsAre(1)) << "on the court's wall, inside the other";
  EXPECT_THAT(Containing(index, {55'000, 55'000}), ElementsAre(0, 1)) << "they overlap";
  std::vector<FootprintIndex::Footprint> met;
  index.meeting({{100'000, 100'000}, {200'000, 200'000}}, met);
  EXPECT_THAT(met, ElementsAre(0)) << "a corner is shared";
  index.meeting({{100'001, 100'000}, {200'000, 200'000}}, met);
  EXPECT_THAT(met, IsEmpty());
}

TEST(FootprintIndex, WallsHaveTheInsideOnTheLeft) {
  for (const bool clockwise : {false, true}) {
    Polygon box = Box(0, 0, 10, 10);
    if (clockwise) std::reverse(box.rings[0].begin(), box.rings[0].end());
    const auto index = FootprintIndex::Build(std::vector{box}).value();
    for (const Wall& wall : index.walls(0)) {
      const std::int64_t turn = (std::int64_t{wall.b.easting_mm} - wall.a.easting_mm) * (5 - wall.a.northing_mm) -
                                (std::int64_t{wall.b.northing_mm} - wall.a.northing_mm) * (5 - wall.a.easting_mm);
      EXPECT_GT(turn, 0);
    }
  }
}

TEST(FootprintIndex, RepeatedVerticesArePassedOver) {
  const auto index = FootprintIndex::Build(std::vector<Polygon>{{{{{0, 0}, {0, 0}, {10, 0}, {10, 10}, {10, 10}, {0, 10}, {0, 0}}}}}).value();
  EXPECT_EQ(index.walls(0).size(), 4u);
}

TEST(FootprintIndex, RefusesWhatIsNoBuilding) {
  const auto reason = [](Polygon polygon) {
    const auto index = FootprintIndex::Build(std::vector{Box(0, 0, 1, 1), std::move(polygon)});
    EXPECT_FALSE(index);
    EXPECT_EQ(index.error().field, "footprints[1]");
    return index.error().reason;
  };
  EXPECT_EQ(reason({}), "FOOTPRINT_WITHOUT_AREA");
  EXPECT_EQ(reason({{{{0, 0}, {1, 1}, {0, 0}}}}), "FOOTPRINT_WITHOUT_AREA");
  EXPECT_EQ(reason(Box(0, 0, 2'000'001, 5)), "FOOTPRINT_TOO_LARGE");
  EXPECT_EQ(FootprintIndex::Build({}).value().size(), 0u);
}

}  // namespace
}  // namespace geo
