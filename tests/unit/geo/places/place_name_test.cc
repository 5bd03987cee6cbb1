#include "geo/places/place_name.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace geo {
namespace {

GridPoint Meters(std::int32_t easting_m, std::int32_t northing_m) { return {easting_m * 1000, northing_m * 1000}; }

TEST(GridReference, OfPublishedPlaces) {
  // Nelson's Column.
  EXPECT_EQ(GridReference(Meters(530'034, 180'381)), "TQ 300 803");
  // The water tower of Caister, the worked example of Ordnance Survey's Guide to coordinate systems.
  EXPECT_EQ(GridReference({651'409'903, 313'177'270}, 5), "TG 51409 13177");
  EXPECT_EQ(GridReference({651'409'903, 313'177'270}), "TG 514 131");
  // Ben Nevis and Snowdon.
  EXPECT_EQ(GridReference(Meters(216'667, 771'288)), "NN 166 712");
  EXPECT_EQ(GridReference(Meters(260'986, 354'376)), "SH 609 543");
  EXPECT_EQ(GridReference(Meters(438'700, 114'800)), "SU 387 148");
}

TEST(GridReference, OfTheCornersOfSquaresAndTheGrid) {
  EXPECT_EQ(GridReference(Meters(0, 0)), "SV 000 000");
  EXPECT_EQ(GridReference({99'999'999, 99'999'999}), "SV 999 999");
  EXPECT_EQ(GridReference(Meters(100'000, 0)), "SW 000 000");
  EXPECT_EQ(GridReference(Meters(500'000, 0)), "TV 000 000");
  EXPECT_EQ(GridReference(Meters(400'000, 1'200'000)), "HP 000 000");
  EXPECT_EQ(GridReference(Meters(0, 900'000)), "NA 000 000");
  EXPECT_EQ(GridReference(Meters(400'000, 0)), "SZ 000 000");
  EXPECT_EQ(GridReference(Meters(300'000, 300'000)), "SJ 000 000");
  EXPECT_EQ(GridReference(Meters(200'000, 300'000)), "SH 000 000");
  EXPECT_EQ(GridReference(Meters(600'000, 500'000)), "OW 000 000");
  EXPECT_EQ(GridReference({699'999'999, 1'299'999'999}), "JM 999 999");
}

TEST(GridReference, HasTheDigitsAskedFor) {
  const GridPoint at{575'710'000, 168'429'999};
  EXPECT_EQ(GridReference(at, 1), "TQ 7 6");
  EXPECT_EQ(GridReference(at, 2), "TQ 75 68");
  EXPECT_EQ(GridReference(at), "TQ 757 684");
  EXPECT_EQ(GridReference(at, 4), "TQ 7571 6842");
  EXPECT_EQ(GridReference(at, 5), "TQ 75710 68429");
  EXPECT_EQ(PlaceId(at), "tq757684");
  EXPECT_EQ(PlaceId(at, 4), "tq75716842");
  EXPECT_EQ(GridReference(Meters(500'007, 100'003), 5), "TQ 00007 00003");
}

TEST(GridReference, OffTheLetteredGridIsInMetresTowardsTheSouthWest) {
  EXPECT_EQ(GridReference({757'123'999, 684'456'000}), "757123,684456");
  EXPECT_EQ(GridReference({700'000'000, 0}), "700000,0");
  EXPECT_EQ(GridReference({0, 1'300'000'000}), "0,1300000");
  EXPECT_EQ(GridReference({-1, 5'000}), "-1,5");
  EXPECT_EQ(GridReference({-1'000, -1'001}), "-1,-2");
  EXPECT_EQ(PlaceId({757'123'999, 684'456'000}), "e757123n684456");
  EXPECT_EQ(PlaceId({-1, 5'000}), "e-1n5");
}

TEST(KnownName, TakesOffWhatThePoliceWrite) {
  EXPECT_EQ(KnownName("On or near High Street"), "High Street");
  EXPECT_EQ(KnownName("on OR near  St Mary's Road "), "St Mary's Road");
  EXPECT_EQ(KnownName("High Street"), "High Street");
  EXPECT_EQ(KnownName("On or near Parking Area"), "Parking Area");
  EXPECT_EQ(KnownName("On or nearly there"), "On or nearly there");
  EXPECT_EQ(KnownName("Unknown Road"), "Unknown Road");
}

TEST(KnownName, IsEmptyForNamesThatSayNothing) {
  for (const char* name : {"", "  ", "No location", "No Location", "On or near ", "On or near", "On or near No Location", "unknown", " UNKNOWN\t", "No name"}) {
    EXPECT_EQ(KnownName(name), "") << name;
  }
}

TEST(NameNearest, IsTheNearestThenTheLowestName) {
  const std::vector<NamedPoint> named = {{{3'000, 4'000}, 7}, {{-5'000, 0}, 3}, {{0, 5'001}, 1}, {kUnlocated, 0}};
  EXPECT_EQ(NameNearest({0, 0}, named, 10'000), (NearestName{3, 5.0}));
  EXPECT_EQ(NameNearest({0, 0}, named, 5'000), (NearestName{3, 5.0}));
  EXPECT_EQ(NameNearest({0, 0}, named, 4'999), std::nullopt);
  EXPECT_EQ(NameNearest({3'000, 4'000}, named, 0), (NearestName{7, 0.0}));
  EXPECT_EQ(NameNearest({0, 0}, {}, 10'000), std::nullopt);
  EXPECT_EQ(NameNearest(kUnlocated, named, std::numeric_limits<std::int64_t>::max()), std::nullopt);
}

TEST(NameNearest, IsExactOverTheWholeGrid) {
  constexpr std::int32_t kFar = 2'000'000'000;
  const std::vector<NamedPoint> named = {{{kFar, kFar}, 2}, {{kFar, kFar - 1}, 9}};
  const auto nearest = NameNearest({-kFar, -kFar}, named, std::int64_t{6'000'000'000});
  ASSERT_TRUE(nearest);
  EXPECT_EQ(nearest->name, 9u);
  EXPECT_DOUBLE_EQ(nearest->distance_m, std::hypot(4e6, 4e6 - 0.001));
}

}  // namespace
}  // namespace geo
