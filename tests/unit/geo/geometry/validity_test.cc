#include "geo/geometry/validity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace geo {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Metres, for shapes that read well.
GridPoint M(double easting_m, double northing_m) { return GridPoint::FromMeters(easting_m, northing_m); }

Ring Box(double west_m, double south_m, double east_m, double north_m) {
  return {M(west_m, south_m), M(east_m, south_m), M(east_m, north_m), M(west_m, north_m)};
}

std::string Fault(const MultiPolygon& shape) {
  const Result<void> valid = CheckValid(shape);
  if (valid) return "valid";
  EXPECT_EQ(valid.error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(valid.error().reason, "INVALID_GEOMETRY");
  return valid.error().message;
}

TEST(CheckValid, AcceptsWardsOfEveryForm) {
  EXPECT_EQ(Fault({{{{Box(0, 0, 10, 10)}}}}), "valid");
  EXPECT_EQ(Fault({{{{Box(0, 0, 10, 10), Box(2, 2, 4, 4), Box(6, 6, 8, 8)}}}}), "valid");
  EXPECT_EQ(Fault({{{{Box(0, 0, 10, 10)}}, {{Box(20, 0, 30, 10)}}}}), "valid");
  // An island in the hole of another part; parts that touch at a point.
  EXPECT_EQ(Fault({{{{Box(0, 0, 10, 10), Box(2, 2, 8, 8)}}, {{Box(4, 4, 6, 6)}}}}), "valid");
  EXPECT_EQ(Fault({{{{Box(0, 0, 10, 10)}}, {{Box(10, 10, 20, 20)}}}}), "valid");
}

TEST(CheckValid, DirectionIsOfNoAccount) { EXPECT_EQ(Fault({{{{{M(0, 0), M(0, 10), M(10, 10), M(10, 0)}, Box(2, 2, 4, 4)}}}}), "valid"); }

TEST(CheckValid, RepeatedVerticesChangeNothing) { EXPECT_EQ(Fault({{{{{M(0, 0), M(10, 0), M(10, 0), M(10, 10), M(0, 10), M(0, 0)}}}}}), "valid"); }

TEST(CheckValid, RefusesABowTieAndSaysWhere) {
  EXPECT_EQ(Fault({{{{{M(583'380, 173'340), M(583'390, 173'350), M(583'390, 173'340), M(583'380, 173'350)}}}}}), "Self-intersection at 583385.0 173345.0");
}

TEST(CheckValid, RefusesTheOtherFaultsOfRings) {
  EXPECT_THAT(Fault({{{{{M(0, 0), M(10, 0), M(10, 10), M(10, 20), M(10, 10), M(0, 10)}}}}}), StartsWith("Ring Self-intersection at 10.0 10.0"));  // a spike
  EXPECT_THAT(Fault({{{{Box(0, 0, 10, 10), Box(20, 20, 30, 30)}}}}), StartsWith("Hole lies outside shell at "));
  EXPECT_THAT(Fault({{{{Box(0, 0, 10, 10), Box(5, 5, 15, 8)}}}}), StartsWith("Self-intersection at 10.0 "));
  EXPECT_NE(Fault({{{{Box(0, 0, 10, 10), Box(0, 0, 10, 10)}}}}), "valid");  // a hole that is the shell
  EXPECT_THAT(Fault({{{{Box(0, 0, 10, 10), Box(1, 1, 5, 5), Box(2, 2, 4, 4)}}}}), StartsWith("Holes are nested at "));
  EXPECT_NE(Fault({{{{Box(0, 0, 10, 10)}}, {{Box(0, 0, 10, 10)}}}}), "valid");  // a part twice
  EXPECT_NE(Fault({{{{Box(0, 0, 10, 10)}}, {{Box(5, 5, 15, 15)}}}}), "valid");  // parts that overlap
  EXPECT_NE(Fault({{{{{M(0, 0), M(10, 0), M(5, 0)}}}}}), "valid");              // flat
  EXPECT_NE(Fault({{{{{M(5, 5), M(5, 5), M(5, 5)}}}}}), "valid");               // a point
}

TEST(CheckValid, RefusesWhatIsNoPolygonAtAll) {
  EXPECT_THAT(Fault({}), HasSubstr("no polygon"));
  EXPECT_THAT(Fault({{{}}}), HasSubstr("no ring"));
  EXPECT_THAT(Fault({{{{{}}}}}), HasSubstr("no vertex"));
  EXPECT_EQ(Fault({{{{{M(1, 2), M(3, 4)}}}}}), "Too few vertices (2, at least 3) at 1.0 2.0");
  EXPECT_THAT(Fault({{{{Box(0, 0, 10, 10), {M(1, 1)}}}}}), HasSubstr("Too few vertices (1"));
}

TEST(CheckValid, SeesAFaultOfOneMillimetre) {
  // The vertex at the end of the notch lies on the opposite edge, or a millimetre past it, or short of it.
  const auto notched = [](std::int32_t tip_mm) {
    return MultiPolygon{
        {{{{{0, 0}, {400'000'000, 0}, {400'000'000, 10'000}, {200'000'001, 10'000}, {200'000'000, tip_mm}, {199'999'999, 10'000}, {0, 10'000}}}}}};
  };
  EXPECT_EQ(Fault(notched(1)), "valid");
  EXPECT_NE(Fault(notched(0)), "valid");
  EXPECT_NE(Fault(notched(-1)), "valid");
}

TEST(FindOverlaps, SharedEdgesAndCornersAreNone) {
  EXPECT_TRUE(FindOverlaps(std::vector<MultiPolygon>{{{{{Box(0, 0, 10, 10)}}}}, {{{{Box(10, 0, 20, 10)}}}}, {{{{Box(20, 10, 30, 20)}}}}}).empty());
  // A ward in the hole of another.
  EXPECT_TRUE(FindOverlaps(std::vector<MultiPolygon>{{{{{Box(0, 0, 10, 10), Box(2, 2, 8, 8)}}}}, {{{{Box(2, 2, 8, 8)}}}}}).empty());
}

TEST(FindOverlaps, ListsPairsInOrderWithTheirArea) {
  const std::vector<MultiPolygon> shapes = {{{{{Box(5, 0, 15, 10)}}}}, {{{{Box(100, 0, 110, 10)}}}}, {{{{Box(0, 0, 10, 10)}}}}, {{{{Box(8, 0, 9, 10)}}}}};
  const std::vector<Overlap> found = FindOverlaps(shapes);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(std::tie(found[0].first, found[0].second), std::make_tuple(0u, 2u));
  EXPECT_DOUBLE_EQ(found[0].area_m2, 50);
  EXPECT_EQ(std::tie(found[1].first, found[1].second), std::make_tuple(0u, 3u));
  EXPECT_DOUBLE_EQ(found[1].area_m2, 10);
  EXPECT_EQ(std::tie(found[2].first, found[2].second), std::make_tuple(2u, 3u));
}

TEST(FindOverlaps, ToleratesLessThanItWasTold) {
  const std::vector<MultiPolygon> shapes = {{{{{Box(0, 0, 10, 10)}}}}, {{{{Box(9.9, 0, 20, 10)}}}}};  // 1 m2
  EXPECT_TRUE(FindOverlaps(shapes, 1.0).empty());
  EXPECT_EQ(FindOverlaps(shapes, 0.9).size(), 1u);
  EXPECT_EQ(FindOverlaps(shapes, 0).size(), 1u);
  // A millimetre along 2,000 km is 2,000 m2, and 5e-10 of the smaller: the rounding of a border.
  EXPECT_TRUE(FindOverlaps(std::vector<MultiPolygon>{{{{{Box(-2e6, -1e6, 0.001, 1e6)}}}}, {{{{Box(0, -1e6, 2e6, 1e6)}}}}}, 1.0).empty());
}

TEST(FindOverlaps, EmptyShapesAndNoShapesAreFine) {
  EXPECT_TRUE(FindOverlaps({}).empty());
  EXPECT_TRUE(FindOverlaps(std::vector<MultiPolygon>{{}, {{{{Box(0, 0, 10, 10)}}}}, {}}).empty());
}

}  // namespace
}  // namespace geo
