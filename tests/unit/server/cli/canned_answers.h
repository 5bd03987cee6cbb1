// Answers as a server would send them, built in code.
#pragma once

#include <cstdint>
#include <string>

#include "wardwatch/v1/dataset_service.pb.h"
#include "wardwatch/v1/hotspot_service.pb.h"
#include "wardwatch/v1/incident_service.pb.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server::canned {

namespace api = wardwatch::v1;

inline void SetDay(api::Day& day, int year, int month, int day_of_month) {
  day.set_year(year);
  day.set_month(month);
  day.set_day(day_of_month);
}

inline api::DayRange YearOf(int year) {
  api::DayRange days;
  SetDay(*days.mutable_begin(), year, 1, 1);
  SetDay(*days.mutable_end(), year + 1, 1, 1);
  return days;
}

inline api::Count Exact(std::int64_t value) {
  api::Count count;
  count.set_exact(value);
  return count;
}

inline api::Count Suppressed() {
  api::Count count;
  count.mutable_suppressed();
  return count;
}

inline api::AnswerContext Context() {
  api::AnswerContext context;
  context.set_dataset("datasets/medway");
  context.set_snapshot(std::string(32, 'a') + std::string(32, 'b'));
  SetDay(*context.mutable_as_at(), 2025, 1, 15);
  auto& parameter = *context.add_parameters();
  parameter.set_name("period");
  parameter.set_value("2024-01-01/2025-01-01");
  context.set_vintage("wards-2023");
  context.set_precision_m(50);
  auto& crossed = *context.add_breaks_crossed();
  crossed.set_id("covid-asb");
  *crossed.mutable_days() = YearOf(2020);
  crossed.set_note("rule breaches were counted as anti-social behaviour");
  context.set_tests_made(2);
  context.set_disclosure_rule("analyst: exact counts");
  context.set_answer_hash(std::string(64, 'c'));
  return context;
}

inline api::HotspotCell& AddCell(api::FindHotspotsResponse& answer, const std::string& id, std::int64_t count, bool hot, const std::string& ward) {
  api::HotspotCell& cell = *answer.add_cells();
  cell.set_cell(id);
  cell.set_rank(answer.cells_size());
  *cell.mutable_count() = Exact(count);
  cell.set_weight(static_cast<double>(count));
  cell.set_share(static_cast<double>(count) / 1000);
  cell.set_cumulative_share((answer.cells_size() > 1 ? answer.cells(answer.cells_size() - 2).cumulative_share() : 0) + cell.share());
  cell.set_hot(hot);
  cell.set_density_per_km2(1234.4);
  cell.set_density_per_km2_per_year(1231.0);
  cell.set_top_position_share(0.42);
  cell.set_area_code(ward.empty() ? "" : "E05014449");
  cell.set_area_title(ward);
  return cell;
}

// Two hot cells carry 260 of 1,000 located incidents.
inline api::FindHotspotsResponse Hotspots() {
  api::FindHotspotsResponse answer;
  for (const int year : {2022, 2023}) {
    api::HotspotYear& earlier = *answer.add_years();
    *earlier.mutable_days() = YearOf(year);
    earlier.set_covered(year == 2023);
    *earlier.mutable_incidents() = Exact(900);
    earlier.set_hot_cells(3);
  }
  api::HotspotCell& first = AddCell(answer, "s250:r668:c2304", 140, true, "Gillingham, \"North\"");
  first.add_hot_in_year(false);
  first.add_hot_in_year(true);
  first.set_persistence(api::PERSISTENCE_PERSISTENT);
  api::HotspotCell& second = AddCell(answer, "s250:r670:c2301", 120, true, "");
  second.add_hot_in_year(false);
  second.add_hot_in_year(false);
  second.set_persistence(api::PERSISTENCE_NEW);
  answer.set_hot_cells(2);
  answer.set_occupied_cells(40);
  *answer.mutable_incidents() = Exact(1012);
  *answer.mutable_unlocated() = Exact(12);
  *answer.mutable_unknown_hour() = Exact(0);
  answer.set_located_weight(1000);
  *answer.mutable_context() = Context();
  return answer;
}

inline void SetPeriod(api::PeriodCount& count, std::int64_t incidents, double residents) {
  *count.mutable_incidents() = Exact(incidents);
  *count.mutable_crimes() = Exact(incidents / 2);
  if (residents <= 0) return;
  count.set_residents(residents);
  count.set_residents_year(2021);
  count.set_rate_per_1000_per_year(1000.0 * static_cast<double>(incidents) / residents);
  count.mutable_rate_interval()->set_low(1);
  count.mutable_rate_interval()->set_high(2);
}

inline api::WardRow& AddWard(api::CompareWardsResponse& answer, api::RowKind kind, const std::string& code, const std::string& title, std::int64_t before,
                             std::int64_t after) {
  api::WardRow& row = *answer.add_rows();
  row.set_kind(kind);
  row.set_area_code(code);
  row.set_area_title(title);
  SetPeriod(*row.mutable_before(), before, kind == api::ROW_KIND_AREA ? 10'000 : 0);
  SetPeriod(*row.mutable_after(), after, kind == api::ROW_KIND_AREA ? 10'000 : 0);
  *row.mutable_change()->mutable_difference() = Exact(after - before);
  if (before > 0) row.mutable_change()->set_ratio(static_cast<double>(after) / static_cast<double>(before));
  row.mutable_change()->mutable_ratio_interval()->set_low(0.61);
  if (before > 0) row.mutable_change()->mutable_ratio_interval()->set_high(0.72);  // nothing bounds the ratio to none
  return row;
}

// 301 -> 199 is lower, 443 -> 444 no clear change, 0 -> 3 too few to say.
inline api::CompareWardsResponse Wards() {
  api::CompareWardsResponse answer;
  api::WardRow& watling = AddWard(answer, api::ROW_KIND_AREA, "E05014471", "Watling", 301, 199);
  watling.mutable_change()->set_percent(-33.9);
  watling.mutable_change()->set_verdict(api::VERDICT_LOWER);
  watling.mutable_change()->set_explanation("301 before, 199 after: fewer than chance explains.");
  api::WardRow& twydall = AddWard(answer, api::ROW_KIND_AREA, "E05014470", "Rochester South and Horsted", 443, 444);
  twydall.mutable_change()->set_percent(0.2);
  twydall.mutable_change()->set_verdict(api::VERDICT_NO_CLEAR_CHANGE);
  api::WardRow& island = AddWard(answer, api::ROW_KIND_AREA, "E05014467", "St Mary's Island", 0, 3);
  island.mutable_change()->set_verdict(api::VERDICT_TOO_FEW_TO_SAY);
  AddWard(answer, api::ROW_KIND_OUTSIDE, "", "", 4, 5);
  AddWard(answer, api::ROW_KIND_UNLOCATED, "", "", 10, 12);
  AddWard(answer, api::ROW_KIND_TOTAL, "", "", 758, 663).mutable_change()->set_verdict(api::VERDICT_LOWER);
  *answer.mutable_before() = YearOf(2023);
  *answer.mutable_after() = YearOf(2024);
  *answer.mutable_unknown_hour() = Exact(7);
  *answer.mutable_context() = Context();
  return answer;
}

inline api::Incident LocatedIncident() {
  api::Incident incident;
  incident.set_id("kent-police/2024-03.csv:17");
  incident.set_source("kent-police");
  incident.set_category("burglary");
  incident.set_from_local("2024-03-09T23:10");
  incident.set_to_local("2024-03-09T23:11");
  incident.mutable_position()->set_easting_m(575123.25);
  incident.mutable_position()->set_northing_m(168345);
  incident.mutable_position()->set_longitude_deg(0.51234567891);
  incident.mutable_position()->set_latitude_deg(51.38765432109);
  incident.set_place("On or near =High Street");
  incident.set_area_code("E05014449");
  incident.set_weight(1);
  return incident;
}

// One square ward with a hole, both rings wound clockwise.
inline api::ListAreasResponse Areas() {
  api::ListAreasResponse answer;
  api::Area& area = *answer.add_areas();
  area.set_name("datasets/medway/areas/wards-2023/E05014471");
  area.set_code("E05014471");
  area.set_title("Watling");
  area.set_area_km2(1.25);
  area.set_residents(10'000);
  area.set_residents_year(2021);
  area.set_geometry_geojson(R"({"type":"MultiPolygon","coordinates":[[[[0.5,51.3],[0.5,51.4],[0.6,51.4],[0.6,51.3],[0.5,51.3]],)"
                            R"([[0.52,51.32],[0.52,51.34],[0.54,51.34],[0.54,51.32],[0.52,51.32]]]]})");
  *answer.mutable_context() = Context();
  return answer;
}

}  // namespace server::canned
