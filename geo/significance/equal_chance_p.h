// How often would incidents thrown at random over the places make a sum like this one?
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "geo/significance/getis_ord.h"

namespace geo {

// Two-sided p of each neighbourhood's sum if every incident had fallen on any of the n places with equal chance: then the sum of k places is binomial
// (total / unit, k / n) in units of one incident. For Gi the place itself is out of both. 1 where z is not defined.
// `unit`: weight of one incident; 1 for counts; for weights that differ sum w^2 / sum w (scaled Poisson, Bohm and Zech 2014), an approximation.
// Why: the normal p of a few small counts is far too small, so that a map of noise has hotspots (false_discovery_test.cc); this p is exact there. On real maps,
// where places differ by nature, nearly everything differs from equal chance and the normal p is the larger. The larger of both is right in both.
// Accuracy: relative 1e-10. Cost: O(places + links), an incomplete beta function for every distinct pair of sum and k. Errors: of `stop`.
Result<std::vector<double>> EqualChanceP(std::span<const double> values, const Neighbours& neighbours, std::span<const LocalZ> scores, bool self, double unit,
                                         const StopSignal& stop);
// Of the marked cells of a raster, with `how` as GetisOrdOnRaster made the scores.
Result<std::vector<double>> EqualChancePOnRaster(std::span<const double> values, std::span<const std::uint8_t> analysed, const RasterFrame& frame,
                                                 const GetisOrdRaster& how, std::span<const LocalZ> scores, double unit, const StopSignal& stop);

}  // namespace geo
