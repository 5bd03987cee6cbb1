// Any bytes as zoom, column and row of a tile, one to a line: one spelling a tile, and every tile taken can be encoded.
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "geo/tiles/tile_points.h"

namespace {

void Demand(bool good) {
  if (!good) std::abort();
}

const geo::TilePoints& Layer() {
  static const geo::TilePoints layer = [] {
    geo::TileTable table = std::move(geo::TileTable::Make({"n"}).value());
    std::vector<geo::WorldPoint> at;
    for (std::uint32_t i = 0; i < 300; ++i) {
      Demand(table.add(i, std::vector<geo::TileValue>{std::int64_t{i}}).has_value());
      at.push_back({i * 0x01234567u, i * 0x89ABCDEFu});
    }
    return std::move(geo::TilePoints::Build(at, table, {}).value());
  }();
  return layer;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::array<std::string_view, 3> parts;
  for (std::string_view& part : parts) {
    part = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
  }
  const auto tile = geo::ParseTile(parts[0], parts[1], parts[2]);
  if (!tile) {
    Demand(tile.error().code == geo::ErrorCode::kInvalidArgument && tile.error().field.starts_with("tile."));
    return 0;
  }
  Demand(std::to_string(tile->zoom) == parts[0] && std::to_string(tile->x) == parts[1] && std::to_string(tile->y) == parts[2]);
  Demand(tile->left() + tile->side() <= (std::uint64_t{1} << 32) && tile->top() + tile->side() <= (std::uint64_t{1} << 32));
  const geo::EncodedTile all = Layer().encode(*tile), counted = Layer().encode(*tile, {.features = 0});
  Demand(all.rows == counted.rows && all.rows == static_cast<std::int64_t>(Layer().rows(*tile).size()));
  return 0;
}
