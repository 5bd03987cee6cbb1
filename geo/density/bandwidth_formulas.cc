#include "geo/density/bandwidth_formulas.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/density/frequency_statistics.h"

namespace geo {
namespace {

double SilvermanAxis(std::span<const double> value, const IncidentSpread& spread) {
  const double sd = std::sqrt(FrequencyVariance(value, spread.incidents));
  const double quartiles = FrequencyQuantile(value, spread.incidents, 0.75) - FrequencyQuantile(value, spread.incidents, 0.25);
  const double width = quartiles > 0 ? std::min(sd, quartiles / 1.34) : sd;
  return 0.9 * width * std::pow(spread.total, -0.2);
}

}  // namespace

IncidentSpread SpreadOf(const WeightedPoints& points) {
  IncidentSpread spread;
  GridPoint first;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!(points.weight[i] > 0)) continue;
    if (spread.incidents.empty()) first = points.at[i];
    spread.east_m.push_back(static_cast<double>(std::int64_t{points.at[i].easting_mm} - first.easting_mm) / 1000);
    spread.north_m.push_back(static_cast<double>(std::int64_t{points.at[i].northing_mm} - first.northing_mm) / 1000);
    spread.incidents.push_back(points.weight[i]);
    spread.total += points.weight[i];
  }
  return spread;
}

double SilvermanSd(const IncidentSpread& spread) { return std::sqrt(SilvermanAxis(spread.east_m, spread) * SilvermanAxis(spread.north_m, spread)); }

double ScottSd(const IncidentSpread& spread) {
  const double product = FrequencyVariance(spread.east_m, spread.incidents) * FrequencyVariance(spread.north_m, spread.incidents);
  return std::pow(product, 0.25) * std::pow(spread.total, -1.0 / 6);
}

double ReferenceSd(const IncidentSpread& spread) {
  const double variance = (FrequencyVariance(spread.east_m, spread.incidents) + FrequencyVariance(spread.north_m, spread.incidents)) / 2;
  return std::sqrt(variance) * std::pow(spread.total, -1.0 / 6);
}

double ArcGisRadius(const IncidentSpread& spread) {
  const double east = FrequencyMean(spread.east_m, spread.incidents), north = FrequencyMean(spread.north_m, spread.incidents);
  std::vector<double> distance(spread.incidents.size());
  double squares = 0;
  for (std::size_t i = 0; i < distance.size(); ++i) {
    distance[i] = std::hypot(spread.east_m[i] - east, spread.north_m[i] - north);
    squares += spread.incidents[i] * distance[i] * distance[i];
  }
  const double standard_distance = std::sqrt(squares / spread.total), median = FrequencyQuantile(distance, spread.incidents, 0.5);
  return 0.9 * std::min(standard_distance, std::sqrt(1 / std::numbers::ln2) * median) * std::pow(spread.total, -0.2);
}

}  // namespace geo
