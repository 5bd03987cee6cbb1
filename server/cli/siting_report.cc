#include "server/cli/siting_report.h"

#include <fmt/format.h>

#include "server/cli/camera_certificate_text.h"
#include "server/cli/camera_drawing.h"
#include "server/cli/camera_words.h"
#include "server/cli/change_text.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/siting.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string PicksTable(const api::SitingAnswer& answer, const Terminal& terminal, std::vector<std::string>* left_out) {
  TextTable table({{"", Align::kRight, 0, 0},
                   {"site", Align::kLeft, 8, 0},
                   {"bearing", Align::kRight, 0, 4},
                   {"sees", Align::kRight, 0, 0},
                   {"adds", Align::kRight, 0, 0},
                   {"in view\nso far", Align::kRight, 0, 0},
                   {"lost\nwithout", Align::kRight, 0, 3},
                   {"behind\nwalls", Align::kRight, 0, 2},
                   {"cost\npounds", Align::kRight, 0, 3},
                   {"adds per\n1,000 pounds", Align::kRight, 0, 2},
                   {"watches\nplaces", Align::kRight, 0, 0}});
  int place = 0;
  for (const api::SitedCamera& pick : answer.picks()) {
    table.add_row({fmt::format("{}", ++place), pick.id() + (pick.existing() ? " (stands)" : ""), DecimalText(pick.bearing_deg(), 0),
                   DecimalText(pick.sees(), 1), DecimalText(pick.gain(), 1), DecimalText(pick.cumulative(), 1), DecimalText(pick.unique(), 1),
                   DecimalText(pick.blind(), 1), PoundsText(pick.cost_pence()),
                   pick.has_gain_per_1000_pounds() ? DecimalText(pick.gain_per_1000_pounds(), 1) : terminal.dash(),
                   WholeText(PlacesAt(pick.intrusion(), answer.certificate().level()))});
  }
  return table.format(terminal, left_out);
}

std::vector<LabelledLine> Notes(const api::SitingAnswer& answer, const std::vector<std::string>& left_out) {
  std::vector<LabelledLine> lines{LeftOutLine(left_out)};
  lines.emplace_back(
      "in view", fmt::format("{} of {} before, {} with the picks, {} by two or more at once; {} could be, by every site together; {} have no position",
                             DecimalText(answer.before(), 1), DecimalText(answer.total(), 1), DecimalText(answer.covered(), 1), DecimalText(answer.backup(), 1),
                             DecimalText(answer.coverable(), 1), DecimalText(answer.total() - answer.located(), 1)));
  lines.emplace_back("spent", fmt::format("{} pounds; {} sites were asked about", PoundsText(answer.spend_pence()), WholeText(answer.candidates())));
  if (answer.released_size() > 0) lines.emplace_back("released", fmt::format("{}", fmt::join(answer.released(), ", ")));
  for (const api::CoverMet& met : answer.must_cover()) {
    lines.emplace_back("must cover", fmt::format("{}: {} of it is in view of {} or more at once; {} was asked for", met.id(), PercentText(met.share()), met.times(),
                                                 PercentText(met.least_share())));
  }
  for (const api::SitingAlternative& other : answer.alternatives()) {
    lines.emplace_back(
        "or", fmt::format("{}: {} in view, {} of the best", fmt::join(other.ids(), ", "), DecimalText(other.value(), 1), PercentText(other.share_of_best())));
  }
  if (answer.alternatives_complete()) lines.emplace_back("or", "no other set is as near the best as was asked for");
  for (const api::FrontierPoint& point : answer.frontier()) {
    lines.emplace_back("frontier", fmt::format("{} cameras for {} pounds: {} in view, at most {}{}", point.picks(), PoundsText(point.spend_pence()),
                                               DecimalText(point.value(), 1), DecimalText(point.bound(), 1), point.proved_optimal() ? ", proved best" : ""));
  }
  for (const api::SiteLeftOut& left : answer.left_out()) lines.push_back(LeftOutSiteLine(left));
  for (LabelledLine& line : CertificateLines(answer.certificate())) lines.push_back(std::move(line));
  return lines;
}

}  // namespace

std::string SitingTable(const api::SitingAnswer& answer, bool map, const Terminal& terminal) {
  std::string out = fmt::format("Best sites in {}: {} picked, {} of {} in view\n\n", Printable(answer.context().dataset()), answer.picks_size(),
                                DecimalText(answer.covered(), 1), DecimalText(answer.total(), 1));
  if (map) {
    if (const std::string drawn = DrawCameraMap(MapOf(answer), terminal); !drawn.empty()) out += drawn + '\n';
  }
  std::vector<std::string> left_out;
  out += PicksTable(answer, terminal, &left_out);
  if (answer.picks_size() == 0) out += "nothing is picked; the notes say why\n";
  return out + '\n' + ContextFooter(answer.context(), Notes(answer, left_out), terminal);
}

std::string SitingCsv(const api::SitingAnswer& answer) {
  CsvWriter csv;
  csv.record({"order",   "site",  "existing",   "easting_m", "northing_m", "bearing_deg",          "cost_pence",
              "sees",    "gain",  "cumulative", "unique",    "blind",      "gain_per_1000_pounds", "gain_by_hours",
              "watches", "total", "covered",    "bound",     "gap",        "proved_optimal",       "snapshot"});
  int place = 0;
  for (const api::SitedCamera& pick : answer.picks()) {
    csv.whole(++place)
        .text(pick.id())
        .flag(pick.existing())
        .number(pick.position().easting_m())
        .number(pick.position().northing_m())
        .number(pick.bearing_deg());
    csv.whole(pick.cost_pence()).number(pick.sees()).number(pick.gain()).number(pick.cumulative()).number(pick.unique()).number(pick.blind());
    CsvOptional(csv, pick.has_gain_per_1000_pounds(), pick.gain_per_1000_pounds());
    csv.text(BlocksText(pick.gain_by_block())).text(PlacesText(pick.intrusion(), answer.certificate().level()));
    const api::SolverReport& solver = answer.certificate().solver();
    csv.number(answer.total()).number(answer.covered()).number(solver.bound()).number(solver.gap()).flag(solver.proved_optimal());
    csv.text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

std::string SitingTestTable(const api::SitingTest& answer, const Terminal& terminal) {
  TextTable table({{"site", Align::kLeft, 8, 0}, {"chosen\nas asked", Align::kLeft, 0, 0}, {"chosen in", Align::kRight, 0, 0}, {"core", Align::kLeft, 0, 0}});
  for (const api::SiteFrequency& site : answer.sites()) {
    table.add_row({site.id() + (site.existing() ? " (stands)" : ""), site.in_choice() ? "yes" : "",
                   answer.draws() > 0 ? PercentText(site.frequency()) : std::string(terminal.dash()), site.core() ? "yes" : ""});
  }
  std::vector<LabelledLine> lines;
  lines.emplace_back("draws", fmt::format("{} of positions within their precision{}; half may lie {} m or more away, and the model sees {} m at the level",
                                          WholeText(answer.draws()), answer.stopped() ? ", stopped when time was up" : "",
                                          DecimalText(answer.median_precision_m(), 1), DecimalText(answer.range_m(), 1)));
  if (answer.draws() > 0)
    lines.emplace_back("kept",
                     fmt::format("the choice covers {} of each draw's best on average, {} at worst; no draw's choice is farther below its bound than {}{}",
                                 PercentText(answer.note().mean_kept()), PercentText(answer.note().worst_kept()), PercentText(answer.worst_gap()),
                                 answer.worst_gap() > 0.05 ? "; --exact proves each" : ""));
  for (const api::SitingYear& year : answer.years()) {
    if (year.not_met()) {
      lines.emplace_back("year", fmt::format("{}: no choice covers what must be covered", DayRangeText(year.period())));
      continue;
    }
    lines.emplace_back(
        "year", fmt::format("{}: the choice covers {} of that period's best ({}, at most {}); {} of its sites are the same, {}", DayRangeText(year.period()),
                            PercentText(year.kept()), DecimalText(year.value(), 1), DecimalText(year.bound(), 1), year.shared(), fmt::join(year.ids(), ", ")));
  }
  for (LabelledLine& line : CertificateLines(answer.certificate())) lines.push_back(std::move(line));
  return fmt::format("Would other sites be chosen in {}?\n\n", Printable(answer.context().dataset())) + table.format(terminal, nullptr) + '\n' +
         ContextFooter(answer.context(), lines, terminal);
}

std::string SitingTestCsv(const api::SitingTest& answer) {
  CsvWriter csv;
  csv.record({"site", "in_choice", "draws_chosen", "share_of_draws", "core", "draws", "mean_kept", "worst_kept", "snapshot"});
  for (const api::SiteFrequency& site : answer.sites()) {
    const bool drawn = answer.draws() > 0;
    csv.text(site.id()).flag(site.in_choice()).whole(site.chosen());
    CsvOptional(csv, drawn, site.frequency());
    csv.flag(site.core()).whole(answer.draws());
    CsvOptional(csv, drawn, answer.note().mean_kept());
    CsvOptional(csv, drawn, answer.note().worst_kept());
    csv.text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
