#include "geo/density/berman_diggle.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/density/set_covariance.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

using std::numbers::pi;

constexpr std::size_t kSteps = 511, kBinsPerStep = 16, kBins = kSteps * kBinsPerStep;
constexpr double kPositionsWithin = 1000, kMostWeight = 100;
constexpr std::size_t kParts = 32;
constexpr std::int64_t kCovarianceProducts = 400'000'000;

// Weights of ordered pairs by distance: bin k holds distances over k and up to k + 1 bin widths.
struct PairBins {
  std::vector<double> weight = std::vector<double>(kBins, 0.0), weighted_mm = std::vector<double>(kBins, 0.0);
};

double ShorterSideMm(const Window& window) {
  const RasterFrame& frame = window.frame;
  std::int32_t west = frame.columns, east = -1, south = frame.rows, north = -1;
  for (std::size_t i = 0; i < window.inside_m2.size(); ++i) {
    if (window.inside_m2[i] <= 0) continue;
    const std::int32_t row = static_cast<std::int32_t>(i / static_cast<std::size_t>(frame.columns));
    const std::int32_t column = static_cast<std::int32_t>(i % static_cast<std::size_t>(frame.columns));
    west = std::min(west, column);
    east = std::max(east, column);
    south = std::min(south, row);
    north = std::max(north, row);
  }
  return static_cast<double>(std::min(east - west, north - south) + 1) * frame.cell_mm;
}

Result<void> AddPairs(const DistinctPositions& positions, std::size_t first, std::size_t last, double widest_mm, const SetCovariance& covariance,
                      double window_m2, PairBins& bins, const StopSignal& stop) {
  const double width_mm = widest_mm / static_cast<double>(kBins);
  const std::vector<double>&east = positions.easting_mm(), &north = positions.northing_mm();
  for (std::size_t i = first; i < last; ++i) {
    if (stop.stop_requested()) return Fail(stop.reason());
    positions.for_each_run(i, widest_mm, [&](std::size_t begin, std::size_t end) {
      for (std::size_t j = begin; j < end; ++j) {
        const double dx = east[j] - east[i], dy = north[j] - north[i], distance = std::sqrt(dx * dx + dy * dy);
        if (j == i || distance > widest_mm) continue;
        const std::size_t bin = static_cast<std::size_t>(std::clamp(std::ceil(distance / width_mm) - 1, 0.0, static_cast<double>(kBins - 1)));
        // One pair across a gap of the window must not outweigh all others; the cap is that of spatstat.
        const double weight = window_m2 / std::max(covariance.area_m2(dx, dy), window_m2 / kMostWeight);
        bins.weight[bin] += weight;
        bins.weighted_mm[bin] += weight * distance;
      }
    });
  }
  return {};
}

Result<PairBins> BinPairs(const DistinctPositions& positions, double widest_mm, const SetCovariance& covariance, double window_m2, int threads,
                          const StopSignal& stop) {
  std::vector<PairBins> parts(kParts);
  const std::size_t n = positions.size();
  auto done = RunParts(kParts, threads, [&](std::size_t part) {
    return AddPairs(positions, n * part / kParts, n * (part + 1) / kParts, widest_mm, covariance, window_m2, parts[part], stop);
  });
  if (!done) return Fail(std::move(done.error()));
  PairBins total;
  for (const PairBins& part : parts) {
    for (std::size_t bin = 0; bin < kBins; ++bin) {
      total.weight[bin] += part.weight[bin];
      total.weighted_mm[bin] += part.weighted_mm[bin];
    }
  }
  return total;
}

// The area that two discs of radius h share, centres d apart.
double SharedDisc(double d, double h) {
  const double y = d / (2 * h);
  return y >= 1 ? 0 : 2 * h * h * (std::acos(y) - y * std::sqrt(1 - y * y));
}

}  // namespace

Result<BermanDiggle> BermanDiggleErrors(const DistinctPositions& positions, const Window& window, ScoringWork& work, const StopSignal& stop) {
  const double n = static_cast<double>(positions.size()), intensity = n / window.total_m2;
  const double widest_mm = std::min(ShorterSideMm(window) / 4, 1000 * std::sqrt(kPositionsWithin / (pi * intensity)));
  std::int64_t pairs = 0;
  for (std::size_t i = 0; i < positions.size(); ++i) pairs += positions.run_total(i, widest_mm);
  if (pairs > work.budget) {
    return Fail({ErrorCode::kResourceExhausted, "density.rule", "WORK_BUDGET",
                 fmt::format("the rule looks at {} pairs of positions; the budget is {}; give bandwidth_m instead", pairs, work.budget)});
  }
  work.budget -= pairs;
  auto covariance = SetCovariance::Of(window, widest_mm, std::min(kCovarianceProducts, work.budget), work.threads, stop);
  if (!covariance) return Fail(std::move(covariance.error()));
  auto bins = BinPairs(positions, widest_mm, *covariance, window.total_m2, work.threads, stop);
  if (!bins) return Fail(std::move(bins.error()));

  BermanDiggle result;
  const double per_pair_m2 = window.total_m2 / (n * (n - 1));
  double within = 0;
  for (std::size_t step = 1; step <= kSteps / 2; ++step) {
    for (std::size_t bin = (step - 1) * kBinsPerStep; bin < step * kBinsPerStep; ++bin) within += bins->weight[bin];
    const double h_mm = widest_mm * static_cast<double>(step) / static_cast<double>(kSteps), h = h_mm / 1000, disc = pi * h * h;
    double shared = 0;
    for (std::size_t bin = 0; bin < 2 * step * kBinsPerStep; ++bin) {
      if (bins->weight[bin] > 0) shared += bins->weight[bin] * SharedDisc(bins->weighted_mm[bin] / bins->weight[bin] / 1000, h);
    }
    if (stop.stop_requested()) return Fail(stop.reason());
    result.radius_m.push_back(h);
    result.error.push_back((1 / intensity - 2 * per_pair_m2 * within) / disc + per_pair_m2 * shared / (disc * disc));
  }
  return result;
}

}  // namespace geo
