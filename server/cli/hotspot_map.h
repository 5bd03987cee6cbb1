// Hot cells drawn as text.
#pragma once

#include <string>
#include <vector>

#include "geo/cells/cell_grid.h"
#include "server/cli/terminal.h"

namespace server {

struct MapCell {
  geo::CellId id;
  int rank = 0;  // 1 is the heaviest
  bool hot = false;
  double weight = 0;
  bool tested = false;   // against chance
  int significance = 0;  // +1 more than chance explains, -1 less, 0 neither
};

struct MapOptions {
  int max_width_columns = 76;
  int max_height_lines = 22;
  int margin_cells = 2;  // shown around the hot cells, less where that lets a mark stand for fewer cells
};

// Draws the rectangle of cells around the hot ones, north up, two characters to a mark; a mark stands for one cell or, where the map would not fit, for
// n x n of them, and is hot when one of them is. The nine heaviest marks carry their rank. Cells that are not hot are drawn lightly, or more heavily from half
// the weight of the coolest hot cell. Where cells were tested, a hot mark of which no cell is more than chance explains is drawn fainter, and the others carry
// + or - where one of them is more, or less, than chance explains. What `cells` leaves out is blank. Hexagons are drawn by column and row: odd columns really
// lie half a cell further north. Empty when no cell is hot. Lines end in '\n'; the last one is a legend. See also tests/unit/server/cli/hotspot_map_test.cc,
// where the maps are drawn.
std::string DrawHotspotMap(const std::vector<MapCell>& cells, geo::CellShape shape, double cell_size_m, const MapOptions& options, const Terminal& terminal);

}  // namespace server
