// PlanningService over the wire: what is answered adds up, what is absurd is refused by field, limit and remedy.
#include <gmock/gmock.h>

#include <algorithm>

#include "server/codec/answer_context.h"
#include "tests/service/refusal_table.h"
#include "tests/service/ward_requests.h"

namespace service_test {
namespace {

v1::RankPrioritiesRequest Priorities() { return Parsed<v1::RankPrioritiesRequest>("dataset: 'datasets/town' period { calendar_year: 2023 }"); }
v1::ProfilePlaceRequest ProfileOfE01() {
  return Parsed<v1::ProfilePlaceRequest>("dataset: 'datasets/town' period { calendar_year: 2023 } areas { vintage: 'wards-2022' codes: 'E01' }");
}

constexpr auto kAskPriorities = [](Clients& clients, const v1::RankPrioritiesRequest& request, grpc::ClientContext& context) {
  v1::RankPrioritiesResponse response;
  return clients.planning->RankPriorities(&context, request, &response);
};
constexpr auto kAskProfile = [](Clients& clients, const v1::ProfilePlaceRequest& request, grpc::ClientContext& context) {
  v1::ProfilePlaceResponse response;
  return clients.planning->ProfilePlace(&context, request, &response);
};

struct PlanQuestions : ::testing::Test {
  RunningServer running;
  v1::RankPrioritiesResponse ranked(const v1::RankPrioritiesRequest& request) {
    v1::RankPrioritiesResponse response;
    grpc::ClientContext context;
    const auto status = running.clients->planning->RankPriorities(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  v1::ProfilePlaceResponse profiled(const v1::ProfilePlaceRequest& request) {
    v1::ProfilePlaceResponse response;
    grpc::ClientContext context;
    const auto status = running.clients->planning->ProfilePlace(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
};

TEST_F(PlanQuestions, PrioritiesAddUpAndSayHow) {
  v1::RankPrioritiesRequest request = Priorities();
  request.mutable_capacity()->set_hours_per_week(16);
  v1::RankPrioritiesResponse answer = ranked(request);
  ASSERT_GT(answer.priorities_size(), 1);
  EXPECT_TRUE(answer.hours_told());
  for (const v1::Priority& priority : answer.priorities()) {
    double points = 0;
    for (const v1::WorkstreamScore& score : priority.workstreams()) {
      const v1::ScorePoints& parts = score.points();
      points += parts.volume() + parts.harm() + parts.persistence() + parts.trend() + parts.concern();
    }
    EXPECT_NEAR(points, priority.score(), 1e-9);
    EXPECT_THAT(priority.reasons(), ::testing::Not(::testing::IsEmpty()));
    EXPECT_LE(priority.harm_without_largest(), priority.harm());
    EXPECT_FALSE(priority.cell().empty());
  }
  const v1::PlanCoverage& at = answer.coverage();
  EXPECT_EQ(at.visits(), 2);
  EXPECT_NEAR(at.covered() + at.elsewhere() + at.outside() + at.unlocated() + at.hour_unknown(), at.targeted(), 1e-9);
  // Very high sensitivity is not told by cell.
  ASSERT_EQ(answer.left_out_size(), 1);
  EXPECT_EQ(answer.left_out(0).workstream(), "disorder");
  EXPECT_EQ(answer.left_out(0).reason(), "TIER_NEEDS_AREAS");
  ASSERT_EQ(answer.workstreams_size(), 2);
  EXPECT_EQ(answer.workstreams(0).proxy(), "stands in for what nobody reports");
  EXPECT_GT(answer.context().method().size(), 40U);
  const std::string hash = answer.context().answer_hash();
  answer.mutable_context()->clear_answer_hash();
  EXPECT_EQ(hash, geo::Sha256Hex(server::DeterministicBytes(answer)));
}

TEST_F(PlanQuestions, ByAreaEveryWorkstreamIsTold) {
  v1::RankPrioritiesRequest request = Priorities();
  request.set_places(v1::PLACE_UNIT_AREAS);
  request.mutable_hours()->set_block_hours(168);
  const v1::RankPrioritiesResponse answer = ranked(request);
  EXPECT_EQ(answer.left_out_size(), 0);
  EXPECT_EQ(answer.workstreams_size(), 3);
  ASSERT_EQ(answer.priorities_size(), 2);
  EXPECT_FALSE(answer.priorities(0).has_hours());
  EXPECT_EQ(answer.priorities(0).area_code(), "E01");
}

TEST_F(PlanQuestions, AProfileSaysWhatItKnowsAndWhatItCannot) {
  const v1::ProfilePlaceResponse answer = profiled(ProfileOfE01());
  ASSERT_EQ(answer.workstreams_size(), 3);
  EXPECT_EQ(answer.title(), "Ward E01");
  EXPECT_DOUBLE_EQ(answer.area_km2(), 1);
  const v1::WorkstreamProfile& street = answer.workstreams(2);
  EXPECT_EQ(street.workstream(), "street");
  EXPECT_GT(street.incidents().exact(), 0);
  EXPECT_EQ(street.peers(), 2);
  EXPECT_GT(street.hours_size(), 0);
  EXPECT_EQ(street.rates_size(), 1);
  EXPECT_TRUE(std::any_of(answer.cannot_say().begin(), answer.cannot_say().end(), [](const auto& said) { return said.workstream() == "disorder" && said.reason() == "TOO_FEW"; }))
      << answer.DebugString();
}

TEST_F(PlanQuestions, ADrawnWardIsTheWard) {
  v1::ProfilePlaceRequest request = ProfileOfE01();
  const v1::ProfilePlaceResponse ward = profiled(request);
  request.mutable_shape()->set_id("square");
  request.mutable_shape()->set_crs("EPSG:27700");
  request.mutable_shape()->set_geojson(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
      [[[500000,200000],[501000,200000],[501000,201000],[500000,201000],[500000,200000]]]}}]})");
  const v1::ProfilePlaceResponse shape = profiled(request);
  // Very high sensitivity is not told of a shape.
  ASSERT_EQ(shape.workstreams_size(), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(shape.workstreams(i).workstream(), ward.workstreams(i + 1).workstream());
    EXPECT_EQ(shape.workstreams(i).incidents().exact(), ward.workstreams(i + 1).incidents().exact());
    EXPECT_FALSE(shape.workstreams(i).has_rank());
  }
}

TEST_F(PlanQuestions, AProfileOfNoPlaceIsRefused) {
  v1::ProfilePlaceRequest request = ProfileOfE01();
  request.clear_place();
  grpc::ClientContext context;
  const auto status = kAskProfile(*running.clients, request, context);
  ExpectRefused({"no place", "", StatusCode::INVALID_ARGUMENT, "place", "areas", "MISSING"}, status, context);
}

TEST(PlanRefusals, Priorities) {
  const Refusal table[] = {
      {"no dataset", "dataset: ''", StatusCode::INVALID_ARGUMENT, "dataset", "datasets/town", "MISSING"},
      {"two years", "period { days { begin { year: 2021 month: 1 day: 1 } end { year: 2023 month: 1 day: 1 } } }", StatusCode::INVALID_ARGUMENT, "period",
       "at most a year"},
      {"unknown workstream", "workstreams { workstream: 'x' }", StatusCode::NOT_FOUND, "workstreams[0]", "disorder", "UNKNOWN_WORKSTREAM"},
      {"workstream twice", "workstreams { workstream: 'night' } workstreams { workstream: 'night' }", StatusCode::INVALID_ARGUMENT, "workstreams[1]", "once"},
      {"negative weight", "workstreams { workstream: 'night' weight: -1 }", StatusCode::INVALID_ARGUMENT, "workstreams[0].weight", "-1"},
      {"weight NaN", "workstreams { workstream: 'night' weight: nan }", StatusCode::INVALID_ARGUMENT, "workstreams[0].weight", "nan"},
      {"weights sum to zero", "workstreams { workstream: 'night' weight: 0 }", StatusCode::INVALID_ARGUMENT, "workstreams", "weights", "WEIGHTS_ARE_ZERO"},
      {"parts sum to zero", "part_weights { volume: 0 harm: 0 persistence: 0 trend: 0 concern: 0 }", StatusCode::INVALID_ARGUMENT, "part_weights", "weigh 0",
       "WEIGHTS_ARE_ZERO"},
      {"infinite part", "part_weights { trend: inf }", StatusCode::INVALID_ARGUMENT, "part_weights.trend", "inf"},
      {"no such table", "weight_table: 'x'", StatusCode::NOT_FOUND, "weight_table", "harm", "UNKNOWN_WEIGHT_TABLE"},
      {"unknown vintage", "vintage: 'x'", StatusCode::NOT_FOUND, "vintage", "wards-2022", "UNKNOWN_VINTAGE"},
      {"areas of another vintage", "areas { vintage: 'wards-2015' codes: 'W01' }", StatusCode::INVALID_ARGUMENT, "areas.vintage", "wards-2022"},
      {"cells of areas", "places: PLACE_UNIT_AREAS cells { cell_size_m: 250 }", StatusCode::INVALID_ARGUMENT, "cells", "areas", "NOT_TOGETHER"},
      {"cells of nothing", "cells { cell_size_m: 1 }", StatusCode::INVALID_ARGUMENT, "cells.cell_size_m", "10"},
      {"blocks of five hours", "hours { block_hours: 5 }", StatusCode::INVALID_ARGUMENT, "hours.block_hours", "1, 2, 3"},
      {"the 24th hour", "hours { first_hour: 24 }", StatusCode::INVALID_ARGUMENT, "hours.first_hour", "23"},
      {"capacity of zero", "capacity { hours_per_week: 0 }", StatusCode::INVALID_ARGUMENT, "capacity.hours_per_week", "0"},
      {"visits without number", "capacity { hours_per_week: 40 visit_hours: 1e-300 }", StatusCode::INVALID_ARGUMENT, "capacity.hours_per_week", "4e+301 visits"},
      {"capacity under a visit", "capacity { hours_per_week: 3 visit_hours: 4 }", StatusCode::INVALID_ARGUMENT, "capacity.hours_per_week", "visit"},
      {"visits longer than a block", "capacity { hours_per_week: 40 visit_hours: 9 }", StatusCode::INVALID_ARGUMENT, "capacity.visit_hours", "block"},
      {"too many teams", "capacity { hours_per_week: 40 teams: 1001 }", StatusCode::INVALID_ARGUMENT, "capacity.teams", "1000"},
      {"limit", "limit: 1001", StatusCode::INVALID_ARGUMENT, "limit", "1000"},
      {"draws", "draws: 99", StatusCode::INVALID_ARGUMENT, "draws", "100"},
      {"spread", "weight_spread: 1", StatusCode::INVALID_ARGUMENT, "weight_spread", "leave it out for 0.2"},
      {"seed", "seed: -1", StatusCode::INVALID_ARGUMENT, "seed", "-1"},
      {"rate", "false_discovery_rate: 0.9", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "0.5"},
      {"only what cells may not tell", "workstreams { workstream: 'disorder' }", StatusCode::FAILED_PRECONDITION, "workstreams", "sensitivity",
       "TIER_NEEDS_AREAS"},
  };
  ExpectAllRefused(table, Priorities(), kAskPriorities);
}

TEST(PlanRefusals, Profile) {
  const Refusal table[] = {
      {"unknown area", "areas { vintage: 'wards-2022' codes: 'X' }", StatusCode::NOT_FOUND, "areas.codes[0]", "E01"},
      {"not a cell", "cells { cells: 'nowhere' }", StatusCode::INVALID_ARGUMENT, "cells.cells[0]", "nowhere"},
      {"no cells", "cells { }", StatusCode::INVALID_ARGUMENT, "cells.cells", "name", "MISSING"},
      {"cells of two grids", "cells { cells: 's250:r800:c2000' cells: 's500:r400:c1000' }", StatusCode::INVALID_ARGUMENT, "cells.cells[1]", "grid"},
      {"cell twice", "cells { cells: 's250:r800:c2000' cells: 's250:r800:c2000' }", StatusCode::INVALID_ARGUMENT, "cells.cells[1]", "once"},
      {"cell far away", "cells { cells: 's250:r0:c0' }", StatusCode::NOT_FOUND, "cells.cells", "outside"},
      {"shape without a name", "shape { }", StatusCode::INVALID_ARGUMENT, "shape.id", "missing", "MISSING"},
      {"shape of another system", "shape { id: 'x' crs: 'EPSG:3857' }", StatusCode::INVALID_ARGUMENT, "shape.crs", "EPSG:27700", "UNKNOWN_CRS"},
      {"unknown workstream", "workstreams: 'x'", StatusCode::NOT_FOUND, "workstreams[0]", "disorder", "UNKNOWN_WORKSTREAM"},
      {"the whole week", "hours { block_hours: 168 }", StatusCode::INVALID_ARGUMENT, "hours.block_hours", "whole week"},
      {"two vintages", "vintage: 'wards-2015'", StatusCode::INVALID_ARGUMENT, "areas.vintage", "wards-2022"},
  };
  ExpectAllRefused(table, ProfileOfE01(), kAskProfile);
}

}  // namespace
}  // namespace service_test
