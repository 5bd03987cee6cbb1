#include "server/cli/hotspot_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "server/cli/text_width.h"

namespace server {
namespace {

struct Glyphs {
  const char* hot;     // two characters
  const char* ranked;  // one, before the rank
  const char* warm;
  const char* cool;
  const char* doubtful;  // hot, and no more than chance explains
  const char* doubtful_ranked;
  const char* warm_half;  // before + or -
  const char* cool_half;
};
constexpr Glyphs kBlocks{"██", "█", "▒▒", "··", "▓▓", "▓", "▒", "·"};
constexpr Glyphs kAscii{"##", "#", "++", "..", "%%", "%", ":", "."};

struct Mark {
  int rank = 0;  // the best among its cells
  bool hot = false;
  bool occupied = false;
  double weight = 0;  // of its heaviest cell
  bool tested = false;
  bool over = false;   // a cell is more than chance explains
  bool under = false;  // or less
};

struct Frame {
  std::int32_t row_low = std::numeric_limits<std::int32_t>::max();
  std::int32_t row_high = std::numeric_limits<std::int32_t>::min();
  std::int32_t column_low = std::numeric_limits<std::int32_t>::max();
  std::int32_t column_high = std::numeric_limits<std::int32_t>::min();

  bool empty() const { return row_low > row_high; }
  std::int64_t rows() const { return std::int64_t{row_high} - row_low + 1; }
  std::int64_t columns() const { return std::int64_t{column_high} - column_low + 1; }
  bool contains(geo::CellId id) const { return id.row >= row_low && id.row <= row_high && id.column >= column_low && id.column <= column_high; }
};

Frame AroundHot(const std::vector<MapCell>& cells, int margin) {
  Frame frame;
  for (const MapCell& cell : cells) {
    if (!cell.hot) continue;
    frame.row_low = std::min(frame.row_low, cell.id.row);
    frame.row_high = std::max(frame.row_high, cell.id.row);
    frame.column_low = std::min(frame.column_low, cell.id.column);
    frame.column_high = std::max(frame.column_high, cell.id.column);
  }
  if (frame.empty()) return frame;
  frame.row_low -= margin;
  frame.row_high += margin;
  frame.column_low -= margin;
  frame.column_high += margin;
  return frame;
}

std::int64_t DividedUp(std::int64_t value, std::int64_t by) { return (value + by - 1) / by; }

// The least whole number of cells to a mark with which the frame fits.
std::int64_t CellsPerMark(const Frame& frame, const MapOptions& options) {
  const std::int64_t width = std::max(1, options.max_width_columns / 2);
  const std::int64_t height = std::max(1, options.max_height_lines);
  return std::max<std::int64_t>({1, DividedUp(frame.columns(), width), DividedUp(frame.rows(), height)});
}

std::string Draw(const Mark& mark, double warm_from, const Glyphs& glyphs) {
  const bool doubtful = mark.tested && !mark.over;
  if (mark.hot && mark.rank >= 1 && mark.rank <= 9) return fmt::format("{}{}", doubtful ? glyphs.doubtful_ranked : glyphs.ranked, mark.rank);
  if (mark.hot) return doubtful ? glyphs.doubtful : glyphs.hot;
  if (!mark.occupied) return "  ";
  const bool warm = mark.weight >= warm_from;
  if (mark.over || mark.under) return fmt::format("{}{}", warm ? glyphs.warm_half : glyphs.cool_half, mark.over ? '+' : '-');
  return warm ? glyphs.warm : glyphs.cool;
}

std::string Legend(geo::CellShape shape, double cell_size_m, std::int64_t per_mark, double warm_from, bool has_others, bool tested, const Glyphs& glyphs) {
  const char* cells = shape == geo::CellShape::kHexagon ? "hexagon" : "square";
  std::string mark = per_mark == 1 ? fmt::format("a mark is one {} of {} m", cells, cell_size_m)
                                   : fmt::format("a mark is {0} x {0} {1}s of {2} m", per_mark, cells, cell_size_m);
  std::string legend = fmt::format("{} hot, 1-9 the heaviest; ", glyphs.hot);
  if (tested) legend += fmt::format("{} hot, yet no more than chance explains; + more than chance, - less; ", glyphs.doubtful);
  if (has_others) legend += fmt::format("{} from {:.0f} incidents, {} fewer; ", glyphs.warm, std::max(1.0, warm_from), glyphs.cool);
  return legend + mark + "; north is up";
}

}  // namespace

std::string DrawHotspotMap(const std::vector<MapCell>& cells, geo::CellShape shape, double cell_size_m, const MapOptions& options, const Terminal& terminal) {
  Frame frame = AroundHot(cells, options.margin_cells);
  if (frame.empty()) return {};
  std::int64_t per_mark = CellsPerMark(frame, options);
  for (int margin = options.margin_cells - 1; margin >= 0; --margin) {
    const Frame tighter = AroundHot(cells, margin);
    if (CellsPerMark(tighter, options) >= per_mark) continue;
    frame = tighter;
    per_mark = CellsPerMark(tighter, options);
  }
  const std::int64_t width = DividedUp(frame.columns(), per_mark);
  const std::int64_t height = DividedUp(frame.rows(), per_mark);
  std::vector<Mark> marks(static_cast<std::size_t>(width * height));
  double coolest_hot = std::numeric_limits<double>::infinity();
  bool has_others = false;
  bool tested = false;
  for (const MapCell& cell : cells) {
    if (!frame.contains(cell.id)) continue;
    const std::int64_t line = (std::int64_t{frame.row_high} - cell.id.row) / per_mark;
    const std::int64_t place = (std::int64_t{cell.id.column} - frame.column_low) / per_mark;
    Mark& mark = marks[static_cast<std::size_t>(line * width + place)];
    mark.occupied = true;
    mark.weight = std::max(mark.weight, cell.weight);
    mark.tested = mark.tested || cell.tested;
    mark.over = mark.over || cell.significance > 0;
    mark.under = mark.under || cell.significance < 0;
    tested = tested || cell.tested;
    if (!cell.hot) {
      has_others = true;
      continue;
    }
    coolest_hot = std::min(coolest_hot, cell.weight);
    mark.rank = mark.hot ? std::min(mark.rank, cell.rank) : cell.rank;
    mark.hot = true;
  }
  const Glyphs& glyphs = terminal.utf8 ? kBlocks : kAscii;
  std::string out;
  for (std::int64_t line = 0; line < height; ++line) {
    std::string drawn = "  ";
    for (std::int64_t place = 0; place < width; ++place) drawn += Draw(marks[static_cast<std::size_t>(line * width + place)], coolest_hot / 2, glyphs);
    drawn.erase(drawn.find_last_not_of(' ') + 1);
    out += drawn + '\n';
  }
  for (const std::string& line : FoldText(Legend(shape, cell_size_m, per_mark, coolest_hot / 2, has_others, tested, glyphs), terminal.width_columns - 2)) {
    out += "  " + line + '\n';
  }
  return out;
}

}  // namespace server
