// Every RPC answers, adds up, and says how.
#include <gmock/gmock.h>

#include "server/codec/answer_context.h"
#include "tests/service/running_server.h"

namespace service_test {
namespace {

using ::testing::HasSubstr;

struct Happy : ::testing::Test {
  RunningServer running;
  grpc::ClientContext context;
};

// Every answer can be hashed again by its reader.
template <class Response>
void ExpectContext(Response response, const std::string& dataset) {
  EXPECT_EQ(response.context().dataset(), dataset);
  EXPECT_EQ(response.context().snapshot().size(), 16U);
  EXPECT_EQ(response.context().disclosure_rule(), "analyst: exact counts");
  EXPECT_FALSE(response.context().method().empty());
  const std::string hash = response.context().answer_hash();
  response.mutable_context()->clear_answer_hash();
  EXPECT_EQ(hash, geo::Sha256Hex(server::DeterministicBytes(response)));
}

std::string ParameterOf(const v1::AnswerContext& context, const std::string& name) {
  for (const auto& parameter : context.parameters()) {
    if (parameter.name() == name) return parameter.value();
  }
  return "(absent)";
}

TEST_F(Happy, ListDatasets) {
  v1::ListDatasetsResponse response;
  ASSERT_TRUE(running.clients->datasets->ListDatasets(&context, {}, &response).ok());
  ASSERT_EQ(response.datasets_size(), 1);
  EXPECT_EQ(response.datasets(0).name(), "datasets/town");
  EXPECT_EQ(response.datasets(0).incidents() - response.datasets(0).located(), 48);
  ExpectContext(response, "");
}

TEST_F(Happy, GetDataset) {
  v1::GetDatasetRequest request;
  request.set_name("datasets/town");
  v1::GetDatasetResponse response;
  ASSERT_TRUE(running.clients->datasets->GetDataset(&context, request, &response).ok());
  const v1::Dataset& town = response.dataset();
  ASSERT_EQ(town.vintages_size(), 2);
  EXPECT_EQ(town.vintages(0).id(), "wards-2015");
  EXPECT_EQ(town.vintages(1).area_count(), 2);
  EXPECT_EQ(town.vintages(1).population_years_size(), 2);
  ASSERT_EQ(town.sources_size(), 2);
  EXPECT_EQ(town.sources(1).time(), v1::TIME_KNOWLEDGE_MONTH);
  EXPECT_EQ(town.categories(1).kind(), v1::CATEGORY_KIND_INCIDENT);
  EXPECT_EQ(town.extent().begin().year(), 2020);
  EXPECT_EQ(town.extent().end().year(), 2024);
  ASSERT_EQ(town.breaks_size(), 1);
  ExpectContext(response, "datasets/town");
}

TEST_F(Happy, GetCoverage) {
  v1::GetCoverageRequest request;
  request.set_dataset("datasets/town");
  request.add_sources("council");
  v1::GetCoverageResponse response;
  ASSERT_TRUE(running.clients->datasets->GetCoverage(&context, request, &response).ok());
  ASSERT_EQ(response.months_size(), 48);
  for (const auto& month : response.months()) {
    EXPECT_EQ(month.source(), "council");
    EXPECT_EQ(month.state(), v1::MONTH_STATE_COMPLETE);
    EXPECT_EQ(month.incidents().exact(), 3);
    EXPECT_EQ(month.hour_known_share(), 0);
    EXPECT_EQ(month.located_share(), 1);
  }
  EXPECT_EQ(ParameterOf(response.context(), "sources"), "council");
  ExpectContext(response, "datasets/town");
}

TEST_F(Happy, ListAreasWithShapes) {
  v1::ListAreasRequest request;
  request.set_dataset("datasets/town");
  request.set_with_geometry(true);
  v1::ListAreasResponse response;
  ASSERT_TRUE(running.clients->datasets->ListAreas(&context, request, &response).ok());
  ASSERT_EQ(response.areas_size(), 2);
  EXPECT_EQ(response.areas(0).name(), "datasets/town/areas/wards-2022/E01");
  EXPECT_DOUBLE_EQ(response.areas(0).area_km2(), 1);
  EXPECT_EQ(response.areas(0).residents(), 5100);
  EXPECT_EQ(response.areas(0).residents_year(), 2023);
  EXPECT_THAT(response.areas(0).geometry_geojson(), ::testing::StartsWith(R"({"type":"MultiPolygon","coordinates":[[[[-)"));
  ExpectContext(response, "datasets/town");
}

TEST_F(Happy, FindHotspots) {
  auto request = HotspotsOf2023();
  request.set_share(0.5);
  request.set_selection(v1::CELL_SELECTION_OCCUPIED);
  v1::FindHotspotsResponse response;
  const auto status = running.clients->hotspots->FindHotspots(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_GT(response.cells_size(), 3);
  std::int64_t counted = response.unlocated().exact();
  for (const auto& cell : response.cells()) counted += cell.count().exact();
  EXPECT_EQ(counted, response.incidents().exact());
  EXPECT_EQ(response.cells_size(), response.occupied_cells());
  EXPECT_EQ(response.cells(0).count().exact(), 9 * 12);
  EXPECT_TRUE(response.cells(0).hot());
  EXPECT_EQ(response.cells(0).rank(), 1);
  EXPECT_EQ(response.cells(0).persistence(), v1::PERSISTENCE_PERSISTENT);
  EXPECT_EQ(response.years_size(), 2);
  EXPECT_NEAR(response.context().located_share(), 1 - 12.0 / static_cast<double>(response.incidents().exact()), 1e-12);
  EXPECT_GT(response.context().unknown_time_share(), 0);  // the council's
  EXPECT_EQ(ParameterOf(response.context(), "period"), "2023-01-01/2024-01-01");
  EXPECT_EQ(ParameterOf(response.context(), "cells.cell_size_m"), "250");
  EXPECT_EQ(ParameterOf(response.context(), "density.bandwidth_m"), "500");
  EXPECT_EQ(ParameterOf(response.context(), "filter.categories"), "all (2)");
  ExpectContext(response, "datasets/town");
}

TEST_F(Happy, BreaksInTheYearsLookedBackAtAreNamed) {
  v1::FindHotspotsResponse response;
  ASSERT_TRUE(running.clients->hotspots->FindHotspots(&context, HotspotsOf2023(), &response).ok());
  ASSERT_EQ(response.context().breaks_crossed_size(), 1);
  EXPECT_EQ(response.context().breaks_crossed(0).id(), "new-system");
}

TEST_F(Happy, CompareWardsAddsUp) {
  v1::CompareWardsResponse response;
  const auto status = running.clients->wards->CompareWards(&context, WardsOf2022And2023(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.rows_size(), 5);
  std::int64_t before = 0, after = 0;
  for (const auto& row : response.rows()) {
    if (row.kind() == v1::ROW_KIND_TOTAL) continue;
    before += row.before().incidents().exact();
    after += row.after().incidents().exact();
  }
  EXPECT_EQ(response.rows(4).kind(), v1::ROW_KIND_TOTAL);
  EXPECT_EQ(response.rows(4).before().incidents().exact(), before);
  EXPECT_EQ(response.rows(4).after().incidents().exact(), after);
  EXPECT_EQ(response.rows(3).before().incidents().exact(), 12);
  EXPECT_NE(response.rows(4).change().verdict(), v1::VERDICT_UNSPECIFIED);
  EXPECT_EQ(response.rows(3).change().verdict(), v1::VERDICT_UNSPECIFIED);
  EXPECT_EQ(response.context().vintage(), "wards-2022");
  EXPECT_EQ(ParameterOf(response.context(), "false_discovery_rate"), "0.05");
  ExpectContext(response, "datasets/town");
}

TEST_F(Happy, ListIncidentsAgreesWithItsCellAndHashesAsOne) {
  v1::FindHotspotsResponse hotspots;
  grpc::ClientContext first;
  ASSERT_TRUE(running.clients->hotspots->FindHotspots(&first, HotspotsOf2023(), &hotspots).ok());
  auto request = IncidentsOf2023();
  request.set_cell(hotspots.cells(0).cell());
  const auto reader = running.clients->incidents->ListIncidents(&context, request);
  v1::ListIncidentsResponse chunk, whole;
  while (reader->Read(&chunk)) {
    whole.mutable_incidents()->MergeFrom(chunk.incidents());
    if (chunk.has_context()) *whole.mutable_context() = chunk.context();
  }
  ASSERT_TRUE(reader->Finish().ok());
  EXPECT_EQ(whole.incidents_size(), hotspots.cells(0).count().exact());
  EXPECT_EQ(whole.incidents(0).from_local(), "2023-01-01T12:00");
  EXPECT_EQ(whole.incidents(0).to_local(), "2023-01-01T12:01");
  EXPECT_THAT(whole.incidents(0).id(), HasSubstr("police/police.csv:"));
  EXPECT_EQ(whole.incidents(0).weight(), 1);
  EXPECT_NEAR(whole.incidents(0).position().latitude_deg(), 51.7, 0.1);
  ExpectContext(whole, "datasets/town");
}

TEST_F(Happy, GetStatusAndReload) {
  v1::GetStatusResponse status;
  ASSERT_TRUE(running.clients->admin->GetStatus(&context, {}, &status).ok());
  EXPECT_EQ(status.workers(), 2);
  EXPECT_EQ(status.running(), 0);
  EXPECT_EQ(status.version(), "0.1.0");
  EXPECT_GT(status.incidents(), 0);
  EXPECT_THAT(status.serving_since(), ::testing::MatchesRegex("20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"));
  grpc::ClientContext again;
  v1::ReloadResponse reload;
  ASSERT_TRUE(running.clients->admin->Reload(&again, {}, &reload).ok());
  EXPECT_EQ(reload.snapshot(), status.snapshot());
  EXPECT_EQ(reload.previous_snapshot(), status.snapshot());
}

// With a time of week, those left out for want of an hour are the cell's own, as the selected are.
TEST(ACellUnderATimeOfWeek, CountsItsOwnUnknownHours) {
  geo::DrawnDataset town;
  town.record().id = "town";
  const geo::LocalMinute noon = geo::DayOf(2023, 5, 1) * geo::kMinutesPerDay + 12 * 60;
  const auto here = geo::GridPoint::FromMeters(500'100, 200'100), there = geo::GridPoint::FromMeters(501'100, 200'100);
  for (int i = 0; i < 6; ++i) town.add({here, noon, noon + 1, 0, 0});
  for (int i = 0; i < 2; ++i) town.add({here, noon, noon + 3 * geo::kMinutesPerDay, 0, 0});
  for (int i = 0; i < 92; ++i) town.add({there, noon, noon + 3 * geo::kMinutesPerDay, 0, 0});
  town.add({geo::kUnlocated, noon, noon + 3 * geo::kMinutesPerDay, 0, 0});
  RunningServer running([snapshot = town.build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); });
  auto request = IncidentsOf2023();
  request.set_cell("s250:r800:c2000");
  request.mutable_filter()->mutable_window()->set_begin_minute(600);
  request.mutable_filter()->mutable_window()->set_end_minute(840);
  grpc::ClientContext context;
  const auto reader = running.clients->incidents->ListIncidents(&context, request);
  v1::ListIncidentsResponse chunk;
  ASSERT_TRUE(reader->Read(&chunk));
  EXPECT_EQ(chunk.incidents_size(), 6);
  EXPECT_EQ(chunk.context().unknown_time_share(), 2.0 / 8);
  while (reader->Read(&chunk)) {
  }
  EXPECT_TRUE(reader->Finish().ok());
}

// "No hotspots" is an answer.
TEST_F(Happy, AnEmptyAnswerIsOk) {
  auto request = HotspotsOf2023();
  request.mutable_filter()->add_sources("police");
  auto* days = request.mutable_period()->mutable_days();
  days->mutable_begin()->set_year(2023);
  days->mutable_begin()->set_month(3);
  days->mutable_begin()->set_day(10);
  *days->mutable_end() = days->begin();
  days->mutable_end()->set_day(11);
  v1::FindHotspotsResponse response;
  const auto status = running.clients->hotspots->FindHotspots(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.cells_size(), 0);
  EXPECT_EQ(response.incidents().value_case(), v1::Count::kExact);
  ExpectContext(response, "datasets/town");
}

}  // namespace
}  // namespace service_test
