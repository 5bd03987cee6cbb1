#include "server/cli/surface_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "server/cli/text_width.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

struct Frame {
  int south = 0, north = -1, west = 0, east = -1;  // rows and columns, both ends included
};

Frame FrameOfShown(const SurfaceAnswer& surface) {
  Frame frame;
  for (int row = 0; row < surface.header.rows(); ++row) {
    for (int column = 0; column < surface.header.columns(); ++column) {
      if (surface.shown[surface.index(row, column)] == 0) continue;
      if (frame.north < 0) frame = {row, row, column, column};
      frame.north = row;
      frame.west = std::min(frame.west, column);
      frame.east = std::max(frame.east, column);
    }
  }
  return frame;
}

double ValueOf(std::vector<double>& values, bool median) {
  if (!median) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
  }
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::string DrawSurfaceMap(const SurfaceAnswer& surface, SurfaceQuantity quantity, const SurfaceMapOptions& options, const Terminal& terminal) {
  const Frame frame = FrameOfShown(surface);
  if (frame.north < 0) return {};
  const SurfaceScale& scale = ScaleOf(quantity);
  const bool median = quantity == SurfaceQuantity::kRatio || quantity == SurfaceQuantity::kLogRatio;
  const int width = std::max(1, options.max_width_columns / 2);
  const int height = std::max(1, options.max_height_lines);
  const int columns = frame.east - frame.west + 1;
  const int rows = frame.north - frame.south + 1;
  const int per_mark = std::max({1, (columns + width - 1) / width, (rows + height - 1) / height});
  std::string out;
  std::vector<double> values;
  for (int top = frame.north; top >= frame.south; top -= per_mark) {
    std::string line = "  ";
    for (int left = frame.west; left <= frame.east; left += per_mark) {
      values.clear();
      for (int row = std::max(frame.south, top - per_mark + 1); row <= top; ++row) {
        for (int column = left; column <= std::min(frame.east, left + per_mark - 1); ++column) {
          if (const std::size_t i = surface.index(row, column); surface.shown[i] != 0) values.push_back(surface.values[i]);
        }
      }
      if (values.empty()) {
        line += "  ";
        continue;
      }
      const SurfaceClass& drawn = scale.classes[scale.class_of(ValueOf(values, median))];
      line += terminal.utf8 ? drawn.blocks : drawn.ascii;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  const std::string cell = DecimalText(surface.header.cell_size_m(), surface.header.cell_size_m() < 10 ? 1 : 0);
  const std::string mark = per_mark == 1 ? fmt::format("a mark is one square of {} m", cell)
                                         : fmt::format("a mark is the {} of {} x {} squares of {} m", median ? "median" : "mean", per_mark, per_mark, cell);
  for (const std::string& line :
       FoldText(ScaleLegend(scale, terminal.utf8) + ". The scale is the same in every answer; " + mark + "; north is up", terminal.width_columns - 2)) {
    out += "  " + line + '\n';
  }
  return out;
}

}  // namespace server
