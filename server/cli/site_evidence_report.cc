#include "server/cli/site_evidence_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/cli/camera_certificate_text.h"
#include "server/cli/camera_words.h"
#include "server/cli/change_text.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_names.h"
#include "wardwatch/v1/site_evidence.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::vector<LabelledLine> NeedLines(const api::GatherSiteEvidenceResponse& answer, const Terminal& terminal) {
  std::vector<LabelledLine> lines;
  lines.emplace_back("need", fmt::format("{} incidents in view (95 % {}), more than at {} of {} comparable places", DecimalText(answer.need(), 1),
                                         RangeText(answer.need_interval(), 1, terminal), PercentText(answer.need_percentile()), WholeText(answer.compared())));
  std::string adds = fmt::format("{} beyond the working cameras, {} of the need", DecimalText(answer.marginal(), 1), PercentText(answer.unique_share()));
  if (answer.draws() > 0)
    adds += fmt::format("; between {} for positions within their precision ({} draws)", RangeText(answer.marginal_drawn(), 1, terminal), WholeText(answer.draws()));
  lines.emplace_back("adds", std::move(adds));
  if (answer.draws() > 0) lines.emplace_back("first", fmt::format("no alternative adds more in {} of the draws", PercentText(answer.first_share())));
  lines.emplace_back("when", BlocksText(answer.marginal_by_block()));
  for (const api::SiteYear& year : answer.years()) {
    lines.emplace_back("year", fmt::format("{}: {} in view, more than at {} of the same places", DayRangeText(year.period()), DecimalText(year.need(), 1),
                                           PercentText(year.percentile())));
  }
  lines.emplace_back("lasting", fmt::format("in the top tenth in {} of {} years", answer.years_in_top_tenth(), answer.years_size()));
  if (answer.has_change())
    lines.emplace_back(
        "change", fmt::format("{}, {} times as many between the last two years", VerdictWord(answer.change().verdict()), RatioText(answer.change(), terminal)));
  lines.emplace_back("blind", fmt::format("{} within its sector and range, behind buildings", DecimalText(answer.blind(), 1)));
  std::string levels;
  for (const api::LevelWeight& level : answer.levels())
    levels += fmt::format("{}{} {}", levels.empty() ? "" : ", ", level.level(), DecimalText(level.weight(), 1));
  lines.emplace_back("detail", levels);
  for (const api::SiteAlternative& other : answer.alternatives()) {
    lines.emplace_back("or", fmt::format("{}, {} m away, looking {}: adds {} for {} pounds", other.id(), DecimalText(other.away_m(), 0),
                                         DecimalText(other.bearing_deg(), 0), DecimalText(other.marginal(), 1), PoundsText(other.cost_pence())));
  }
  return lines;
}

// Form by form, each in the order of its boxes. An answer that somebody has to give says so itself.
std::string FormText(const api::GatherSiteEvidenceResponse& answer, const Terminal& terminal) {
  std::vector<std::string> forms;
  for (const api::FormField& field : answer.form_fields()) {
    if (std::find(forms.begin(), forms.end(), field.form()) == forms.end()) forms.push_back(field.form());
  }
  std::string out;
  for (const std::string& form : forms) {
    out += (out.empty() ? "" : "\n") + Printable(form) + '\n';
    for (const api::FormField& field : answer.form_fields()) {
      if (field.form() == form) out += ExplanationLines("  " + field.question(), field.answer(), terminal);
    }
  }
  return out;
}

}  // namespace

std::string SiteEvidenceTable(const api::GatherSiteEvidenceResponse& answer, const Terminal& terminal) {
  std::string out = fmt::format("Evidence for a camera in {} at {:.0f}, {:.0f}, looking {:.0f} degrees\n\n", Printable(answer.context().dataset()),
                                answer.position().easting_m(), answer.position().northing_m(), answer.bearing_deg());
  out += LabelledLines(NeedLines(answer, terminal), terminal) + '\n';
  out += FormText(answer, terminal);
  return out + '\n' + ContextFooter(answer.context(), CertificateLines(answer.certificate()), terminal);
}

std::string SiteEvidenceCsv(const api::GatherSiteEvidenceResponse& answer) {
  CsvWriter csv;
  csv.record({"name", "value", "snapshot"});
  const auto number = [&](std::string_view name, double value) {
    csv.text(name).number(value).text(answer.context().snapshot());
    csv.end_record();
  };
  number("easting_m", answer.position().easting_m());
  number("northing_m", answer.position().northing_m());
  number("bearing_deg", answer.bearing_deg());
  number("need", answer.need());
  number("need_low", answer.need_interval().low());
  number("need_high", answer.need_interval().high());
  number("need_percentile", answer.need_percentile());
  number("compared", answer.compared());
  number("marginal", answer.marginal());
  number("unique_share", answer.unique_share());
  number("years_in_top_tenth", answer.years_in_top_tenth());
  number("blind", answer.blind());
  if (answer.draws() > 0) number("first_share", answer.first_share());
  number("responsive_share", answer.certificate().evidence().responsive_share());
  for (const api::LevelWeight& level : answer.levels()) number("seen_at_" + level.level(), level.weight());
  for (const api::PlacesInView& view : answer.certificate().intrusion()) {
    number(fmt::format("{}_in_view_at_{}", view.kind(), view.level()), static_cast<double>(view.places()));
  }
  for (const api::SiteAlternative& other : answer.alternatives()) number("alternative_" + other.id() + "_adds", other.marginal());
  return csv.take();
}

std::string BearingsTable(const api::SweepBearingsResponse& answer, const Terminal& terminal) {
  TextTable table({{"bearing", Align::kRight, 0, 0},
                   {"in view", Align::kRight, 0, 0},
                   {"lost by masking", Align::kRight, 0, 0},
                   {"watches\nplaces", Align::kRight, 0, 0},
                   {"", Align::kLeft, 0, 0}});
  for (const api::BearingIntrusion& at : answer.bearings()) {
    std::string mark = at.bearing_deg() == answer.best_bearing_deg() ? "most in view" : "";
    if (at.bearing_deg() == answer.least_intrusive_bearing_deg()) mark += mark.empty() ? "least intrusive" : ", least intrusive";
    table.add_row({DecimalText(at.bearing_deg(), 0), DecimalText(at.covered(), 1), DecimalText(at.cover_lost_by_masking(), 1), WholeText(at.places()), mark});
  }
  std::vector<std::string> left_out;
  std::string out =
      fmt::format("Whom a camera in {} would watch, by the way it looks\n\n", Printable(answer.context().dataset())) + table.format(terminal, &left_out);
  std::vector<LabelledLine> lines{LeftOutLine(left_out)};
  lines.emplace_back("turning", fmt::format("from {} to {} degrees avoids {} places and loses {} of what is in view", DecimalText(answer.best_bearing_deg(), 0),
                                            DecimalText(answer.least_intrusive_bearing_deg(), 0), WholeText(answer.places_avoided()),
                                            DecimalText(answer.cover_lost_by_turning(), 1)));
  for (LabelledLine& line : CertificateLines(answer.certificate())) lines.push_back(std::move(line));
  return out + '\n' + ContextFooter(answer.context(), lines, terminal);
}

std::string BearingsCsv(const api::SweepBearingsResponse& answer) {
  CsvWriter csv;
  csv.record({"bearing_deg", "covered", "cover_lost_by_masking", "places", "watches", "most_covered", "least_intrusive", "snapshot"});
  for (const api::BearingIntrusion& at : answer.bearings()) {
    csv.number(at.bearing_deg()).number(at.covered()).number(at.cover_lost_by_masking()).whole(at.places());
    csv.text(PlacesText(at.intrusion(), answer.certificate().level())).flag(at.bearing_deg() == answer.best_bearing_deg());
    csv.flag(at.bearing_deg() == answer.least_intrusive_bearing_deg()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
