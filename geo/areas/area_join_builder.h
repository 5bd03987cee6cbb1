// Builds the index of an AreaJoin by halving: a box is cut until one area owns it or it is one cell.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/areas/area_join.h"

namespace geo {

class AreaJoin::Builder {
 public:
  Builder(AreaJoin& join, std::span<const Area> areas) : join_(join), areas_(areas) {}
  void build();

 private:
  // A rectangle of cells: of the grid, or of one block.
  struct Range {
    std::size_t first;  // into cells_: the cell at column 0, row 0
    std::size_t stride;
    std::int64_t west, south;  // of that cell
    int shift;
    std::uint32_t column, row, columns, rows;
    PieceBox box() const;
  };

  void choose_grid();
  // A cell this size would be entered into how many cells' records, at most?
  double entries_at(int shift) const;
  void fill(const Range& range, std::uint32_t code);
  void divide(const Range& range, std::span<const Piece> pieces, std::size_t depth);
  void halve(const Range& range, std::span<const Piece> pieces, std::size_t depth);
  std::uint32_t code_of_cell(const Range& cell, std::span<const Piece> pieces, std::vector<AreaPieces> groups, std::size_t depth);
  std::uint32_t write_record(std::span<const AreaPieces> groups, AreaIndex otherwise);
  std::uint32_t write_block(const Range& cell, std::span<const Piece> pieces, std::size_t depth);

  AreaJoin& join_;
  std::span<const Area> areas_;
  std::vector<Piece> pieces_;
  std::size_t most_cells_ = 0;               // no cell is divided further once there are as many
  std::vector<std::vector<Piece>> scratch_;  // one list for each depth of halving
};

}  // namespace geo
