// What PlacementService refuses: by field, limit and remedy.
#include "tests/service/camera_requests.h"
#include "tests/service/refusal_table.h"

namespace service_test {
namespace {

// Read to the end: the status is what the table asks of.
constexpr auto kDrain = [](auto reader, auto piece) {
  while (reader->Read(&piece)) {
  }
  return reader->Finish();
};
constexpr auto kAskSites = [](Clients& clients, const v1::SiteCamerasRequest& request, grpc::ClientContext& context) {
  return kDrain(clients.placement->SiteCameras(&context, request), v1::SiteCamerasResponse());
};
constexpr auto kAskTest = [](Clients& clients, const v1::TestSitingRequest& request, grpc::ClientContext& context) {
  return kDrain(clients.placement->TestSiting(&context, request), v1::TestSitingResponse());
};
constexpr auto kAskPlan = [](Clients& clients, const v1::PlanRedeployablesRequest& request, grpc::ClientContext& context) {
  return kDrain(clients.placement->PlanRedeployables(&context, request), v1::PlanRedeployablesResponse());
};
constexpr auto kAskReview = [](Clients& clients, const v1::ReviewCamerasRequest& request, grpc::ClientContext& context) {
  v1::ReviewCamerasResponse response;
  return clients.placement->ReviewCameras(&context, request, &response);
};
constexpr auto kAskEvidence = [](Clients& clients, const v1::GatherSiteEvidenceRequest& request, grpc::ClientContext& context) {
  v1::GatherSiteEvidenceResponse response;
  return clients.placement->GatherSiteEvidence(&context, request, &response);
};
constexpr auto kAskResponses = [](Clients& clients, const v1::CompareResponsesRequest& request, grpc::ClientContext& context) {
  v1::CompareResponsesResponse response;
  return clients.placement->CompareResponses(&context, request, &response);
};
constexpr auto kAskBearings = [](Clients& clients, const v1::SweepBearingsRequest& request, grpc::ClientContext& context) {
  v1::SweepBearingsResponse response;
  return clients.placement->SweepBearings(&context, request, &response);
};

std::string DraftOf(const std::string& properties, const std::string& geometry) {
  return R"(sites { draft { crs: 'EPSG:27700' geojson: '{"type":"FeatureCollection","features":[{"type":"Feature","properties":)" + properties +
         R"(,"geometry":)" + geometry + "}]}' } }";
}

TEST(CameraRefusals, Sites) {
  const std::string point = R"({"type":"Point","coordinates":[500065,200025]})";
  const Refusal table[] = {
      {"no dataset", "dataset: ''", StatusCode::INVALID_ARGUMENT, "dataset", "datasets/street", "MISSING"},
      {"no such model", "model { id: 'x' }", StatusCode::NOT_FOUND, "model.id", "dome"},
      {"a lens of no height", "model { model { horizontal_pixels: 1920 field_of_view_deg: 60 } }", StatusCode::INVALID_ARGUMENT, "model.model.height_m", "0"},
      {"a lens of no angle", "model { model { horizontal_pixels: 1920 height_m: 4 } }", StatusCode::INVALID_ARGUMENT, "model.model.focal_length_mm",
       "field_of_view_deg"},
      {"no such level", "level: 'x'", StatusCode::INVALID_ARGUMENT, "level", "recognise"},
      {"a level of the other edition", "level: 'perceive'", StatusCode::INVALID_ARGUMENT, "level", "recognise"},
      {"no such site", "sites { ids: 'x' }", StatusCode::NOT_FOUND, "sites.ids[0]", "x"},
      {"a site twice", "sites { ids: 'A' ids: 'A' }", StatusCode::INVALID_ARGUMENT, "sites.ids[1]", "A"},
      {"a bearing over a full turn", "sites { bearings_deg: 361 }", StatusCode::INVALID_ARGUMENT, "sites.bearings_deg[0]", "361"},
      {"no sites left", "sites { ids: 'E' }", StatusCode::FAILED_PRECONDITION, "sites", "power", "NO_SITES"},
      {"fewer than no picks", "picks: -1", StatusCode::INVALID_ARGUMENT, "picks", "500"},
      {"more picks than are sought", "picks: 501", StatusCode::INVALID_ARGUMENT, "picks", "500"},
      {"a budget under nothing", "budget_pence: -1", StatusCode::INVALID_ARGUMENT, "budget_pence", "-1"},
      {"alternatives", "alternatives: 51", StatusCode::INVALID_ARGUMENT, "alternatives", "50"},
      {"share of alternatives", "alternatives_share: 0.6", StatusCode::INVALID_ARGUMENT, "alternatives_share", "0.5"},
      {"frontier", "frontier_points: 51", StatusCode::INVALID_ARGUMENT, "frontier_points", "50"},
      {"draws", "robustness_draws: 1001", StatusCode::INVALID_ARGUMENT, "robustness_draws", "1000"},
      {"cells", "cell_size_m: 5", StatusCode::INVALID_ARGUMENT, "cell_size_m", "10"},
      {"a review in 61 months", "setting { review_months: 61 }", StatusCode::INVALID_ARGUMENT, "setting.review_months", "60"},
      {"blocks of 5 hours", "setting { hours { block_hours: 5 } }", StatusCode::INVALID_ARGUMENT, "setting.hours.block_hours", "1, 2, 3"},
      {"no such evidence", "setting { evidence: 'x' }", StatusCode::NOT_FOUND, "setting.evidence", "studies"},
      {"must cover no ground", "must_cover { id: 'm' }", StatusCode::INVALID_ARGUMENT, "must_cover[0]", "areas"},
      {"must cover eleven times", "must_cover { id: 'm' times: 11 areas { vintage: 'wards-2020' codes: 'E01' } }", StatusCode::INVALID_ARGUMENT,
       "must_cover[0].times", "10"},
      {"must cover what cannot be", "must_cover { id: 'm' areas { vintage: 'wards-2020' codes: 'E01' } }", StatusCode::FAILED_PRECONDITION, "must_cover", "",
       "REQUIREMENTS_NOT_MET"},
      {"draft is no JSON", "sites { draft { geojson: '{' } }", StatusCode::INVALID_ARGUMENT, "sites.draft.geojson", "", "BAD_JSON"},
      {"draft in a system unknown", "sites { draft { geojson: '{}' crs: 'EPSG:3857' } }", StatusCode::INVALID_ARGUMENT, "sites.draft.crs", "EPSG:27700"},
      {"draft of a line", DraftOf(R"({"id":"x"})", R"({"type":"LineString","coordinates":[[500000,200000],[500001,200000]]})"), StatusCode::INVALID_ARGUMENT,
       "sites.draft.features[0].geometry", "Point", "WRONG_GEOMETRY_TYPE"},
      {"draft without an id", DraftOf("{}", point), StatusCode::INVALID_ARGUMENT, "sites.draft.features[0].properties", "id"},
      {"draft in space", DraftOf(R"({"id":"x"})", R"({"type":"Point","coordinates":[5000650,200025]})"), StatusCode::INVALID_ARGUMENT,
       "sites.draft.features[0].geometry", "Great Britain", "OUT_OF_AREA"},
  };
  ExpectAllRefused(table, SitesOf2023(), kAskSites, LoadStreet());
}

TEST(CameraRefusals, NeitherPicksNorBudget) {
  RunningServer running(LoadStreet());
  v1::SiteCamerasRequest request = SitesOf2023();
  request.clear_picks();
  grpc::ClientContext context;
  const auto status = kAskSites(*running.clients, request, context);
  ExpectRefused({"no limit", "", StatusCode::INVALID_ARGUMENT, "picks", "budget", "NO_LIMIT"}, status, context);
}

TEST(CameraRefusals, Tests) {
  const Refusal table[] = {
      {"draws", "draws: 2001", StatusCode::INVALID_ARGUMENT, "draws", "2000"},
      {"core", "core_share: 1.5", StatusCode::INVALID_ARGUMENT, "core_share", "1"},
      {"draws proved beside a choice that is not", "exact: true question { " + kStreetIn2023 + "model { id: 'fixed' } picks: 1 greedy: true }", StatusCode::INVALID_ARGUMENT, "exact", "question.greedy"},
      {"a year without data", "years { calendar_year: 1999 }", StatusCode::FAILED_PRECONDITION, "years[0]", "2021"},
  };
  ExpectAllRefused(table, TestOf2023(), kAskTest, LoadStreet());
}

TEST(CameraRefusals, Review) {
  const Refusal table[] = {
      {"earlier days that meet the recent", "earlier { calendar_year: 2023 }", StatusCode::INVALID_ARGUMENT, "earlier", "before"},
      {"sites without a model", "sites { }", StatusCode::INVALID_ARGUMENT, "model", "model.id", "MISSING"},
      {"need", "rules { need_per_year: -1 }", StatusCode::INVALID_ARGUMENT, "rules.need_per_year", "leave it out for 12"},
      {"share", "rules { least_unique_share: 2 }", StatusCode::INVALID_ARGUMENT, "rules.least_unique_share", "1"},
      {"better by nothing", "rules { better_by: 0 }", StatusCode::INVALID_ARGUMENT, "rules.better_by", "leave it out for 2"},
      {"rate", "false_discovery_rate: 0.9", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "0.5"},
  };
  ExpectAllRefused(table, ReviewOf2023(), kAskReview, LoadStreet());
}

TEST(CameraRefusals, Redeployables) {
  const Refusal table[] = {
      {"no units", "units: []", StatusCode::INVALID_ARGUMENT, "units", "movable units"},
      {"a unit twice", "units { id: 'R' } units { id: 'R' }", StatusCode::INVALID_ARGUMENT, "units[1].id", "R"},
      {"a unit nowhere", "units { id: 'R' at: 'x' }", StatusCode::INVALID_ARGUMENT, "units[0].at", "add it"},
      {"nine quarters", "quarters: 9", StatusCode::INVALID_ARGUMENT, "quarters", "8"},
      {"a plan for days gone by", "first_month { year: 2010 month: 1 }", StatusCode::INVALID_ARGUMENT, "first_month", "2024-01"},
      {"overlap", "most_overlap: 2", StatusCode::INVALID_ARGUMENT, "most_overlap", "1"},
      {"a history of a month", "period { month { year: 2023 month: 1 } }", StatusCode::FAILED_PRECONDITION, "period", "365 days", "HISTORY_TOO_SHORT"},
  };
  ExpectAllRefused(table, UnitsFrom2021(), kAskPlan, LoadStreet());
}

TEST(CameraRefusals, Evidence) {
  const Refusal table[] = {
      {"no such site", "site { id: 'x' }", StatusCode::NOT_FOUND, "site.id", "x"},
      {"no site", "site { }", StatusCode::INVALID_ARGUMENT, "site", "place", "MISSING"},
      {"nowhere", "site { place { easting_m: 1e300 northing_m: 0 } }", StatusCode::INVALID_ARGUMENT, "site.place.easting_m", ""},
      {"far from every area", "site { place { easting_m: 0 northing_m: 0 } }", StatusCode::INVALID_ARGUMENT, "site.place", "m outside the areas", "OUTSIDE_AREAS"},
      {"inside a building", "site { id: 'D' }", StatusCode::FAILED_PRECONDITION, "site", "building", "SITE_INSIDE_BUILDING"},
      {"too few to compare with", "comparable_points: 9", StatusCode::INVALID_ARGUMENT, "comparable_points", "10"},
  };
  ExpectAllRefused(table, EvidenceAtC(), kAskEvidence, LoadStreet());
}

TEST(CameraRefusals, ResponsesAndBearings) {
  const Refusal responses[] = {
      {"a hotspot without ground", "hotspots { id: 'x' }", StatusCode::INVALID_ARGUMENT, "hotspots[0]", "areas"},
      {"a hotspot twice", "hotspots { id: 'x' cells { cells: 's250:r800:c2000' } } hotspots { id: 'x' cells { cells: 's250:r800:c2000' } }",
       StatusCode::INVALID_ARGUMENT, "hotspots[1].id", "x"},
  };
  ExpectAllRefused(responses, ResponsesOf2023(), kAskResponses, LoadStreet());
  const Refusal bearings[] = {
      {"step", "step_deg: 181", StatusCode::INVALID_ARGUMENT, "step_deg", "180"},
      {"share", "keep_share: 1.5", StatusCode::INVALID_ARGUMENT, "keep_share", "1"},
      {"mask", "mask_radius_m: 101", StatusCode::INVALID_ARGUMENT, "mask_radius_m", "100"},
  };
  ExpectAllRefused(bearings, BearingsAtC(), kAskBearings, LoadStreet());
}

// Positions that stand for many real places, and positions coarser than the lens sees: refused, and what could answer is named.
TEST(CameraRefusals, DataThatCannotCarryIt) {
  for (const bool snapped : {true, false}) {
    geo::DrawnDataset town = StreetTown();
    town.record().sources[0].snapped = snapped;
    town.record().sources[0].precision_m = snapped ? 150 : 1000;
    RunningServer running([snapshot = town.build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); });
    grpc::ClientContext context;
    const auto status = kAskSites(*running.clients, SitesOf2023(), context);
    EXPECT_EQ(status.error_code(), StatusCode::FAILED_PRECONDITION) << status.error_message();
    EXPECT_EQ(Detail(context, "wardwatch-reason"), snapped ? "SNAPPED_POINTS" : "PRECISION_COARSER_THAN_RANGE") << status.error_message();
  }
}

TEST(CameraRefusals, ATownWithoutCameras) {
  RunningServer running;
  grpc::ClientContext context;
  v1::ReviewCamerasRequest request;
  request.set_dataset("datasets/town");
  request.mutable_period()->set_calendar_year(2023);
  const auto status = kAskReview(*running.clients, request, context);
  EXPECT_EQ(Detail(context, "wardwatch-reason"), "NO_CAMERAS") << status.error_message();
}

}  // namespace
}  // namespace service_test
