#include "server/codec/boundary_codec.h"

#include "server/limits.h"
#include "tests/unit/server/codec/town_request.h"

namespace server {
namespace {

using namespace town_request;
using wardwatch::v1::CompareBoundariesRequest;
using wardwatch::v1::CompareBoundariesResponse;

const std::string kBase = "dataset: 'datasets/town' before { calendar_year: 2021 } after { calendar_year: 2023 } ";
// The two wards of 2022 as one, on the Grid.
const std::string kDraft =
    R"(draft { id: "draft-1" code_property: "code" crs: "EPSG:27700" geojson: '{"type":"FeatureCollection","features":[{"type":"Feature",)"
    R"("properties":{"code":7},"geometry":{"type":"Polygon","coordinates":[[[500000,200000],[502000,200000],[502000,201000],[500000,201000],[500000,200000]]]}}]}' } )";

TEST(DecodeCompareBoundaries, FromTheFirstDayToTheLast) {
  const auto call = DecodeCompareBoundaries(Parsed<CompareBoundariesRequest>(kBase), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.from_vintage, 0U);
  EXPECT_EQ(call->query.to_vintage, 1U);
  EXPECT_FALSE(call->draft);
  EXPECT_EQ(ValueOf(call->parameters, "from_vintage"), "wards-2015");
  EXPECT_EQ(ValueOf(call->parameters, "to_vintage"), "wards-2022");
}

TEST(DecodeCompareBoundaries, TheOtherWayRound) {
  const auto call = DecodeCompareBoundaries(
      Parsed<CompareBoundariesRequest>(kBase + "from_vintage: 'wards-2022' to_vintage: 'wards-2015' false_discovery_rate: 0.01 filter { sources: 'police' }"),
      Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.from_vintage, 1U);
  EXPECT_EQ(call->query.to_vintage, 0U);
  EXPECT_EQ(call->query.false_discovery_rate, 0.01);
}

TEST(DecodeCompareBoundaries, RefusesByName) {
  ExpectRefused<CompareBoundariesRequest>(kBase,
                                          {
                                              {"from_vintage: 'wards-2022'", "to_vintage", "SAME_VINTAGE", "wards-2022"},
                                              {"from_vintage: 'x'", "from_vintage", "UNKNOWN_VINTAGE", "wards-2015"},
                                              {"to_vintage: 'x'", "to_vintage", "UNKNOWN_VINTAGE", "wards-2015"},
                                              {"filter { areas { vintage: 'wards-2022' codes: 'E01' } }", "filter.areas", "NOT_TOGETHER", "conserved"},
                                              {"draft {}", "draft.id", "MISSING", "draft-2028"},
                                              {"draft { id: 'a b' }", "draft.id", "BAD_NAME", "letters"},
                                              {"draft { id: 'wards-2022' code_property: 'c' geojson: '{}' }", "draft.id", "OUT_OF_RANGE", "loaded vintage"},
                                              {"draft { id: 'd' code_property: 'c' geojson: '{}' crs: 'EPSG:3857' }", "draft.crs", "UNKNOWN_CRS", "EPSG:27700"},
                                              {"draft { id: 'd' geojson: '{}' }", "draft.code_property", "MISSING", "code"},
                                              {"draft { id: 'd' code_property: 'c' }", "draft.geojson", "MISSING", "FeatureCollection"},
                                          },
                                          DecodeCompareBoundaries);
}

TEST(DecodeCompareBoundaries, ADraftOfAtMost768KiB) {
  auto request = Parsed<CompareBoundariesRequest>(kBase + kDraft);
  request.mutable_draft()->mutable_geojson()->append(std::string(limits::kDraftBytes - request.draft().geojson().size(), ' '));
  EXPECT_TRUE(DecodeCompareBoundaries(request, Town()));
  request.mutable_draft()->mutable_geojson()->append(" ");
  const auto call = DecodeCompareBoundaries(request, Town());
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().field, "draft.geojson");
  EXPECT_EQ(call.error().reason, "TOO_LARGE");
}

TEST(CompareBoundaries, ADraftIsCountedOnAndNamed) {
  const auto call = DecodeCompareBoundaries(Parsed<CompareBoundariesRequest>(kBase + kDraft), Town());
  ASSERT_TRUE(call) << call.error().message;
  const auto outcome = ComputeBoundaries(*call, geo::NeverStop());
  ASSERT_TRUE(outcome) << outcome.error().message;
  CompareBoundariesResponse response;
  ASSERT_TRUE(EncodeCompareBoundaries(*call, geo::Disclose(*outcome, geo::Role::kAnalyst), response));
  EXPECT_EQ(response.to_vintage(), "draft-1");
  EXPECT_EQ(response.from_vintage(), "wards-2015");
  const auto& row = response.rows(0);
  EXPECT_EQ(row.area_code(), "7");
  EXPECT_EQ(row.area_title(), "7");
  EXPECT_EQ(row.predecessor_code(), "W01");  // half of the old ward, and all of the new
  EXPECT_EQ(row.predecessor_share_kept(), 0.5);
  EXPECT_EQ(row.area_km2(), 2);
  EXPECT_EQ(row.naive_difference().exact(), row.boundary_moved().exact() + row.incidents_changed().exact());
  std::int64_t moved = 0;
  for (const auto& each : response.rows()) {
    if (each.kind() != wardwatch::v1::ROW_KIND_TOTAL) moved += each.boundary_moved().exact();
  }
  EXPECT_EQ(moved, 0);
  Parameters told;
  for (const auto& parameter : response.context().parameters()) told.emplace_back(parameter.name(), parameter.value());
  EXPECT_EQ(ValueOf(told, "draft.areas"), "1");
  EXPECT_EQ(ValueOf(told, "draft.overlaps"), "none");
  EXPECT_EQ(ValueOf(told, "draft.crs"), "EPSG:27700");
  EXPECT_EQ(ValueOf(told, "draft.transformation"), "(absent)");  // nothing was transformed
}

TEST(CompareBoundaries, ADraftThatCannotBeReadIsRefusedByTheWorker) {
  auto request = Parsed<CompareBoundariesRequest>(kBase + kDraft);
  request.mutable_draft()->set_geojson("[]");
  const auto call = DecodeCompareBoundaries(request, Town());
  ASSERT_TRUE(call) << call.error().message;
  const auto outcome = ComputeBoundaries(*call, geo::NeverStop());
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().field, "draft.geojson");
  EXPECT_EQ(outcome.error().reason, "NOT_GEOJSON");
}

}  // namespace
}  // namespace server
