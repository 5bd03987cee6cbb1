// Tiles of the matrix set WebMercatorQuad: which there are, which holds a point, and what the set says of itself.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>

#include "geo/tiles/web_mercator.h"
#include "geo/types/result.h"

namespace geo {

inline constexpr int kDeepestZoom = 20;
inline constexpr int kTileExtent = 4096;  // coordinates of a vector tile run from 0 to this, across and down
inline constexpr int kTileBuffer = 64;    // shapes are kept this far beyond the tile, so that their outlines are cut out of sight
inline constexpr int kExtentBits = 12;    // kTileExtent = 2^12

// Made by CheckTile, ParseTile or TileOf alone: zoom 0 .. kDeepestZoom, x and y under 2^zoom, y from the north. Ordered by zoom, row, column.
struct TileId {
  int zoom = 0;
  std::uint32_t y = 0;
  std::uint32_t x = 0;
  friend auto operator<=>(const TileId&, const TileId&) = default;

  // World units: of the side, and of the north-western corner. The tile holds [left, left + side) and [top, top + side).
  std::uint64_t side() const { return std::uint64_t{1} << (32 - zoom); }
  std::uint64_t left() const { return std::uint64_t{x} << (32 - zoom); }
  std::uint64_t top() const { return std::uint64_t{y} << (32 - zoom); }
};

// Numbers from outside, checked before anything is shifted. Errors: kInvalidArgument on `tile.z`, `tile.x` or `tile.y`, reason TILE_OUT_OF_RANGE, with what
// was sent and what there is.
Result<TileId> CheckTile(std::int64_t zoom, std::int64_t x, std::int64_t y);

// The same from the parts of a path. One tile has one spelling, so that a cache cannot be filled with others: digits only, no sign, no leading zero, nothing
// after them (`1.mvt` included). Errors: as CheckTile; reason NOT_A_TILE for text that is no such number.
Result<TileId> ParseTile(std::string_view zoom, std::string_view x, std::string_view y);

// The one tile of this zoom (0 .. kDeepestZoom, checked) that holds the point.
TileId TileOf(WorldPoint point, int zoom);

// Columns and rows, both ends included, of the tiles of one zoom that meet a box of the world. Empty where first > last.
struct TileRange {
  std::uint32_t first_x = 1, last_x = 0, first_y = 1, last_y = 0;
  bool empty() const { return first_x > last_x || first_y > last_y; }
  friend bool operator==(const TileRange&, const TileRange&) = default;
};
TileRange TilesAround(std::span<const WorldPoint> points, int zoom);  // points that are kNoWorld are left out

// Source: OGC 17-083r4, Two Dimensional Tile Matrix Set and Tile Set Metadata, annex D.1 (http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad).
struct TileMatrix {
  int zoom = 0;
  double scale_denominator = 0;  // with pixels of 0.28 mm, tiles of 256
  double cell_size_m = 0;        // EPSG:3857 metres a pixel of a tile of 256
  std::uint32_t tiles = 0;       // along either axis
};
inline constexpr double kTileOriginX_m = -20037508.342789244, kTileOriginY_m = 20037508.342789244;
TileMatrix MatrixOf(int zoom);

}  // namespace geo
