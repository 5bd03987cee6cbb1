#include "server/cli/geojson_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "geo/geodesy/british_grid.h"
#include "server/cli/cell_name.h"
#include "server/cli/ward_geojson.h"
#include "tests/unit/server/cli/canned_answers.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using nlohmann::json;

double SignedArea(const json& ring) {
  double twice = 0;
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
    twice += ring[i][0].get<double>() * ring[i + 1][1].get<double>() - ring[i + 1][0].get<double>() * ring[i][1].get<double>();
  }
  return twice / 2;
}

// What RFC 7946 section 3.1.6 asks of a polygon.
void ExpectPolygon(const json& rings) {
  bool shell = true;
  for (const json& ring : rings) {
    ASSERT_GE(ring.size(), 4U);
    EXPECT_EQ(ring.front(), ring.back());
    EXPECT_EQ(SignedArea(ring) > 0, shell);
    for (const json& point : ring) {
      EXPECT_NEAR(point[0].get<double>(), 0, 1);  // longitude first
      EXPECT_NEAR(point[1].get<double>(), 51, 1);
    }
    shell = false;
  }
}

TEST(CellName, IsReadBackOrRefused) {
  const auto square = ParseCellName("s250:r702:c2291");
  ASSERT_TRUE(square);
  EXPECT_EQ(square->size_mm, 250'000);
  EXPECT_EQ(square->id, (geo::CellId{702, 2291}));
  const auto hexagon = ParseCellName("h12.5:r-3:c7");
  ASSERT_TRUE(hexagon);
  EXPECT_EQ(hexagon->shape, geo::CellShape::kHexagon);
  EXPECT_EQ(hexagon->size_mm, 12'500);
  EXPECT_EQ(hexagon->id, (geo::CellId{-3, 7}));
  for (const char* name : {"", "s250", "x250:r1:c1", "s250:r1", "s250:c1:r1", "s250:r1:c1x", "s250:r1.5:c1", "s0:r1:c1", "sinf:r1:c1", "snan:r1:c1", ":r1:c1",
                           "s250.0:r1:c1", "s250:r01:c1", "s100000:r702:c1"}) {
    EXPECT_FALSE(ParseCellName(name)) << name;
  }
}

TEST(CellName, ReadsWhatTheGridWrites) {
  for (const auto shape : {geo::CellShape::kSquare, geo::CellShape::kHexagon}) {
    for (const std::int32_t size_mm : {1'000, 12'500, 33'333, 250'000, 850'000}) {
      const geo::CellGrid grid(shape, size_mm);
      for (const geo::CellId id : {geo::CellId{0, 0}, geo::CellId{-12, 7}, geo::CellId{702, 2291}}) {
        const auto read = ParseCellName(grid.format(id));
        ASSERT_TRUE(read) << grid.format(id);
        EXPECT_EQ(geo::CellGrid(read->shape, read->size_mm), grid) << grid.format(id);
        EXPECT_EQ(read->id, id) << grid.format(id);
      }
    }
  }
}

TEST(GeoJson, CellsBecomePolygonsAroundTheirCentres) {
  for (const char* prefix : {"s250", "h250"}) {
    api::FindHotspotsResponse answer = canned::Hotspots();
    for (auto& cell : *answer.mutable_cells()) cell.set_cell(prefix + cell.cell().substr(4));
    const auto text = HotspotsGeoJson(answer);
    ASSERT_TRUE(text) << text.error().message;
    const json collection = json::parse(*text);
    EXPECT_EQ(collection["type"], "FeatureCollection");
    EXPECT_EQ(collection["context"]["dataset"], "datasets/medway");
    ASSERT_EQ(collection["features"].size(), 2U);
    const json& feature = collection["features"][0];
    EXPECT_EQ(feature["type"], "Feature");
    EXPECT_EQ(feature["geometry"]["type"], "Polygon");
    ExpectPolygon(feature["geometry"]["coordinates"]);
    EXPECT_EQ(feature["geometry"]["coordinates"][0].size(), prefix[0] == 's' ? 5U : 7U);
    EXPECT_EQ(feature["properties"]["count"], 140);
    EXPECT_EQ(feature["properties"]["persistence"], "PERSISTENCE_PERSISTENT");
    EXPECT_EQ(feature["properties"]["area_title"], "Gillingham, \"North\"");

    // The corners' mean lies at the cell's centre.
    const auto cell = ParseCellName(answer.cells(0).cell());
    const auto earth = geo::BritishGrid::Create();
    ASSERT_TRUE(earth);
    const geo::LatLng centre = earth->to_wgs84(geo::CellGrid(cell->shape, cell->size_mm).centre_of(cell->id));
    const json& ring = feature["geometry"]["coordinates"][0];
    double longitude = 0;
    double latitude = 0;
    for (std::size_t i = 0; i + 1 < ring.size(); ++i) {
      longitude += ring[i][0].get<double>() / static_cast<double>(ring.size() - 1);
      latitude += ring[i][1].get<double>() / static_cast<double>(ring.size() - 1);
    }
    EXPECT_NEAR(longitude, centre.longitude_deg, 1e-6);
    EXPECT_NEAR(latitude, centre.latitude_deg, 1e-6);
  }
}

TEST(GeoJson, SuppressedCountsAreNullAndNamed) {
  api::FindHotspotsResponse answer = canned::Hotspots();
  *answer.mutable_cells(0)->mutable_count() = canned::Suppressed();
  answer.mutable_cells(1)->mutable_count()->set_rounded(120);
  const json features = json::parse(*HotspotsGeoJson(answer))["features"];
  EXPECT_TRUE(features[0]["properties"]["count"].is_null());
  EXPECT_EQ(features[0]["properties"]["count_disclosure"], "suppressed");
  EXPECT_EQ(features[1]["properties"]["count"], 120);
  EXPECT_EQ(features[1]["properties"]["count_disclosure"], "rounded");
}

TEST(GeoJson, ABrokenCellIdIsAnError) {
  api::FindHotspotsResponse answer = canned::Hotspots();
  answer.mutable_cells(0)->set_cell("nonsense");
  EXPECT_FALSE(HotspotsGeoJson(answer));
}

TEST(GeoJson, WardsTakeTheirShapesAndTurnTheirRings) {
  const auto text = WardsGeoJson(canned::Wards(), canned::Areas());
  ASSERT_TRUE(text);
  const json features = json::parse(*text)["features"];
  ASSERT_EQ(features.size(), 6U);
  EXPECT_EQ(features[0]["geometry"]["type"], "MultiPolygon");
  ExpectPolygon(features[0]["geometry"]["coordinates"][0]);
  EXPECT_EQ(features[0]["properties"]["verdict"], "lower");
  EXPECT_EQ(features[0]["properties"]["before_incidents"], 301);
  EXPECT_EQ(features[0]["properties"]["after_incidents"], 199);
  EXPECT_TRUE(features[2]["properties"]["ratio_per_day"].is_null());
  EXPECT_TRUE(features[2]["properties"]["ratio_high_95"].is_null());  // infinity
  EXPECT_TRUE(features[5]["geometry"].is_null());
  EXPECT_EQ(features[5]["properties"]["kind"], "total");
}

TEST(GeoJson, AreasAndTheirBrokenShapes) {
  api::ListAreasResponse areas = canned::Areas();
  const auto text = AreasGeoJson(areas);
  ASSERT_TRUE(text);
  EXPECT_EQ(json::parse(*text)["features"][0]["properties"]["residents"], 10'000.0);
  for (const char* shape :
       {"", "{", "[]", R"({"type":"Point","coordinates":[0,0]})", R"({"type":"MultiPolygon"})", R"({"type":"MultiPolygon","coordinates":[[[[0,0],[1,1]]]]})",
        R"({"type":"MultiPolygon","coordinates":[[[["a",0],[1,1],[1,0],[0,0]]]]})", R"({"type":7})"}) {
    areas.mutable_areas(0)->set_geometry_geojson(shape);
    EXPECT_FALSE(AreasGeoJson(areas)) << shape;
  }
}

TEST(GeoJson, IncidentsArePointsOrPlaceless) {
  api::Incident unlocated = canned::LocatedIncident();
  unlocated.clear_position();
  const std::string text = kIncidentsHead + IncidentFeature(canned::LocatedIncident()) + ",\n" + IncidentFeature(unlocated) + IncidentsTail(canned::Context());
  const json collection = json::parse(text);
  EXPECT_EQ(collection["features"][0]["geometry"]["coordinates"], json::parse("[0.5123457,51.3876543]"));
  EXPECT_TRUE(collection["features"][1]["geometry"].is_null());
  EXPECT_EQ(collection["context"]["answer_hash"], std::string(64, 'c'));
}

}  // namespace
}  // namespace server
