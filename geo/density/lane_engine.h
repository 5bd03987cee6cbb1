// The inner loops of the engine, one set for each instruction set. No std type crosses this header: the files behind it are compiled for processors that the
// rest of the program must not need, and a template shared with them could be merged into code that runs everywhere.
#pragma once

#include <cstddef>
#include <cstdint>

namespace geo {

// What is added for a pair with `inside` = r^2 - d^2, where it is not negative: inside^power, power 0 to 3.
enum class LanePower : int { kZero, kOne, kTwo, kThree };

// Points of one bucket row, at most kLanePointsAtOnce of them, against tiles of cells of a few rows.
inline constexpr std::ptrdiff_t kLanePointsAtOnce = 1016;
inline constexpr std::ptrdiff_t kLaneStride = 1024 + 8;  // of `above`; no power of two, so that its rows do not share cache sets

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
  double* sums;  // [tile][tile row][tile column]
};

struct LaneEngine {
  int tile_rows, tile_columns;
  // above[r * kLaneStride + i] = top - (north[i] - centre[r])^2 + half^2, for i < n and r < tile_rows.
  void (*lay_above)(const double* northing_mm, std::ptrdiff_t n, const double* centre_mm, double top, double half_mm, double* above);
  void (*gather[4][2])(const GatherRow& row);  // by LanePower, and weighted or not
  // Sum over n points of weight * inside^power at a place. Positions relative to the same corner.
  double (*sum_at[4])(const double* easting_mm, const double* northing_mm, const double* weight, std::ptrdiff_t n, double at_easting_mm, double at_northing_mm,
                      double r2_mm2);
};

extern const LaneEngine kBaselineLanes;
#if defined(__x86_64__)
extern const LaneEngine kAvx2Lanes;
extern const LaneEngine kAvx512Lanes;
#endif

}  // namespace geo
