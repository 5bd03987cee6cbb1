#include "server/cli/response_report.h"

#include <fmt/format.h>

#include "server/cli/camera_certificate_text.h"
#include "server/cli/camera_words.h"
#include "server/cli/change_text.h"
#include "server/cli/csv_writer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/site_evidence.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string FitText(const api::ResponseFit& fit) {
  // The footer and csv have the words in full.
  const char* grade = fit.grade() == api::EVIDENCE_GRADE_NO_EFFECT_FOUND ? "no effect" : GradeWord(fit.grade());
  return fmt::format("{} {:.0f} %", grade, 100 * fit.supported_share());
}

}  // namespace

std::string ResponseTable(const api::CompareResponsesResponse& answer, const Terminal& terminal) {
  TextTable table({{"place", Align::kLeft, 0, 0},
                   {"incidents", Align::kRight, 0, 0},
                   {"dark", Align::kRight, 0, 0},
                   {"lit column\nwithin m", Align::kRight, 0, 1},
                   {"camera", Align::kLeft, 0, 0},
                   {"lighting", Align::kLeft, 0, 0},
                   {"people", Align::kLeft, 0, 0}});
  for (const api::HotspotResponse& place : answer.hotspots()) {
    table.add_row({place.id(), CountText(place.incidents()),
                   place.has_dark_share() ? fmt::format("{:.0f} %", 100 * place.dark_share()) : std::string(terminal.dash()),
                   place.has_lit_column_m() ? DecimalText(place.lit_column_m(), 0) : terminal.dash(), FitText(place.camera()), FitText(place.lighting()),
                   FitText(place.people())});
  }
  std::vector<std::string> left_out;
  std::string out = fmt::format("What hotspots of {} respond to, as far as studies say\n\n", Printable(answer.context().dataset())) +
                    table.format(terminal, &left_out) + '\n';
  for (const api::HotspotResponse& place : answer.hotspots()) {
    if (place.cautions_size() > 0) out += ExplanationLines(place.id(), fmt::format("{}", fmt::join(place.cautions(), "; ")), terminal);
  }
  std::vector<LabelledLine> lines{LeftOutLine(left_out)};
  lines.emplace_back("shares",
                     "of what happens there, the part of kinds for which the grade is moderate or strong; of lighting also in darkness. None is recommended");
  lines.emplace_back("elsewhere",
                     fmt::format("{} in none of these places, {} without a position", DecimalText(answer.outside(), 1), DecimalText(answer.unlocated(), 1)));
  lines.emplace_back("evidence", answer.evidence());
  lines.emplace_back("review", "by " + DayText(answer.review_on()));
  for (const api::CameraNote& note : answer.notes()) lines.push_back(NoteLine(note));
  lines.emplace_back("handling", answer.handling());
  return out + '\n' + ContextFooter(answer.context(), lines, terminal);
}

std::string ResponseCsv(const api::CompareResponsesResponse& answer) {
  CsvWriter csv;
  csv.record({"place", "incidents", "weight", "known_hour_share", "dark_share", "dark_low", "dark_high", "lit_column_m", "camera_grade", "camera_share",
              "lighting_grade", "lighting_share", "people_grade", "people_share", "cautions", "snapshot"});
  for (const api::HotspotResponse& place : answer.hotspots()) {
    csv.text(place.id()).count(place.incidents()).number(place.weight()).number(place.known_hour_share());
    CsvOptional(csv, place.has_dark_share(), place.dark_share());
    CsvInterval(csv, place.has_dark_bounds(), place.dark_bounds());
    CsvOptional(csv, place.has_lit_column_m(), place.lit_column_m());
    for (const api::ResponseFit* fit : {&place.camera(), &place.lighting(), &place.people()}) csv.text(GradeWord(fit->grade())).number(fit->supported_share());
    csv.text(fmt::format("{}", fmt::join(place.cautions(), "; "))).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
