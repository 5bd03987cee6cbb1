#include "server/cli/area_hotspot_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <vector>

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

double OrderOf(const api::AreaHotspot& area) {
  const api::Significance& significance = area.significance();
  const bool defined = significance.status() == api::SIGNIFICANCE_STATUS_DEFINED && significance.has_statistic();
  return defined ? significance.statistic() : -std::numeric_limits<double>::infinity();
}

std::string CountedLine(const api::FindAreaHotspotsResponse& answer) {
  std::string line = fmt::format("{} incidents, {} of them outside every analysed area, {} without a position", CountText(answer.incidents()),
                                 CountText(answer.outside()), CountText(answer.unlocated()));
  if (answer.has_unknown_hour() && CountText(answer.unknown_hour()) != "0") {
    line += fmt::format("; {} more left out, their hour is not known", CountText(answer.unknown_hour()));
  }
  if (answer.has_unweighted() && CountText(answer.unweighted()) != "0") {
    line += fmt::format("; {} more shown apart, the table has no weight for their category", CountText(answer.unweighted()));
  }
  return line;
}

bool CountsDiffer(const api::FindAreaHotspotsResponse& answer) {
  return std::any_of(answer.areas().begin(), answer.areas().end(),
                     [](const api::AreaHotspot& area) { return !IsHidden(area.count()) && static_cast<double>(NumberOf(area.count())) != area.weight(); });
}

}  // namespace

std::string AreaHotspotTable(const api::FindAreaHotspotsResponse& answer, const Terminal& terminal) {
  const bool local_moran = IsLocalMoran(answer.significance());
  const bool weighted = CountsDiffer(answer);
  std::vector<TableColumn> columns{{"code", Align::kLeft, 0, 1}, {"area", Align::kLeft, 13, 0}, {"count", Align::kRight, 0, 0}};
  const bool harm = answer.areas_size() > 0 && answer.areas(0).has_weight_without_largest();
  if (weighted) columns.push_back({"weight", Align::kRight, 0, 0});
  if (harm) columns.push_back({"without\nlargest", Align::kRight, 0, 0});
  columns.insert(columns.end(), {{"value", Align::kRight, 0, 0},
                                 {"neigh-\nbours", Align::kRight, 0, 2},
                                 {StatisticHeading(answer.significance()), Align::kRight, 0, 0},
                                 {"p", Align::kRight, 0, 3},
                                 {"q", Align::kRight, 0, 0},
                                 {"sig", Align::kLeft, 0, 0}});
  TextTable table(columns);
  std::vector<const api::AreaHotspot*> order;
  for (const api::AreaHotspot& area : answer.areas()) order.push_back(&area);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return OrderOf(*a) > OrderOf(*b); });
  for (const api::AreaHotspot* area : order) {
    const api::Significance& significance = area->significance();
    std::vector<std::string> row{area->area_code(), area->area_title(), CountText(area->count())};
    if (weighted) row.push_back(DecimalText(area->weight(), 1));
    if (harm) row.push_back(DecimalText(area->weight_without_largest(), 1));
    row.insert(row.end(), {WeightText(area->value()), WholeText(area->neighbours()), StatisticText(significance), PValueText(significance),
                           QValueText(significance), SignificanceMark(significance, local_moran)});
    table.add_row(row);
  }
  const std::string period = PeriodUsedText(ParameterUsed(answer.context(), "period"));
  const std::string measure = ParameterUsed(answer.context(), "measure");
  std::string out =
      Printable(fmt::format("Areas of {}{}{}{}{}", answer.context().dataset(), period.empty() ? "" : ", ", period, measure.empty() ? "" : ", ", measure)) +
      '\n';
  out += fmt::format("{} of {} areas are more than chance explains among their neighbours, {} less\n", WholeText(answer.significance().hot()),
                     WholeText(answer.significance().analysed()), WholeText(answer.significance().cold()));
  std::vector<std::string> left_out;
  out += '\n' + table.format(terminal, &left_out);
  std::vector<LabelledLine> first{LeftOutLine(left_out), {"counted", CountedLine(answer)}};
  for (LabelledLine& line : SignificanceLines(answer.significance(), "areas")) first.push_back(std::move(line));
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string AreaHotspotCsv(const api::FindAreaHotspotsResponse& answer) {
  CsvWriter csv;
  csv.record({"area_code", "area_title", "count", "weight", "weight_without_largest", "value", "neighbours", "statistic", "statistic_value", "p_value", "q_value", "confidence_class",
              "moran_class", "significant", "significance_status", "vintage", "snapshot"});
  for (const api::AreaHotspot& area : answer.areas()) {
    csv.text(area.area_code()).text(area.area_title()).count(area.count()).number(area.weight());
    area.has_weight_without_largest() ? csv.number(area.weight_without_largest()) : csv.empty();
    csv.number(area.value()).whole(area.neighbours());
    SignificanceCsvFields(answer.significance(), area.significance(), csv);
    csv.text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
