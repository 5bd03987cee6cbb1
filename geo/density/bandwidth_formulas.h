// The bandwidth rules that are one formula over the incidents.
#pragma once

#include <span>
#include <vector>

#include "geo/density/weighted_points.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Incidents as columns, relative to the first position so that no digits are lost to the National Grid's offset. `incidents` is the weight as a frequency.
struct IncidentSpread {
  std::vector<double> east_m, north_m, incidents;
  double total = 0;  // of incidents
};
// Of points with a weight above 0.
IncidentSpread SpreadOf(const WeightedPoints& points);

// Each needs incidents that sum to over 1. Gaussian standard deviation in metres; 0 where the incidents' spread is 0 on an axis that the rule needs.
// R's bw.nrd0 per axis, geometric mean: 0.9 min(sd, IQR / 1.34) n^(-1/5); sd alone where the quartiles coincide, as R does. Source: Silverman 1986, eq. 3.31.
double SilvermanSd(const IncidentSpread& spread);
// sd n^(-1/6) per axis, geometric mean. Source: Scott 1992, Multivariate Density Estimation, eq. 6.42.
double ScottSd(const IncidentSpread& spread);
// sqrt((var east + var north) / 2) n^(-1/6). Source: Worton 1989, Kernel methods for estimating the utilization distribution, Ecology 70.
double ReferenceSd(const IncidentSpread& spread);
// 0.9 min(SD, sqrt(1 / ln 2) Dm) n^(-1/5): a quartic radius, with SD the standard distance sqrt(sum w d^2 / sum w) and Dm the median distance, both to the mean
// centre. Source: Esri, ArcGIS Pro, How Kernel Density works.
double ArcGisRadius(const IncidentSpread& spread);

}  // namespace geo
