// What encoding a tile gives, and the caps on it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace geo {

// RELIABILITY: 50,000 features and 1 MiB a tile. Beyond either nothing is dropped in silence: points become counts of cells, shapes that do not fit are told
// of.
struct TileLimits {
  std::int64_t features = 50'000;
  std::int64_t bytes = 1 << 20;
};

// Shall this row of the layer's table be shown? For filters: asked of the rows of one tile alone.
using KeepRow = std::function<bool(std::uint32_t row)>;

// One layer of one tile as a Mapbox vector tile (MVT 2.1). A tile of several layers is their bytes in succession. Empty bytes: nothing to show.
struct EncodedTile {
  std::string bytes;
  std::int64_t features = 0;  // in the bytes
  std::int64_t rows = 0;      // of the table that they stand for; more than features where points are counted by cell
  std::int64_t left_out = 0;  // rows that belong here and did not fit: shapes alone
  bool counted = false;       // points are given as counts of cells
};

}  // namespace geo
