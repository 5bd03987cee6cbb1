// The points of the density benchmarks: 30% anywhere in a square of 20 km, 70% from 200 clusters of very different size and width; snapped to anchors where
// anchors are given, the first of them far more often than the last. By splitmix64, so that every run has the same points.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "geo/types/grid_point.h"

namespace bench {

class WorkloadPoints {
 public:
  explicit WorkloadPoints(std::uint64_t seed) : state_(seed) {
    double total = 0;
    for (int k = 0; k < kClusters; ++k) {
      const double easting = kWest_m + kSide_m * uniform(), northing = kSouth_m + kSide_m * uniform(), sd = 100 * std::pow(15.0, uniform());
      total += 1.0 / std::pow(k + 1.0, 0.8);
      clusters_.push_back({easting, northing, sd, total});
    }
  }

  // In draw order, millimetres rounded; repeats are not merged.
  std::vector<geo::GridPoint> draw(std::size_t n, std::size_t anchors = 0) {
    std::vector<geo::GridPoint> from(anchors == 0 ? n : anchors);
    for (geo::GridPoint& p : from) p = one();
    if (anchors == 0) return from;
    std::vector<geo::GridPoint> points(n);
    for (geo::GridPoint& p : points) {
      const double e = uniform();
      p = from[std::min(anchors - 1, static_cast<std::size_t>(static_cast<double>(anchors) * e * e))];
    }
    return points;
  }

  static constexpr double kWest_m = 520'000, kSouth_m = 170'000, kSide_m = 20'000;

 private:
  static constexpr int kClusters = 200;
  struct Cluster {
    double easting_m, northing_m, sd_m, cumulative;
  };

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  double normal() {
    const double a = std::max(uniform(), 1e-300), b = uniform();
    return std::sqrt(-2 * std::log(a)) * std::cos(6.283185307179586 * b);
  }
  geo::GridPoint one() {
    for (;;) {
      if (uniform() < 0.30) {
        const double easting = kWest_m + kSide_m * uniform();
        return geo::GridPoint::FromMeters(easting, kSouth_m + kSide_m * uniform());
      }
      const double drawn = uniform() * clusters_.back().cumulative;
      const auto at = std::lower_bound(clusters_.begin(), clusters_.end(), drawn, [](const Cluster& c, double d) { return c.cumulative < d; });
      const Cluster& cluster = at == clusters_.end() ? clusters_.back() : *at;
      const double easting = cluster.easting_m + cluster.sd_m * normal();
      const double northing = cluster.northing_m + cluster.sd_m * normal();
      if (easting >= kWest_m && easting < kWest_m + kSide_m && northing >= kSouth_m && northing < kSouth_m + kSide_m) {
        return geo::GridPoint::FromMeters(easting, northing);
      }
    }
  }

  std::uint64_t state_;
  std::vector<Cluster> clusters_;
};

}  // namespace bench
