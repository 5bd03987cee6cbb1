#include "server/cli/hotspot_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "server/cli/cell_name.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/significance_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

const char* PersistenceWord(api::Persistence persistence) {
  switch (persistence) {
    case api::PERSISTENCE_NOT_HOT:
      return "not hot";
    case api::PERSISTENCE_PERSISTENT:
      return "persistent";
    case api::PERSISTENCE_RECURRING:
      return "recurring";
    case api::PERSISTENCE_NEW:
      return "new";
    case api::PERSISTENCE_COOLED:
      return "cooled";
    default:
      return "unknown";
  }
}

// "14 of 612 occupied cells carry 1,296 of 5,123 located incidents (25.3 %)". With a time of week the amounts are weights.
std::string Headline(const api::FindHotspotsResponse& answer) {
  double carried = 0;
  double share = 0;
  int seen = 0;
  bool weighted = answer.located_weight() != static_cast<double>(static_cast<std::int64_t>(answer.located_weight()));
  for (const api::HotspotCell& cell : answer.cells()) {
    if (!cell.hot()) continue;
    ++seen;
    carried += cell.weight();
    share = std::max(share, cell.cumulative_share());
    weighted = weighted || (!IsHidden(cell.count()) && static_cast<double>(NumberOf(cell.count())) != cell.weight());
  }
  if (answer.hot_cells() == 0) return fmt::format("No hotspots: no incident with a position among the {} selected.", CountText(answer.incidents()));
  std::string line = fmt::format("{} of {} cells with incidents carry ", WholeText(answer.hot_cells()), WholeText(answer.occupied_cells()));
  if (seen < answer.hot_cells()) return line + "the share asked for.";
  const std::string named = ParameterUsed(answer.context(), "weight_table");
  const std::string table = named == "none" ? std::string() : named;
  line += fmt::format("{} of {} {} ({}).", WeightText(carried), WeightText(answer.located_weight()),
                      table.empty() ? "located incidents" : "located weight (" + table + ")", PercentText(share));
  return weighted && table.empty() ? line + " Incidents count by the share of their window inside the hours asked for." : line;
}

std::string YearsLegend(const api::FindHotspotsResponse& answer) {
  if (answer.years().empty()) return {};
  std::string text = "one mark per year, oldest first, then the period: # hot, . not, ? not covered. ";
  for (const api::HotspotYear& year : answer.years()) {
    text += fmt::format("{}: {} incidents, {}; ", DayRangeText(year.days()), CountText(year.incidents()),
                        year.covered() ? fmt::format("{} hot cells", year.hot_cells()) : std::string("not covered"));
  }
  text.resize(text.size() - 2);
  return text;
}

bool CountsDiffer(const api::FindHotspotsResponse& answer) {
  return std::any_of(answer.cells().begin(), answer.cells().end(),
                     [](const api::HotspotCell& cell) { return !IsHidden(cell.count()) && static_cast<double>(NumberOf(cell.count())) != cell.weight(); });
}

std::string CellTable(const api::FindHotspotsResponse& answer, int shown, const Terminal& terminal, std::vector<std::string>& left_out) {
  const bool weighted = CountsDiffer(answer);
  const bool tested = answer.has_significance();
  const bool local_moran = IsLocalMoran(answer.significance());
  std::vector<TableColumn> columns{{"rank", Align::kRight, 0, 0}, {"cell", Align::kLeft, 0, 0}, {"ward", Align::kLeft, 12, 0}, {"count", Align::kRight, 0, 0}};
  const bool harm = answer.cells_size() > 0 && answer.cells(0).has_weight_without_largest();
  if (weighted) columns.push_back({"weight", Align::kRight, 0, 0});
  if (harm) columns.push_back({"without\nlargest", Align::kRight, 0, 0});
  // With three views beside each other, shares give way first: the headline has them.
  columns.insert(columns.end(), {{"share", Align::kRight, 0, tested ? 4 : 3},
                                 {"cumu-\nlative", Align::kRight, 0, tested ? 3 : 2},
                                 {fmt::format("per {}\nper year", terminal.square_km()), Align::kRight, 0, tested ? 6 : 4},
                                 {"top\nplace", Align::kRight, 0, 1}});
  if (tested)
    columns.insert(columns.end(), {{StatisticHeading(answer.significance()), Align::kRight, 0, 5}, {"q", Align::kRight, 0, 2}, {"sig", Align::kLeft, 0, 0}});
  columns.insert(columns.end(), {{"years", Align::kLeft, 0, 0}, {"persistence", Align::kLeft, 0, 0}});
  TextTable table(columns);
  for (int i = 0; i < shown; ++i) {
    const api::HotspotCell& cell = answer.cells(i);
    std::vector<std::string> row{WholeText(cell.rank()), cell.cell(), cell.area_code().empty() ? "(outside)" : cell.area_title(), CountText(cell.count())};
    if (weighted) row.push_back(DecimalText(cell.weight(), 1));
    if (harm) row.push_back(DecimalText(cell.weight_without_largest(), 1));
    row.insert(row.end(), {PercentText(cell.share()), PercentText(cell.cumulative_share()), DecimalText(cell.density_per_km2_per_year(), 0),
                           PercentText(cell.top_position_share())});
    if (tested) {
      const api::Significance& significance = cell.significance();
      row.insert(row.end(), {StatisticText(significance), QValueText(significance), SignificanceMark(significance, local_moran)});
    }
    row.insert(row.end(), {YearMarks(answer, cell), PersistenceWord(cell.persistence())});
    table.add_row(row);
  }
  return table.format(terminal, &left_out);
}

std::string CountedLine(const api::FindHotspotsResponse& answer) {
  std::string line = fmt::format("{} incidents, {} of them without a position", CountText(answer.incidents()), CountText(answer.unlocated()));
  if (answer.has_unknown_hour() && CountText(answer.unknown_hour()) != "0") {
    line += fmt::format("; {} more left out, their hour is not known", CountText(answer.unknown_hour()));
  }
  if (answer.has_unweighted() && CountText(answer.unweighted()) != "0") {
    line += fmt::format("; {} more shown apart, the table has no weight for their category", CountText(answer.unweighted()));
  }
  return line;
}

}  // namespace

std::string YearMarks(const api::FindHotspotsResponse& answer, const api::HotspotCell& cell) {
  std::string marks;
  for (int i = 0; i < cell.hot_in_year_size(); ++i) {
    const bool covered = i < answer.years_size() && answer.years(i).covered();
    marks += !covered ? '?' : cell.hot_in_year(i) ? '#' : '.';
  }
  return marks + (cell.hot() ? '#' : '.');
}

std::vector<MapCell> MapCellsOf(const api::FindHotspotsResponse& answer) {
  std::vector<MapCell> cells;
  for (const api::HotspotCell& cell : answer.cells()) {
    if (!IsHidden(cell.count()) && NumberOf(cell.count()) == 0) continue;  // analysed and empty: blank on the map
    if (const auto name = ParseCellName(cell.cell())) {
      const bool tested = cell.has_significance() && cell.significance().status() == api::SIGNIFICANCE_STATUS_DEFINED;
      cells.push_back({name->id, cell.rank(), cell.hot(), cell.weight(), tested, SignOf(cell.significance())});
    }
  }
  return cells;
}

std::string HotspotTable(const api::FindHotspotsResponse& answer, const std::vector<MapCell>& map_cells, int top, const Terminal& terminal) {
  std::string out;
  const std::string period = ParameterUsed(answer.context(), "period");
  out += Printable(fmt::format("Hotspots of {}{}{}", answer.context().dataset(), period.empty() ? "" : ", ", PeriodUsedText(period))) + '\n';
  for (const std::string& line : FoldText(Headline(answer), terminal.width_columns)) out += line + '\n';
  std::vector<std::string> left_out;
  const int shown = top == 0 ? answer.cells_size() : std::min(top, answer.cells_size());
  if (!answer.cells().empty()) {
    if (const auto name = ParseCellName(answer.cells(0).cell()); name && !map_cells.empty()) {
      const MapOptions options{std::min(terminal.width_columns - 4, 96), 22, 2};
      const std::string map = DrawHotspotMap(map_cells, name->shape, name->size_mm / 1000.0, options, terminal);
      if (!map.empty()) out += '\n' + map;
    }
    out += '\n' + CellTable(answer, shown, terminal, left_out);
    if (shown < answer.cells_size()) out += fmt::format("and {} more cells: --top 0 shows them\n", WholeText(answer.cells_size() - shown));
  }
  std::vector<LabelledLine> first;
  first.push_back(LeftOutLine(left_out));
  first.emplace_back("years", YearsLegend(answer));
  first.emplace_back("counted", CountedLine(answer));
  for (LabelledLine& line : DensityLines(answer.density())) first.push_back(std::move(line));
  if (answer.has_significance()) {
    for (LabelledLine& line : SignificanceLines(answer.significance(), "cells")) first.push_back(std::move(line));
  }
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string HotspotCsv(const api::FindHotspotsResponse& answer) {
  CsvWriter csv;
  csv.record({"rank",
              "cell",
              "easting_m",
              "northing_m",
              "longitude_deg",
              "latitude_deg",
              "count",
              "weight",
              "weight_without_largest",
              "share",
              "cumulative_share",
              "located_weight",
              "hot",
              "density_per_km2",
              "density_per_km2_per_year",
              "top_position_share",
              "hot_in_years_oldest_first",
              "persistence",
              "statistic",
              "statistic_value",
              "p_value",
              "q_value",
              "confidence_class",
              "moran_class",
              "significant",
              "significance_status",
              "area_code",
              "area_title",
              "vintage",
              "snapshot"});
  for (const api::HotspotCell& cell : answer.cells()) {
    csv.whole(cell.rank()).text(cell.cell());
    csv.number(cell.centre().easting_m()).number(cell.centre().northing_m()).number(cell.centre().longitude_deg()).number(cell.centre().latitude_deg());
    csv.count(cell.count()).number(cell.weight());
    cell.has_weight_without_largest() ? csv.number(cell.weight_without_largest()) : csv.empty();
    csv.number(cell.share()).number(cell.cumulative_share()).number(answer.located_weight()).flag(cell.hot());
    csv.number(cell.density_per_km2()).number(cell.density_per_km2_per_year()).number(cell.top_position_share());
    csv.text(YearMarks(answer, cell)).text(PersistenceWord(cell.persistence()));
    SignificanceCsvFields(answer.significance(), cell.significance(), csv);
    csv.text(cell.area_code()).text(cell.area_title());
    csv.text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
