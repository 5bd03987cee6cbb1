// A surface as picture tiles.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/geodesy/british_grid.h"
#include "geo/layers/layer_scale.h"
#include "geo/layers/tile_pixels.h"
#include "geo/tiles/tile_id.h"
#include "geo/types/result.h"

namespace geo {

struct TileImage {
  std::string png;
  bool blank = false;  // nothing is drawn in it
};

// What a surface has at a pixel's middle.
enum class PixelValue : std::uint8_t {
  kCell,    // the value of the cell that holds it, exact at the cell's centre: blocks at deep zooms, which is what is known
  kLinear,  // SurfaceValueAt (geo/places), so that colours meet where contours run; the cell's own value where a neighbour is not shown
};

// The colours of values, where there are any, in the classes of a scale; where `significant` (empty: everywhere) is 0 in stripes of 3 of 8 pixels that run on
// from tile to tile. `values`, `defined` and `significant` are of the window's pixels. All of them are as they are: nothing is rescaled to the view. Errors:
// kInvalidArgument on `image` for a size other than 256 or 512. Cost: O(pixels).
Result<TileImage> PaintTile(int size, const PixelWindow& window, std::span<const double> values, std::span<const std::uint8_t> defined,
                            std::span<const std::uint8_t> significant, const LayerScale& scale);

// A surface, computed once for all tiles on the cells of its frame.
class DensityTiles {
 public:
  struct Surface {
    RasterFrame frame;
    std::vector<double> values;             // of the frame's cells: finite
    std::vector<std::uint8_t> shown;        // a cell each, 0: not drawn; empty: all are
    std::vector<std::uint8_t> significant;  // a cell each, 0: in stripes; empty: all solid
  };
  // Errors: kInvalidArgument on `surface` for lists of other lengths than the frame, or a value that is not finite; of the Grid, where the frame has no place
  // in the world. Cost: O(cells) and some hundred transformations.
  static Result<DensityTiles> Build(Surface surface, const LayerScale& scale, PixelValue pixel_value, const BritishGrid& grid);

  // The tile of 256 or 512 pixels a side. Law: a place has the same class at every zoom, but for the half pixel that its pixel's middle may lie away.
  // Accuracy: kCell, the density at the centre of the cell, under cell / sqrt(2) away; kLinear, within (cell / bandwidth)^2 of the peaks of the kernels within
  // reach, for smooth kernels. The pixel's own place: PixelPlaces. Errors: as PaintTile. Same input, same bytes. `grid`: this thread's own.
  Result<TileImage> encode(TileId tile, int size, const BritishGrid& grid) const;

 private:
  DensityTiles(Surface surface, const LayerScale& scale, PixelValue pixel_value) : surface_(std::move(surface)), scale_(scale), pixel_value_(pixel_value) {}
  // The colour of the place, 0 for clear; and whether it is drawn in stripes.
  std::uint8_t index_at(GridPoint place, std::uint8_t& solid) const;
  bool shown(std::int64_t column, std::int64_t row) const;

  Surface surface_;
  LayerScale scale_;
  PixelValue pixel_value_;
  std::vector<std::uint8_t> cell_index_;  // the colour of each cell, 0 for clear
  WorldPoint low_, high_;                 // around the frame
};

}  // namespace geo
