#include "server/cli/ward_report.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

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

std::string RatioText(const api::Change& change, const Terminal& terminal) {
  if (!change.has_ratio()) return terminal.dash();
  return fmt::format("{} ({}{}{})", DecimalText(change.ratio(), 2), DecimalText(change.ratio_interval().low(), 2), terminal.dash(),
                     change.ratio_interval().has_high() ? DecimalText(change.ratio_interval().high(), 2) : std::string(terminal.infinity()));
}

std::string RateText(const api::PeriodCount& count, const Terminal& terminal) {
  return count.has_rate_per_1000_per_year() ? DecimalText(count.rate_per_1000_per_year(), 1) : std::string(terminal.dash());
}

std::string PercentChange(const api::Change& change) {
  if (!change.has_percent()) return {};
  return (change.percent() > 0 ? "+" : "") + DecimalText(change.percent(), 1) + " %";
}

// "2 higher, 1 lower, 21 no clear change"
std::string VerdictSummary(const api::CompareWardsResponse& answer) {
  constexpr std::array<const char*, 5> kWords{"higher", "lower", "no clear change", "too few to say", "not comparable"};
  std::string text;
  for (const char* word : kWords) {
    int wards = 0;
    for (const api::WardRow& row : answer.rows()) wards += row.kind() == api::ROW_KIND_AREA && VerdictWordOf(row) == std::string_view(word) ? 1 : 0;
    if (wards == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", wards, word);
  }
  return text;
}

std::string CrimesLine(const api::CompareWardsResponse& answer) {
  for (const api::WardRow& row : answer.rows()) {
    if (row.kind() != api::ROW_KIND_TOTAL) continue;
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

std::string Explanations(const api::CompareWardsResponse& answer, const Terminal& terminal) {
  std::string out = "\n";
  for (const api::WardRow& row : answer.rows()) {
    if (row.change().explanation().empty()) continue;
    const std::string lead = Printable(fmt::format("{}{}{}: ", row.area_code(), row.area_code().empty() ? "" : " ", RowTitle(row)));
    for (const std::string& line : FoldText(lead + Printable(row.change().explanation()), terminal.width_columns)) out += line + '\n';
  }
  return out;
}

}  // namespace

std::string WardTable(const api::CompareWardsResponse& answer, bool explain, const Terminal& terminal) {
  TextTable table({{"code", Align::kLeft, 0, 2},
                   {"ward", Align::kLeft, 13, 0},
                   {"before", Align::kRight, 0, 0},
                   {"after", Align::kRight, 0, 0},
                   {"change", Align::kRight, 0, 0},
                   {"percent", Align::kRight, 0, 1},
                   {"ratio (95 %)", Align::kLeft, 0, 0},
                   {"rate\nbefore", Align::kRight, 0, 3},
                   {"rate\nafter", Align::kRight, 0, 3},
                   {"verdict", Align::kLeft, 0, 0}});
  bool in_areas = true;
  for (const api::WardRow& row : answer.rows()) {
    if (in_areas && row.kind() != api::ROW_KIND_AREA) {
      in_areas = false;
      table.add_rule();
    }
    table.add_row({row.area_code(), RowTitle(row), CountText(row.before().incidents()), CountText(row.after().incidents()),
                   SignedCountText(row.change().difference()), PercentChange(row.change()), RatioText(row.change(), terminal), RateText(row.before(), terminal),
                   RateText(row.after(), terminal), VerdictWordOf(row)});
  }
  std::string out;
  out += fmt::format("Wards of {}\nbefore {}, after {}\n", Printable(answer.context().dataset()), DayRangeText(answer.before()), DayRangeText(answer.after()));
  if (const std::string summary = VerdictSummary(answer); !summary.empty()) out += summary + '\n';
  std::vector<std::string> left_out;
  out += '\n' + table.format(terminal, &left_out);
  if (explain) out += Explanations(answer, terminal);
  std::vector<LabelledLine> first;
  first.push_back(LeftOutLine(left_out));
  first.emplace_back("counted", CrimesLine(answer));
  first.emplace_back("rates", ResidentsLine(answer));
  if (answer.has_unknown_hour() && CountText(answer.unknown_hour()) != "0") {
    first.emplace_back("hours", fmt::format("{} more incidents left out, their hour is not known", CountText(answer.unknown_hour())));
  }
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string WardCsv(const api::CompareWardsResponse& answer) {
  CsvWriter csv;
  csv.record({"kind",
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
              "snapshot"});
  const auto optional = [&csv](bool present, double value) { present ? csv.number(value) : csv.empty(); };
  const auto rates = [&](const api::PeriodCount& count) {
    optional(count.has_residents(), count.residents());
    optional(count.has_rate_per_1000_per_year(), count.rate_per_1000_per_year());
    optional(count.has_rate_per_1000_per_year(), count.rate_interval().low());
    optional(count.has_rate_per_1000_per_year(), count.rate_interval().high());
  };
  for (const api::WardRow& row : answer.rows()) {
    const api::Change& change = row.change();
    csv.text(RowKindWord(row)).text(row.area_code()).text(RowTitle(row));
    csv.count(row.before().incidents()).count(row.after().incidents()).count(row.before().crimes()).count(row.after().crimes()).count(change.difference());
    optional(change.has_ratio(), change.ratio());
    optional(change.has_ratio_interval(), change.ratio_interval().low());
    optional(change.ratio_interval().has_high(), change.ratio_interval().high());
    optional(change.has_percent(), change.percent());
    const bool tested = *VerdictWordOf(row) != '\0';
    optional(tested, change.p_value());
    optional(tested, change.q_value());
    csv.text(VerdictWordOf(row));
    rates(row.before());
    rates(row.after());
    csv.text(change.explanation()).text(DayRangeText(answer.before())).text(DayRangeText(answer.after()));
    csv.text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
