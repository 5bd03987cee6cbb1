// The three views of a hotspot over the wire: surfaces, places, areas, weights; each adds up, and says how it was made.
#include <gmock/gmock.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/service/streamed_answers.h"

namespace service_test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Views : ::testing::Test {
  RunningServer running;
  grpc::ClientContext context;
  Clients& clients() { return *running.clients; }
};

template <class Response>
void ExpectSealed(Response response) {
  const std::string hash = response.context().answer_hash();
  response.mutable_context()->clear_answer_hash();
  EXPECT_EQ(hash, geo::Sha256Hex(server::DeterministicBytes(response)));
  EXPECT_EQ(response.context().dataset(), "datasets/town");
}

std::string ParameterOf(const v1::AnswerContext& context, const std::string& name) {
  for (const auto& parameter : context.parameters()) {
    if (parameter.name() == name) return parameter.value();
  }
  return "(absent)";
}

TEST_F(Views, FindHotspotsHasAllThree) {
  auto request = HotspotsOf2023();
  request.set_selection(v1::CELL_SELECTION_ANALYSED);
  v1::FindHotspotsResponse response;
  const auto status = clients().hotspots->FindHotspots(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.density().kernel(), v1::KERNEL_QUARTIC);
  EXPECT_EQ(response.density().bandwidth_m(), 500);
  ASSERT_TRUE(response.has_significance());
  EXPECT_EQ(response.significance().statistic(), v1::LOCAL_STATISTIC_GI_STAR);
  EXPECT_GE(response.significance().analysed(), 4 * 8);  // 2 km by 1 km of wards in squares of 250 m
  EXPECT_EQ(response.context().tests_made(), response.significance().tests());
  int analysed = 0;
  for (const auto& cell : response.cells()) {
    ASSERT_TRUE(cell.has_significance());
    if (cell.significance().status() != v1::SIGNIFICANCE_STATUS_NOT_ANALYSED) ++analysed;
    EXPECT_EQ(cell.significance().has_statistic(), cell.significance().status() == v1::SIGNIFICANCE_STATUS_DEFINED);
  }
  EXPECT_EQ(analysed, response.significance().analysed());
  EXPECT_EQ(ParameterOf(response.context(), "significance.rings"), "1");
  EXPECT_EQ(ParameterOf(response.context(), "weight_table"), "none");
  EXPECT_THAT(response.context().method(), HasSubstr("Silverman 1986"));
  EXPECT_THAT(response.context().method(), HasSubstr("Ord and Getis 1995"));
  ExpectSealed(response);
}

TEST_F(Views, NoStatisticNoSignificance) {
  auto request = HotspotsOf2023();
  request.mutable_significance()->set_statistic(v1::LOCAL_STATISTIC_NONE);
  v1::FindHotspotsResponse response;
  ASSERT_TRUE(clients().hotspots->FindHotspots(&context, request, &response).ok());
  EXPECT_FALSE(response.has_significance());
  for (const auto& cell : response.cells()) EXPECT_FALSE(cell.has_significance());
  EXPECT_EQ(response.context().tests_made(), 0);
  EXPECT_EQ(response.context().seed(), 0);
}

TEST_F(Views, PermutationsTellTheirSeed) {
  auto request = HotspotsOf2023();
  request.mutable_significance()->set_statistic(v1::LOCAL_STATISTIC_LOCAL_MORAN);
  request.mutable_significance()->set_permutations(99);
  request.mutable_significance()->set_seed(41);
  v1::FindHotspotsResponse response;
  const auto status = clients().hotspots->FindHotspots(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.context().seed(), 41);
  EXPECT_EQ(response.significance().permutations(), 99);
  EXPECT_EQ(response.significance().inference(), v1::INFERENCE_PERMUTATION);
}

TEST_F(Views, WatchHotspotsIsFindHotspots) {
  v1::FindHotspotsResponse found;
  grpc::ClientContext second;
  auto request = HotspotsOf2023();
  request.set_selection(v1::CELL_SELECTION_OCCUPIED);
  request.set_page_size(2);
  ASSERT_TRUE(clients().hotspots->FindHotspots(&context, request, &found).ok());
  const auto watched = Watch(clients(), second, request);
  ASSERT_TRUE(watched.status.ok()) << watched.status.error_message();
  ASSERT_TRUE(watched.answer);
  EXPECT_EQ(server::DeterministicBytes(*watched.answer), server::DeterministicBytes(found));
  // Its token goes on in either.
  request.set_page_token(watched.answer->next_page_token());
  ASSERT_FALSE(request.page_token().empty());
  grpc::ClientContext third, fourth;
  v1::FindHotspotsResponse next;
  ASSERT_TRUE(clients().hotspots->FindHotspots(&third, request, &next).ok());
  const auto also = Watch(clients(), fourth, request);
  ASSERT_TRUE(also.answer);
  EXPECT_EQ(server::DeterministicBytes(*also.answer), server::DeterministicBytes(next));
}

TEST_F(Views, ASurfaceIsWhole) {
  const auto surface = ReadSurface(clients(), context, SurfaceOf2023());
  ASSERT_TRUE(surface.status.ok()) << surface.status.error_message();
  const v1::SurfaceHeader& header = surface.header;
  EXPECT_EQ(header.cell_size_m(), 100);
  EXPECT_EQ(header.quantity(), "incidents per km2 per year");
  EXPECT_EQ(surface.values.size(), static_cast<std::size_t>(header.columns()) * static_cast<std::size_t>(header.rows()));
  std::int64_t shown = 0;
  double least = 1e300, greatest = -1e300;
  for (std::size_t i = 0; i < surface.values.size(); ++i) {
    EXPECT_TRUE(surface.shown[i] || surface.values[i] == 0);
    if (!surface.shown[i]) continue;
    ++shown;
    least = std::min(least, surface.values[i]);
    greatest = std::max(greatest, surface.values[i]);
  }
  EXPECT_EQ(shown, header.shown_cells());
  EXPECT_GE(shown, 200);                                               // the wards are 2 km2
  EXPECT_LT(shown, static_cast<std::int64_t>(surface.values.size()));  // and masked
  EXPECT_EQ(least, header.least());
  EXPECT_EQ(greatest, header.greatest());
  EXPECT_GT(greatest, 0);
  ASSERT_TRUE(surface.context);
  EXPECT_EQ(surface.context->answer_hash(), surface.hash);
  EXPECT_EQ(surface.context->vintage(), "wards-2022");
  EXPECT_EQ(ParameterOf(*surface.context, "cell_size_m"), "100");
  EXPECT_EQ(ParameterOf(*surface.context, "comparison"), "none");
  // The densest cell is where the most lies.
  const auto top = static_cast<int>(std::max_element(surface.values.begin(), surface.values.end()) - surface.values.begin());
  EXPECT_NEAR(header.west_m() + (top % header.columns() + 0.5) * 100, 500'000, 700);
}

TEST_F(Views, ASurfaceComparedWithYearsBefore) {
  auto request = SurfaceOf2023();
  request.mutable_comparison()->mutable_before()->set_calendar_year(2022);
  request.mutable_comparison()->set_measure(v1::SURFACE_MEASURE_RATIO);
  const auto surface = ReadSurface(clients(), context, request);
  ASSERT_TRUE(surface.status.ok()) << surface.status.error_message();
  EXPECT_EQ(surface.header.quantity(), "ratio");
  EXPECT_EQ(surface.header.incidents_before().exact(), surface.header.incidents().exact());
  // The town is the same every month; years differ by no day here.
  EXPECT_NEAR(surface.header.least(), 1, 1e-9);
  EXPECT_NEAR(surface.header.greatest(), 1, 1e-9);
  EXPECT_EQ(surface.context->answer_hash(), surface.hash);
  EXPECT_THAT(surface.context->method(), HasSubstr("ratio"));
}

TEST_F(Views, AnExtentIsWholeCells) {
  auto request = SurfaceOf2023();
  request.set_unmasked(true);
  request.mutable_extent()->set_min_easting_m(499'950);
  request.mutable_extent()->set_max_easting_m(500'300);
  request.mutable_extent()->set_min_northing_m(200'000);
  request.mutable_extent()->set_max_northing_m(200'200);
  const auto surface = ReadSurface(clients(), context, request);
  ASSERT_TRUE(surface.status.ok()) << surface.status.error_message();
  EXPECT_EQ(surface.header.columns(), 4);
  EXPECT_EQ(surface.header.rows(), 2);
  EXPECT_EQ(surface.header.west_m(), 499'900);
  EXPECT_EQ(surface.header.shown_cells(), 8);
}

TEST_F(Views, PlacesAreNamedAndStable) {
  auto request = PlacesOf2023();
  request.add_levels()->set_incident_share(0.5);
  request.add_levels()->set_volume_share(0.9);
  request.set_peaks(3);
  v1::FindPlacesResponse response;
  const auto status = clients().hotspots->FindPlaces(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.levels_size(), 2);
  EXPECT_EQ(response.levels(0).asked().incident_share(), 0.5);
  EXPECT_EQ(response.levels(1).asked().volume_share(), 0.9);
  EXPECT_EQ(response.levels(0).places() + response.levels(1).places(), response.places_size());
  ASSERT_GT(response.places_size(), 1);
  int level = 0;
  std::int64_t inside = 0;
  for (const auto& place : response.places()) {
    EXPECT_GE(place.level(), level);
    level = place.level();
    if (level == 0) inside += place.incidents().exact();
    EXPECT_FALSE(place.id().empty());
    EXPECT_THAT(place.name().grid_reference(), StartsWith("TL 0"));
    EXPECT_GT(place.area_m2(), 0);
    const auto geometry = nlohmann::json::parse(place.geometry_geojson());
    EXPECT_EQ(geometry["type"], "Polygon");
    EXPECT_EQ(geometry["coordinates"][0].front(), geometry["coordinates"][0].back());
  }
  EXPECT_EQ(inside, response.levels(0).incidents().exact());
  ASSERT_GE(response.peaks_size(), 1);
  EXPECT_LE(response.peaks_size(), 3);
  EXPECT_GT(response.peaks(0).prominence_per_km2_per_year(), 0);
  EXPECT_EQ(response.surface().quantity(), "incidents per km2 per year");
  EXPECT_EQ(ParameterOf(response.context(), "levels[1]"), "volume_share 0.9");
  EXPECT_EQ(ParameterOf(response.context(), "surface.cell_size_m"), "100");
  EXPECT_EQ(ParameterOf(response.context(), "peak_distance_m"), "the bandwidth");
  ExpectSealed(response);
  // Another year, other levels: the same place has the same id.
  request.mutable_surface()->mutable_period()->set_calendar_year(2022);
  request.mutable_levels()->RemoveLast();
  grpc::ClientContext again;
  v1::FindPlacesResponse other;
  ASSERT_TRUE(clients().hotspots->FindPlaces(&again, request, &other).ok());
  EXPECT_EQ(other.peaks(0).id(), response.peaks(0).id());
}

TEST_F(Views, AreasAddUp) {
  v1::FindAreaHotspotsResponse response;
  const auto status = clients().hotspots->FindAreaHotspots(&context, AreaHotspotsOf2023(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.areas_size(), 2);
  std::int64_t counted = response.outside().exact() + response.unlocated().exact();
  for (const auto& area : response.areas()) {
    counted += area.count().exact();
    EXPECT_EQ(area.value(), static_cast<double>(area.count().exact()));
    EXPECT_EQ(area.neighbours(), 1);
    // Two areas are too few for any test, and it says so.
    EXPECT_EQ(area.significance().status(), v1::SIGNIFICANCE_STATUS_TOO_FEW);
    EXPECT_FALSE(area.significance().has_statistic());
  }
  EXPECT_EQ(counted, response.incidents().exact());
  EXPECT_EQ(response.areas(0).area_code(), "E01");
  EXPECT_EQ(response.context().vintage(), "wards-2022");
  EXPECT_EQ(ParameterOf(response.context(), "measure"), "count");
  ExpectSealed(response);
}

TEST_F(Views, AreasPerResident) {
  auto request = AreaHotspotsOf2023();
  request.set_measure(v1::AREA_MEASURE_PER_1000_RESIDENTS);
  v1::FindAreaHotspotsResponse response;
  const auto status = clients().hotspots->FindAreaHotspots(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  for (const auto& area : response.areas()) EXPECT_NEAR(area.value(), area.weight() / 5.1, 1e-9 * (1 + area.value()));
}

// Incidents weigh what the table says; those that it does not know are counted apart.
TEST(Weights, AreThoseOfTheTable) {
  auto town = DrawnTown();
  town.record().weight_tables = {{"harm-1", "Harm", "1", "days", "nobody", {{"robbery", 2.5}}}};
  RunningServer running([snapshot = town.build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); });
  auto request = HotspotsOf2023();
  request.set_weight_table("harm-1");
  request.set_selection(v1::CELL_SELECTION_OCCUPIED);
  grpc::ClientContext context, plain;
  v1::FindHotspotsResponse weighed, counted;
  const auto status = running.clients->hotspots->FindHotspots(&context, request, &weighed);
  ASSERT_TRUE(status.ok()) << status.error_message();
  request.clear_weight_table();
  ASSERT_TRUE(running.clients->hotspots->FindHotspots(&plain, request, &counted).ok());
  EXPECT_EQ(weighed.incidents().exact() + weighed.unweighted().exact(), counted.incidents().exact());
  EXPECT_GT(weighed.unweighted().exact(), 0);
  for (const auto& cell : weighed.cells()) EXPECT_EQ(cell.weight(), 2.5 * static_cast<double>(cell.count().exact()));
  EXPECT_EQ(ParameterOf(weighed.context(), "weight_table"), "harm-1");
  EXPECT_THAT(weighed.context().method(), HasSubstr("Harm, version 1 (nobody)"));
  auto surface = SurfaceOf2023();
  surface.set_weight_table("harm-1");
  grpc::ClientContext third;
  const auto heavy = ReadSurface(*running.clients, third, surface);
  ASSERT_TRUE(heavy.status.ok()) << heavy.status.error_message();
  EXPECT_EQ(heavy.header.quantity(), "weight per km2 per year");
  EXPECT_EQ(heavy.header.unweighted().exact(), weighed.unweighted().exact());
}

// A dataset without boundaries has surfaces and places, without wards; and no areas to test.
TEST(WithoutAreas, WhatCanBeAnsweredIs) {
  geo::DrawnDataset town;
  town.record().id = "town";
  town.draw_monthly("1.3\n.9.", 500'000, 200'000, 250, {geo::DayOf(2023, 1, 1), geo::DayOf(2024, 1, 1)});
  RunningServer running([snapshot = town.build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); });
  grpc::ClientContext first, second, third, fourth;
  const auto surface = ReadSurface(*running.clients, first, SurfaceOf2023());
  ASSERT_TRUE(surface.status.ok()) << surface.status.error_message();
  EXPECT_GT(surface.header.shown_cells(), 0);
  EXPECT_EQ(surface.context->vintage(), "");
  EXPECT_EQ(ParameterOf(*surface.context, "extent"), "around the incidents");
  v1::FindPlacesResponse places;
  const auto placed = running.clients->hotspots->FindPlaces(&second, PlacesOf2023(), &places);
  ASSERT_TRUE(placed.ok()) << placed.error_message();
  ASSERT_GT(places.places_size(), 0);
  EXPECT_EQ(places.places(0).name().area_code(), "");
  v1::FindAreaHotspotsResponse areas;
  EXPECT_EQ(running.clients->hotspots->FindAreaHotspots(&third, AreaHotspotsOf2023(), &areas).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(Detail(third, "wardwatch-reason"), "NO_AREAS");
  auto corrected = SurfaceOf2023();
  corrected.mutable_density()->set_edge_correction(v1::EDGE_CORRECTION_UNIFORM);
  EXPECT_EQ(ReadSurface(*running.clients, fourth, corrected).status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(Detail(fourth, "wardwatch-reason"), "NO_AREAS");
}

}  // namespace
}  // namespace service_test
