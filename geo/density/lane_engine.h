// The inner loops of the engine, one set for each instruction set. No std type crosses this header: the files behind it are compiled for processors that the
// rest of the program must not need, and a template shared with them could be merged into code that runs everywhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace geo {

// What is added for a pair whose distance d is within the reach R:
//   kZero .. kThree  (R^2 - d^2)^power
//   kTriangular      (R^2 - d^2) / (R + d) + decay d, which is R - (1 - decay) d without loss at the rim
//   kExponential     exp(-rate d)
//   kGaussian        exp(-rate d^2)
enum class LaneShape : int { kZero, kOne, kTwo, kThree, kTriangular, kExponential, kGaussian };
inline constexpr int kLaneShapes = 7;

struct LaneCurve {
  double reach_mm, reach2_mm2;  // R, R^2
  double decay;                 // triangular
  double rate;                  // per mm, or per mm^2
};

// Points of one bucket row, at most kLanePointsAtOnce of them, against tiles of cells of a few rows.
inline constexpr std::ptrdiff_t kLanePointsAtOnce = 1016;
inline constexpr std::ptrdiff_t kLaneStride = 1024 + 8;  // of `above`; no power of two, so that its rows do not share cache sets

inline constexpr int kMostMoments = 20;
inline constexpr int kMomentShapes = 4;  // kZero to kThree have moments

struct GatherRow {
  const double* easting_mm;    // of all points
  const double* weight;        // of all points, or null: all alike, and left to the caller
  const std::uint32_t* begin;  // of this bucket row: buckets + 1 indices of points
  std::uint32_t first, last;   // take part: indices of points within the row
  const double* above;         // [tile row * kLaneStride + point - first]: r^2 - dy^2, less half_mm^2
  std::ptrdiff_t buckets;      // in the row
  std::ptrdiff_t west;         // column of the frame where the first bucket begins, in cells
  int shift;                   // a bucket is 2^shift cells wide
  std::ptrdiff_t half;         // half the chord, in cells, rounded up
  double first_centre_mm;      // of column 0, relative to easting_mm
  double cell_mm, half_mm;     // half_mm: 1/2 where cells are odd
  std::ptrdiff_t tile_begin, tile_end;
  LaneCurve curve;
  double* sums;  // [tile][tile row][tile column]
  // Of the points so near that a tile takes them by moments (lane_moments.h), as TileReach::whole; negative: none are.
  std::ptrdiff_t whole;
  const double* northing_mm;
  double tile_north_mm;  // the middle of the tiles' centres
  double* moments;       // [tile][moment][lane], at most kMostMoments a tile
};

// The same against a band of several rows of tiles, for a kernel that is a product of a factor of each column and one of each row.
inline constexpr int kBandTileRows = 8;
struct ProductBand {
  GatherRow row;                        // `half` is the widest of the band; `above` and `factor` go on over the rows of the band
  const double* factor;                 // laid out as `above`: weight * exp(-rate dy^2)
  std::ptrdiff_t half[kBandTileRows];   // of each row of tiles, as GatherRow::half; negative: out of reach
  std::ptrdiff_t whole[kBandTileRows];  // as TileReach::whole
  int tile_rows;                        // rows of tiles in use
  std::ptrdiff_t sums_stride;           // from one row of tiles to the next
};

struct LaneEngine {
  int tile_rows, tile_columns;
  // above[r * kLaneStride + i] = top - (north[i] - centre[r])^2 + half^2, for i < n and r < tile_rows.
  void (*lay_above)(const double* northing_mm, std::ptrdiff_t n, const double* centre_mm, double top, double half_mm, double* above);
  void (*gather[kLaneShapes - 1][2])(const GatherRow& row);     // by LaneShape but the Gaussian, and weighted or not
  void (*spread_moments[kMomentShapes])(const GatherRow& row);  // adds to `sums` what the moments say
  std::ptrdiff_t width;                                         // lanes
  // factor[r * kLaneStride + i] = weight[i] * exp(-rate (north[i] - centre[r])^2), for i < n and r < rows; without weights 1 stands for them.
  void (*lay_factors)(const double* northing_mm, const double* weight, std::ptrdiff_t n, const double* centre_mm, int rows, double rate, double* factor);
  void (*gather_product)(const ProductBand& band);
  // Sum over n points of weight * curve at a place. Positions relative to the same corner.
  double (*sum_at[kLaneShapes])(const double* easting_mm, const double* northing_mm, const double* weight, std::ptrdiff_t n, double at_easting_mm,
                                double at_northing_mm, const LaneCurve& curve);
  // exp(x[i]) for 8 values -708 < x <= 0; less is taken for -708. For tests.
  void (*exp_of)(const double* x, double* out);
};

extern const LaneEngine kBaselineLanes;
#if defined(__x86_64__)
extern const LaneEngine kAvx2Lanes;
extern const LaneEngine kAvx512Lanes;
#endif

}  // namespace geo
