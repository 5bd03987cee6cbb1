#include "server/cli/change_text.h"

#include <fmt/format.h>

#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"

namespace server {

namespace api = wardwatch::v1;

std::string RangeText(const api::Interval& interval, int places, const Terminal& terminal) {
  const std::string high = interval.has_high() ? DecimalText(interval.high(), places) : std::string(terminal.infinity());
  return DecimalText(interval.low(), places) + (interval.low() < 0 ? " to " : terminal.dash()) + high;
}

std::string RatioText(const api::Change& change, const Terminal& terminal) {
  if (!change.has_ratio()) return terminal.dash();
  return fmt::format("{} ({})", DecimalText(change.ratio(), 2), RangeText(change.ratio_interval(), 2, terminal));
}

std::string PercentChangeText(bool present, double percent) {
  if (!present) return {};
  return (percent > 0 ? "+" : "") + DecimalText(percent, 1) + " %";
}

std::string RateText(const api::Rate& rate, const Terminal& terminal) {
  return rate.has_rate_per_year() ? DecimalText(rate.rate_per_year(), 1) : std::string(terminal.dash());
}

std::string RateHeading(const std::string& denominator, double per) {
  return fmt::format("per{}\n{}", per == 1000 ? " 1,000" : per == 1 || per == 0 ? "" : " " + DecimalText(per, 0), denominator);
}

LabelledLine DispersionLine(const api::Dispersion& dispersion) {
  if (!dispersion.has_factor()) return {"spread", ""};
  std::string text =
      fmt::format("areas vary {} times as much as Poisson counts ({} compared): ", DecimalText(dispersion.factor(), 2), WholeText(dispersion.areas()));
  text += dispersion.applied() ? "what was tested is widened by it" : "nothing was widened";
  return {"spread", text};
}

LabelledLine HoursLine(bool present, const api::Count& unknown_hour) {
  if (!present || CountText(unknown_hour) == "0") return {"hours", ""};
  return {"hours", fmt::format("{} more incidents left out, their hour is not known", CountText(unknown_hour))};
}

std::string ExplanationLines(const std::string& what, const std::string& sentence, const Terminal& terminal) {
  std::string out;
  if (sentence.empty()) return out;
  for (const std::string& line : FoldText(Printable(what + ": " + sentence), terminal.width_columns)) out += line + '\n';
  return out;
}

void VerdictTally::add(api::Verdict verdict) {
  if (verdict >= 0 && static_cast<std::size_t>(verdict) < counts_.size()) ++counts_[static_cast<std::size_t>(verdict)];
}

std::string VerdictTally::text() const {
  std::string text;
  for (std::size_t i = 1; i < counts_.size(); ++i) {
    if (counts_[i] > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", WholeText(counts_[i]), VerdictWord(static_cast<api::Verdict>(i)));
  }
  return text;
}

CsvWriter& CsvOptional(CsvWriter& csv, bool present, double value) { return present ? csv.number(value) : csv.empty(); }

CsvWriter& CsvInterval(CsvWriter& csv, bool present, const api::Interval& interval) {
  CsvOptional(csv, present, interval.low());
  return CsvOptional(csv, present && interval.has_high(), interval.high());
}

CsvWriter& CsvRate(CsvWriter& csv, const api::Rate& rate) {
  CsvOptional(csv, rate.has_value(), rate.value());
  rate.year() != 0 ? csv.whole(rate.year()) : csv.empty();
  CsvOptional(csv, rate.has_rate_per_year(), rate.rate_per_year());
  return CsvInterval(csv, rate.has_interval(), rate.interval());
}

const std::vector<std::string_view> kChangeColumns{"ratio_per_day", "ratio_low_95",    "ratio_high_95", "percent_change_per_day",
                                                   "p_value",       "widened_p_value", "q_value",       "e_test_p_value",
                                                   "poisson_z",     "verdict",         "explanation"};

CsvWriter& CsvChange(CsvWriter& csv, const api::Change& change) {
  const bool tested = change.verdict() != api::VERDICT_UNSPECIFIED;
  CsvOptional(csv, change.has_ratio(), change.ratio());
  CsvInterval(csv, change.has_ratio_interval(), change.ratio_interval());
  CsvOptional(csv, change.has_percent(), change.percent());
  CsvOptional(csv, tested, change.p_value());
  CsvOptional(csv, tested, change.widened_p_value());
  CsvOptional(csv, tested, change.q_value());
  CsvOptional(csv, change.has_e_test_p_value(), change.e_test_p_value());
  CsvOptional(csv, tested, change.poisson_z());
  return csv.text(VerdictWord(change.verdict())).text(change.explanation());
}

}  // namespace server
