#include "server/cli/ward_geojson.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/unit/server/cli/canned_ward_answers.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

using nlohmann::json;

// The features of a collection; every one of them has the shape that its kind asks for.
json Features(const geo::Result<std::string>& text) {
  EXPECT_TRUE(text);
  const json collection = json::parse(text ? *text : "{}");
  EXPECT_EQ(collection["type"], "FeatureCollection");
  EXPECT_EQ(collection["context"]["vintage"], "wards-2023");
  return collection["features"];
}

TEST(WardGeoJson, YearsNumberTheirProperties) {
  const json features = Features(YearsGeoJson(canned::Years(), canned::Areas()));
  ASSERT_EQ(features.size(), 4U);
  EXPECT_EQ(features[0]["geometry"]["type"], "MultiPolygon");
  EXPECT_TRUE(features[1]["geometry"].is_null());  // no shape came for it
  EXPECT_TRUE(features[3]["geometry"].is_null());
  const json& watling = features[0]["properties"];
  EXPECT_EQ(watling["periods"], json::parse(R"(["2021","2022","2023","2024"])"));
  EXPECT_EQ(watling["incidents_4"], 199);
  EXPECT_EQ(watling["from_previous_verdict_4"], "lower");
  EXPECT_EQ(watling["rank_low_90_4"], 1);
  EXPECT_TRUE(watling["rank_1"].is_null());
  EXPECT_TRUE(watling["from_previous_percent_1"].is_null());
  EXPECT_TRUE(features[1]["properties"]["from_previous_percent_4"].is_null());
}

TEST(WardGeoJson, RanksNameTheirDenominators) {
  const json features = Features(RankGeoJson(canned::Ranks(), canned::Areas()));
  ASSERT_EQ(features.size(), 3U);
  const json& chatham = features[0]["properties"];
  EXPECT_EQ(chatham["funnel_class"], "above 99.8 %");
  EXPECT_EQ(chatham["rank_high_90_residents"], 2);
  EXPECT_EQ(chatham["rate_per_year_km2"], 921.6);
  EXPECT_EQ(chatham["label"], "robust");
  EXPECT_TRUE(features[2]["properties"]["expected"].is_null());
  EXPECT_TRUE(features[2]["properties"]["rate_per_year_residents"].is_null());
}

TEST(WardGeoJson, TrendsCarryTheirMonths) {
  const json features = Features(TrendGeoJson(canned::ManyTrends(), canned::Areas()));
  ASSERT_EQ(features.size(), 3U);
  const json& watling = features[0]["properties"];
  EXPECT_EQ(watling["incidents"], json::parse("[100,200,100,null,20]"));
  EXPECT_EQ(watling["month_use"][3], "missing");
  EXPECT_EQ(watling["verdict"], "no clear change");
  EXPECT_EQ(watling["forecast_95_high"], 1500);
  EXPECT_TRUE(features[1]["properties"]["slope_per_year"].is_null());
  EXPECT_TRUE(features[1]["properties"]["forecast_expected"].is_null());
}

TEST(WardGeoJson, BoundariesAddUp) {
  const json features = Features(BoundariesGeoJson(canned::Boundaries(), canned::Areas()));
  ASSERT_EQ(features.size(), 5U);
  EXPECT_EQ(features[0]["geometry"]["type"], "MultiPolygon");
  for (const json& feature : features) {
    const json& row = feature["properties"];
    EXPECT_EQ(row["naive_difference"].get<int>(), row["boundary_moved"].get<int>() + row["incidents_changed"].get<int>());
  }
  EXPECT_TRUE(features[2]["geometry"].is_null());
  EXPECT_TRUE(features[1]["properties"]["predecessor_share_kept"].is_null());
}

TEST(WardGeoJson, CrosswalkCarriesItsBounds) {
  const json features = Features(CrosswalkGeoJson(canned::Crosswalk(), canned::Areas()));
  ASSERT_EQ(features.size(), 3U);
  EXPECT_EQ(features[1]["properties"]["high"], 400);
  EXPECT_EQ(features[1]["properties"]["not_published"], 1);
}

TEST(WardGeoJson, ABrokenShapeIsAnError) {
  api::ListAreasResponse areas = canned::Areas();
  areas.mutable_areas(0)->set_geometry_geojson("[]");
  EXPECT_FALSE(YearsGeoJson(canned::Years(), areas));
}

}  // namespace
}  // namespace server
