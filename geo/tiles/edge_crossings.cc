#include "geo/tiles/edge_crossings.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

using Edge = std::pair<LatticePoint, LatticePoint>;  // the lower end first

int Side(const Edge& edge, LatticePoint p) {
  const std::int64_t dx = std::int64_t{edge.second.x} - edge.first.x, dy = std::int64_t{edge.second.y} - edge.first.y;
  const std::int64_t cross = dx * (std::int64_t{p.y} - edge.first.y) - dy * (std::int64_t{p.x} - edge.first.x);
  return (cross > 0) - (cross < 0);
}

bool Cross(const Edge& a, const Edge& b) { return Side(a, b.first) * Side(a, b.second) < 0 && Side(b, a.first) * Side(b, a.second) < 0; }

// Halves up, as pixels are, and exact: a point whose pixel lacks the crossing would lead neither edge through itself.
std::int32_t RoundedQuotient(Int128 numerator, Int128 denominator) {
  const Int128 twice = 2 * numerator + denominator, by = 2 * denominator;
  return static_cast<std::int32_t>(twice / by - (twice % by < 0));
}

LatticePoint CrossingOf(const Edge& a, const Edge& b) {
  const std::int64_t ax = std::int64_t{a.second.x} - a.first.x, ay = std::int64_t{a.second.y} - a.first.y;
  const std::int64_t bx = std::int64_t{b.second.x} - b.first.x, by = std::int64_t{b.second.y} - b.first.y;
  const std::int64_t ox = std::int64_t{b.first.x} - a.first.x, oy = std::int64_t{b.first.y} - a.first.y;
  // How far along a, as a fraction with a denominator over 0.
  std::int64_t numerator = ox * by - oy * bx, denominator = ax * by - ay * bx;
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  return {a.first.x + RoundedQuotient(static_cast<Int128>(ax) * numerator, denominator),
          a.first.y + RoundedQuotient(static_cast<Int128>(ay) * numerator, denominator)};
}

std::vector<Edge> DistinctEdges(const LatticeRings& rings) {
  std::vector<Edge> edges;
  edges.reserve(rings.at.size());
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    const auto ring = rings.ring(r);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const LatticePoint p = ring[i], q = ring[i + 1 < ring.size() ? i + 1 : 0];
      if (p != q) edges.emplace_back(std::min(p, q), std::max(p, q));
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

}  // namespace

std::vector<LatticePoint> EdgeCrossings(const LatticeRings& rings) {
  // Sorted by their western end. An edge can only cross those that begin before it ends: a sweep from west to east.
  const std::vector<Edge> edges = DistinctEdges(rings);
  std::vector<LatticePoint> crossings;
  // Bands of northings keep the sweep from comparing what is far apart.
  LatticeBox box;
  std::int64_t tall = 1;
  for (const Edge& edge : edges) {
    box.extend(edge.first);
    box.extend(edge.second);
    tall += std::abs(std::int64_t{edge.second.y} - edge.first.y);
  }
  if (edges.empty()) return crossings;
  const std::int64_t band = std::max<std::int64_t>(1, 2 * tall / static_cast<std::int64_t>(edges.size()));
  const std::int64_t bands = std::min<std::int64_t>((std::int64_t{box.y1} - box.y0) / band + 1, 1 << 16);
  const auto band_of = [&](std::int32_t y) { return std::min(bands - 1, (std::int64_t{y} - box.y0) / band); };
  std::vector<std::vector<std::uint32_t>> open(static_cast<std::size_t>(bands));
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    const Edge& edge = edges[i];
    const auto [north, south] = std::minmax(edge.first.y, edge.second.y);
    for (std::int64_t b = band_of(north); b <= band_of(south); ++b) {
      auto& list = open[static_cast<std::size_t>(b)];
      std::erase_if(list, [&](std::uint32_t j) { return edges[j].second.x < edge.first.x; });
      for (const std::uint32_t j : list) {
        if (Cross(edge, edges[j])) crossings.push_back(CrossingOf(edge, edges[j]));
      }
      list.push_back(i);
    }
  }
  std::sort(crossings.begin(), crossings.end());
  crossings.erase(std::unique(crossings.begin(), crossings.end()), crossings.end());
  return crossings;
}

}  // namespace geo
