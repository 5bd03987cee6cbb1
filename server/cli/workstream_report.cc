#include "server/cli/workstream_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "server/cli/context_footer.h"
#include "server/cli/period_text.h"
#include "server/cli/text_table.h"
#include "server/cli/time_of_week_text.h"
#include "server/cli/value_text.h"
#include "wardwatch/v1/workstream.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

const char* TierWord(api::SensitivityTier tier) {
  switch (tier) {
    case api::SENSITIVITY_TIER_MID:
      return "mid";
    case api::SENSITIVITY_TIER_HIGH:
      return "high";
    case api::SENSITIVITY_TIER_VERY_HIGH:
      return "very high";
    default:
      return "low";
  }
}

std::string EntriesText(const api::Workstream& workstream) {
  std::vector<std::string> entries;
  for (const api::CategoryWeight& entry : workstream.entries()) entries.push_back(fmt::format("{} {}", entry.category(), entry.weight()));
  return fmt::format("{}", fmt::join(entries, ", "));
}

std::string HoursText(const api::Workstream& workstream) {
  if (!workstream.time_window().empty()) return workstream.time_window();
  return workstream.has_window() ? TimeOfWeekText(workstream.window()) : "";
}

std::string ConcernText(const api::Workstream& workstream) {
  if (!workstream.has_concern()) return "";
  return fmt::format("{} of residents ({} to {})", PercentText(workstream.concern()), PercentText(workstream.concern_interval().low()),
                     PercentText(workstream.concern_interval().high()));
}

template <class Names>
std::string Joined(const Names& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string RolesText(const api::Workstream& workstream) {
  std::vector<std::string> roles;
  for (const int role : workstream.location_roles()) roles.emplace_back(role == api::LOCATION_ROLE_COMPLAINANT ? "where the complainant lives" : "where it happened");
  return Joined(roles);
}

}  // namespace

std::string WorkstreamNote(const api::Workstream& workstream) {
  std::string text = fmt::format("{} ({}; {}): {}", workstream.id(), workstream.title(), workstream.priority(), EntriesText(workstream));
  if (const std::string hours = HoursText(workstream); !hours.empty()) text += "; " + hours;
  if (!workstream.flags().empty()) text += "; flagged " + Joined(workstream.flags());
  if (!workstream.without_flags().empty()) text += "; not flagged " + Joined(workstream.without_flags());
  if (!workstream.targeting()) text += "; a layer apart, which targets nothing";
  if (!workstream.stands_in_for().empty()) text += "; proxy: " + workstream.stands_in_for();
  return text;
}

std::string TimeWindowNote(const api::NamedTimeWindow& window) {
  std::string text = fmt::format("{} ({}):", window.id(), window.title());
  if (window.has_hours()) text += " " + TimeOfWeekText(window.hours());
  if (window.light() == api::LIGHT_DARK) text += " in the dark";
  if (window.light() == api::LIGHT_DAYLIGHT) text += " in daylight";
  if (window.dates_size() > 0) text += fmt::format(" on {} stretches of days, known for {}", window.dates_size(), DayRangeText(window.dates_known()));
  return text;
}

std::string WorkstreamsTable(const api::ListWorkstreamsResponse& answer, const Terminal& terminal) {
  if (answer.workstreams().empty()) return "The dataset has no workstreams; a manifest may include some, or `wardwatch workstreams save` puts one into force.\n";
  TextTable table({{"workstream", Align::kLeft, 0, 0},
                   {"title", Align::kLeft, 12, 0},
                   {"priority", Align::kLeft, 10, 2},
                   {"hours", Align::kLeft, 8, 3},
                   {"targets", Align::kLeft, 0, 0},
                   {"sensitivity", Align::kLeft, 0, 1},
                   {"revision", Align::kRight, 0, 0}});
  std::vector<LabelledLine> notes;
  for (const api::Workstream& workstream : answer.workstreams()) {
    table.add_row({workstream.id(), workstream.title(), workstream.priority(), HoursText(workstream), workstream.targeting() ? "yes" : "no",
                   TierWord(workstream.sensitivity()), WholeText(workstream.revision())});
    if (!workstream.stands_in_for().empty()) notes.emplace_back("proxy", workstream.id() + ": " + workstream.stands_in_for());
  }
  for (const api::NamedTimeWindow& window : answer.time_windows()) notes.emplace_back("window", TimeWindowNote(window));
  for (const api::Flag& flag : answer.flags()) notes.emplace_back("flag", fmt::format("{} ({})", flag.id(), flag.title()));
  std::vector<std::string> left_out;
  std::string text = table.format(terminal, &left_out);
  notes.push_back(LeftOutLine(left_out));
  return text + '\n' + LabelledLines(notes, terminal);
}

std::string WorkstreamLines(const api::Workstream& workstream, const Terminal& terminal) {
  return LabelledLines({{"workstream", workstream.id()},
                        {"title", workstream.title()},
                        {"priority", workstream.priority()},
                        {"counts", EntriesText(workstream)},
                        {"sources", Joined(workstream.sources())},
                        {"hours", HoursText(workstream)},
                        {"views", Joined(workstream.views())},
                        {"flagged", Joined(workstream.flags())},
                        {"not flagged", Joined(workstream.without_flags())},
                        {"places", RolesText(workstream)},
                        {"targets", workstream.targeting() ? "yes" : "no: a layer apart"},
                        {"proxy", workstream.stands_in_for()},
                        {"caveat", workstream.caveat()},
                        {"tier", TierWord(workstream.sensitivity())},
                        {"cells", fmt::format("{} m", workstream.cell_size_m())},
                        {"minimum", fmt::format("{} incidents", workstream.minimum_count())},
                        {"divided by", Joined(workstream.denominators())},
                        {"concern", ConcernText(workstream)},
                        {"revision", WholeText(workstream.revision())}},
                       terminal);
}

std::string RevisionsTable(const api::ListWorkstreamRevisionsResponse& answer, const Terminal& terminal) {
  if (answer.revisions().empty()) return "No workstream was ever in force.\n";
  TextTable table({{"workstream", Align::kLeft, 0, 0},
                   {"revision", Align::kRight, 0, 0},
                   {"made", Align::kLeft, 0, 0},
                   {"by", Align::kLeft, 8, 0},
                   {"", Align::kLeft, 0, 0},
                   {"note", Align::kLeft, 12, 1}});
  for (const api::WorkstreamRevision& revision : answer.revisions()) {
    const bool manifest = revision.origin() == api::REVISION_ORIGIN_MANIFEST;
    table.add_row({revision.workstream(), WholeText(revision.revision()), revision.made_at(), manifest ? "the manifest" : revision.author(),
                   revision.in_force() ? "in force" : revision.has_definition() ? "" : "removed", revision.note()});
  }
  return table.format(terminal, nullptr);
}

}  // namespace server
