#include "server/cli/surface_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/cli/answer_json.h"
#include "server/cli/period_text.h"
#include "server/cli/significance_text.h"
#include "server/cli/surface_map.h"
#include "server/cli/text_width.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string ValueText(double value) { return DecimalText(value, value > -10 && value < 10 ? 3 : value > -1000 && value < 1000 ? 1 : 0); }

std::string CountedLine(const api::SurfaceHeader& header) {
  std::string line = fmt::format("{} incidents, {} of them without a position", CountText(header.incidents()), CountText(header.unlocated()));
  if (header.has_incidents_before()) line += fmt::format("; {} in the earlier period", CountText(header.incidents_before()));
  if (header.has_unknown_hour() && CountText(header.unknown_hour()) != "0") {
    line += fmt::format("; {} more left out, their hour is not known", CountText(header.unknown_hour()));
  }
  if (header.has_unweighted() && CountText(header.unweighted()) != "0") {
    line += fmt::format("; {} more shown apart, the table has no weight for their category", CountText(header.unweighted()));
  }
  return line;
}

}  // namespace

std::vector<LabelledLine> SurfaceLines(const api::SurfaceHeader& header) {
  std::vector<LabelledLine> lines{{"counted", CountedLine(header)}};
  const std::string grid = fmt::format("{} x {} cells of {} m", WholeText(header.columns()), WholeText(header.rows()), header.cell_size_m());
  lines.emplace_back("surface", header.shown_cells() == 0
                                    ? grid + ", none of them shown"
                                    : fmt::format("{}, {}; {} shown, from {} to {}", header.quantity(), grid, WholeText(header.shown_cells()),
                                                  ValueText(header.least()), ValueText(header.greatest())));
  for (LabelledLine& line : DensityLines(header.density())) lines.push_back(std::move(line));
  return lines;
}

std::string SurfaceTable(const SurfaceAnswer& surface, SurfaceQuantity quantity, const Terminal& terminal) {
  const std::string period = PeriodUsedText(ParameterUsed(surface.context, "period"));
  const std::string before = PeriodUsedText(ParameterUsed(surface.context, "comparison.before"));
  std::string head = fmt::format("{} of {}{}{}", surface.header.quantity(), surface.context.dataset(), period.empty() ? "" : ", ", period);
  if (!before.empty()) head += ", compared with " + before;
  if (!head.empty() && head[0] >= 'a' && head[0] <= 'z') head[0] = static_cast<char>(head[0] - 'a' + 'A');
  std::string out;
  for (const std::string& line : FoldText(Printable(head), terminal.width_columns)) out += line + '\n';
  const SurfaceMapOptions options{std::min(terminal.width_columns - 4, 116), 40};
  const std::string map = DrawSurfaceMap(surface, quantity, options, terminal);
  out += map.empty() ? "\nNothing to show: no cell has a value.\n" : '\n' + map;
  return out + '\n' + ContextFooter(surface.context, SurfaceLines(surface.header), terminal);
}

geo::Result<void> WriteSurfaceCsv(const SurfaceAnswer& surface, OutputSink& sink) {
  std::string text = "easting_m,northing_m,value\r\n";
  const double cell_m = surface.header.cell_size_m();
  for (int row = 0; row < surface.header.rows(); ++row) {
    for (int column = 0; column < surface.header.columns(); ++column) {
      const std::size_t i = surface.index(row, column);
      if (surface.shown[i] == 0) continue;
      text +=
          fmt::format("{},{},{}\r\n", surface.header.west_m() + (column + 0.5) * cell_m, surface.header.south_m() + (row + 0.5) * cell_m, surface.values[i]);
    }
    if (auto written = sink.write(text); !written) return written;
    text.clear();
  }
  return sink.write(text);
}

geo::Result<void> WriteSurfaceJson(const SurfaceAnswer& surface, OutputSink& sink) {
  std::string text = "{\"header\":" + AnswerJson(surface.header, false) + ",\n\"rows\":[";
  for (int row = 0; row < surface.header.rows(); ++row) {
    text += row == 0 ? "\n[" : ",\n[";
    for (int column = 0; column < surface.header.columns(); ++column) {
      const std::size_t i = surface.index(row, column);
      if (column > 0) text += ',';
      text += surface.shown[i] == 0 ? std::string("null") : fmt::format("{}", surface.values[i]);
    }
    text += ']';
    if (auto written = sink.write(text); !written) return written;
    text.clear();
  }
  return sink.write(text + "\n],\n\"context\":" + AnswerJson(surface.context, false) + "}\n");
}

}  // namespace server
