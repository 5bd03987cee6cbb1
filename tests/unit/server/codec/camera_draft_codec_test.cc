// Sites and buildings that come with a request: what is taken, and every way to be refused by name.
#include "server/codec/camera_draft_codec.h"

#include <gmock/gmock.h>

#include "server/limits.h"

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;

v1::DraftFeatures DraftOf(std::string geojson, const std::string& crs = "EPSG:27700") {
  v1::DraftFeatures draft;
  draft.set_geojson(std::move(geojson));
  draft.set_crs(crs);
  return draft;
}

std::string Feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}
std::string Collection(const std::string& features) { return R"({"type":"FeatureCollection","features":[)" + features + "]}"; }
std::string Site(const std::string& properties) { return Feature(properties, R"({"type":"Point","coordinates":[500010,200020]})"); }
std::string Square(const std::string& ring) { return Feature("", R"({"type":"Polygon","coordinates":[)" + ring + "]}"); }

std::string Refused(const std::string& geojson, const std::string& crs = "EPSG:27700") {
  const auto sites = DecodeDraftSites(DraftOf(geojson, crs), "sites.draft");
  return sites ? std::string() : sites.error().reason + " " + sites.error().field;
}
std::string RefusedBuildings(const std::string& geojson) {
  const auto index = DecodeDraftBuildings(DraftOf(geojson), "setting.buildings");
  return index ? std::string() : index.error().reason + " " + index.error().field;
}

TEST(DraftSites, AreReadAsSent) {
  const auto sites =
      DecodeDraftSites(DraftOf(Collection(Site(R"("id":"B","height_m":5.5,"cost_pence":450000,"on_building":true)") + "," + Site(R"("id":"A")"))), "d");
  ASSERT_TRUE(sites) << sites.error().message;
  ASSERT_EQ(sites->size(), 2U);
  EXPECT_EQ((*sites)[0].id, "B");
  EXPECT_EQ((*sites)[0].at, geo::GridPoint::FromMeters(500010, 200020));
  EXPECT_EQ((*sites)[0].height_m, 5.5);
  EXPECT_EQ((*sites)[0].cost_pence, 450'000);
  EXPECT_TRUE((*sites)[0].on_building);
  EXPECT_EQ((*sites)[1].height_m, std::nullopt) << "the model's";
}

TEST(DraftSites, DegreesAreTheDefault) {
  const auto sites = DecodeDraftSites(DraftOf(Collection(Feature(R"("id":"A")", R"({"type":"Point","coordinates":[-0.55,51.69]})")), ""), "d");
  ASSERT_TRUE(sites) << sites.error().message;
  EXPECT_NEAR((*sites)[0].at.easting_m(), 500'300, 400);
}

TEST(DraftSites, BadOnesAreRefusedByName) {
  EXPECT_EQ(Refused("{"), "BAD_JSON sites.draft.geojson");
  EXPECT_EQ(Refused(R"({"a":1,"a":2})"), "REPEATED sites.draft.geojson");
  EXPECT_EQ(Refused(std::string(100, '[')), "TOO_DEEP sites.draft.geojson");
  EXPECT_EQ(Refused("[]"), "NOT_GEOJSON sites.draft.geojson");
  EXPECT_EQ(Refused(Collection("")), "NO_FEATURES sites.draft.geojson");
  EXPECT_EQ(Refused(Collection("3")), "NOT_GEOJSON sites.draft.features[0]");
  EXPECT_EQ(Refused(Collection(Feature(R"("id":"A")", R"({"type":"Polygon","coordinates":[]})"))), "WRONG_GEOMETRY_TYPE sites.draft.features[0].geometry");
  EXPECT_EQ(Refused(Collection(Feature(R"("id":"A")", R"({"type":"Point","coordinates":["x"]})"))), "BAD_COORDINATE sites.draft.features[0].geometry");
  EXPECT_EQ(Refused(Collection(Site(R"("id":"A")")), "EPSG:4326"), "OUT_OF_AREA sites.draft.features[0].geometry") << "metres, said to be degrees";
  EXPECT_EQ(Refused(Collection(Site(""))), "MISSING sites.draft.features[0].properties");
  EXPECT_EQ(Refused(Collection(Site(R"("id":7)"))), "MISSING sites.draft.features[0].properties");
  EXPECT_EQ(Refused(Collection(Site(R"("id":"a b")"))), "BAD_NAME sites.draft.features[0].properties");
  for (const char* bad :
       {R"("height_m":0)", R"("height_m":101)", R"("height_m":"5")", R"("cost_pence":-1)", R"("cost_pence":1e30)", R"("on_building":"yes")"}) {
    EXPECT_EQ(Refused(Collection(Site(std::string(R"("id":"A",)") + bad))), "BAD_PROPERTY sites.draft.features[0].properties") << bad;
  }
  EXPECT_EQ(Refused(Collection(Site(R"("id":"A")") + "," + Site(R"("id":"A")"))), "REPEATED sites.draft.features[1].properties");
}

TEST(DraftBuildings, AreLaidIntoAnIndex) {
  const std::string ring = "[[500000,200000],[500010,200000],[500010,200010],[500000,200010],[500000,200000]]";
  const auto index = DecodeDraftBuildings(DraftOf(Collection(Square(ring) + "," + Square(ring))), "setting.buildings");
  ASSERT_TRUE(index) << index.error().message;
  EXPECT_EQ(index->size(), 2U) << "footprints may lie over each other";
  EXPECT_EQ(RefusedBuildings("{"), "BAD_JSON setting.buildings.geojson");
  EXPECT_EQ(RefusedBuildings(Collection(Square("[[5,2],[6,2],[6,3],[5,2]]"))), "") << "small is not wrong";
  EXPECT_NE(RefusedBuildings(Collection(Square("[[500000,200000],[500010,200000],[500000,200000]]"))), "");
  EXPECT_NE(RefusedBuildings(Collection(Site(R"("id":"A")"))), "");
}

TEST(DraftFeatures, AreJudgedBeforeTheyAreOpened) {
  EXPECT_EQ(CheckDraftFeatures(DraftOf(""), "d").error().reason, "MISSING");
  EXPECT_EQ(CheckDraftFeatures(DraftOf(std::string(limits::kDraftFeatureBytes + 1, ' ')), "d").error().reason, "TOO_LARGE");
  EXPECT_EQ(CheckDraftFeatures(DraftOf("{}", "EPSG:3857"), "d").error().reason, "UNKNOWN_CRS");
  EXPECT_TRUE(CheckDraftFeatures(DraftOf("{}", ""), "d"));
}

}  // namespace
}  // namespace server
