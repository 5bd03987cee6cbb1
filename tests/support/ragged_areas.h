// A made-up tessellation with ragged borders and clustered points, for benchmarks and property tests: deterministic in its seed, the same on every machine
// (integers and the four operations on doubles only).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/areas/area_set.h"

namespace support {

// splitmix64 (Steele, Lea and Flood 2014).
class SplitMix {
 public:
  explicit SplitMix(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

// A window of 20 km on the Grid.
inline constexpr double kWindowWest_m = 520'000, kWindowSouth_m = 170'000, kWindow_m = 20'000;

struct RaggedPoint {
  double easting_m, northing_m;
};

// From a to b in `steps` steps, each midpoint displaced sideways in proportion to its span.
inline void Displace(std::vector<RaggedPoint>& chain, std::size_t a, std::size_t b, double amplitude, SplitMix& random) {
  if (b - a < 2) return;
  const std::size_t middle = (a + b) / 2;
  const double share = static_cast<double>(middle - a) / static_cast<double>(b - a), offset = (random.unit() * 2 - 1) * amplitude;
  const double dx = chain[b].easting_m - chain[a].easting_m, dy = chain[b].northing_m - chain[a].northing_m;
  chain[middle] = {chain[a].easting_m + dx * share - dy * offset, chain[a].northing_m + dy * share + dx * offset};
  Displace(chain, a, middle, amplitude * 0.92, random);
  Displace(chain, middle, b, amplitude * 0.92, random);
}

// columns x rows areas of about 4 * side_vertices vertices each. Borders are shared exactly; the outer border is straight.
inline std::vector<geo::Area> RaggedAreas(int columns, int rows, std::size_t side_vertices, std::uint64_t seed) {
  SplitMix random(seed);
  const double width = kWindow_m / columns, height = kWindow_m / rows;
  const auto index = [](int i, int j, int stride) { return static_cast<std::size_t>(j * stride + i); };
  std::vector<RaggedPoint> corners;
  for (int j = 0; j <= rows; ++j) {
    for (int i = 0; i <= columns; ++i) {
      const double dx = i > 0 && i < columns ? (random.unit() - 0.5) * 0.4 * width : 0, dy = j > 0 && j < rows ? (random.unit() - 0.5) * 0.4 * height : 0;
      corners.push_back({kWindowWest_m + i * width + dx, kWindowSouth_m + j * height + dy});
    }
  }
  const auto chain = [&](std::size_t a, std::size_t b, bool straight) {
    std::vector<RaggedPoint> points(side_vertices + 1);
    points.front() = corners[a];
    points.back() = corners[b];
    Displace(points, 0, side_vertices, straight ? 0 : 0.08, random);
    return points;
  };
  std::vector<std::vector<RaggedPoint>> level, upright;
  for (int j = 0; j <= rows; ++j) {
    for (int i = 0; i < columns; ++i) level.push_back(chain(index(i, j, columns + 1), index(i + 1, j, columns + 1), j == 0 || j == rows));
  }
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i <= columns; ++i) upright.push_back(chain(index(i, j, columns + 1), index(i, j + 1, columns + 1), i == 0 || i == columns));
  }
  std::vector<geo::Area> areas;
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      geo::Ring ring;
      const auto add = [&](const std::vector<RaggedPoint>& side, bool reversed) {
        for (std::size_t k = 0; k + 1 < side.size(); ++k) {
          const RaggedPoint& p = side[reversed ? side.size() - 1 - k : k];
          const geo::GridPoint rounded = geo::GridPoint::FromMeters(p.easting_m, p.northing_m);
          if (ring.empty() || ring.back() != rounded) ring.push_back(rounded);
        }
      };
      add(level[index(i, j, columns)], false);
      add(upright[index(i + 1, j, columns + 1)], false);
      add(level[index(i, j + 1, columns)], true);
      add(upright[index(i, j, columns + 1)], true);
      areas.push_back({"R" + std::to_string(100'000 + j * columns + i), "", {{{{std::move(ring)}}}}});
    }
  }
  return areas;
}

// 30 % evenly over the window, 70 % in 200 clusters of 100 to 1,500 m whose weights fall as 1 / rank.
inline std::vector<geo::GridPoint> ClusteredPoints(std::size_t count, std::uint64_t seed) {
  SplitMix random(seed);
  struct Cluster {
    double easting_m, northing_m, radius_m, weight_to_here;
  };
  std::vector<Cluster> clusters;
  double total = 0;
  for (int rank = 1; rank <= 200; ++rank) {
    const double share = random.unit();
    clusters.push_back({kWindow_m * random.unit(), kWindow_m * random.unit(), 100 + 1400 * share * share * share, total += 1.0 / rank});
  }
  std::vector<geo::GridPoint> points;
  while (points.size() < count) {
    double x = kWindow_m * random.unit(), y = kWindow_m * random.unit();
    if (random.unit() >= 0.3) {
      const double pick = random.unit() * total;
      std::size_t k = 0;
      while (k + 1 < clusters.size() && clusters[k].weight_to_here <= pick) ++k;
      // The sum of four uniform draws less two has a bell of standard deviation 0.577.
      const auto bell = [&] { return (random.unit() + random.unit() + random.unit() + random.unit() - 2) / 0.577; };
      x = clusters[k].easting_m + clusters[k].radius_m * bell();
      y = clusters[k].northing_m + clusters[k].radius_m * bell();
    }
    if (x < 0 || y < 0 || x >= kWindow_m || y >= kWindow_m) continue;
    points.push_back(geo::GridPoint::FromMeters(kWindowWest_m + x, kWindowSouth_m + y));
  }
  return points;
}

}  // namespace support
