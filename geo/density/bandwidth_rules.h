// Bandwidths chosen by a published rule from the points.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "geo/density/density_surface.h"
#include "geo/density/window.h"
#include "geo/types/stop_signal.h"

namespace geo {

// How repeats at one position enter, and what `sd` means: README.md of this room has the formulas.
enum class BandwidthRule : std::uint8_t {
  kSilverman,         // 0.9 min(sd, IQR / 1.34) n^(-1/5) per axis, geometric mean; a Gaussian sd
  kScott,             // sd n^(-1/6) per axis, geometric mean; a Gaussian sd
  kReference,         // sqrt((var x + var y) / 2) n^(-1/6) (href); a Gaussian sd
  kArcGis,            // 0.9 min(standard distance, sqrt(1 / ln 2) median distance to the mean centre) n^(-1/5); a quartic radius
  kLeastSquares,      // LSCV with the Gaussian kernel; a Gaussian sd
  kLikelihood,        // leave-one-out likelihood with the Gaussian kernel (Loader 1999); a Gaussian sd
  kDiggle,            // Berman and Diggle 1989; a Gaussian sd
  kCronieVanLieshout  // Cronie and van Lieshout 2018; a Gaussian sd
};
std::string_view NameOf(BandwidthRule rule);  // "silverman", "scott", "reference", "arcgis", "least-squares", "likelihood", "diggle", "cronie-van-lieshout"

struct ChosenBandwidth {
  double rule_value_m = 0;      // what the rule's own formula gives: a Gaussian sd, or a quartic radius (kArcGis)
  double bandwidth_m = 0;       // the same smoothing in the kernel asked for (BandwidthOfSd), rounded to the millimetre
  std::string why;              // "silverman: 0.9 min(sd, IQR/1.34) n^-1/5 over 4,012 positions = 412 m as a Gaussian sd; x 2.828 for the quartic kernel"
  std::vector<double> tried_m;  // rules that search: the values tried, ascending, and
  std::vector<double> score;    // their score, higher is better
};

// The rules count every incident except the searching ones (kLeastSquares, kLikelihood, kDiggle, kCronieVanLieshout), which duplicates of snapped positions
// drive to zero: those take each distinct position once and say so in `why`. `window`: its outline's area and diameter for kDiggle, kLikelihood and
// kCronieVanLieshout; others ignore it and take nullptr. Positions outside it take no part in those three. Weights are frequencies; under 2 in sum is
// TOO_FEW_POINTS. Errors: kFailedPrecondition with reason TOO_FEW_POINTS (under 2 distinct positions; under 10 for searching rules), NO_SPREAD (all on one
// place, or on a line where the rule needs both axes), NO_MINIMUM (the search runs to the end of its range: the best is no optimum), WINDOW_NEEDED,
// OUT_OF_RANGE (under 1 m or over 50 km); messages say to give bandwidth_m instead. kResourceExhausted over work.pairs. Cost: O(n) for formulas, O(pairs
// within the widest bandwidth tried) for searches.
Result<ChosenBandwidth> ChooseBandwidth(BandwidthRule rule, const WeightedPoints& points, const Kernel& kernel, const Window* window, const DensityWork& work,
                                        const StopSignal& stop);

}  // namespace geo
