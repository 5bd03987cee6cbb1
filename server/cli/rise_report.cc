#include "server/cli/rise_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "server/cli/change_text.h"
#include "server/cli/context_footer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

const char* KindWord(api::ComparisonKind kind) {
  switch (kind) {
    case api::COMPARISON_KIND_PEERS:
      return "peers";
    case api::COMPARISON_KIND_REST:
      return "rest";
    case api::COMPARISON_KIND_SOURCE:
      return "source";
    case api::COMPARISON_KIND_PEER:
      return "peer";
    case api::COMPARISON_KIND_CATEGORY:
      return "category";
    default:
      return "unknown";
  }
}

std::string RatioOfRatiosText(const api::RiseComparison& comparison, const Terminal& terminal) {
  if (!comparison.has_ratio_of_ratios()) return {};
  std::string text = DecimalText(comparison.ratio_of_ratios(), 2);
  if (comparison.has_ratio_of_ratios_interval()) text += fmt::format(" ({})", RangeText(comparison.ratio_of_ratios_interval(), 2, terminal));
  return text;
}

std::string NameOf(const api::RiseComparison& comparison) { return comparison.title().empty() ? comparison.id() : comparison.title(); }

std::string Reasons(const api::CheckRiseResponse& answer, const Terminal& terminal) {
  std::string out;
  for (const std::string& reason : answer.reasons()) {
    std::string lead = "- ";
    for (const std::string& line : FoldText(Printable(reason), terminal.width_columns - 2)) {
      out += lead + line + '\n';
      lead = "  ";
    }
  }
  return out.empty() ? out : out + '\n';
}

TextTable Comparisons(const api::CheckRiseResponse& answer, const Terminal& terminal) {
  TextTable table({{"", Align::kLeft, 0, 1},
                   {"compared", Align::kLeft, 13, 0},
                   {"before", Align::kRight, 0, 0},
                   {"after", Align::kRight, 0, 0},
                   {"percent", Align::kRight, 0, 2},
                   {"ratio (95 %)", Align::kLeft, 0, 0},
                   {"by itself", Align::kLeft, 0, 0},
                   {"place / this\n(95 %)", Align::kLeft, 0, 0},
                   {"p", Align::kRight, 0, 3}});
  const api::Change& place = answer.change();
  table.add_row({"place", "The place", CountText(answer.before().incidents()), CountText(answer.after().incidents()),
                 PercentChangeText(place.has_percent(), place.percent()), RatioText(place, terminal), VerdictWord(place.verdict()), "", ""});
  table.add_rule();
  for (const api::RiseComparison& comparison : answer.comparisons()) {
    const api::Change& change = comparison.change();
    table.add_row({KindWord(comparison.kind()), NameOf(comparison), CountText(comparison.before().incidents()), CountText(comparison.after().incidents()),
                   PercentChangeText(change.has_percent(), change.percent()), RatioText(change, terminal), VerdictWord(change.verdict()),
                   RatioOfRatiosText(comparison, terminal), comparison.has_p_value() ? ProbabilityText(comparison.p_value()) : ""});
  }
  return table;
}

void CsvCounts(CsvWriter& csv, const api::PeriodCount& before, const api::PeriodCount& after) {
  for (const api::PeriodCount* count : {&before, &after}) {
    csv.count(count->incidents()).count(count->crimes()).number(count->weight());
    CsvOptional(csv, count->has_residents(), count->residents());
    count->has_residents() ? csv.whole(count->residents_year()) : csv.empty();
    CsvOptional(csv, count->has_rate_per_1000_per_year(), count->rate_per_1000_per_year());
    CsvInterval(csv, count->has_rate_interval() && count->has_rate_per_1000_per_year(), count->rate_interval());
  }
}

}  // namespace

std::string RiseTable(const api::CheckRiseResponse& answer, bool explain, const Terminal& terminal) {
  std::string out =
      fmt::format("A place in {}\nbefore {}, after {}\n", Printable(answer.context().dataset()),
                  Printable(PeriodUsedText(ParameterUsed(answer.context(), "before"))), Printable(PeriodUsedText(ParameterUsed(answer.context(), "after"))));
  out += fmt::format("{} incidents before, {} after", CountText(answer.before().incidents()), CountText(answer.after().incidents()));
  if (const std::string verdict = VerdictWord(answer.change().verdict()); !verdict.empty()) out += ": " + verdict;
  out += "\n\n" + Reasons(answer, terminal);
  std::vector<std::string> left_out;
  out += Comparisons(answer, terminal).format(terminal, &left_out);
  if (explain) {
    out += '\n' + ExplanationLines("The place", answer.change().explanation(), terminal);
    for (const api::RiseComparison& comparison : answer.comparisons()) out += ExplanationLines(NameOf(comparison), comparison.change().explanation(), terminal);
  }
  std::vector<LabelledLine> first{LeftOutLine(left_out), DispersionLine(answer.dispersion())};
  if (answer.has_peers_as_extreme()) {
    const auto peers = std::count_if(answer.comparisons().begin(), answer.comparisons().end(),
                                     [](const api::RiseComparison& comparison) { return comparison.kind() == api::COMPARISON_KIND_PEER; });
    first.emplace_back("peers", fmt::format("{} of {} changed at least as far in the same direction",
                                            WholeText(std::llround(answer.peers_as_extreme() * static_cast<double>(peers))), WholeText(peers)));
  }
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string RiseCsv(const api::CheckRiseResponse& answer) {
  CsvWriter csv;
  std::vector<std::string_view> header{"kind", "id", "title"};
  const std::vector<std::string_view> counts{"before_incidents",
                                             "before_crimes",
                                             "before_weight",
                                             "before_residents",
                                             "before_residents_year",
                                             "before_rate_per_1000_per_year",
                                             "before_rate_low_95",
                                             "before_rate_high_95",
                                             "after_incidents",
                                             "after_crimes",
                                             "after_weight",
                                             "after_residents",
                                             "after_residents_year",
                                             "after_rate_per_1000_per_year",
                                             "after_rate_low_95",
                                             "after_rate_high_95",
                                             "difference"};
  header.insert(header.end(), counts.begin(), counts.end());
  header.insert(header.end(), kChangeColumns.begin(), kChangeColumns.end());
  header.insert(header.end(),
                {"ratio_of_ratios", "ratio_of_ratios_low_95", "ratio_of_ratios_high_95", "comparison_p_value", "peers_as_extreme", "vintage", "snapshot"});
  csv.record(header);
  const auto record = [&](const char* kind, const std::string& id, const std::string& title, const auto& row) -> CsvWriter& {
    csv.text(kind).text(id).text(title);
    CsvCounts(csv, row.before(), row.after());
    return CsvChange(csv.count(row.change().difference()), row.change());
  };
  record("place", "", "The place", answer).empty().empty().empty().empty();
  CsvOptional(csv, answer.has_peers_as_extreme(), answer.peers_as_extreme()).text(answer.context().vintage()).text(answer.context().snapshot());
  csv.end_record();
  for (const api::RiseComparison& comparison : answer.comparisons()) {
    record(KindWord(comparison.kind()), comparison.id(), comparison.title(), comparison);
    CsvOptional(csv, comparison.has_ratio_of_ratios(), comparison.ratio_of_ratios());
    CsvInterval(csv, comparison.has_ratio_of_ratios() && comparison.has_ratio_of_ratios_interval(), comparison.ratio_of_ratios_interval());
    CsvOptional(csv, comparison.has_p_value(), comparison.p_value()).empty().text(answer.context().vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
