#include "server/codec/position_codec.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "geo/geometry/validity.h"
#include "server/codec/area_geometry_cache.h"
#include "tests/support/geojson_region.h"

namespace server {
namespace {

geo::GridPoint At(double easting_m, double northing_m) { return geo::GridPoint::FromMeters(easting_m, northing_m); }

// Twice the signed area in degrees.
double Turn(const nlohmann::json& ring) {
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += ring[i][0].get<double>() * ring[i + 1][1].get<double>() - ring[i + 1][0].get<double>() * ring[i][1].get<double>();
  }
  return twice;
}

// Clockwise on purpose, the hole anticlockwise: the wrong way round for RFC 7946.
geo::MultiPolygon Doughnut() {
  const geo::Ring shell{At(500'000, 200'000), At(500'000, 201'000), At(501'000, 201'000), At(501'000, 200'000)};
  const geo::Ring hole{At(500'400, 200'400), At(500'600, 200'400), At(500'600, 200'600), At(500'400, 200'600)};
  return {{{{shell, hole}}}};
}

TEST(PositionCodec, BothSystems) {
  wardwatch::v1::Position position;
  ASSERT_TRUE(EncodePosition(At(530'034.25, 180'381.125), position));
  EXPECT_EQ(position.easting_m(), 530'034.25);
  EXPECT_EQ(position.northing_m(), 180'381.125);
  EXPECT_NEAR(position.latitude_deg(), 51.5076, 1e-3);
  EXPECT_NEAR(position.longitude_deg(), -0.1278, 1e-3);
}

TEST(PositionCodec, GeoJsonIsClosedAndTurnsTheRightWay) {
  const auto text = FormatGeoJson(Doughnut());
  ASSERT_TRUE(text);
  const auto json = nlohmann::json::parse(*text);
  EXPECT_EQ(json["type"], "MultiPolygon");
  const auto& rings = json["coordinates"][0];
  ASSERT_EQ(rings.size(), 2U);
  for (const auto& ring : rings) {
    EXPECT_EQ(ring.size(), 5U);
    EXPECT_EQ(ring.front(), ring.back());
  }
  EXPECT_GT(Turn(rings[0]), 0);
  EXPECT_LT(Turn(rings[1]), 0);
}

TEST(AreaGeometryCache, GivesTheSameTextAndStaysWithinItsBytes) {
  const geo::Area area{"E01", "Ward", Doughnut()};
  const auto text = FormatGeoJson(area.shape);
  ASSERT_TRUE(text);
  AreaGeometryCache cache(text->size() * 5);
  for (int i = 0; i < 20; ++i) {
    const auto got = cache.get(std::to_string(i / 2), "v", area);
    ASSERT_TRUE(got);
    EXPECT_EQ(*got, *text);
    EXPECT_LE(cache.bytes(), text->size() * 5);
  }
  AreaGeometryCache small(text->size());
  EXPECT_EQ(*small.get("0", "v", area), *text);
  EXPECT_EQ(small.bytes(), 0U);  // too large a part of the cache to be kept
}

// Regions keep their vertices a millimetre apart and no more: seven decimals of a degree would make them one.
TEST(PositionCodec, ARegionOfMillimetresStaysValid) {
  const geo::Ring shell{{530'000'000, 180'000'000}, {530'000'001, 180'000'000}, {530'000'002, 180'000'500},
                        {530'250'000, 180'000'001}, {530'250'000, 180'250'000}, {530'000'000, 180'250'000}};
  const geo::Ring hole{{530'000'004, 180'001'000}, {530'000'005, 180'001'000}, {530'000'005, 180'001'001}, {530'000'004, 180'001'001}};
  const geo::Polygon region{{shell, hole}};
  ASSERT_TRUE(geo::CheckValid({{region}}));
  const auto text = FormatGeoJson(region);
  ASSERT_TRUE(text);
  const auto json = nlohmann::json::parse(*text);
  EXPECT_EQ(json["type"], "Polygon");
  const auto& rings = json["coordinates"];
  ASSERT_EQ(rings.size(), 2U);
  EXPECT_EQ(rings[0].front(), rings[0].back());
  EXPECT_EQ(rings[0].size(), shell.size() + 1);
  const geo::Polygon units = support::InUnitsOf1e9(rings);
  EXPECT_TRUE(geo::IsAnticlockwise(units.rings[0]));
  EXPECT_FALSE(geo::IsAnticlockwise(units.rings[1]));
  const auto valid = geo::CheckValid({{units}});
  EXPECT_TRUE(valid) << valid.error().message;
  EXPECT_EQ(std::set<nlohmann::json>(rings[0].begin(), rings[0].end()).size(), shell.size());
}

}  // namespace
}  // namespace server
