#include "geo/areas/area_join_builder.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "geo/areas/cell_code.h"
#include "geo/types/check.h"

namespace geo {
namespace {

// Cells of the grid: about this many for each edge, within bounds that keep a few wards quick to build and a country in tens of megabytes.
constexpr double kCellsPerEdge = 16;
constexpr double kFewestCells = 1 << 16;
constexpr double kMostCells = 6 << 20;
// An edge is entered in the record of every cell that it crosses, 16 bytes each: coarser cells where long edges would make too many entries.
constexpr double kMostEntries = 32e6;
// A cell with more edges than this is divided into a block of 64, while cells and records stay within bounds.
constexpr std::size_t kCrowded = 8;
constexpr std::size_t kBlockCellsPerEdge = 16;
constexpr std::size_t kFewestBlockCells = 1 << 18;
constexpr std::size_t kMostBlockCells = 1 << 23;
constexpr std::size_t kMostRecordInts = std::size_t{1} << 27;

std::size_t EdgeCount(std::span<const AreaPieces> groups) {
  std::size_t count = 0;
  for (const AreaPieces& group : groups) count += group.edges.size();
  return count;
}

// The decision, when there is nothing to search: no area, or one that covers the box before any other has a point in it.
bool Decided(std::span<const AreaPieces> groups, const PieceBox& box) { return groups.empty() || groups.front().covers(box); }
AreaIndex DecisionOf(std::span<const AreaPieces> groups) { return groups.empty() ? kOutside : groups.front().area; }

bool HasEdge(std::span<const Piece> pieces) {
  return std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return !piece.wall; });
}

}  // namespace

PieceBox AreaJoin::Builder::Range::box() const {
  const std::int64_t w = west + (std::int64_t{column} << shift), s = south + (std::int64_t{row} << shift);
  return {w, s, w + (std::int64_t{columns} << shift) - 1, s + (std::int64_t{rows} << shift) - 1};
}

double AreaJoin::Builder::entries_at(int shift) const {
  double entries = 0;
  for (const Piece& p : pieces_) {
    entries += 1 + std::ldexp(std::abs(double(p.to_easting_mm) - p.from_easting_mm) + std::abs(double(p.to_northing_mm) - p.from_northing_mm), -shift);
  }
  return entries;
}

void AreaJoin::Builder::choose_grid() {
  GridBox bounds;
  for (const Piece& piece : pieces_) bounds.extend({piece.from_easting_mm, piece.from_northing_mm});
  if (bounds.empty()) bounds = {{0, 0}, {0, 0}};
  const std::int64_t width = std::int64_t{bounds.high.easting_mm} - bounds.low.easting_mm,
                     height = std::int64_t{bounds.high.northing_mm} - bounds.low.northing_mm;
  const double target = std::clamp(kCellsPerEdge * static_cast<double>(pieces_.size()), kFewestCells, kMostCells);
  const auto cells_at = [&](int shift) { return static_cast<double>((width >> shift) + 1) * static_cast<double>((height >> shift) + 1); };
  int shift = 0;
  while (cells_at(shift) > target) ++shift;
  while (shift < 31 && entries_at(shift) > std::max(kMostEntries, 2.0 * static_cast<double>(pieces_.size()))) ++shift;
  join_.shift_ = shift;
  join_.west_ = static_cast<std::uint32_t>(bounds.low.easting_mm);
  join_.south_ = static_cast<std::uint32_t>(bounds.low.northing_mm);
  join_.columns_ = static_cast<std::uint32_t>(width >> shift) + 1;
  join_.rows_ = static_cast<std::uint32_t>(height >> shift) + 1;
  // Differences between any end of an edge and any corner of a cell stay within the grid's own extent.
  join_.wide_ = (std::int64_t{join_.columns_} << shift) > 0x7FFF'FFFF || (std::int64_t{join_.rows_} << shift) > 0x7FFF'FFFF;
}

void AreaJoin::Builder::build() {
  pieces_ = PiecesOf(areas_);
  choose_grid();
  const std::size_t stride = std::size_t{join_.columns_} + 1;
  join_.cells_.assign(stride * (std::size_t{join_.rows_} + 1), PureCode(kOutside));
  const Range whole{0,          stride, static_cast<std::int32_t>(join_.west_), static_cast<std::int32_t>(join_.south_), join_.shift_, 0, 0, join_.columns_,
                    join_.rows_};
  most_cells_ = join_.cells_.size() + std::clamp(kBlockCellsPerEdge * pieces_.size(), kFewestBlockCells, kMostBlockCells);
  divide(whole, pieces_, 0);
  join_.cells_.shrink_to_fit();
  join_.records_.shrink_to_fit();
}

void AreaJoin::Builder::fill(const Range& range, std::uint32_t code) {
  for (std::uint32_t row = range.row; row < range.row + range.rows; ++row) {
    const auto begin = join_.cells_.begin() + static_cast<std::ptrdiff_t>(range.first + row * range.stride + range.column);
    std::fill(begin, begin + range.columns, code);
  }
}

// Sets the codes of all cells of `range`, given the pieces of its box.
void AreaJoin::Builder::divide(const Range& range, std::span<const Piece> pieces, std::size_t depth) {
  const bool one_cell = range.columns == 1 && range.rows == 1;
  if (one_cell || !HasEdge(pieces)) {
    std::vector<AreaPieces> groups = GroupPieces(pieces, range.box());
    if (Decided(groups, range.box())) return fill(range, PureCode(DecisionOf(groups)));
    if (one_cell) return fill(range, code_of_cell(range, pieces, std::move(groups), depth));
  }
  halve(range, pieces, depth);
}

void AreaJoin::Builder::halve(const Range& range, std::span<const Piece> pieces, std::size_t depth) {
  Range first = range, second = range;
  if (range.columns >= range.rows) {
    first.columns = range.columns / 2;
    second.column += first.columns;
    second.columns -= first.columns;
  } else {
    first.rows = range.rows / 2;
    second.row += first.rows;
    second.rows -= first.rows;
  }
  if (scratch_.size() <= depth) scratch_.resize(depth + 1);
  for (const Range& half : {first, second}) {
    // Taken out of the list of lists while it is in use: deeper halving may lengthen that list.
    std::vector<Piece> narrowed = std::move(scratch_[depth]);
    NarrowPieces(pieces, half.box(), join_.wide_, narrowed);
    divide(half, narrowed, depth + 1);
    scratch_[depth] = std::move(narrowed);
  }
}

std::uint32_t AreaJoin::Builder::code_of_cell(const Range& cell, std::span<const Piece> pieces, std::vector<AreaPieces> groups, std::size_t depth) {
  AreaIndex otherwise = kOutside;
  if (groups.back().covers(cell.box()) || TileBox(groups, cell.box())) {
    otherwise = groups.back().area;
    groups.pop_back();
  }
  const bool room = join_.cells_.size() < most_cells_ && join_.records_.size() < kMostRecordInts;
  if (EdgeCount(groups) > kCrowded && cell.shift >= kBlockShift && room) return write_block(cell, pieces, depth);
  return write_record(groups, otherwise);
}

std::uint32_t AreaJoin::Builder::write_block(const Range& cell, std::span<const Piece> pieces, std::size_t depth) {
  const std::size_t first = join_.cells_.size();
  join_.cells_.resize(first + kBlockCells, PureCode(kOutside));
  const PieceBox box = cell.box();
  divide({first, kBlockSide, box.west, box.south, cell.shift - kBlockShift, 0, 0, kBlockSide, kBlockSide}, pieces, depth);
  return BlockCode(static_cast<std::uint32_t>(first));
}

std::uint32_t AreaJoin::Builder::write_record(std::span<const AreaPieces> groups, AreaIndex otherwise) {
  std::vector<std::int32_t>& out = join_.records_;
  const std::size_t offset = out.size();
  WARDWATCH_CHECK(offset <= kMaxOffset, "{} words of records", offset);
  out.push_back(otherwise);
  out.push_back(static_cast<std::int32_t>(groups.size()));
  for (const AreaPieces& group : groups) {
    out.push_back(group.area);
    out.push_back(static_cast<std::int32_t>(group.edges.size() + group.wall_bounds.size() / 2));
    const auto wall_easting = group.wall_easting_mm;
    for (std::size_t i = 0; i < group.wall_bounds.size(); i += 2) {
      out.insert(out.end(), {wall_easting, static_cast<std::int32_t>(group.wall_bounds[i]), wall_easting, static_cast<std::int32_t>(group.wall_bounds[i + 1])});
    }
    for (const Piece& e : group.edges) out.insert(out.end(), {e.from_easting_mm, e.from_northing_mm, e.to_easting_mm, e.to_northing_mm});
  }
  return MixedCode(static_cast<std::uint32_t>(offset));
}

AreaJoin::AreaJoin(std::span<const Area> areas) { Builder(*this, areas).build(); }

}  // namespace geo
