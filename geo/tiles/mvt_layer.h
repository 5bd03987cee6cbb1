// Writes one layer of a vector tile. For the sources of this room.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/tiles/ring_set.h"
#include "geo/tiles/tile_table.h"

namespace geo {

// A property of cells, which no table holds.
struct CountedCell {
  std::uint64_t id = 0;
  std::uint32_t x = 0, y = 0;  // tile coordinates
  std::int64_t count = 0;
  double per_km2_year = 0;
};

// Which values of a table this tile uses, numbered as they come. Small tables look up in an array, large ones in a hash as large as the tile.
class LocalCodes {
 public:
  LocalCodes(std::size_t distinct, std::size_t uses);
  std::uint32_t of(TileTable::Code code);
  std::span<const TileTable::Code> used() const { return used_; }

 private:
  bool direct_;
  std::uint32_t mask_ = 0;
  std::vector<std::uint32_t> slots_;  // direct: number + 1 by code; else by hash
  std::vector<TileTable::Code> slot_code_;
  std::vector<TileTable::Code> used_;
};

// MVT 2.1 (Mapbox Vector Tile Specification, version 2.1, 2016): version 2, extent 4096, keys and values without repeats and in order of first use.
// Same calls, same bytes.
class MvtLayer {
 public:
  // `expected`: about how many features will be added.
  MvtLayer(std::string_view name, const TileTable& table, std::size_t expected);

  void add_point(std::uint32_t row, std::uint32_t x, std::uint32_t y);
  // `packed`: of PackRings.
  void add_polygon(std::uint32_t row, std::string_view packed);

  std::int64_t features() const { return features_; }
  // Of the layer as it would be finished now.
  std::int64_t bytes() const { return static_cast<std::int64_t>(end_ + tail_bytes_); }

  // At most what add_polygon would add to bytes().
  std::int64_t most_bytes_of(std::uint32_t row, std::string_view packed) const;

  std::string finish() &&;

 private:
  char* room(std::size_t bytes);
  char* put_tags(std::uint32_t row, char* at);
  void close_feature(char* begin, char* end);

  const TileTable& table_;
  LocalCodes local_;
  std::vector<std::uint32_t> key_;  // number + 1 of a column in this tile
  std::vector<std::size_t> keys_used_;
  std::string out_;
  std::size_t begin_ = 0, end_ = 0;  // of the layer's own bytes in out_
  std::size_t tail_bytes_ = 0;       // keys and values still to come
  std::int64_t features_ = 0;
};

// Rings as MoveTo, LineTo and ClosePath with steps from the last position (MVT 2.1, 4.3), in tile coordinates from `origin`. `packed` is overwritten.
void PackRings(const LatticeRings& rings, LatticePoint origin, std::string& packed);

// A layer of counts: points with "cluster" true, "point_count" and "per_km2_year", the names that clustered maps already style by.
std::string EncodeCells(std::string_view name, std::span<const CountedCell> cells);
// A layer of one point in the middle of the tile that says what did not fit.
std::string EncodeLimitNotice(std::string_view name, std::string_view layer, std::int64_t left_out);

// The bytes of one Value message. Numbers are finite.
std::string EncodeValue(const TileValue& value);

}  // namespace geo
