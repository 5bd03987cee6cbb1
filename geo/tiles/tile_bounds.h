// What ground a tile shows: in degrees, and on the National Grid.
#pragma once

#include "geo/geodesy/british_grid.h"
#include "geo/tiles/tile_id.h"

namespace geo {

struct DegreeBox {
  double west_deg = 0, south_deg = 0, east_deg = 0, north_deg = 0;
};
DegreeBox DegreesOfTile(TileId tile);

// A box of the Grid that holds every transformable place of the tile and of `buffer` of its units (1/4096 of its side) around; to ask other rooms for
// what may be in it, not to draw. The part of the tile beyond 13 W .. 5 E, 48 N .. 63 N is left out, where the Grid means nothing: a tile wholly beyond has an
// empty box. Accuracy: at most 0.1 % of the tile's side larger than needed, and the tile's own tilt on the Grid. Cost: 128 transformations.
GridBox GridBoxOf(TileId tile, int buffer, const BritishGrid& grid);

}  // namespace geo
