#include "geo/tiles/tile_points.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/tiles/mvt_layer.h"
#include "geo/tiles/z_order.h"

namespace geo {
namespace {

// Ids of cells keep off the ids of features that count from 0, and within what JavaScript holds exactly.
constexpr std::uint64_t kFirstCellId = std::uint64_t{1} << 52;
constexpr int kCellBits = kExtentBits - TilePoints::kCellZoomStep;

}  // namespace

Result<TilePoints> TilePoints::Build(std::span<const WorldPoint> at, const TileTable& table, Options options) {
  if (at.size() != table.rows()) return Fail(InvalidArgument("layer", fmt::format("{} places for {} rows", at.size(), table.rows())));
  if (!(options.years > 0) || !std::isfinite(options.years)) {
    return Fail(InvalidArgument("layer.years", fmt::format("{} years; densities need a length over 0", options.years)));
  }
  struct Entry {
    std::uint64_t code, id;
    std::uint32_t row;
  };
  std::vector<Entry> order;
  order.reserve(at.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (at[i] != kNoWorld) order.push_back({ZOrder(at[i]), table.id(i), static_cast<std::uint32_t>(i)});
  }
  std::sort(order.begin(), order.end(), [](const Entry& a, const Entry& b) {
    return a.code != b.code ? a.code < b.code : a.id != b.id ? a.id < b.id : a.row < b.row;
  });
  std::vector<std::uint32_t> rows(order.size());
  std::transform(order.begin(), order.end(), rows.begin(), [](const Entry& entry) { return entry.row; });
  TilePoints points(table.rearranged(rows));
  points.options_ = std::move(options);
  points.without_place_ = at.size() - order.size();
  points.code_.reserve(order.size());
  points.at_.reserve(order.size());
  for (const Entry& entry : order) {
    points.code_.push_back(entry.code);
    points.at_.push_back(at[entry.row]);
  }
  points.row_ = std::move(rows);
  return points;
}

TilePoints::Run TilePoints::run(TileId tile) const {
  const auto begin = std::lower_bound(code_.begin(), code_.end(), FirstOf(tile));
  const auto end = std::upper_bound(begin, code_.end(), LastOf(tile));
  return {static_cast<std::size_t>(begin - code_.begin()), static_cast<std::size_t>(end - code_.begin())};
}

std::span<const std::uint32_t> TilePoints::rows(TileId tile) const {
  const Run run = this->run(tile);
  return {row_.data() + run.begin, run.end - run.begin};
}

EncodedTile TilePoints::encode(TileId tile, const TileLimits& limits, const KeepRow& keep) const {
  if (tile.zoom < options_.first_zoom_of_points) return encode_cells(tile, keep);
  const Run run = this->run(tile);
  if (run.begin == run.end) return {};
  if (!keep && static_cast<std::int64_t>(run.end - run.begin) > limits.features) return encode_cells(tile, keep);
  MvtLayer layer(options_.layer, table_, run.end - run.begin);
  const int shift = kDeepestZoom - tile.zoom;
  constexpr std::uint32_t kMask = kTileExtent - 1;
  for (std::size_t i = run.begin; i < run.end; ++i) {
    if (keep && !keep(row_[i])) continue;
    layer.add_point(static_cast<std::uint32_t>(i), (at_[i].x >> shift) & kMask, (at_[i].y >> shift) & kMask);
    if (layer.features() > limits.features || layer.bytes() > limits.bytes) return encode_cells(tile, keep);
  }
  EncodedTile encoded;
  encoded.features = encoded.rows = layer.features();
  encoded.bytes = std::move(layer).finish();
  return encoded;
}

std::vector<TilePoints::Cell> TilePoints::cells(TileId tile, const KeepRow& keep) const {
  const Run run = this->run(tile);
  std::vector<Cell> cells;
  // Shifting the curve by whole zooms leaves the cell's place on the curve of its own zoom.
  const int shift = 64 - 2 * (tile.zoom + kCellZoomStep);
  std::uint64_t last = 0;
  for (std::size_t i = run.begin; i < run.end; ++i) {
    if (keep && !keep(row_[i])) continue;
    const std::uint64_t cell = code_[i] >> shift;
    if (cells.empty() || cell != last) {
      constexpr std::uint32_t kMask = kCellsPerSide - 1;
      cells.push_back({Gather(cell) & kMask, Gather(cell >> 1) & kMask, 0});
      last = cell;
    }
    ++cells.back().count;
  }
  return cells;
}

EncodedTile TilePoints::encode_cells(TileId tile, const KeepRow& keep) const {
  EncodedTile encoded;
  encoded.counted = true;
  std::vector<CountedCell> counted;
  const auto side = static_cast<double>(tile.side() >> kCellZoomStep);
  for (const Cell& cell : cells(tile, keep)) {
    const double north = static_cast<double>(tile.top()) + side * cell.row;
    const std::uint64_t column = (std::uint64_t{tile.x} << kCellZoomStep) | cell.column, row = (std::uint64_t{tile.y} << kCellZoomStep) | cell.row;
    // Distinct within a zoom: two cells of one have different columns or rows, each under 2^26.
    const std::uint64_t id = kFirstCellId + ((row << (tile.zoom + kCellZoomStep)) | column);
    constexpr std::uint32_t kHalf = 1u << (kCellBits - 1);
    counted.push_back({id, (cell.column << kCellBits) + kHalf, (cell.row << kCellBits) + kHalf, cell.count,
                       static_cast<double>(cell.count) / GroundKm2(north, north + side, side) / options_.years});
    encoded.rows += cell.count;
  }
  encoded.features = static_cast<std::int64_t>(counted.size());
  encoded.bytes = EncodeCells(options_.layer, counted);
  return encoded;
}

}  // namespace geo
