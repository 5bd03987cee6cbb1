#include "geo/layers/tile_pixels.h"

#include <algorithm>
#include <cmath>

#include "geo/types/check.h"

namespace geo {
namespace {

int StepAt(int zoom) { return zoom >= 8 ? 32 : zoom >= 5 ? 16 : 1; }

// Grid metres at knots, `step` pixels apart from the tile's own first middle, so that a pixel's place does not depend on the window: those around the window.
struct Knots {
  std::size_t across = 0;
  int first_column = 0, first_row = 0;  // in steps
  std::vector<double> easting_m, northing_m;
};

Knots KnotsOf(TileId tile, int size, const PixelWindow& window, int step, const BritishGrid& grid) {
  Knots knots;
  knots.first_column = window.first_column / step;
  knots.first_row = window.first_row / step;
  // One beyond the last middle, so that every pixel has four around it.
  knots.across = static_cast<std::size_t>((window.first_column + window.columns - 1) / step + 2 - knots.first_column);
  const int last_row = (window.first_row + window.rows - 1) / step + 1;
  const double pixel = static_cast<double>(tile.side()) / size;
  for (int row = knots.first_row; row <= last_row; ++row) {
    const double y = static_cast<double>(tile.top()) + (0.5 + static_cast<double>(row) * step) * pixel;
    for (std::size_t column = 0; column < knots.across; ++column) {
      const double x = static_cast<double>(tile.left()) + (0.5 + static_cast<double>(static_cast<std::size_t>(knots.first_column) + column) * step) * pixel;
      const LatLng place = DegreesOf(x, y);
      knots.easting_m.push_back(place.longitude_deg);
      knots.northing_m.push_back(place.latitude_deg);
    }
  }
  grid.to_grid(knots.easting_m, knots.northing_m);
  return knots;
}

// As GridPoint::FromMeters, without a call for each rounding; kUnlocated for what is not on the Grid.
GridPoint OnGrid(double easting_m, double northing_m) {
  if (!(std::abs(easting_m) <= kMaxMeters && std::abs(northing_m) <= kMaxMeters)) return kUnlocated;
  const auto rounded = [](double m) { return static_cast<std::int32_t>(m * 1000.0 + (m < 0 ? -0.5 : 0.5)); };
  return {rounded(easting_m), rounded(northing_m)};
}

}  // namespace

PixelWindow WindowAround(TileId tile, int size, WorldPoint low, WorldPoint high) {
  if (low.x > high.x || low.y > high.y) return {};
  const auto pixel = [&](std::uint32_t at, std::uint64_t edge) {
    return std::floor((static_cast<double>(at) - static_cast<double>(edge)) / (static_cast<double>(tile.side()) / size));
  };
  const double west = pixel(low.x, tile.left()), east = pixel(high.x, tile.left()), north = pixel(low.y, tile.top()), south = pixel(high.y, tile.top());
  if (east < 0 || west >= size || south < 0 || north >= size) return {};
  PixelWindow window{static_cast<int>(std::max(0.0, west)), static_cast<int>(std::max(0.0, north))};
  window.columns = static_cast<int>(std::min(size - 1.0, east)) - window.first_column + 1;
  window.rows = static_cast<int>(std::min(size - 1.0, south)) - window.first_row + 1;
  return window;
}

std::vector<GridPoint> PixelPlaces(TileId tile, int size, const PixelWindow& window, const BritishGrid& grid) {
  WARDWATCH_CHECK(size >= 1 && size <= 4'096, "tile of {} pixels", size);
  if (window.empty()) return {};
  const int step = StepAt(tile.zoom);
  const Knots knots = KnotsOf(tile, size, window, step, grid);
  std::vector<GridPoint> places;
  places.reserve(static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows));
  for (int row = window.first_row; row < window.first_row + window.rows; ++row) {
    const std::size_t knot_row = static_cast<std::size_t>(row / step - knots.first_row) * knots.across;
    const double down = static_cast<double>(row % step) / step;
    // At a knot itself its neighbours are of no account, even where the Grid does not reach them.
    const auto on_row = [&](const std::vector<double>& at, std::size_t knot) {
      return down == 0 ? at[knot] : at[knot] + (at[knot + knots.across] - at[knot]) * down;
    };
    const int end = window.first_column + window.columns;
    for (int column = window.first_column; column < end;) {
      const std::size_t knot = knot_row + static_cast<std::size_t>(column / step - knots.first_column);
      const double easting_m = on_row(knots.easting_m, knot), northing_m = on_row(knots.northing_m, knot);
      const double east_m = on_row(knots.easting_m, knot + 1) - easting_m, north_m = on_row(knots.northing_m, knot + 1) - northing_m;
      const int stop = std::min(end, (column / step + 1) * step);
      for (; column < stop; ++column) {
        const int along = column % step;
        const double across = static_cast<double>(along) / step;
        places.push_back(along == 0 ? OnGrid(easting_m, northing_m) : OnGrid(easting_m + east_m * across, northing_m + north_m * across));
      }
    }
  }
  return places;
}

}  // namespace geo
