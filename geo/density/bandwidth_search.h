// The best bandwidth by a score: coarse steps over the whole range, then narrowing around the best of them.
#pragma once

#include <vector>

#include "geo/density/gaussian_scores.h"

namespace geo {

struct SearchedBandwidth {
  double best_mm = 0;
  bool at_end = false;                  // the best coarse step is the first or the last: no optimum was found
  std::vector<double> tried_mm, score;  // ascending by tried_mm
};

// 16 geometric steps from `least_mm` to `most_mm` (least < most), the ends among them, then golden sections on the logarithm between the two steps beside the
// best, until the bracket is under a thousandth wide. Ties go to the narrower. The narrowing takes the score for unimodal between two steps. Errors: of
// `score`.
Result<SearchedBandwidth> SearchBandwidth(double least_mm, double most_mm, const BandwidthScore& score, const StopSignal& stop);

// Half the largest distance between two corners of cells with inside area; 0 for an empty window.
double HalfDiameterMm(const Window& window);

}  // namespace geo
