#include "server/cli/boundary_report.h"

#include <fmt/format.h>

#include <vector>

#include "server/cli/change_text.h"
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

bool IsGone(const api::BoundaryRow& row) { return row.kind() == api::ROW_KIND_AREA && row.area_code().empty(); }

// A new area that an old one became: both have to be there.
bool HasSuccessor(const api::BoundaryRow& row) { return !row.area_code().empty() && !row.predecessor_code().empty(); }

std::string TitleOf(const api::BoundaryRow& row) { return IsGone(row) ? "(no successor)" : RowTitle(row.kind(), row.area_title()); }

std::string PredecessorOf(const api::BoundaryRow& row, const Terminal& terminal) {
  if (row.kind() != api::ROW_KIND_AREA) return {};
  if (row.predecessor_code().empty()) return terminal.dash();
  return row.predecessor_title().empty() ? row.predecessor_code() : row.predecessor_title();
}

TextTable Rows(const api::CompareBoundariesResponse& answer, const Terminal& terminal) {
  TextTable table({{"code", Align::kLeft, 0, 2},
                   {"ward", Align::kLeft, 12, 0},
                   {"was", Align::kLeft, 12, 3},
                   {"kept", Align::kRight, 0, 1},
                   {"before,\nold", Align::kRight, 0, 0},
                   {"before,\nnew", Align::kRight, 0, 5},
                   {"after", Align::kRight, 0, 0},
                   {"naive", Align::kRight, 0, 0},
                   {"bound-\nary", Align::kRight, 0, 0},
                   {"inci-\ndents", Align::kRight, 0, 0},
                   {"ratio (95 %)", Align::kLeft, 0, 4},
                   {"verdict", Align::kLeft, 0, 0}});
  bool in_areas = true;
  for (const api::BoundaryRow& row : answer.rows()) {
    if (in_areas && row.kind() != api::ROW_KIND_AREA) {
      in_areas = false;
      table.add_rule();
    }
    table.add_row({row.area_code(), TitleOf(row), PredecessorOf(row, terminal), HasSuccessor(row) ? PercentText(row.predecessor_share_kept()) : "",
                   CountText(row.before_on_old()), CountText(row.before_on_new()), CountText(row.after_on_new()), SignedCountText(row.naive_difference()),
                   SignedCountText(row.boundary_moved()), SignedCountText(row.incidents_changed()),
                   row.change().has_ratio() ? RatioText(row.change(), terminal) : "", VerdictWord(row.change().verdict())});
  }
  return table;
}

std::string EndOf(const std::string& code) { return code.empty() ? "(outside)" : code; }

TextTable Flows(const api::CompareBoundariesResponse& answer) {
  TextTable table({{"from", Align::kLeft, 0, 0},
                   {"to", Align::kLeft, 0, 0},
                   {"before", Align::kRight, 0, 0},
                   {"after", Align::kRight, 0, 0},
                   {"km2", Align::kRight, 0, 1},
                   {"of the\nold ward", Align::kRight, 0, 0},
                   {"of the\nnew ward", Align::kRight, 0, 0}});
  for (const api::BoundaryFlow& flow : answer.flows()) {
    const bool inside = !flow.from_code().empty() && !flow.to_code().empty();
    table.add_row({EndOf(flow.from_code()), EndOf(flow.to_code()), CountText(flow.before()), CountText(flow.after()),
                   inside ? DecimalText(flow.area_km2(), 3) : "", flow.from_code().empty() ? "" : PercentText(flow.share_of_from()),
                   flow.to_code().empty() ? "" : PercentText(flow.share_of_to())});
  }
  return table;
}

// How far the boundary alone would have misled: the wards that it moved incidents into or out of.
std::string MovedLine(const api::CompareBoundariesResponse& answer) {
  int areas = 0;
  int moved = 0;
  for (const api::BoundaryRow& row : answer.rows()) {
    if (row.kind() != api::ROW_KIND_AREA) continue;
    ++areas;
    moved += NumberOf(row.boundary_moved()) != 0 ? 1 : 0;
  }
  return fmt::format("the boundary alone changes the count of {} of {} rows; naive = boundary + incidents", moved, areas);
}

}  // namespace

std::string BoundaryTable(const api::CompareBoundariesResponse& answer, bool flows, bool explain, const Terminal& terminal) {
  std::string out = fmt::format("Wards of {}, {} to {}\nbefore {}, after {}\n", Printable(answer.context().dataset()), Printable(answer.from_vintage()),
                                Printable(answer.to_vintage()), DayRangeText(answer.before()), DayRangeText(answer.after()));
  VerdictTally tally;
  for (const api::BoundaryRow& row : answer.rows()) {
    if (row.kind() == api::ROW_KIND_AREA) tally.add(row.change().verdict());
  }
  if (!tally.text().empty()) out += "on the new boundaries: " + tally.text() + '\n';
  std::vector<std::string> left_out;
  out += '\n' + Rows(answer, terminal).format(terminal, &left_out);
  if (flows) out += '\n' + Flows(answer).format(terminal, &left_out);
  if (explain) out += '\n';
  for (const api::BoundaryRow& row : answer.rows()) {
    if (explain) out += ExplanationLines(row.area_code() + (row.area_code().empty() ? "" : " ") + TitleOf(row), row.change().explanation(), terminal);
  }
  const std::vector<LabelledLine> first{
      LeftOutLine(left_out), {"moved", MovedLine(answer)}, DispersionLine(answer.dispersion()), HoursLine(answer.has_unknown_hour(), answer.unknown_hour())};
  return out + '\n' + ContextFooter(answer.context(), first, terminal);
}

std::string BoundaryCsv(const api::CompareBoundariesResponse& answer) {
  CsvWriter csv;
  std::vector<std::string_view> header{
      "kind",          "area_code",     "area_title",   "area_km2",         "predecessor_code", "predecessor_title", "predecessor_share_kept",
      "before_on_old", "before_on_new", "after_on_new", "naive_difference", "boundary_moved",   "incidents_changed"};
  header.insert(header.end(), kChangeColumns.begin(), kChangeColumns.end());
  header.insert(header.end(), {"before_days", "after_days", "from_vintage", "to_vintage", "snapshot"});
  csv.record(header);
  for (const api::BoundaryRow& row : answer.rows()) {
    csv.text(RowKindWord(row.kind())).text(row.area_code()).text(TitleOf(row));
    CsvOptional(csv, !row.area_code().empty(), row.area_km2()).text(row.predecessor_code()).text(row.predecessor_title());
    CsvOptional(csv, HasSuccessor(row), row.predecessor_share_kept());
    csv.count(row.before_on_old()).count(row.before_on_new()).count(row.after_on_new());
    csv.count(row.naive_difference()).count(row.boundary_moved()).count(row.incidents_changed());
    CsvChange(csv, row.change()).text(DayRangeText(answer.before())).text(DayRangeText(answer.after()));
    csv.text(answer.from_vintage()).text(answer.to_vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

std::string FlowCsv(const api::CompareBoundariesResponse& answer) {
  CsvWriter csv;
  csv.record({"from_code", "to_code", "before", "after", "area_km2", "share_of_from", "share_of_to", "before_days", "after_days", "from_vintage", "to_vintage",
              "snapshot"});
  for (const api::BoundaryFlow& flow : answer.flows()) {
    const bool from = !flow.from_code().empty();
    const bool to = !flow.to_code().empty();
    csv.text(flow.from_code()).text(flow.to_code()).count(flow.before()).count(flow.after());
    CsvOptional(csv, from && to, flow.area_km2());
    CsvOptional(csv, from, flow.share_of_from());
    CsvOptional(csv, to, flow.share_of_to()).text(DayRangeText(answer.before())).text(DayRangeText(answer.after()));
    csv.text(answer.from_vintage()).text(answer.to_vintage()).text(answer.context().snapshot());
    csv.end_record();
  }
  return csv.take();
}

}  // namespace server
