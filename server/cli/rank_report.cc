#include "server/cli/rank_report.h"

#include <fmt/format.h>

#include <vector>

#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string RankText(const api::DenominatorRank& rank, const Terminal& terminal) {
  if (!rank.has_rank()) return terminal.dash();
  const api::RankInterval& interval = rank.rank();
  return interval.low() == interval.high() ? fmt::format("{}", interval.low()) : fmt::format("{}{}{}", interval.low(), terminal.dash(), interval.high());
}

// What a rate by this denominator is per: 1,000 people or 1 km2.
double PerOf(const api::RankWardsResponse& answer, int denominator) {
  for (const api::RankedWard& ward : answer.wards()) {
    if (denominator < ward.denominators_size() && ward.denominators(denominator).rate().per() > 0) return ward.denominators(denominator).rate().per();
  }
  return 1;
}

std::vector<TableColumn> Columns(const api::RankWardsResponse& answer) {
  std::vector<TableColumn> columns{{"code", Align::kLeft, 0, 2},      {"ward", Align::kLeft, 13, 0},  {"count", Align::kRight, 0, 0},
                                   {"expected", Align::kRight, 0, 1}, {"ratio", Align::kRight, 0, 0}, {"against\nthe whole", Align::kLeft, 0, 0}};
  const int denominators = answer.denominators_size();
  for (int i = 0; i < denominators; ++i) {
    // The later denominators go first, rates before ranks; the first one's rank stays.
    const int from_last = denominators - 1 - i;
    columns.push_back({RateHeading(answer.denominators(i), PerOf(answer, i)), Align::kRight, 0, 3 + from_last});
    columns.push_back({"rank by\n" + answer.denominators(i), Align::kRight, 0, i == 0 ? 0 : 3 + denominators + from_last});
  }
  columns.push_back({"rank is", Align::kLeft, 0, 0});
  return columns;
}

std::vector<std::string> Cells(const api::RankWardsResponse& answer, const api::RankedWard& ward, const Terminal& terminal) {
  std::vector<std::string> cells{ward.area_code(),
                                 ward.area_title(),
                                 CountText(ward.incidents()),
                                 ward.has_expected() ? DecimalText(ward.expected(), 1) : std::string(terminal.dash()),
                                 ward.has_ratio() ? DecimalText(ward.ratio(), 2) : std::string(terminal.dash()),
                                 FunnelWord(ward.funnel_class())};
  for (int i = 0; i < answer.denominators_size(); ++i) {
    const api::DenominatorRank rank = i < ward.denominators_size() ? ward.denominators(i) : api::DenominatorRank();
    cells.push_back(RateText(rank.rate(), terminal));
    cells.push_back(RankText(rank, terminal));
  }
  cells.emplace_back(RankLabelWord(ward.label()));
  return cells;
}

// "2 above 99.8 %, 21 within; 5 robust, 19 not rankable"
std::string Summary(const api::RankWardsResponse& answer) {
  const auto tally = [&](int values, const auto& word_of_value, const auto& value_of) {
    std::string text;
    for (int value = 1; value < values; ++value) {
      int wards = 0;
      for (const api::RankedWard& ward : answer.wards()) wards += value_of(ward) == value ? 1 : 0;
      if (wards > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", WholeText(wards), word_of_value(value));
    }
    return text;
  };
  const std::string funnel = tally(
      api::FunnelClass_ARRAYSIZE, [](int value) { return FunnelWord(static_cast<api::FunnelClass>(value)); },
      [](const api::RankedWard& ward) { return static_cast<int>(ward.funnel_class()); });
  const std::string labels = tally(
      api::RankLabel_ARRAYSIZE, [](int value) { return RankLabelWord(static_cast<api::RankLabel>(value)); },
      [](const api::RankedWard& ward) { return static_cast<int>(ward.label()); });
  std::string text;
  if (!funnel.empty()) text += "against the whole: " + funnel + '\n';
  if (!labels.empty()) text += "ranks: " + labels + '\n';
  return text;
}

std::string Explanations(const api::RankWardsResponse& answer, const Terminal& terminal) {
  std::string out = "\n";
  for (const api::RankedWard& ward : answer.wards()) out += ExplanationLines(ward.area_code() + " " + ward.area_title(), ward.explanation(), terminal);
  return out;
}

}  // namespace

const char* FunnelWord(api::FunnelClass funnel_class) {
  switch (funnel_class) {
    case api::FUNNEL_CLASS_WITHIN:
      return "within";
    case api::FUNNEL_CLASS_ABOVE_95:
      return "above 95 %";
    case api::FUNNEL_CLASS_ABOVE_998:
      return "above 99.8 %";
    case api::FUNNEL_CLASS_BELOW_95:
      return "below 95 %";
    case api::FUNNEL_CLASS_BELOW_998:
      return "below 99.8 %";
    default:
      return "";
  }
}

const char* RankLabelWord(api::RankLabel label) {
  switch (label) {
    case api::RANK_LABEL_ROBUST:
      return "robust";
    case api::RANK_LABEL_DEPENDS_ON_DENOMINATOR:
      return "depends on denominator";
    case api::RANK_LABEL_NOT_RANKABLE:
      return "not rankable";
    default:
      return "";
  }
}

std::string RankTable(const api::RankWardsResponse& answer, bool explain, const Terminal& terminal) {
  TextTable table(Columns(answer));
  for (const api::RankedWard& ward : answer.wards()) table.add_row(Cells(answer, ward, terminal));
  std::string out = fmt::format("Wards of {}, {}\n", Printable(answer.context().dataset()), DayRangeText(answer.period()));
  out += Summary(answer);
  std::vector<std::string> left_out;
  out += '\n' + table.format(terminal, &left_out);
  if (explain) out += Explanations(answer, terminal);
  std::vector<LabelledLine> first{LeftOutLine(left_out)};
  first.emplace_back("ranks", "1 is the highest rate; each is a 90 % interval, and wards whose intervals overlap are not told apart");
  if (answer.has_not_in_areas())
    first.emplace_back("not ranked", fmt::format("{} incidents in no ward or without a position", CountText(answer.not_in_areas())));
  first.push_back(DispersionLine(answer.dispersion()));
  first.push_back(HoursLine(answer.has_unknown_hour(), answer.unknown_hour()));
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string RankCsv(const api::RankWardsResponse& answer) {
  CsvWriter csv;
  std::vector<std::string> header{"area_code",    "area_title",    "incidents",     "crimes",         "expected",    "ratio",
                                  "limit_low_95", "limit_high_95", "limit_low_998", "limit_high_998", "funnel_class"};
  for (const std::string& name : answer.denominators()) {
    for (const char* what :
         {"value", "year", "rate_per_year", "rate_low_95", "rate_high_95", "per", "smoothed_rate_per_year", "rank", "rank_low_90", "rank_high_90"})
      header.push_back(name + "_" + what);
  }
  for (const char* name : {"label", "explanation", "days", "vintage", "snapshot"}) header.emplace_back(name);
  csv.record({header.begin(), header.end()});
  for (const api::RankedWard& ward : answer.wards()) {
    csv.text(ward.area_code()).text(ward.area_title()).count(ward.incidents()).count(ward.crimes());
    CsvOptional(csv, ward.has_expected(), ward.expected());
    CsvOptional(csv, ward.has_ratio(), ward.ratio());
    CsvInterval(csv, ward.has_limits_95(), ward.limits_95());
    CsvInterval(csv, ward.has_limits_998(), ward.limits_998()).text(FunnelWord(ward.funnel_class()));
    for (int i = 0; i < answer.denominators_size(); ++i) {
      const api::DenominatorRank rank = i < ward.denominators_size() ? ward.denominators(i) : api::DenominatorRank();
      CsvRate(csv, rank.rate());
      CsvOptional(csv, rank.rate().per() > 0, rank.rate().per());
      CsvOptional(csv, rank.has_smoothed_rate_per_year(), rank.smoothed_rate_per_year());
      for (const std::int32_t value : {rank.rank().rank(), rank.rank().low(), rank.rank().high()}) rank.has_rank() ? csv.whole(value) : csv.empty();
    }
    csv.text(RankLabelWord(ward.label())).text(ward.explanation()).text(DayRangeText(answer.period()));
    csv.text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
