#include "server/cli/camera_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "server/cli/text_width.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

constexpr int kMostMarks = 37, kMostLines = 22, kMarginCells = 2;

struct Frame {
  std::int64_t row_low = std::numeric_limits<std::int64_t>::max(), row_high = std::numeric_limits<std::int64_t>::min();
  std::int64_t column_low = row_low, column_high = row_high;
  bool empty() const { return row_low > row_high; }
  void take(std::int64_t row, std::int64_t column, std::int64_t margin) {
    row_low = std::min(row_low, row - margin);
    row_high = std::max(row_high, row + margin);
    column_low = std::min(column_low, column - margin);
    column_high = std::max(column_high, column + margin);
  }
};

struct Mark {
  double weight = 0, covered = 0;
  char camera = 0;
};

std::int64_t CellAt(double metres, double size_m) { return static_cast<std::int64_t>(std::floor(metres / size_m)); }

// What cameras are drawn among; all demand where there is no camera.
Frame FrameOf(const CameraMap& map) {
  Frame frame;
  for (const MapCamera& camera : map.cameras) {
    frame.take(CellAt(camera.northing_m, map.cell_size_m), CellAt(camera.easting_m, map.cell_size_m), kMarginCells);
  }
  if (!frame.empty() || map.cells == nullptr) return frame;
  for (const api::DemandCell& cell : *map.cells) {
    frame.take(CellAt(cell.centre().northing_m(), map.cell_size_m), CellAt(cell.centre().easting_m(), map.cell_size_m), 0);
  }
  return frame;
}

const char* Shade(const Mark& mark, double heaviest, bool utf8) {
  if (mark.weight <= 0) return "  ";
  const bool heavy = mark.weight >= heaviest / 4;
  const bool seen = mark.covered >= mark.weight / 2;
  if (utf8) return heavy ? (seen ? "▓▓" : "▒▒") : (seen ? "░░" : "··");
  return heavy ? (seen ? "##" : "++") : (seen ? "==" : "..");
}

std::string DrawMark(const Mark& mark, double heaviest, bool utf8) {
  const char* shade = Shade(mark, heaviest, utf8);
  if (mark.camera == 0) return shade;
  const std::string_view half(shade);
  return std::string(half.substr(0, half.size() / 2)) + mark.camera;
}

}  // namespace

std::string DrawCameraMap(const CameraMap& map, const Terminal& terminal) {
  const Frame frame = FrameOf(map);
  if (frame.empty() || !(map.cell_size_m > 0)) return {};
  const std::int64_t columns = frame.column_high - frame.column_low + 1, rows = frame.row_high - frame.row_low + 1;
  const std::int64_t per_mark = std::max<std::int64_t>({1, (columns + kMostMarks - 1) / kMostMarks, (rows + kMostLines - 1) / kMostLines});
  const std::int64_t width = (columns + per_mark - 1) / per_mark, height = (rows + per_mark - 1) / per_mark;
  std::vector<Mark> marks(static_cast<std::size_t>(width * height));
  const auto at = [&](double easting_m, double northing_m) -> Mark* {
    const std::int64_t line = (frame.row_high - CellAt(northing_m, map.cell_size_m)) / per_mark;
    const std::int64_t place = (CellAt(easting_m, map.cell_size_m) - frame.column_low) / per_mark;
    const bool inside =
        CellAt(northing_m, map.cell_size_m) <= frame.row_high && CellAt(easting_m, map.cell_size_m) >= frame.column_low && line < height && place < width;
    return inside ? &marks[static_cast<std::size_t>(line * width + place)] : nullptr;
  };
  if (map.cells != nullptr) {
    for (const api::DemandCell& cell : *map.cells) {
      Mark* mark = at(cell.centre().easting_m(), cell.centre().northing_m());
      if (mark == nullptr) continue;
      mark->weight += cell.weight();
      mark->covered += cell.covered();
    }
  }
  for (const MapCamera& camera : map.cameras) {
    if (Mark* mark = at(camera.easting_m, camera.northing_m); mark != nullptr) mark->camera = camera.mark;
  }
  double heaviest = 0;
  for (const Mark& mark : marks) heaviest = std::max(heaviest, mark.weight);
  std::string out;
  for (std::int64_t line = 0; line < height; ++line) {
    std::string drawn = "  ";
    for (std::int64_t place = 0; place < width; ++place) drawn += DrawMark(marks[static_cast<std::size_t>(line * width + place)], heaviest, terminal.utf8);
    drawn.erase(drawn.find_last_not_of(' ') + 1);
    out += drawn + '\n';
  }
  const std::string legend =
      fmt::format("{}; {} from {} in a mark, {} fewer; {} and {} where half of it or more is in view; a mark is {} x {} m; north is up", map.legend,
                  terminal.utf8 ? "▒▒" : "++", DecimalText(heaviest / 4, 1), terminal.utf8 ? "··" : "..", terminal.utf8 ? "▓▓" : "##",
                  terminal.utf8 ? "░░" : "==", DecimalText(static_cast<double>(per_mark) * map.cell_size_m, 0),
                  DecimalText(static_cast<double>(per_mark) * map.cell_size_m, 0));
  for (const std::string& folded : FoldText(legend, terminal.width_columns - 2)) out += "  " + folded + '\n';
  return out;
}

}  // namespace server
