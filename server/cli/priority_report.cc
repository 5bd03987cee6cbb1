#include "server/cli/priority_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/geojson_parts.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/time_of_week_text.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/dataset_service.pb.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string PlaceOf(const api::Priority& priority) { return priority.cell().empty() ? priority.area_code() : priority.cell(); }
std::string HoursOf(const api::Priority& priority) { return priority.has_hours() ? TimeOfWeekText(priority.hours()) : "whole week"; }

api::ScorePoints PartsOf(const api::Priority& priority) {
  api::ScorePoints sum;
  for (const api::WorkstreamScore& score : priority.workstreams()) {
    sum.set_volume(sum.volume() + score.points().volume());
    sum.set_harm(sum.harm() + score.points().harm());
    sum.set_persistence(sum.persistence() + score.points().persistence());
    sum.set_trend(sum.trend() + score.points().trend());
    sum.set_concern(sum.concern() + score.points().concern());
  }
  return sum;
}

std::string RankRange(const api::Priority& priority, const Terminal& terminal) {
  return priority.rank_low() == priority.rank_high() ? fmt::format("{}", priority.rank_low())
                                                     : fmt::format("{}{}{}", priority.rank_low(), terminal.dash(), priority.rank_high());
}

std::string RankingTable(const api::RankPrioritiesResponse& answer, const Terminal& terminal, std::vector<std::string>* left_out) {
  TextTable table({{"rank", Align::kRight, 0, 0},
                   {"90 %", Align::kRight, 0, 0},
                   {"place", Align::kLeft, 0, 0},
                   {"ward", Align::kLeft, 10, 4},
                   {"hours", Align::kLeft, 0, 0},
                   {"score", Align::kRight, 0, 0},
                   {"volume", Align::kRight, 0, 2},
                   {"harm", Align::kRight, 0, 2},
                   {"lasting", Align::kRight, 0, 2},
                   {"trend", Align::kRight, 0, 2},
                   {"concern", Align::kRight, 0, 2},
                   {"incidents", Align::kRight, 0, 0},
                   {"harm\nthere", Align::kRight, 0, 3},
                   {"without\nlargest", Align::kRight, 0, 3},
                   {"no\nweight", Align::kRight, 0, 3},
                   {"visit", Align::kRight, 0, 1}});
  for (const api::Priority& priority : answer.priorities()) {
    const api::ScorePoints parts = PartsOf(priority);
    table.add_row({fmt::format("{}", priority.rank()), RankRange(priority, terminal), PlaceOf(priority), priority.area_title(), HoursOf(priority),
                   DecimalText(priority.score(), 1), DecimalText(parts.volume(), 1), DecimalText(parts.harm(), 1), DecimalText(parts.persistence(), 1),
                   DecimalText(parts.trend(), 1), DecimalText(parts.concern(), 1), CountText(priority.incidents()),
                   priority.has_harm() ? WeightText(priority.harm()) : std::string(terminal.dash()),
                   priority.has_harm_without_largest() ? WeightText(priority.harm_without_largest()) : std::string(terminal.dash()),
                   priority.has_unweighted() ? CountText(priority.unweighted()) : std::string(terminal.dash()),
                   priority.visit() > 0 ? fmt::format("{}", priority.visit()) : ""});
  }
  return table.format(terminal, left_out);
}

// Workstreams that are left out for the same reason share a line.
void AddLeftOut(const api::RankPrioritiesResponse& answer, std::vector<LabelledLine>& lines) {
  std::vector<std::pair<std::string, std::string>> names_by_reason;
  for (const api::LeftOut& left : answer.left_out()) {
    const std::string why = fmt::format("{} ({})", left.message(), left.reason());
    const auto known = std::find_if(names_by_reason.begin(), names_by_reason.end(), [&](const auto& of) { return of.second == why; });
    if (known == names_by_reason.end()) {
      names_by_reason.emplace_back(left.workstream(), why);
    } else {
      known->first += ", " + left.workstream();
    }
  }
  for (const auto& [names, why] : names_by_reason) lines.emplace_back("not told", names + ": " + why);
}

std::vector<LabelledLine> Notes(const api::RankPrioritiesResponse& answer, const std::vector<std::string>& columns_left_out) {
  std::vector<LabelledLine> lines{LeftOutLine(columns_left_out)};
  lines.emplace_back("scores", "of 100: the parts add up; rank interval at 90 % under other weights and the concerns' own intervals");
  if (answer.has_coverage()) {
    const api::PlanCoverage& at = answer.coverage();
    lines.emplace_back("visits", fmt::format("{} ({} hours a week) reach {} of {} targeted incidents; left uncovered: {} in other places and hours, {} in none of "
                                             "the places, {} without a position, {} at no known hour",
                                             at.visits(), WeightText(at.hours_used()), WeightText(at.covered()), WeightText(at.targeted()),
                                             WeightText(at.elsewhere()), WeightText(at.outside()), WeightText(at.unlocated()), WeightText(at.hour_unknown())));
  }
  for (const api::WorkstreamTotal& total : answer.workstreams()) {
    std::string text = fmt::format("{}, weight {}: {} incidents, {} in the places", total.workstream(), total.weight(), CountText(total.incidents()),
                                   CountText(total.in_places()));
    if (CountText(total.hour_unknown()) != "0") text += fmt::format(", {} of them at no known hour", CountText(total.hour_unknown()));
    if (total.has_covered()) text += fmt::format(", {} covered", WeightText(total.covered()));
    if (total.weight() == 0) text += "; a layer apart, which ranks nothing";
    if (!total.proxy().empty()) text += "; proxy: " + total.proxy();
    if (!total.caveat().empty()) text += "; " + total.caveat();
    lines.emplace_back("workstream", text);
  }
  AddLeftOut(answer, lines);
  return lines;
}

}  // namespace

std::string PriorityTable(const api::RankPrioritiesResponse& answer, bool explain, const Terminal& terminal) {
  std::string out = fmt::format("Priorities of {}, {}: {} of {} {}\n\n", Printable(answer.context().dataset()), DayRangeText(answer.period()), answer.listed(),
                                WholeText(answer.scored()), answer.hours_told() ? "places and hours" : "places");
  std::vector<std::string> left_out;
  out += RankingTable(answer, terminal, &left_out);
  if (answer.priorities_size() == 0) out += "nothing to rank: no place has enough incidents, or none that any weight counts\n";
  if (explain) {
    out += '\n';
    for (const api::Priority& priority : answer.priorities()) {
      for (const std::string& reason : priority.reasons()) {
        out += ExplanationLines(fmt::format("{} {} {}", priority.rank(), PlaceOf(priority), HoursOf(priority)), reason, terminal);
      }
    }
  }
  return out + '\n' + ContextFooter(answer.context(), Notes(answer, left_out), terminal);
}

std::string PriorityCsv(const api::RankPrioritiesResponse& answer) {
  CsvWriter csv;
  csv.record({"rank", "rank_low_90", "rank_high_90", "score", "cell", "area_code", "area_title", "easting_m", "northing_m", "hours", "visit", "incidents", "weight",
              "harm", "harm_without_largest", "unweighted", "workstream", "workstream_incidents", "workstream_weight", "place_incidents", "place_incidents_before",
              "volume_percentile", "harm_percentile", "years_hot", "years_covered", "trend", "under_minimum", "points_volume", "points_harm", "points_persistence",
              "points_trend", "points_concern", "days", "vintage", "snapshot"});
  for (const api::Priority& priority : answer.priorities()) {
    for (const api::WorkstreamScore& score : priority.workstreams()) {
      csv.whole(priority.rank()).whole(priority.rank_low()).whole(priority.rank_high()).number(priority.score());
      csv.text(priority.cell()).text(priority.area_code()).text(priority.area_title());
      CsvOptional(csv, priority.has_centre(), priority.centre().easting_m());
      CsvOptional(csv, priority.has_centre(), priority.centre().northing_m());
      csv.text(HoursOf(priority));
      priority.visit() > 0 ? csv.whole(priority.visit()) : csv.empty();
      csv.count(priority.incidents()).number(priority.weight());
      CsvOptional(csv, priority.has_harm(), priority.harm());
      CsvOptional(csv, priority.has_harm_without_largest(), priority.harm_without_largest());
      priority.has_unweighted() ? csv.count(priority.unweighted()) : csv.empty();
      csv.text(score.workstream()).number(score.incidents()).number(score.weight()).count(score.place_incidents()).count(score.place_incidents_before());
      csv.number(score.volume_percentile()).number(score.harm_percentile()).whole(score.years_hot()).whole(score.years_covered());
      csv.text(VerdictWord(score.trend())).flag(score.under_minimum()).number(score.points().volume()).number(score.points().harm());
      csv.number(score.points().persistence()).number(score.points().trend()).number(score.points().concern());
      csv.text(DayRangeText(answer.period())).text(answer.context().vintage()).text(answer.context().snapshot());
      csv.end_record();
    }
  }
  return csv.take();
}

geo::Result<std::string> PriorityGeoJson(const api::RankPrioritiesResponse& answer, const api::ListAreasResponse& areas) {
  const auto earth = geo::BritishGrid::Create();
  if (!earth) return geo::Fail(earth.error());
  const AreaShapes shapes(areas);
  std::vector<Json> features;
  for (const api::Priority& priority : answer.priorities()) {
    Json properties{{"rank", priority.rank()},   {"rank_low_90", priority.rank_low()},   {"rank_high_90", priority.rank_high()}, {"score", priority.score()},
                    {"cell", priority.cell()},   {"area_code", priority.area_code()},    {"area_title", priority.area_title()},  {"hours", HoursOf(priority)},
                    {"visit", priority.visit()}, {"weight", priority.weight()}};
    SetCount(properties, "incidents", priority.incidents());
    SetNumber(properties, "harm", priority.has_harm(), priority.harm());
    SetNumber(properties, "harm_without_largest", priority.has_harm_without_largest(), priority.harm_without_largest());
    if (priority.has_unweighted()) SetCount(properties, "unweighted", priority.unweighted());
    const api::ScorePoints parts = PartsOf(priority);
    properties["points_volume"] = parts.volume();
    properties["points_harm"] = parts.harm();
    properties["points_persistence"] = parts.persistence();
    properties["points_trend"] = parts.trend();
    properties["points_concern"] = parts.concern();
    for (const api::WorkstreamScore& score : priority.workstreams()) properties["incidents_" + score.workstream()] = score.incidents();
    properties["reasons"] = std::vector<std::string>(priority.reasons().begin(), priority.reasons().end());
    if (priority.cell().empty()) {
      auto geometry = shapes.of(priority.area_code());
      if (!geometry) return geo::Fail(geometry.error());
      features.push_back(Feature(std::move(*geometry), std::move(properties)));
      continue;
    }
    const auto name = ParseCellName(priority.cell());
    if (!name) return geo::Fail(name.error());
    features.push_back(Feature(CellPolygon(*name, *earth), std::move(properties)));
  }
  return Collection(features, answer.context());
}

}  // namespace server
