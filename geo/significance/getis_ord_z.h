// From a neighbourhood's sum to its z: the one formula that the list form and the raster form share.
#pragma once

#include <cmath>
#include <cstdint>

#include "geo/significance/centred_values.h"
#include "geo/significance/getis_ord.h"

namespace geo {

// 1 / (S sqrt((n k - k^2) / (n - 1))) for k neighbours of weight 1 among n values with the given sum of squares about their mean: S^2 = sum_squares / n.
// Weights of 1 / k leave z as it is: numerator and denominator both shrink k times. Requires 0 < k < n, sum_squares > 0.
inline double GetisOrdScale(std::int64_t n, std::int64_t k, double sum_squares) {
  const double count = static_cast<double>(n), own = static_cast<double>(k);
  return 1 / std::sqrt(sum_squares / count * (own * (count - own) / (count - 1)));
}

// What stands in the way of a z, if anything. `n`, `k` as above: for Gi the other values and the neighbours other than self.
inline LocalStatus GetisOrdStatus(const CentredValues& values, bool self, std::size_t i, std::int64_t k) {
  const std::int64_t n = self ? values.n : values.n - 1;
  if (values.n < 3) return LocalStatus::kTooFew;
  if (k == 0) return LocalStatus::kNoNeighbours;
  if (k >= n) return LocalStatus::kWholeSet;
  if (values.all_equal || (!self && values.lone == i)) return LocalStatus::kNoVariance;
  return LocalStatus::kDefined;
}

// Gi of value i, whose k neighbours' d add up to `sum`. `each_neighbour(visit)` goes through their positions, for the rare value that dwarfs all others.
template <class EachNeighbour>
double GiWithoutSelf(const CentredValues& values, std::size_t i, std::int64_t k, double sum, EachNeighbour&& each_neighbour) {
  const CentredValues::Others others = values.without(i);
  double above = sum - others.mean * static_cast<double>(k);
  if (others.afresh) {
    above = 0;
    each_neighbour([&](std::size_t j) { above += values.x(j) - others.mean - others.more_mean; });
  }
  return above * GetisOrdScale(values.n - 1, k, others.sum_squares) + 0.0;
}

}  // namespace geo
