#include "geo/layers/density_tiles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/layers/palette_png.h"
#include "geo/places/contours.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr int kStripePeriod = 8;  // divides every tile's size, so that stripes run on
constexpr int kStripeWidth = 3;

std::int32_t OnGrid(std::int64_t mm) { return static_cast<std::int32_t>(std::clamp<std::int64_t>(mm, -2'000'000'000, 2'000'000'000)); }

// The frame's outline, closely enough that the world's box of it, a cell wider, holds the frame.
std::vector<GridPoint> OutlineOf(const RasterFrame& frame) {
  constexpr int kSteps = 32;
  std::vector<GridPoint> outline;
  for (int i = 0; i <= kSteps; ++i) {
    const std::int64_t east = frame.west_mm() + (frame.east_mm() - frame.west_mm()) * i / kSteps,
                       north = frame.south_mm() + (frame.north_mm() - frame.south_mm()) * i / kSteps;
    outline.push_back({OnGrid(east), OnGrid(frame.south_mm())});
    outline.push_back({OnGrid(east), OnGrid(frame.north_mm())});
    outline.push_back({OnGrid(frame.west_mm()), OnGrid(north)});
    outline.push_back({OnGrid(frame.east_mm()), OnGrid(north)});
  }
  return outline;
}

tl::unexpected<Error> BadSurface(const std::string& what) { return Fail(InvalidArgument("surface", what)); }

// Into the picture's colours: clear, then the classes.
std::uint8_t IndexOf(double value, const LayerScale& scale) {
  const std::size_t index = scale.class_of(value);
  return index == 0 && scale.first_is_clear ? 0 : static_cast<std::uint8_t>(index + 1);
}

Result<TileImage> PaintIndices(int size, const PixelWindow& window, std::span<const std::uint8_t> indices, std::span<const std::uint8_t> significant,
                               const LayerScale& scale) {
  if (size != 256 && size != 512) return Fail(InvalidArgument("image", fmt::format("tiles of {} pixels; there are tiles of 256 and 512", size)));
  const std::size_t count = window.empty() ? 0 : static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows);
  WARDWATCH_CHECK(indices.size() == count && (significant.empty() || significant.size() == count), "{} colours, {} pixels", indices.size(), count);
  std::vector<std::uint8_t> pixels(static_cast<std::size_t>(size) * static_cast<std::size_t>(size), 0);
  bool blank = true;
  for (int row = 0; row < window.rows; ++row) {
    const std::size_t from = static_cast<std::size_t>(row) * static_cast<std::size_t>(window.columns);
    std::uint8_t* out =
        pixels.data() + static_cast<std::size_t>(window.first_row + row) * static_cast<std::size_t>(size) + static_cast<std::size_t>(window.first_column);
    for (int column = 0; column < window.columns; ++column) {
      const std::size_t i = from + static_cast<std::size_t>(column);
      const bool striped = !significant.empty() && significant[i] == 0;
      if (indices[i] == 0 || (striped && (window.first_column + column + window.first_row + row) % kStripePeriod >= kStripeWidth)) continue;
      out[column] = indices[i];
      blank = false;
    }
  }
  std::vector<Rgb> colours{{255, 255, 255}};
  colours.insert(colours.end(), scale.colours.begin(), scale.colours.end());
  auto png = PalettePng(size, size, pixels, colours, /*first_is_clear=*/true);
  if (!png) return Fail(png.error());
  return TileImage{std::move(*png), blank};
}

}  // namespace

Result<TileImage> PaintTile(int size, const PixelWindow& window, std::span<const double> values, std::span<const std::uint8_t> defined,
                            std::span<const std::uint8_t> significant, const LayerScale& scale) {
  WARDWATCH_CHECK(values.size() == defined.size(), "{} values, {} flags", values.size(), defined.size());
  std::vector<std::uint8_t> indices(values.size(), 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (defined[i] != 0) indices[i] = IndexOf(values[i], scale);
  }
  return PaintIndices(size, window, indices, significant, scale);
}

Result<DensityTiles> DensityTiles::Build(Surface surface, const LayerScale& scale, PixelValue pixel_value, const BritishGrid& grid) {
  const std::size_t size = surface.frame.size();
  if (surface.values.size() != size) return BadSurface(fmt::format("{} values for {} cells", surface.values.size(), size));
  for (const auto* flags : {&surface.shown, &surface.significant}) {
    if (!flags->empty() && flags->size() != size) return BadSurface(fmt::format("{} flags for {} cells", flags->size(), size));
  }
  if (!std::all_of(surface.values.begin(), surface.values.end(), [](double v) { return std::isfinite(v); })) return BadSurface("a value that is not finite");
  DensityTiles tiles(std::move(surface), scale, pixel_value);
  for (std::size_t i = 0; i < size; ++i)
    tiles.cell_index_.push_back(tiles.surface_.shown.empty() || tiles.surface_.shown[i] != 0 ? IndexOf(tiles.surface_.values[i], scale) : 0);
  // Nothing to draw is a box that no tile meets.
  tiles.low_ = kNoWorld;
  tiles.high_ = {0, 0};
  if (size == 0) return tiles;
  for (const WorldPoint p : WorldPositions(OutlineOf(tiles.surface_.frame), grid)) {
    if (p == kNoWorld) return BadSurface("its frame reaches beyond the National Grid");
    tiles.low_ = {std::min(tiles.low_.x, p.x), std::min(tiles.low_.y, p.y)};
    tiles.high_ = {std::max(tiles.high_.x, p.x), std::max(tiles.high_.y, p.y)};
  }
  // Between the outline's places its sides bulge: 1/32 of a side of 1,000 km by 50 m.
  const auto margin = static_cast<std::uint32_t>(std::min((tiles.high_.x - tiles.low_.x) / 500 + 16, (tiles.high_.y - tiles.low_.y) / 500 + 16));
  tiles.low_ = {tiles.low_.x - std::min(tiles.low_.x, margin), tiles.low_.y - std::min(tiles.low_.y, margin)};
  tiles.high_ = {tiles.high_.x + margin, tiles.high_.y + margin};
  return tiles;
}

bool DensityTiles::shown(std::int64_t column, std::int64_t row) const {
  if (column < 0 || row < 0 || column >= surface_.frame.columns || row >= surface_.frame.rows) return false;
  return surface_.shown.empty() || surface_.shown[static_cast<std::size_t>(row * surface_.frame.columns + column)] != 0;
}

std::uint8_t DensityTiles::index_at(GridPoint place, std::uint8_t& solid) const {
  const RasterFrame& frame = surface_.frame;
  const std::int64_t east = place.easting_mm - frame.west_mm(), north = place.northing_mm - frame.south_mm();
  if (east < 0 || north < 0 || east >= frame.east_mm() - frame.west_mm() || north >= frame.north_mm() - frame.south_mm()) return 0;
  // Within the frame and so within 32 bits, whose division is several times quicker.
  const auto cell_mm = static_cast<std::uint32_t>(frame.cell_mm);
  const std::uint32_t column = static_cast<std::uint32_t>(east) / cell_mm, row = static_cast<std::uint32_t>(north) / cell_mm;
  const std::size_t index = std::size_t{row} * static_cast<std::size_t>(frame.columns) + column;
  if (!surface_.significant.empty()) solid = surface_.significant[index];
  const std::uint8_t own = cell_index_[index];
  if (pixel_value_ == PixelValue::kCell || !shown(column, row)) return own;
  // The four cells whose centres are around the place.
  const std::int64_t west = std::int64_t{column} - (static_cast<std::uint32_t>(east) - column * cell_mm < cell_mm / 2 ? 1 : 0);
  const std::int64_t south = std::int64_t{row} - (static_cast<std::uint32_t>(north) - row * cell_mm < cell_mm / 2 ? 1 : 0);
  if (!shown(west, south) || !shown(west + 1, south) || !shown(west, south + 1) || !shown(west + 1, south + 1)) return own;
  // The value lies between the least and the greatest of the four: of one class, it is of that.
  const std::uint8_t* corner = cell_index_.data() + south * frame.columns + west;
  if (corner[0] == own && corner[1] == own && corner[frame.columns] == own && corner[frame.columns + 1] == own) return own;
  return IndexOf(SurfaceValueAt(surface_.values, frame, place), scale_);
}

Result<TileImage> DensityTiles::encode(TileId tile, int size, const BritishGrid& grid) const {
  if (size != 256 && size != 512) return PaintIndices(size, {}, {}, {}, scale_);
  const PixelWindow window = WindowAround(tile, size, low_, high_);
  const std::vector<GridPoint> places = PixelPlaces(tile, size, window, grid);
  std::vector<std::uint8_t> indices(places.size(), 0), significant(surface_.significant.empty() ? 0 : places.size(), 1);
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::uint8_t solid = 1;
    indices[i] = index_at(places[i], solid);  // kUnlocated is in no frame
    if (!significant.empty()) significant[i] = solid;
  }
  return PaintIndices(size, window, indices, significant, scale_);
}

}  // namespace geo
