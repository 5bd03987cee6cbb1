#include "server/cli/years_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/sparkline.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::vector<std::string> PeriodNames(const api::CompareYearsResponse& answer) {
  std::vector<std::string> names;
  for (const api::DayRange& days : answer.periods()) names.push_back(ShortPeriodText(days));
  return names;
}

// "2024-06..2025-05" is broken after the dots to stand over a narrow column.
std::string Heading(std::string name) {
  if (const std::size_t dots = name.find(".."); dots != std::string::npos) name.insert(dots + 2, "\n");
  return name;
}

// Per day: a leap year, or half a year, is no hill.
std::vector<std::optional<double>> CountsPerDay(const api::CompareYearsResponse& answer, const api::YearsRow& row) {
  std::vector<std::optional<double>> values;
  for (int i = 0; i < row.cells_size(); ++i) {
    const api::Count& count = row.cells(i).incidents();
    const int days = i < answer.periods_size() ? DaysOf(answer.periods(i)) : 0;
    const bool known = !IsHidden(count) && count.value_case() != api::Count::VALUE_NOT_SET && days > 0;
    values.push_back(known ? std::optional(static_cast<double>(NumberOf(count)) / days) : std::nullopt);
  }
  return values;
}

std::string RankText(const api::YearCell& cell, const Terminal& terminal) {
  if (!cell.has_rank()) return {};
  return cell.rank().low() == cell.rank().high() ? fmt::format("{}", cell.rank().low())
                                                 : fmt::format("{}{}{}", cell.rank().low(), terminal.dash(), cell.rank().high());
}

struct Layout {
  std::vector<std::string> periods;
  int baseline = 0;
  bool by_category = false;
  bool two_verdicts = false;  // the period before the last is not the baseline
  std::string rate_heading = "rate";
};

Layout Describe(const api::CompareYearsResponse& answer, int baseline) {
  Layout layout;
  layout.periods = PeriodNames(answer);
  const int last = static_cast<int>(layout.periods.size()) - 1;
  layout.baseline = std::clamp(baseline, 0, std::max(0, last));
  layout.two_verdicts = last >= 1 && layout.baseline != last - 1 && layout.baseline != last;
  for (const api::YearsRow& row : answer.rows()) {
    layout.by_category = layout.by_category || !row.category().empty();
    if (row.kind() == api::ROW_KIND_AREA && row.cells_size() > 0) {
      const api::Rate& rate = row.cells(row.cells_size() - 1).rate();
      if (!rate.denominator().empty()) layout.rate_heading = RateHeading(rate.denominator(), rate.per());
    }
  }
  return layout;
}

std::vector<TableColumn> Columns(const Layout& layout) {
  std::vector<TableColumn> columns{{"code", Align::kLeft, 0, 2}, {"ward", Align::kLeft, 13, 0}};
  if (layout.by_category) columns.push_back({"category", Align::kLeft, 10, 0});
  const int last = static_cast<int>(layout.periods.size()) - 1;
  for (int i = 0; i <= last; ++i) {
    // The years between go first, oldest first; their course is in the sparkline.
    const bool stays = i == last || i == last - 1 || i == layout.baseline;
    columns.push_back({Heading(layout.periods[static_cast<std::size_t>(i)]), Align::kRight, 0, stays ? 0 : 5 + i});
  }
  columns.push_back({"course", Align::kLeft, 0, 0});
  const auto against = [&](int period) { return "against\n" + Heading(layout.periods[static_cast<std::size_t>(period)]); };
  if (layout.two_verdicts) {
    columns.push_back({against(layout.baseline), Align::kLeft, 0, 0});
    columns.push_back({"percent", Align::kRight, 0, 1});
  }
  if (last >= 1) {
    columns.push_back({against(last - 1), Align::kLeft, 0, 0});
    columns.push_back({"percent", Align::kRight, 0, 1});
  }
  columns.push_back({layout.rate_heading, Align::kRight, 0, 3});
  columns.push_back({"rank\n(90 %)", Align::kRight, 0, 4});
  return columns;
}

std::vector<std::string> Cells(const api::CompareYearsResponse& answer, const api::YearsRow& row, const Layout& layout, const Terminal& terminal) {
  std::vector<std::string> cells{row.area_code(), RowTitle(row.kind(), row.area_title())};
  if (layout.by_category) cells.push_back(row.category());
  const int last = static_cast<int>(layout.periods.size()) - 1;
  const auto cell_at = [&](int i) { return i >= 0 && i < row.cells_size() ? row.cells(i) : api::YearCell(); };
  for (int i = 0; i <= last; ++i) cells.push_back(CountText(cell_at(i).incidents()));
  cells.push_back(Sparkline(CountsPerDay(answer, row), terminal));
  const api::YearCell end = cell_at(last);
  const auto verdict = [&](const api::BriefChange& change) {
    cells.emplace_back(VerdictWord(change.verdict()));
    cells.push_back(PercentChangeText(change.has_percent(), change.percent()));
  };
  if (layout.two_verdicts) verdict(end.from_baseline());
  if (last >= 1) verdict(end.from_previous());
  cells.push_back(row.kind() == api::ROW_KIND_AREA ? RateText(end.rate(), terminal) : end.rate().has_rate_per_year() ? RateText(end.rate(), terminal) : "");
  cells.push_back(RankText(end, terminal));
  return cells;
}

// "2020 is not comparable with 2019: covid-asb"
std::vector<LabelledLine> BreakLines(const api::CompareYearsResponse& answer, const Layout& layout) {
  std::vector<LabelledLine> lines;
  const auto name = [&](int i) { return layout.periods[static_cast<std::size_t>(i)]; };
  const int periods = static_cast<int>(layout.periods.size());
  for (int i = 0; i < answer.breaks_from_previous_size() && i + 1 < periods; ++i) {
    const std::string& breaks = answer.breaks_from_previous(i);
    if (!breaks.empty()) lines.emplace_back("breaks", fmt::format("{} is not comparable with {}: {}", name(i + 1), name(i), breaks));
  }
  for (int i = 0; i < answer.breaks_from_baseline_size() && i < periods; ++i) {
    const std::string& breaks = answer.breaks_from_baseline(i);
    if (!breaks.empty() && i != layout.baseline + 1)
      lines.emplace_back("breaks", fmt::format("{} is not comparable with {}: {}", name(i), name(layout.baseline), breaks));
  }
  return lines;
}

std::string Summary(const api::CompareYearsResponse& answer, const Layout& layout) {
  VerdictTally previous;
  VerdictTally baseline;
  for (const api::YearsRow& row : answer.rows()) {
    if (row.kind() != api::ROW_KIND_AREA || row.cells_size() == 0) continue;
    const api::YearCell& end = row.cells(row.cells_size() - 1);
    previous.add(end.from_previous().verdict());
    baseline.add(end.from_baseline().verdict());
  }
  const std::size_t last = layout.periods.size() - 1;
  std::string text;
  const auto add = [&](const VerdictTally& tally, std::size_t period) {
    if (!tally.text().empty()) text += fmt::format("{} against {}: {}\n", layout.periods[last], layout.periods[period], tally.text());
  };
  if (layout.two_verdicts) add(baseline, static_cast<std::size_t>(layout.baseline));
  if (last >= 1) add(previous, last - 1);
  return text;
}

void CsvBrief(CsvWriter& csv, bool present, const api::BriefChange& change) {
  const bool tested = present && change.verdict() != api::VERDICT_UNSPECIFIED;
  CsvOptional(csv, present && change.has_ratio(), change.ratio());
  CsvOptional(csv, present && change.has_percent(), change.percent());
  CsvOptional(csv, tested, change.p_value());
  CsvOptional(csv, tested, change.q_value()).text(VerdictWord(change.verdict()));
}

}  // namespace

std::string YearsTable(const api::CompareYearsResponse& answer, int baseline, const Terminal& terminal) {
  std::string out = fmt::format("Wards of {}\n", Printable(answer.context().dataset()));
  if (answer.periods().empty()) return out + ContextFooter(answer.context(), {}, terminal);
  const Layout layout = Describe(answer, baseline);
  TextTable table(Columns(layout));
  bool in_areas = true;
  for (const api::YearsRow& row : answer.rows()) {
    if (in_areas && row.kind() != api::ROW_KIND_AREA) {
      in_areas = false;
      table.add_rule();
    }
    table.add_row(Cells(answer, row, layout, terminal));
  }
  out += Summary(answer, layout);
  std::vector<std::string> left_out;
  out += '\n' + table.format(terminal, &left_out);
  std::vector<LabelledLine> first{LeftOutLine(left_out)};
  first.emplace_back("course", "incidents per day of each period, from none to the row's largest");
  for (LabelledLine& line : BreakLines(answer, layout)) first.push_back(std::move(line));
  first.push_back(DispersionLine(answer.dispersion()));
  first.push_back(HoursLine(answer.has_unknown_hour(), answer.unknown_hour()));
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string YearsCsv(const api::CompareYearsResponse& answer, int baseline) {
  CsvWriter csv;
  csv.record({"kind",
              "area_code",
              "area_title",
              "category",
              "period",
              "days",
              "incidents",
              "crimes",
              "denominator",
              "per",
              "denominator_value",
              "denominator_year",
              "rate_per_year",
              "rate_low_95",
              "rate_high_95",
              "rank",
              "rank_low_90",
              "rank_high_90",
              "previous_ratio_per_day",
              "previous_percent_per_day",
              "previous_p_value",
              "previous_q_value",
              "previous_verdict",
              "previous_breaks",
              "baseline",
              "baseline_ratio_per_day",
              "baseline_percent_per_day",
              "baseline_p_value",
              "baseline_q_value",
              "baseline_verdict",
              "baseline_breaks",
              "vintage",
              "snapshot"});
  const std::vector<std::string> names = PeriodNames(answer);
  for (const api::YearsRow& row : answer.rows()) {
    for (int i = 0; i < row.cells_size() && i < answer.periods_size(); ++i) {
      const api::YearCell& cell = row.cells(i);
      csv.text(RowKindWord(row.kind())).text(row.area_code()).text(RowTitle(row.kind(), row.area_title())).text(row.category());
      csv.text(names[static_cast<std::size_t>(i)]).text(DayRangeText(answer.periods(i))).count(cell.incidents()).count(cell.crimes());
      csv.text(cell.rate().denominator());
      CsvOptional(csv, cell.rate().per() > 0, cell.rate().per());
      CsvRate(csv, cell.rate());
      for (const std::int32_t rank : {cell.rank().rank(), cell.rank().low(), cell.rank().high()}) cell.has_rank() ? csv.whole(rank) : csv.empty();
      CsvBrief(csv, cell.has_from_previous(), cell.from_previous());
      csv.text(i >= 1 && i - 1 < answer.breaks_from_previous_size() ? answer.breaks_from_previous(i - 1) : "");
      csv.text(baseline >= 0 && baseline < answer.periods_size() ? names[static_cast<std::size_t>(baseline)] : "");
      CsvBrief(csv, cell.has_from_baseline(), cell.from_baseline());
      csv.text(i < answer.breaks_from_baseline_size() ? answer.breaks_from_baseline(i) : "");
      csv.text(answer.context().vintage()).text(answer.context().snapshot());
      csv.end_record();
    }
  }
  return csv.take();
}

}  // namespace server
