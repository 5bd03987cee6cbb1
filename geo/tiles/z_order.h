// The Z curve through the units of the world (Morton order): a tile of any zoom is one run of it.
#pragma once

#include <cstdint>

#include "geo/tiles/tile_id.h"

namespace geo {

// Bits of a number with a zero between each.
inline std::uint64_t Spread(std::uint32_t value) {
  std::uint64_t v = value;
  v = (v | (v << 16)) & 0x0000FFFF0000FFFFu;
  v = (v | (v << 8)) & 0x00FF00FF00FF00FFu;
  v = (v | (v << 4)) & 0x0F0F0F0F0F0F0F0Fu;
  v = (v | (v << 2)) & 0x3333333333333333u;
  return (v | (v << 1)) & 0x5555555555555555u;
}

// The even bits of a number, together.
inline std::uint32_t Gather(std::uint64_t v) {
  v &= 0x5555555555555555u;
  v = (v | (v >> 1)) & 0x3333333333333333u;
  v = (v | (v >> 2)) & 0x0F0F0F0F0F0F0F0Fu;
  v = (v | (v >> 4)) & 0x00FF00FF00FF00FFu;
  v = (v | (v >> 8)) & 0x0000FFFF0000FFFFu;
  return static_cast<std::uint32_t>(v | (v >> 16));
}

// Row in the odd bits, column in the even ones.
inline std::uint64_t ZOrder(WorldPoint point) { return Spread(point.x) | (Spread(point.y) << 1); }

// Of the first unit of a tile; the tile is it and the 4^(32 - zoom) - 1 that follow.
inline std::uint64_t FirstOf(TileId tile) { return tile.zoom == 0 ? 0 : (Spread(tile.x) | (Spread(tile.y) << 1)) << (64 - 2 * tile.zoom); }
inline std::uint64_t LastOf(TileId tile) { return tile.zoom == 0 ? ~std::uint64_t{0} : FirstOf(tile) + ((std::uint64_t{1} << (64 - 2 * tile.zoom)) - 1); }

}  // namespace geo
