// Getis-Ord Gi* and Gi: is the sum around here higher or lower than chance would have it?
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/significance/neighbours.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Why a z has no value. Never 0 in its place. The first that holds of kTooFew, kNoNeighbours, kWholeSet, kNoVariance.
enum class LocalStatus : std::uint8_t {
  kDefined,
  kNoNeighbours,  // nobody within the neighbourhood; for Gi* there is always the cell itself
  kNoVariance,    // every value is the same (for Gi: every value but this one)
  kWholeSet,      // the neighbourhood is everything: its sum is no surprise
  kTooFew,        // fewer than 3 values
};

struct LocalZ {
  double z = 0;  // 0 unless kDefined
  LocalStatus status = LocalStatus::kDefined;
};

struct GetisOrdForm {
  bool self = true;               // Gi*: the cell itself is in its neighbourhood and in the mean; false: Gi, in neither
  bool row_standardised = false;  // weights 1 / number of neighbours (with self for Gi*) instead of 1
};

// Gi* = (sum_j w_ij x_j - m W_i) / (S sqrt((n S1_i - W_i^2) / (n - 1))), W_i = sum_j w_ij, S1_i = sum_j w_ij^2; m and S (divisor n) over ALL values.
// Gi: j = i left out of sums, mean and variance; (n - 1) S1_i - W_i^2 over n - 2.
// Accuracy: relative error of z under 1e-12 of the largest |z| also for values far from zero: they are centred by their mean first.
// Order and determinism: fixed. Cost: O(n + links). Errors: of `stop`.
// Source: Getis and Ord 1992, The analysis of spatial association by use of distance statistics; Ord and Getis 1995, Local spatial autocorrelation statistics.
Result<std::vector<LocalZ>> GetisOrd(std::span<const double> values, const Neighbours& neighbours, GetisOrdForm form, const StopSignal& stop);

// The same for the cells of a raster that `analysed` marks (1), with a box or disc neighbourhood, by sums along rows: no list of neighbours. Unmarked cells
// have no value, are nobody's neighbours, and get kNoNeighbours and z 0. Binary weights. Agrees with the list form to 1e-12 of the largest |z|. box: within
// `radius_cells` (0..1000) rows and columns; disc: centres at most radius_cells apart. Cost: O(cells * (2 radius + 1)) for discs, O(cells) for boxes.
enum class RasterNeighbourhood : std::uint8_t { kBox, kDisc };
struct GetisOrdRaster {
  RasterNeighbourhood neighbourhood = RasterNeighbourhood::kBox;
  double radius_cells = 1;
  bool self = true;
  int threads = 1;
};
Result<std::vector<LocalZ>> GetisOrdOnRaster(std::span<const double> values, std::span<const std::uint8_t> analysed, const RasterFrame& frame,
                                             const GetisOrdRaster& how, const StopSignal& stop);

// Two-sided: 2 Phi(-|z|), without loss in the tail.
double TwoSidedP(double z);

}  // namespace geo
