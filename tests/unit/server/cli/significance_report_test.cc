// Significance in the hotspot table, its map and its csv; areas; places.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "server/cli/area_hotspot_report.h"
#include "server/cli/geojson_writer.h"
#include "server/cli/hotspot_report.h"
#include "server/cli/place_report.h"
#include "server/cli/significance_text.h"
#include "server/cli/text_width.h"
#include "tests/unit/server/cli/canned_answers.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};
constexpr Terminal kWide{200, false};

std::string LineWith(const std::string& text, const std::string& part) {
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    if (line.find(part) != std::string::npos) return line;
  }
  return "no line with " + part;
}

int WidestLine(const std::string& text) {
  int widest = 0;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) widest = std::max(widest, DisplayWidth(line));
  return widest;
}

api::Significance Tested(double statistic, double p, double q, int confidence) {
  api::Significance out;
  out.set_status(api::SIGNIFICANCE_STATUS_DEFINED);
  out.set_statistic(statistic);
  out.set_p_value(p);
  out.set_q_value(q);
  out.set_confidence_class(confidence);
  out.set_significant(q <= 0.05);
  return out;
}

api::Significance Untested(api::SignificanceStatus status) {
  api::Significance out;
  out.set_status(status);
  return out;
}

api::SignificanceSummary Summary() {
  api::SignificanceSummary summary;
  summary.set_statistic(api::LOCAL_STATISTIC_GI_STAR);
  summary.set_neighbourhood("the cell and those within 1 ring (queen)");
  summary.set_multiple_testing(api::MULTIPLE_TESTING_BENJAMINI_HOCHBERG);
  summary.set_false_discovery_rate(0.05);
  summary.set_analysed(3155);
  summary.set_tests(3155);
  summary.set_hot(54);
  summary.set_cold(2);
  summary.set_inference(api::INFERENCE_NORMAL);
  summary.mutable_global_moran()->set_status(api::SIGNIFICANCE_STATUS_DEFINED);
  summary.mutable_global_moran()->set_i(0.081);
  summary.mutable_global_moran()->set_expected(-0.0003);
  summary.mutable_global_moran()->set_z(9.93);
  summary.mutable_global_moran()->set_p_value(1e-20);
  api::Warning& warning = *summary.add_warnings();
  warning.set_code("SPARSE_COUNTS");
  warning.set_text("most cells are empty");
  return summary;
}

api::FindHotspotsResponse TestedHotspots() {
  api::FindHotspotsResponse answer = canned::Hotspots();
  *answer.mutable_significance() = Summary();
  *answer.mutable_cells(0)->mutable_significance() = Tested(14.213, 1e-12, 2e-10, 3);
  *answer.mutable_cells(1)->mutable_significance() = Tested(1.2, 0.23, 0.61, 0);
  return answer;
}

TEST(SignificanceText, Marks) {
  for (const auto& [confidence, mark] : {std::pair{3, "+++"}, {2, "++"}, {1, "+"}, {0, "."}, {-1, "-"}, {-2, "--"}, {-3, "---"}}) {
    EXPECT_EQ(SignificanceMark(Tested(confidence, 0.01, 0.01, confidence), false), mark);
  }
  api::Significance moran = Tested(2, 0.01, 0.02, 0);
  EXPECT_EQ(SignificanceMark(moran, true), ".");
  for (const auto& [value, mark, sign] : {std::tuple{api::LOCAL_MORAN_CLASS_HIGH_HIGH, "HH", 1},
                                          {api::LOCAL_MORAN_CLASS_LOW_LOW, "LL", -1},
                                          {api::LOCAL_MORAN_CLASS_HIGH_LOW, "HL", 0},
                                          {api::LOCAL_MORAN_CLASS_LOW_HIGH, "LH", 0}}) {
    moran.set_moran_class(value);
    EXPECT_EQ(SignificanceMark(moran, true), mark);
    EXPECT_EQ(SignOf(moran), sign) << mark;
  }
  EXPECT_EQ(SignOf(Tested(3, 0.001, 0.01, 2)), 1);
  EXPECT_EQ(SignOf(Tested(-3, 0.001, 0.01, -2)), -1);
  EXPECT_EQ(SignOf(Tested(3, 0.06, 0.08, 1)), 0) << "over the rate asked for";
}

TEST(SignificanceText, WhatIsNotTestedHasNoNumbers) {
  api::Significance undefined = Untested(api::SIGNIFICANCE_STATUS_NO_VARIANCE);
  undefined.set_significant(true);  // a server that says so anyhow
  EXPECT_EQ(SignificanceMark(undefined, false), "");
  EXPECT_EQ(StatisticText(undefined), "");
  EXPECT_EQ(QValueText(undefined), "");
  EXPECT_EQ(SignOf(undefined), 0);
  EXPECT_STREQ(StatusWord(undefined), "no variance");
  EXPECT_EQ(QValueText(Tested(9, 0, 0.0004, 3)), "<0.001");
  EXPECT_EQ(QValueText(Tested(2, 0, 0.0316, 2)), "0.032");
}

TEST(SignificanceReport, TheThreeViewsStandBesideEachOther) {
  const std::string text = HotspotTable(TestedHotspots(), {}, 0, kWide);
  EXPECT_THAT(LineWith(text, "r668"), HasSubstr("14.21  <0.001  +++"));
  EXPECT_THAT(LineWith(text, "r670"), HasSubstr("1.20   0.610  ."));
  EXPECT_THAT(text, HasSubstr("3,155 cells analysed, 3,155 tested, 54 hot, 2 cold; false discoveries held at 0.05 (Benjamini-Hochberg over all of them)"));
  EXPECT_THAT(text, HasSubstr("global I 0.0810 (-0.0003 expected without any pattern), z 9.93, p <0.001"));
  EXPECT_THAT(text, HasSubstr("most cells are empty [SPARSE_COUNTS]"));
}

TEST(SignificanceReport, NarrowTerminalsKeepTheMark) {
  const std::string text = HotspotTable(TestedHotspots(), {}, 0, kNarrow);
  EXPECT_LE(WidestLine(text), 80);
  EXPECT_THAT(LineWith(text, "r668"), HasSubstr("+++"));
  EXPECT_THAT(LineWith(text, "too narrow"), HasSubstr("share"));
}

TEST(SignificanceReport, NoTestNoColumn) {
  const std::string text = HotspotTable(canned::Hotspots(), {}, 0, kWide);
  EXPECT_THAT(text, Not(HasSubstr("sig")));
  EXPECT_THAT(text, Not(HasSubstr("chance")));
}

TEST(SignificanceReport, ACorrectionLeftOutIsSaid) {
  auto answer = TestedHotspots();
  answer.mutable_significance()->set_multiple_testing(api::MULTIPLE_TESTING_NONE);
  EXPECT_THAT(HotspotTable(answer, {}, 0, kWide), HasSubstr("no correction for many tests, each at 0.05"));
}

TEST(SignificanceReport, TheMapTellsHotFromMoreThanChance) {
  auto answer = TestedHotspots();
  const std::string text = HotspotTable(answer, MapCellsOf(answer), 0, kWide);
  EXPECT_THAT(text, HasSubstr("#1"));
  EXPECT_THAT(text, HasSubstr("%2")) << "hot, and no more than chance explains";
  EXPECT_THAT(text, HasSubstr("%% hot, yet no more than chance explains; + more than chance, - less"));
  const std::vector<MapCell> cells{
      {{0, 0}, 1, true, 9, true, 1}, {{0, 1}, 2, false, 8, true, 1}, {{0, 2}, 3, false, 1, true, -1}, {{0, 3}, 4, false, 1, true, 0}};
  EXPECT_THAT(DrawHotspotMap(cells, geo::CellShape::kSquare, 250, {76, 22, 3}, kWide), HasSubstr("  #1:+.-.."));
}

TEST(SignificanceReport, EmptyAnalysedCellsAreBlankOnTheMap) {
  auto answer = TestedHotspots();
  canned::AddCell(answer, "s250:r669:c2302", 0, false, "Watling");
  EXPECT_EQ(MapCellsOf(answer).size(), 2U);
}

TEST(SignificanceReport, CsvAndGeoJsonCarryEveryNumber) {
  auto answer = TestedHotspots();
  *answer.mutable_cells(1)->mutable_significance() = Untested(api::SIGNIFICANCE_STATUS_NOT_ANALYSED);
  const std::string csv = HotspotCsv(answer);
  EXPECT_THAT(csv, HasSubstr("persistence,statistic,statistic_value,p_value,q_value,confidence_class,moran_class,significant,significance_status,area_code"));
  EXPECT_THAT(LineWith(csv, "r668"), HasSubstr("persistent,gi-star,14.213,1e-12,2e-10,3,,true,defined,E05014449"));
  EXPECT_THAT(LineWith(csv, "r670"), HasSubstr("new,gi-star,,,,,,,not analysed,"));
  const json features = json::parse(*HotspotsGeoJson(answer))["features"];
  EXPECT_EQ(features[0]["properties"]["statistic_value"], 14.213);
  EXPECT_EQ(features[0]["properties"]["confidence_class"], 3);
  EXPECT_TRUE(features[1]["properties"]["q_value"].is_null());
  EXPECT_TRUE(features[1]["properties"]["significant"].is_null());
  EXPECT_FALSE(json::parse(*HotspotsGeoJson(canned::Hotspots()))["features"][0]["properties"].contains("q_value"));
}

TEST(HotspotReport, WeightsAreNamedAndWhatHasNoneIsApart) {
  auto answer = canned::Hotspots();
  auto& parameter = *answer.mutable_context()->add_parameters();
  parameter.set_name("weight_table");
  parameter.set_value("harm-2025");
  answer.mutable_cells(0)->set_weight(14000);
  answer.set_located_weight(90000);
  *answer.mutable_unweighted() = canned::Exact(37);
  const std::string text = HotspotTable(answer, {}, 0, kWide);
  EXPECT_THAT(text, HasSubstr("carry 14,120 of 90,000 located weight (harm-2025)"));
  EXPECT_THAT(text, HasSubstr("37 more shown apart, the table has no weight for their category"));
  parameter.set_value("none");
  EXPECT_THAT(HotspotTable(answer, {}, 0, kWide), HasSubstr("located incidents"));
}

api::FindAreaHotspotsResponse AreaHotspots() {
  api::FindAreaHotspotsResponse answer;
  const auto add = [&](const std::string& code, const std::string& title, std::int64_t count, const api::Significance& significance) {
    api::AreaHotspot& area = *answer.add_areas();
    area.set_area_code(code);
    area.set_area_title(title);
    *area.mutable_count() = canned::Exact(count);
    area.set_weight(static_cast<double>(count));
    area.set_value(static_cast<double>(count) / 10);
    area.set_neighbours(4);
    *area.mutable_significance() = significance;
  };
  add("E05014467", "St Mary's Island", 3, Untested(api::SIGNIFICANCE_STATUS_NO_NEIGHBOURS));
  add("E05014470", "Rochester South", 120, Tested(-2.9, 0.004, 0.02, -2));
  add("E05014471", "Watling", 900, Tested(3.5, 0.0005, 0.01, 3));
  *answer.mutable_significance() = Summary();
  answer.mutable_significance()->set_analysed(3);
  answer.mutable_significance()->set_hot(1);
  answer.mutable_significance()->set_cold(1);
  *answer.mutable_incidents() = canned::Exact(1040);
  *answer.mutable_outside() = canned::Exact(10);
  *answer.mutable_unlocated() = canned::Exact(7);
  *answer.mutable_context() = canned::Context();
  return answer;
}

TEST(AreaHotspotReport, HighestFirstUntestedLast) {
  const std::string text = AreaHotspotTable(AreaHotspots(), kNarrow);
  EXPECT_LE(WidestLine(text), 80);
  EXPECT_LT(text.find("Watling"), text.find("Rochester"));
  EXPECT_LT(text.find("Rochester"), text.find("St Mary"));
  EXPECT_THAT(text, HasSubstr("1 of 3 areas are more than chance explains among their neighbours, 1 less"));
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("3.50"));
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("0.010  +++"));
  EXPECT_THAT(LineWith(text, "Rochester"), HasSubstr("-2.90"));
  EXPECT_THAT(text, HasSubstr("1,040 incidents, 10 of them outside every analysed area, 7"));
}

TEST(AreaHotspotReport, CsvInOrderOfCodeAndGeoJsonWithShapes) {
  const std::string csv = AreaHotspotCsv(AreaHotspots());
  EXPECT_THAT(LineWith(csv, "St Mary"), HasSubstr("E05014467,St Mary's Island,3,3,,0.3,4,gi-star,,,,,,,no neighbours,"));
  EXPECT_THAT(LineWith(csv, "Rochester"), HasSubstr("gi-star,-2.9,0.004,0.02,-2,,true,defined,"));
  const auto text = AreaHotspotsGeoJson(AreaHotspots(), canned::Areas());
  ASSERT_TRUE(text);
  const json features = json::parse(*text)["features"];
  EXPECT_TRUE(features[0]["geometry"].is_null()) << "an area without a shape";
  EXPECT_EQ(features[2]["geometry"]["type"], "MultiPolygon");
  EXPECT_EQ(features[2]["properties"]["value"], 90.0);
  EXPECT_EQ(features[2]["properties"]["significant"], true);
}

api::FindPlacesResponse FoundPlaces() {
  api::FindPlacesResponse answer;
  api::DrawnLevel& level = *answer.add_levels();
  level.mutable_asked()->set_incident_share(0.5);
  level.set_density_per_km2_per_year(7.18);
  level.set_area_m2(7.59e6);
  *level.mutable_incidents() = canned::Exact(132);
  level.set_share(0.502);
  level.set_places(1);
  api::Place& place = *answer.add_places();
  place.set_id("tf710617");
  place.mutable_name()->set_nearest_name("=Cooper Terrace");
  place.mutable_name()->set_nearest_name_distance_m(58);
  place.mutable_name()->set_area_code("E05990110");
  place.mutable_name()->set_area_title("Brackenhythe South");
  place.mutable_name()->set_grid_reference("TF 710 617");
  place.set_peak_density_per_km2_per_year(37.1);
  place.set_area_m2(1.48e6);
  *place.mutable_incidents() = canned::Exact(28);
  place.set_weight(28);
  place.set_share(0.106);
  // Wound clockwise, with a hole wound anticlockwise: both the wrong way.
  place.set_geometry_geojson(R"({"type":"Polygon","coordinates":[[[0.5,51.3],[0.5,51.4],[0.6,51.4],[0.6,51.3],[0.5,51.3]],)"
                             R"([[0.52,51.32],[0.54,51.32],[0.54,51.34],[0.52,51.34],[0.52,51.32]]]})");
  api::SurfacePeak& peak = *answer.add_peaks();
  peak.set_id("tf710617");
  peak.mutable_name()->set_grid_reference("TF 710 617");
  peak.mutable_at()->set_longitude_deg(0.55);
  peak.mutable_at()->set_latitude_deg(51.35);
  peak.set_density_per_km2_per_year(37.1);
  peak.set_prominence_per_km2_per_year(0.1);
  *answer.mutable_surface()->mutable_incidents() = canned::Exact(270);
  *answer.mutable_surface()->mutable_unlocated() = canned::Exact(7);
  *answer.mutable_context() = canned::Context();
  return answer;
}

TEST(PlaceReport, LevelsPlacesAndPeaks) {
  const std::string text = PlacesTable(FoundPlaces(), kNarrow);
  EXPECT_LE(WidestLine(text), 80);
  EXPECT_THAT(LineWith(text, "50.0 % of incidents"), HasSubstr("7.18"));
  EXPECT_THAT(LineWith(text, "Cooper"), HasSubstr("tf710617"));
  EXPECT_THAT(LineWith(text, "Cooper"), HasSubstr("28  10.6 %"));
  EXPECT_THAT(LineWith(text, "0.10"), HasSubstr("(outside)"));
  EXPECT_THAT(text, HasSubstr("270 incidents, 7 of them without a position"));
  api::FindPlacesResponse none = FoundPlaces();
  none.clear_places();
  EXPECT_THAT(PlacesTable(none, kNarrow), HasSubstr("No place: the surface does not reach these levels."));
}

TEST(PlaceReport, CsvAndGeoJson) {
  const std::string csv = PlacesCsv(FoundPlaces());
  EXPECT_THAT(LineWith(csv, "place,tf"), HasSubstr("place,tf710617,1,7.18,'=Cooper Terrace,58,E05990110,Brackenhythe South,TF 710 617,"));
  EXPECT_THAT(LineWith(csv, "place,tf"), HasSubstr(",37.1,,1480000,28,28,,0.106,wards-2023,"));
  EXPECT_THAT(LineWith(csv, "peak,tf"), HasSubstr("peak,tf710617,,,,,,,TF 710 617,0,0,0.55,51.35,37.1,0.1,,,,,,wards-2023,"));
  const auto text = PlacesGeoJson(FoundPlaces());
  ASSERT_TRUE(text) << text.error().message;
  const json features = json::parse(*text)["features"];
  ASSERT_EQ(features.size(), 2U);
  EXPECT_EQ(features[0]["geometry"]["coordinates"][0][1], json::parse("[0.6,51.3]")) << "the shell is anticlockwise";
  EXPECT_EQ(features[0]["geometry"]["coordinates"][1][1], json::parse("[0.52,51.34]")) << "the hole is clockwise";
  EXPECT_EQ(features[0]["properties"]["incidents"], 28);
  EXPECT_EQ(features[1]["geometry"], json::parse(R"({"type":"Point","coordinates":[0.55,51.35]})"));
  EXPECT_EQ(features[1]["properties"]["kind"], "peak");
  auto broken = FoundPlaces();
  for (const char* shape :
       {"", R"({"type":"MultiPolygon","coordinates":[]})", R"({"type":"Polygon","coordinates":[[[0,0],[1,1]]]})", R"({"type":"Polygon","coordinates":[]})"}) {
    broken.mutable_places(0)->set_geometry_geojson(shape);
    EXPECT_FALSE(PlacesGeoJson(broken)) << shape;
  }
}

}  // namespace
}  // namespace server
