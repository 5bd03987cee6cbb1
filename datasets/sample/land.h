// The ground of Tidewick: a mosaic of irregular blocks of about 250 m. Wards of either vintage, LSOAs and the authority are unions of whole blocks, so their
// edges agree to the millimetre without any geometry library.
#pragma once

#include <cstddef>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/grid_point.h"

namespace sample {

inline constexpr int kColumns = 64;
inline constexpr int kRows = 58;
inline constexpr int kBlocks = kColumns * kRows;
inline constexpr int kBlock_m = 250;
// In the sea off Norfolk, so that no invented offence lies at a real address; 110 m off the 250 m lines, so that blocks are not analysts' cells.
inline constexpr int kWest_m = 568110;
inline constexpr int kSouth_m = 352110;
inline constexpr int kNowhereLabel = -1;  // water, a neighbour's ground

class Land {
 public:
  Land();

  bool is_land(int block) const { return land_[static_cast<std::size_t>(block)]; }
  // The block at column, row; kNowhereLabel off the lattice.
  static int block_at(int column, int row);
  static double centre_easting_m(int block) { return kWest_m + (block % kColumns + 0.5) * kBlock_m; }
  static double centre_northing_m(int block) { return kSouth_m + (block / kColumns + 0.5) * kBlock_m; }
  // The block whose regular square holds the point; kNowhereLabel off the lattice. Near an edge the irregular block may be a neighbour.
  static int nearest_block(geo::GridPoint point);

  geo::Ring outline_of(int block) const;
  bool block_contains(int block, geo::GridPoint point) const;

  // Blocks of one label as polygons: shells anticlockwise, holes clockwise. Requires that no two blocks of the label touch at a corner alone (SettleCorners).
  geo::MultiPolygon dissolve(const std::vector<int>& labels, int label) const;

 private:
  struct Step;  // one side of a block
  std::vector<Step> boundary_of(const std::vector<int>& labels, int label) const;
  geo::GridPoint vertex(int column, int row) const { return vertices_[static_cast<std::size_t>(row * (kColumns + 1) + column)]; }

  std::vector<bool> land_;
  std::vector<geo::GridPoint> vertices_;     // (kColumns + 1) x (kRows + 1)
  std::vector<geo::GridPoint> along_east_;   // middles of the sides that run east, kColumns x (kRows + 1)
  std::vector<geo::GridPoint> along_north_;  // and north, (kColumns + 1) x kRows
};

// Relabels land blocks until no two of one label meet at a corner alone: such corners would make rings that touch themselves.
void SettleCorners(const Land& land, std::vector<int>& labels);

// Crossing number; the edge belongs to neither side for certain.
bool RingContains(const geo::Ring& ring, geo::GridPoint point);

}  // namespace sample
