// Where the pixels of a picture tile lie on the ground.
#pragma once

#include <vector>

#include "geo/geodesy/british_grid.h"
#include "geo/tiles/tile_id.h"
#include "geo/types/grid_point.h"

namespace geo {

// A rectangle of a tile's pixels. Pixel (column, row) of a tile of `size` by `size` is from its west and north; its middle is at (column + 1/2, row + 1/2) of
// 1/size of the tile's side.
struct PixelWindow {
  int first_column = 0, first_row = 0, columns = 0, rows = 0;
  bool empty() const { return columns <= 0 || rows <= 0; }
};

// The smallest window whose pixels hold every one that meets [low, high] of the world on both axes; empty where the tile does not.
PixelWindow WindowAround(TileId tile, int size, WorldPoint low, WorldPoint high);

// Grid positions of the middles, row by row from the north-west; kUnlocated where the Grid does not reach.
// Accuracy: 1/20 of a pixel: from zoom 5 on PROJ is asked at every 16th pixel (from 8 on every 32nd), and what lies between is on a plane through the nearest.
// Cost: one transformation for each of those, a few operations a pixel.
std::vector<GridPoint> PixelPlaces(TileId tile, int size, const PixelWindow& window, const BritishGrid& grid);

}  // namespace geo
