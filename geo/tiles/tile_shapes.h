// Polygons (wards, cells, places), ready to be cut into tiles of any zoom.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/geodesy/british_grid.h"
#include "geo/geometry/polygon.h"
#include "geo/tiles/encoded_tile.h"
#include "geo/tiles/tile_id.h"
#include "geo/tiles/tile_table.h"

namespace geo {

// Shapes alone, without what is said of them: one for a vintage serves every layer drawn on it. For each zoom all shapes are moved onto its lattice together
// (SnapRings), which is all the simplification there is: a border that two wards share is one line at every zoom, with no gap and no overlap. Edges of over
// 2 km are divided on the Grid first, so that none lies over 0.2 m from where the Grid has it.
class TileShapes {
 public:
  // Borders are held to 1/4096 of a tile of this zoom, 0.19 m in England; deeper tiles are cut from those.
  static constexpr int kDeepestLattice = 15;

  // Requires valid shapes (CheckValid); of others each ring is simple all the same, but rings may overlap. Errors: kInvalidArgument on `shapes` for a vertex
  // that has no place in the world, with the shape's index. Cost: about 1 us a vertex, in PROJ. A zoom is prepared when its first tile is asked for: about 2 us
  // a vertex.
  static Result<TileShapes> Build(std::span<const MultiPolygon> shapes, const BritishGrid& grid);
  TileShapes(TileShapes&&) noexcept;
  TileShapes& operator=(TileShapes&&) noexcept;
  ~TileShapes();

  std::size_t size() const;

  // Row i of `table` says what there is to say of shape i (checked: as many rows). In the tile: every shape that shares ground with the tile widened by
  // kTileBuffer/4096 of its side on each side, cut to that. A shape too small for the zoom to have an area is a square of one unit, so that no ward
  // is missing from a map of wards. Rings are simple, shells clockwise on the screen and holes the other way, none without area, no two of a shape crossing
  // (MVT 2.1, 4.3.4.4). Law: what tiles the ground tiles the tile. Over a limit the shapes that come first stay, `left_out` says how many do not, and so does
  // the layer "limits" of the bytes: a point with "layer" and "features_left_out". Order: by row. Same input, same bytes. Thread-safe. Cost: of the vertices
  // near the tile; deeper than kDeepestLattice, of those in its ancestor there.
  EncodedTile encode(TileId tile, std::string_view layer, const TileTable& table, const TileLimits& limits = {}, const KeepRow& keep = {}) const;

  // Prepares a zoom (up to kDeepestLattice; deeper ones are none of their own) that may be asked for soon, from any thread.
  void prepare(int zoom) const;

 private:
  struct State;
  explicit TileShapes(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace geo
