#include "server/cli/profile_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/time_of_week_text.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr int kHoursShown = 3;

std::string HoursLineOf(const api::WorkstreamProfile& told) {
  std::string text;
  for (int i = 0; i < std::min(kHoursShown, told.hours_size()); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : "; ", TimeOfWeekText(told.hours(i).hours()), PercentText(told.hours(i).share()));
  }
  return text;
}

// The denominators of any workstream of the answer, in order.
std::vector<std::string> MeasuresOf(const api::ProfilePlaceResponse& answer) {
  std::set<std::string> measures;
  for (const api::WorkstreamProfile& told : answer.workstreams()) {
    for (const api::Rate& rate : told.rates()) measures.insert(rate.denominator());
  }
  return {measures.begin(), measures.end()};
}

// The rate by this measure; nullptr where it is not known.
const api::Rate* RateBy(const api::WorkstreamProfile& told, const std::string& measure) {
  for (const api::Rate& rate : told.rates()) {
    if (rate.denominator() == measure) return &rate;
  }
  return nullptr;
}

// "residents 12.3 (9.1-16.2) per 1,000; street-km 4.0 (3.0-5.3)".
std::string RatesLineOf(const api::WorkstreamProfile& told, const Terminal& terminal) {
  std::string text;
  for (const api::Rate& rate : told.rates()) {
    if (rate.denominator() == "residents") continue;  // has a column
    text += fmt::format("{}{} per {}{}", text.empty() ? "" : "; ", RateText(rate, terminal), rate.per() == 1 ? "" : WholeText(static_cast<std::int64_t>(rate.per())) + " ",
                        rate.denominator());
  }
  return text;
}

std::vector<std::string> Row(const api::WorkstreamProfile& told, const Terminal& terminal) {
  const api::Rate* const residents = RateBy(told, "residents");
  return {told.workstream(),
          CountText(told.incidents()),
          RateText(told.rate_per_km2(), terminal),
          residents != nullptr ? RateText(*residents, terminal) : std::string(terminal.dash()),
          told.has_rank() ? fmt::format("{} of {}", told.rank(), told.peers()) : std::string(terminal.dash()),
          CountText(told.before()),
          VerdictWord(told.change().verdict()),
          told.years_covered() > 0 ? fmt::format("{} of {}", told.years_hot(), told.years_covered()) : std::string(terminal.dash()),
          told.positions() > 0 ? fmt::format("{} of {}", told.positions_with_half(), told.positions()) : std::string(terminal.dash()),
          told.has_harm() ? WeightText(told.harm()) : std::string(terminal.dash()),
          told.has_harm_without_largest() ? WeightText(told.harm_without_largest()) : std::string(terminal.dash())};
}

}  // namespace

std::string ProfileTable(const api::ProfilePlaceResponse& answer, const Terminal& terminal) {
  TextTable table({{"workstream", Align::kLeft, 12, 0},
                   {"count", Align::kRight, 0, 0},
                   {"per year\nand " + std::string(terminal.square_km()), Align::kRight, 0, 3},
                   {"per 1,000\nresidents", Align::kRight, 0, 4},
                   {"rank", Align::kRight, 0, 0},
                   {"year\nbefore", Align::kRight, 0, 0},
                   {"change", Align::kLeft, 0, 0},
                   {"years\nhot", Align::kRight, 0, 0},
                   {"half at\npositions", Align::kRight, 0, 1},
                   {"harm", Align::kRight, 0, 2},
                   {"without\nlargest", Align::kRight, 0, 2}});
  for (const api::WorkstreamProfile& told : answer.workstreams()) table.add_row(Row(told, terminal));
  std::string out = fmt::format("{} of {}, {}: {} {}\n\n", Printable(answer.title()), Printable(answer.context().dataset()), DayRangeText(answer.period()),
                                DecimalText(answer.area_km2(), 3), terminal.square_km());
  std::vector<std::string> left_out;
  out += table.format(terminal, &left_out);
  std::vector<LabelledLine> lines{LeftOutLine(left_out)};
  for (const api::WorkstreamProfile& told : answer.workstreams()) {
    if (const std::string rates = RatesLineOf(told, terminal); !rates.empty()) lines.emplace_back("per year", fmt::format("{}: {}", told.workstream(), rates));
    if (told.hours_size() > 0) lines.emplace_back("hours", fmt::format("{}: {}", told.workstream(), HoursLineOf(told)));
  }
  for (const api::WorkstreamProfile& told : answer.workstreams()) {
    if (!told.targeting()) lines.emplace_back("layer", told.workstream() + ": a layer apart, which targets nothing");
    if (!told.proxy().empty()) lines.emplace_back("proxy", told.workstream() + ": " + told.proxy());
    if (!told.caveat().empty()) lines.emplace_back("caveat", told.workstream() + ": " + told.caveat());
  }
  for (const api::CannotSay& cannot : answer.cannot_say()) {
    lines.emplace_back("cannot say", fmt::format("{} of {}: {} ({})", cannot.what(), cannot.workstream(), cannot.message(), cannot.reason()));
  }
  lines.push_back(DispersionLine(answer.dispersion()));
  return out + '\n' + ContextFooter(answer.context(), lines, terminal);
}

std::string ProfileCsv(const api::ProfilePlaceResponse& answer) {
  CsvWriter csv;
  std::vector<std::string_view> header{"place", "area_km2", "workstream", "incidents", "crimes", "weight", "incidents_everywhere", "rate_per_km2_per_year",
                                       "rate_low_95", "rate_high_95", "rank", "peers", "before"};
  header.insert(header.end(), kChangeColumns.begin(), kChangeColumns.end());
  for (const char* name : {"years_hot", "years_covered", "top_hours", "hour_unknown", "positions", "positions_with_half", "top_position_share", "harm",
                           "harm_without_largest", "unweighted", "cannot_say", "days", "vintage", "snapshot"}) {
    header.emplace_back(name);
  }
  const std::vector<std::string> measures = MeasuresOf(answer);
  std::vector<std::string> rate_names;
  for (const std::string& measure : measures) {
    for (const char* what : {"rate_per_year", "rate_low_95", "rate_high_95"}) rate_names.push_back(fmt::format("{}_{}", measure, what));
  }
  header.insert(header.end(), rate_names.begin(), rate_names.end());
  csv.record(header);
  for (const api::WorkstreamProfile& told : answer.workstreams()) {
    csv.text(answer.title()).number(answer.area_km2()).text(told.workstream()).count(told.incidents()).count(told.crimes()).number(told.weight());
    csv.count(told.incidents_everywhere()).number(told.rate_per_km2().rate_per_year());
    CsvInterval(csv, told.rate_per_km2().has_interval(), told.rate_per_km2().interval());
    told.has_rank() ? csv.whole(told.rank()).whole(told.peers()) : csv.empty().empty();
    csv.count(told.before());
    CsvChange(csv, told.change());
    csv.whole(told.years_hot()).whole(told.years_covered()).text(HoursLineOf(told)).count(told.hour_unknown());
    csv.whole(told.positions()).whole(told.positions_with_half()).number(told.top_position_share());
    CsvOptional(csv, told.has_harm(), told.harm());
    CsvOptional(csv, told.has_harm_without_largest(), told.harm_without_largest());
    told.has_unweighted() ? csv.count(told.unweighted()) : csv.empty();
    std::string cannot;
    for (const api::CannotSay& said : answer.cannot_say()) {
      if (said.workstream() == told.workstream()) cannot += fmt::format("{}{}: {}", cannot.empty() ? "" : "; ", said.what(), said.reason());
    }
    csv.text(cannot).text(DayRangeText(answer.period())).text(answer.context().vintage()).text(answer.context().snapshot());
    for (const std::string& measure : measures) {
      const api::Rate* const rate = RateBy(told, measure);
      CsvOptional(csv, rate != nullptr, rate != nullptr ? rate->rate_per_year() : 0);
      CsvInterval(csv, rate != nullptr && rate->has_interval(), rate != nullptr ? rate->interval() : api::Interval::default_instance());
    }
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
