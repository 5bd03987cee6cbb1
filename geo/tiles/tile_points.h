// A layer of points, ready to be cut into tiles of any zoom.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/tiles/encoded_tile.h"
#include "geo/tiles/tile_id.h"
#include "geo/tiles/tile_table.h"

namespace geo {

// Points in order along a Z curve of the world's units, so that every tile of every zoom is one run of them. A point belongs to the tile that holds it
// (half-open to the east and south) and to no other: nothing is repeated in the buffers of neighbours, since circles and symbols are drawn over edges anyway
// and a repeated incident would be counted twice. Laws: the tiles of a zoom hold every point once; a tile's points are those of its four children.
class TilePoints {
 public:
  struct Options {
    std::string layer = "incidents";
    // Below this zoom points are shown as counts of cells, whatever their number; 0: only where a tile would be over its limits.
    int first_zoom_of_points = 0;
    double years = 1;  // that the points were gathered over, for densities
  };
  // Cells of a tile of counts: kCellsPerSide across and down. A cell is a tile of a zoom deeper by kCellZoomStep, so cells divide into cells.
  static constexpr int kCellZoomStep = 6;
  static constexpr int kCellsPerSide = 1 << kCellZoomStep;

  // at[i] is where row i of `table` lies. Rows at kNoWorld are in no tile. Order among points of one unit: by id, then row.
  // Errors: kInvalidArgument on `layer` for a length that differs from the table's, on `layer.years` for a number that is not over 0.
  // Cost: O(n log n); then nothing is transformed, sorted or copied for a tile.
  static Result<TilePoints> Build(std::span<const WorldPoint> at, const TileTable& table, Options options);

  // Rows of the table that lie in the tile, in their order in it. Cost: two searches.
  std::span<const std::uint32_t> rows(TileId tile) const;
  std::size_t size() const { return row_.size(); }         // points with a place
  std::size_t left_out() const { return without_place_; }  // rows without

  // All points of the tile (that `keep` keeps) with their properties, or, over a limit and below first_zoom_of_points, how many there are in each cell: at the
  // cell's middle "cluster" true, "point_count", and "per_km2_year" on the ground, which means the same at every zoom. The counts of a zoom's tiles add to the
  // points of the layer. Ids of cells: 2^52 + the cell's place in the world. Coordinates are floors: within 1/4096 of the tile.
  // Order: along the curve. Same input, same bytes. Cost: O(points of the tile); no allocation beyond the answer. Thread-safe.
  EncodedTile encode(TileId tile, const TileLimits& limits = {}, const KeepRow& keep = {}) const;

  struct Cell {
    std::uint32_t column = 0, row = 0;  // in the tile, from its north-west
    std::int64_t count = 0;
  };
  // Cells that hold a point, along the curve: what a tile of counts shows. Law: a tile's cells, four by four, are the cells of its parent.
  std::vector<Cell> cells(TileId tile, const KeepRow& keep = {}) const;

 private:
  explicit TilePoints(TileTable table) : table_(std::move(table)) {}
  struct Run {
    std::size_t begin, end;
  };
  Run run(TileId tile) const;
  EncodedTile encode_cells(TileId tile, const KeepRow& keep) const;

  Options options_;
  TileTable table_;                  // in order of the curve
  std::vector<std::uint64_t> code_;  // along the curve
  std::vector<WorldPoint> at_;
  std::vector<std::uint32_t> row_;  // of the table as given
  std::size_t without_place_ = 0;
};

}  // namespace geo
