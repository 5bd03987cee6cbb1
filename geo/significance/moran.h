// Moran's I: global, and local with conditional permutations.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/significance/getis_ord.h"
#include "geo/significance/neighbours.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct GlobalMoran {
  double i = 0;
  double expected = 0;  // -1 / (n - 1)
  double variance_randomisation = 0, variance_normality = 0;
  double z = 0;        // by randomisation
  double p = 1;        // two-sided, normal
  std::int64_t n = 0;  // values with at least one neighbour: isolates take no part, and are counted in
  std::int64_t isolates = 0;
  LocalStatus status = LocalStatus::kDefined;  // anything else: no number above but n and isolates means anything (all 0, p 1)
};

// Row-standardised (or binary) weights. kTooFew under 4 values with a neighbour; kNoVariance also where every arrangement of the values has the same I. Source:
// Cliff and Ord 1981, Spatial Processes, ch. 1 and 2. Cost: O(n + links). Errors: of `stop`.
Result<GlobalMoran> MoransI(std::span<const double> values, const Neighbours& neighbours, bool row_standardised, const StopSignal& stop);

enum class LocalMoranClass : std::uint8_t { kNotSignificant, kHighHigh, kLowLow, kHighLow, kLowHigh };

struct LocalMoranValue {
  double i = 0;
  double p = 1;  // pseudo p, two-sided: twice the smaller of the two tails' (M + 1) / (R + 1), at most 1
  // Of the cell and its neighbours' mean, whatever p; kNotSignificant when either lies on the mean.
  LocalMoranClass quadrant = LocalMoranClass::kNotSignificant;
  LocalStatus status = LocalStatus::kDefined;
};

struct LocalMoranHow {
  int permutations = 999;  // 99..99,999
  // Over `permutations`: a cell whose smaller tail holds fewer than 10 of the first goes on to so many, so that its p is small enough to survive many tests.
  // The p stays valid: one below 0.022 comes from the whole of the longer sample alone. Besag and Clifford 1991, Sequential Monte Carlo p-values.
  int most_permutations = 0;
  std::uint64_t seed = 1;
  bool divide_by_n_less_1 = false;  // second moment m2 = sum z^2 / (n - 1) (GeoDa, PySAL) instead of / n (spdep)
  int threads = 1;
};

// I_i = (z_i / m2) * mean of the neighbours' z. Conditional permutation: z_i stays, its k_i neighbours are drawn without replacement from the other n - 1.
// Each draw's random numbers come from a counter (seed, cell, permutation), so that neither threads nor order matter (Salmon et al. 2011, Parallel random
// numbers: as easy as 1, 2, 3: Philox4x32-10). Cost: O(n * permutations * mean neighbours). Errors: kInvalidArgument significance.permutations; of `stop`, with
// progress. Source: Anselin 1995, Local indicators of spatial association: LISA; (M + 1) / (R + 1): North, Curtis and Sham 2002.
Result<std::vector<LocalMoranValue>> LocalMoran(std::span<const double> values, const Neighbours& neighbours, const LocalMoranHow& how, const StopSignal& stop);

}  // namespace geo
