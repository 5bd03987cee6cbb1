#include "server/cli/camera_certificate_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/cli/camera_words.h"
#include "server/cli/period_text.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr int kMostCategories = 5;  // the heaviest

std::string SolverText(const api::SolverReport& solver) {
  std::string text = fmt::format("{} covers {}; no choice covers more than {}: gap {}, {}", solver.method(), DecimalText(solver.value(), 1),
                                 DecimalText(solver.bound(), 1), PercentText(solver.gap()), solver.proved_optimal() ? "proved best" : "not proved best");
  if (solver.stopped()) text += "; stopped when time was up, so another asking may differ: --timeout gives it longer";
  if (!solver.solver().empty()) text += fmt::format(" ({}, {} nodes)", solver.solver(), WholeText(solver.nodes()));
  if (solver.options() > 0) text += fmt::format("; {} ways to place one, {} left to search", WholeText(solver.options()), WholeText(solver.options_left()));
  return text;
}

std::string RobustnessText(const api::RobustnessNote& note) {
  return fmt::format(
      "{} draws of positions within their precision: {} of the picks are picked in {} of them or more; the choice keeps {} of each draw's best on "
      "average, {} at worst",
      WholeText(note.draws()), PercentText(note.stable_share()), PercentText(note.core_share()), PercentText(note.mean_kept()), PercentText(note.worst_kept()));
}

std::string HoursText(const api::HourFit& hours) {
  std::string text = BlocksText(hours.blocks());
  if (text.empty()) return {};
  if (hours.known_share() < 1) text += fmt::format("; the hour of {} is known", PercentText(hours.known_share()));
  if (hours.has_monitored_share()) text += fmt::format("; somebody watches in {}", PercentText(hours.monitored_share()));
  return text;
}

}  // namespace

LabelledLine NoteLine(const api::CameraNote& note) { return {"note", fmt::format("{} ({})", note.message(), note.reason())}; }

LabelledLine LeftOutSiteLine(const api::SiteLeftOut& left_out) {
  return {"left out", fmt::format("{}: {} ({})", left_out.id(), left_out.message(), left_out.reason())};
}

std::vector<LabelledLine> CertificateLines(const api::CameraCertificate& certificate) {
  std::vector<LabelledLine> lines;
  if (certificate.has_solver()) lines.emplace_back("proof", SolverText(certificate.solver()));
  if (certificate.has_robustness()) lines.emplace_back("robustness", RobustnessText(certificate.robustness()));
  const api::EvidenceFit& evidence = certificate.evidence();
  if (evidence.categories_size() > 0) {
    lines.emplace_back("evidence", fmt::format("{} of what is in view is of kinds for which studies support cameras (moderate or strong)",
                                               PercentText(evidence.responsive_share())));
  }
  for (int i = 0; i < std::min(evidence.categories_size(), kMostCategories); ++i) {
    const api::CategoryEvidence& row = evidence.categories(i);
    lines.emplace_back("evidence", fmt::format("{}: {} in view, {}{}{}", row.category(), DecimalText(row.weight(), 1), GradeWord(row.grade()),
                                               row.caution().empty() ? "" : "; " + row.caution(), row.source().empty() ? "" : " (" + row.source() + ")"));
  }
  if (const int more = evidence.categories_size() - kMostCategories; more > 0) {
    lines.emplace_back("evidence", fmt::format("{} more categories, each at most {} in view; --format json tells them", more,
                                               DecimalText(evidence.categories(kMostCategories - 1).weight(), 1)));
  }
  lines.emplace_back("hours", HoursText(certificate.hours()));
  std::string privacy = fmt::format("in view at {} or finer: {}", certificate.level(), PlacesText(certificate.intrusion(), certificate.level()));
  if (certificate.intrusion_before_size() > 0)
    privacy += "; of those, of standing cameras already: " + PlacesText(certificate.intrusion_before(), certificate.level());
  lines.emplace_back("privacy", std::move(privacy));
  lines.emplace_back("level", fmt::format("{} of {} counts as in view; half of the positions may be {} m or more from where they are said to be",
                                          certificate.level(), certificate.table(), DecimalText(certificate.median_precision_m(), 1)));
  lines.emplace_back("review", "by " + DayText(certificate.review_on()));
  for (const api::CameraNote& note : certificate.notes()) lines.push_back(NoteLine(note));
  lines.emplace_back("handling", certificate.handling());
  return lines;
}

}  // namespace server
