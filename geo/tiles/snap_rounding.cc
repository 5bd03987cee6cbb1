#include "geo/tiles/snap_rounding.h"

#include <algorithm>

#include "geo/tiles/edge_crossings.h"
#include "geo/tiles/hot_points.h"
#include "geo/types/check.h"

namespace geo {
namespace {

// Each pass only adds points that edges are led through, within half a unit of them. Two is the rule: one that leads, one that finds nothing left.
constexpr int kMostPasses = 16;

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0); }

// To the nearest, halves up.
LatticePoint Rounded(WorldPoint p, int shift) {
  const std::int64_t half = (std::int64_t{1} << shift) >> 1;
  return {static_cast<std::int32_t>((std::int64_t{p.x} + half) >> shift), static_cast<std::int32_t>((std::int64_t{p.y} + half) >> shift)};
}

// Where the edge crosses cut lines along one axis: `u` runs across the lines. Calls found(line, the other axis rounded), both in lattice
// units.
template <class Found>
void CrossLines(std::int64_t from_u, std::int64_t from_v, std::int64_t to_u, std::int64_t to_v, int shift, const CutLines& lines, Found found) {
  if (from_u > to_u) {
    std::swap(from_u, to_u);
    std::swap(from_v, to_v);
  }
  const std::int64_t period = std::int64_t{lines.period} << shift, buffer = std::int64_t{lines.buffer} << shift, unit = std::int64_t{1} << shift;
  for (const std::int64_t offset : {-buffer, buffer}) {
    // The first line east of from_u, and on.
    for (std::int64_t line = (FloorDivide(from_u - offset, period) + 1) * period + offset; line < to_u; line += period) {
      // Twice the crossing, so that half a unit is whole also where the lattices are the same.
      const std::int64_t twice_v = 2 * from_v + FloorDivide(2 * (to_v - from_v) * (line - from_u), to_u - from_u);
      found(static_cast<std::int32_t>(line >> shift), static_cast<std::int32_t>((twice_v + unit) >> (shift + 1)));
    }
  }
}

std::vector<LatticePoint> PointsToPass(const FineRings& rings, int shift, const CutLines& lines) {
  std::vector<LatticePoint> points;
  points.reserve(rings.at.size() + rings.at.size() / 4);
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    for (std::uint32_t i = rings.begin[r]; i < rings.begin[r + 1]; ++i) {
      const WorldPoint a = rings.at[i], b = rings.at[i + 1 < rings.begin[r + 1] ? i + 1 : rings.begin[r]];
      points.push_back(Rounded(a, shift));
      CrossLines(a.x, a.y, b.x, b.y, shift, lines, [&](std::int32_t x, std::int32_t y) { points.push_back({x, y}); });
      CrossLines(a.y, a.x, b.y, b.x, shift, lines, [&](std::int32_t y, std::int32_t x) { points.push_back({x, y}); });
    }
  }
  return points;
}

// The path of one ring through the points. `fine(i)` is vertex i in half units.
template <class Fine>
void LeadRing(std::size_t vertices, Fine fine, std::int64_t half, const HotPoints& points, std::vector<LatticePoint>& met, LatticeRings& led) {
  const std::size_t first = led.at.size();
  for (std::size_t i = 0; i < vertices; ++i) {
    FinePoint a = fine(i), b = fine(i + 1 < vertices ? i + 1 : 0);
    // An edge is led the same way from either side.
    const bool reversed = a.x != b.x ? a.x > b.x : a.y > b.y;
    if (reversed) std::swap(a, b);
    points.met_by(a, b, half, met);
    if (reversed) std::reverse(met.begin(), met.end());
    for (const LatticePoint p : met) {
      if (led.at.size() == first || led.at.back() != p) led.at.push_back(p);
    }
  }
  while (led.at.size() > first + 1 && led.at.back() == led.at[first]) led.at.pop_back();
  led.close();
}

LatticeRings LeadAgain(const LatticeRings& rings, const HotPoints& points) {
  LatticeRings led;
  led.at.reserve(rings.at.size());
  std::vector<LatticePoint> met;
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    const auto ring = rings.ring(r);
    LeadRing(
        ring.size(),
        [&](std::size_t i) {
          return FinePoint{2 * std::int64_t{ring[i].x}, 2 * std::int64_t{ring[i].y}};
        },
        1, points, met, led);
  }
  return led;
}

}  // namespace

LatticeRings SnapRings(const FineRings& rings, int shift, const CutLines& lines) {
  WARDWATCH_CHECK(shift >= 0 && shift <= 20, "shift {}", shift);
  std::vector<LatticePoint> to_pass = PointsToPass(rings, shift, lines);
  LatticeRings led;
  {
    const HotPoints points(to_pass);
    std::vector<LatticePoint> met;
    for (std::size_t r = 0; r < rings.rings(); ++r) {
      const WorldPoint* ring = rings.at.data() + rings.begin[r];
      LeadRing(
          rings.begin[r + 1] - rings.begin[r],
          [&](std::size_t i) {
            return FinePoint{2 * std::int64_t{ring[i].x}, 2 * std::int64_t{ring[i].y}};
          },
          std::int64_t{1} << shift, points, met, led);
    }
  }
  for (int pass = 0; pass < kMostPasses; ++pass) {
    // Only what is a vertex counts from here on: points that no edge met repel nobody.
    std::vector<LatticePoint> vertices = EdgeCrossings(led);
    const bool crossed = !vertices.empty();
    vertices.insert(vertices.end(), led.at.begin(), led.at.end());
    LatticeRings again = LeadAgain(led, HotPoints(std::move(vertices)));
    const bool settled = !crossed && again.at == led.at;
    led = std::move(again);
    if (settled) break;
  }
  return led;
}

}  // namespace geo
