#include "server/cli/ward_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string ResidentRateText(const api::PeriodCount& count, const Terminal& terminal) {
  return count.has_rate_per_1000_per_year() ? DecimalText(count.rate_per_1000_per_year(), 1) : std::string(terminal.dash());
}

std::string CrimesLine(const api::CompareWardsResponse& answer) {
  for (const api::WardRow& row : answer.rows()) {
    if (row.kind() != api::ROW_KIND_TOTAL || !row.category().empty()) continue;
    return fmt::format("{} incidents before, {} of them crimes; {} after, {} of them crimes", CountText(row.before().incidents()),
                       CountText(row.before().crimes()), CountText(row.after().incidents()), CountText(row.after().crimes()));
  }
  return {};
}

std::string ResidentsLine(const api::CompareWardsResponse& answer) {
  int first = 0;
  int last = 0;
  for (const api::WardRow& row : answer.rows()) {
    if (row.kind() != api::ROW_KIND_AREA || !row.before().has_residents() || !row.after().has_residents()) continue;
    first = first == 0 ? row.before().residents_year() : std::min(first, row.before().residents_year());
    last = std::max(last, row.after().residents_year());
  }
  if (first == 0) return {};
  return fmt::format("per 1,000 residents ({}) and year", first == last ? fmt::format("of {}", first) : fmt::format("of {} and {}", first, last));
}

// The denominators of other_rates, with what their rates are per.
std::vector<std::pair<std::string, double>> Denominators(const api::CompareWardsResponse& answer) {
  std::vector<std::pair<std::string, double>> names;
  for (const api::WardRow& row : answer.rows()) {
    if (row.kind() != api::ROW_KIND_AREA) continue;
    for (const api::Rate& rate : row.before().other_rates()) names.emplace_back(rate.denominator(), rate.per());
    break;
  }
  return names;
}

// Rows that are no areas may have no rates at all.
api::Rate RateAt(const api::PeriodCount& count, std::size_t i) {
  return i < static_cast<std::size_t>(count.other_rates_size()) ? count.other_rates(static_cast<int>(i)) : api::Rate();
}

std::vector<TableColumn> Columns(const std::vector<std::pair<std::string, double>>& denominators, bool by_category) {
  std::vector<TableColumn> columns{{"code", Align::kLeft, 0, 2}, {"ward", Align::kLeft, 13, 0}};
  if (by_category) columns.push_back({"category", Align::kLeft, 10, 0});
  columns.insert(columns.end(), {{"before", Align::kRight, 0, 0},
                                 {"after", Align::kRight, 0, 0},
                                 {"change", Align::kRight, 0, 0},
                                 {"percent", Align::kRight, 0, 1},
                                 {"ratio (95 %)", Align::kLeft, 0, 0},
                                 {"rate\nbefore", Align::kRight, 0, 3},
                                 {"rate\nafter", Align::kRight, 0, 3}});
  for (std::size_t i = 0; i < denominators.size(); ++i) {
    const int order = 3 + static_cast<int>(denominators.size() - i);  // the last one asked for goes first
    const std::string heading = RateHeading(denominators[i].first, denominators[i].second);
    columns.push_back({heading + "\nbefore", Align::kRight, 0, order});
    columns.push_back({heading + "\nafter", Align::kRight, 0, order});
  }
  columns.push_back({"verdict", Align::kLeft, 0, 0});
  return columns;
}

std::vector<std::string> Cells(const api::WardRow& row, std::size_t denominators, bool by_category, const Terminal& terminal) {
  const api::Change& change = row.change();
  std::vector<std::string> cells{row.area_code(), RowTitle(row)};
  if (by_category) cells.push_back(row.category());
  cells.insert(cells.end(), {CountText(row.before().incidents()), CountText(row.after().incidents()), SignedCountText(change.difference()),
                             PercentChangeText(change.has_percent(), change.percent()), RatioText(change, terminal), ResidentRateText(row.before(), terminal),
                             ResidentRateText(row.after(), terminal)});
  for (std::size_t i = 0; i < denominators; ++i) {
    cells.push_back(RateText(RateAt(row.before(), i), terminal));
    cells.push_back(RateText(RateAt(row.after(), i), terminal));
  }
  cells.emplace_back(VerdictWordOf(row));
  return cells;
}

std::string Explanations(const api::CompareWardsResponse& answer, const Terminal& terminal) {
  std::string out = "\n";
  for (const api::WardRow& row : answer.rows()) {
    const std::string category = row.category().empty() ? "" : ", " + row.category();
    out += ExplanationLines(fmt::format("{}{}{}{}", row.area_code(), row.area_code().empty() ? "" : " ", RowTitle(row), category), row.change().explanation(),
                            terminal);
  }
  return out;
}

void CsvPeriodCount(CsvWriter& csv, const api::PeriodCount& count) {
  CsvOptional(csv, count.has_residents(), count.residents());
  CsvOptional(csv, count.has_rate_per_1000_per_year(), count.rate_per_1000_per_year());
  CsvInterval(csv, count.has_rate_interval() && count.has_rate_per_1000_per_year(), count.rate_interval());
}

std::vector<std::string> CsvHeader(const std::vector<std::pair<std::string, double>>& denominators) {
  // Columns that came later stand behind those that others read by position.
  std::vector<std::string> header{"kind",
                                  "area_code",
                                  "area_title",
                                  "before_incidents",
                                  "after_incidents",
                                  "before_crimes",
                                  "after_crimes",
                                  "difference",
                                  "ratio_per_day",
                                  "ratio_low_95",
                                  "ratio_high_95",
                                  "percent_change_per_day",
                                  "p_value",
                                  "q_value",
                                  "verdict",
                                  "before_residents",
                                  "before_rate_per_1000_per_year",
                                  "before_rate_low_95",
                                  "before_rate_high_95",
                                  "after_residents",
                                  "after_rate_per_1000_per_year",
                                  "after_rate_low_95",
                                  "after_rate_high_95",
                                  "explanation",
                                  "before_days",
                                  "after_days",
                                  "vintage",
                                  "snapshot",
                                  "category",
                                  "before_weight",
                                  "after_weight",
                                  "before_residents_year",
                                  "after_residents_year",
                                  "widened_p_value",
                                  "e_test_p_value",
                                  "poisson_z"};
  for (const auto& [name, per] : denominators) {
    for (const char* period : {"before_", "after_"}) {
      for (const char* what : {"value", "year", "rate_per_year", "rate_low_95", "rate_high_95"}) header.push_back(std::string(period) + name + "_" + what);
    }
  }
  return header;
}

void CsvRow(CsvWriter& csv, const api::CompareWardsResponse& answer, const api::WardRow& row, std::size_t denominators) {
  const api::Change& change = row.change();
  const bool tested = change.verdict() != api::VERDICT_UNSPECIFIED;
  csv.text(RowKindWord(row)).text(row.area_code()).text(RowTitle(row));
  csv.count(row.before().incidents()).count(row.after().incidents()).count(row.before().crimes()).count(row.after().crimes()).count(change.difference());
  CsvOptional(csv, change.has_ratio(), change.ratio());
  CsvInterval(csv, change.has_ratio_interval(), change.ratio_interval());
  CsvOptional(csv, change.has_percent(), change.percent());
  CsvOptional(csv, tested, change.p_value());
  CsvOptional(csv, tested, change.q_value()).text(VerdictWordOf(row));
  CsvPeriodCount(csv, row.before());
  CsvPeriodCount(csv, row.after());
  csv.text(change.explanation()).text(DayRangeText(answer.before())).text(DayRangeText(answer.after()));
  csv.text(answer.context().vintage()).text(answer.context().snapshot()).text(row.category()).number(row.before().weight()).number(row.after().weight());
  for (const api::PeriodCount* count : {&row.before(), &row.after()}) count->has_residents() ? csv.whole(count->residents_year()) : csv.empty();
  CsvOptional(csv, tested, change.widened_p_value());
  CsvOptional(csv, change.has_e_test_p_value(), change.e_test_p_value());
  CsvOptional(csv, tested, change.poisson_z());
  for (std::size_t i = 0; i < denominators; ++i) {
    CsvRate(csv, RateAt(row.before(), i));
    CsvRate(csv, RateAt(row.after(), i));
  }
  csv.end_record();
}

}  // namespace

std::string WardTable(const api::CompareWardsResponse& answer, bool explain, const Terminal& terminal) {
  const auto denominators = Denominators(answer);
  const bool by_category = std::any_of(answer.rows().begin(), answer.rows().end(), [](const api::WardRow& row) { return !row.category().empty(); });
  TextTable table(Columns(denominators, by_category));
  VerdictTally tally;
  bool in_areas = true;
  for (const api::WardRow& row : answer.rows()) {
    if (in_areas && row.kind() != api::ROW_KIND_AREA) {
      in_areas = false;
      table.add_rule();
    }
    if (row.kind() == api::ROW_KIND_AREA) tally.add(row.change().verdict());
    table.add_row(Cells(row, denominators.size(), by_category, terminal));
  }
  std::string out;
  out += fmt::format("Wards of {}\nbefore {}, after {}\n", Printable(answer.context().dataset()), DayRangeText(answer.before()), DayRangeText(answer.after()));
  if (const std::string summary = tally.text(); !summary.empty()) out += summary + '\n';
  std::vector<std::string> left_out;
  out += '\n' + table.format(terminal, &left_out);
  if (explain) out += Explanations(answer, terminal);
  const std::vector<LabelledLine> first{LeftOutLine(left_out),
                                        {"counted", CrimesLine(answer)},
                                        {"rates", ResidentsLine(answer)},
                                        DispersionLine(answer.dispersion()),
                                        HoursLine(answer.has_unknown_hour(), answer.unknown_hour())};
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string WardCsv(const api::CompareWardsResponse& answer) {
  const auto denominators = Denominators(answer);
  CsvWriter csv;
  const std::vector<std::string> header = CsvHeader(denominators);
  csv.record({header.begin(), header.end()});
  for (const api::WardRow& row : answer.rows()) CsvRow(csv, answer, row, denominators.size());
  return csv.take();
}

}  // namespace server
