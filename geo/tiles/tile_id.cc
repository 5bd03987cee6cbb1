#include "geo/tiles/tile_id.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "geo/types/check.h"

namespace geo {
namespace {

tl::unexpected<Error> OutOfRange(const char* axis, std::int64_t sent, std::int64_t most, const std::string& what) {
  return Fail({ErrorCode::kInvalidArgument, fmt::format("tile.{}", axis), "TILE_OUT_OF_RANGE",
               fmt::format("tile {} is {}; {} has 0 to {}: ask for a tile of WebMercatorQuad, counted from the north-west", axis, sent, what, most)});
}

Result<std::int64_t> ParseNumber(const char* axis, std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool canonical = !text.empty() && text.size() <= 10 && text[0] != '-' && (text[0] != '0' || text.size() == 1);
  if (!canonical || error != std::errc() || end != text.data() + text.size()) {
    // What was sent is not repeated: it may be any bytes at all.
    return Fail(
        {ErrorCode::kInvalidArgument, fmt::format("tile.{}", axis), "NOT_A_TILE",
         fmt::format("tile {} is not a whole number written in digits alone ({} bytes sent); a tile is asked for as zoom, column and row, such as 12/2047/1362",
                     axis, text.size())});
  }
  return value;
}

}  // namespace

Result<TileId> CheckTile(std::int64_t zoom, std::int64_t x, std::int64_t y) {
  if (zoom < 0 || zoom > kDeepestZoom) return OutOfRange("z", zoom, kDeepestZoom, "this service");
  const std::int64_t most = (std::int64_t{1} << zoom) - 1;
  if (x < 0 || x > most) return OutOfRange("x", x, most, fmt::format("zoom {}", zoom));
  if (y < 0 || y > most) return OutOfRange("y", y, most, fmt::format("zoom {}", zoom));
  return TileId{static_cast<int>(zoom), static_cast<std::uint32_t>(y), static_cast<std::uint32_t>(x)};
}

Result<TileId> ParseTile(std::string_view zoom, std::string_view x, std::string_view y) {
  const auto z_number = ParseNumber("z", zoom);
  if (!z_number) return Fail(z_number.error());
  const auto x_number = ParseNumber("x", x);
  if (!x_number) return Fail(x_number.error());
  const auto y_number = ParseNumber("y", y);
  if (!y_number) return Fail(y_number.error());
  return CheckTile(*z_number, *x_number, *y_number);
}

TileId TileOf(WorldPoint point, int zoom) {
  WARDWATCH_CHECK(zoom >= 0 && zoom <= kDeepestZoom, "zoom {}", zoom);
  // In 64 bits: a shift of 32, at zoom 0, is no shift of a 32-bit number.
  return {zoom, static_cast<std::uint32_t>(std::uint64_t{point.y} >> (32 - zoom)), static_cast<std::uint32_t>(std::uint64_t{point.x} >> (32 - zoom))};
}

TileRange TilesAround(std::span<const WorldPoint> points, int zoom) {
  WorldPoint low = kNoWorld, high{0, 0};
  bool any = false;
  for (const WorldPoint point : points) {
    if (point == kNoWorld) continue;
    any = true;
    low = {std::min(low.x, point.x), std::min(low.y, point.y)};
    high = {std::max(high.x, point.x), std::max(high.y, point.y)};
  }
  if (!any) return {};
  const TileId first = TileOf(low, zoom), last = TileOf(high, zoom);
  return {first.x, last.x, first.y, last.y};
}

TileMatrix MatrixOf(int zoom) {
  WARDWATCH_CHECK(zoom >= 0 && zoom <= kDeepestZoom, "zoom {}", zoom);
  const std::uint32_t tiles = std::uint32_t{1} << zoom;
  const double cell_m = 2 * kMercatorHalf_m / 256.0 / tiles;
  return {zoom, cell_m / 0.00028, cell_m, tiles};
}

}  // namespace geo
