// The laws of snap rounding, by trying every vertex and every edge against every edge.
#include "geo/tiles/snap_rounding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <utility>

#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

using Edge = std::pair<LatticePoint, LatticePoint>;

std::set<Edge> EdgesOf(const LatticeRings& rings) {
  std::set<Edge> edges;
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    const auto ring = rings.ring(r);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const LatticePoint p = ring[i], q = ring[(i + 1) % ring.size()];
      if (p != q) edges.insert({std::min(p, q), std::max(p, q)});
    }
  }
  return edges;
}

int Side(const Edge& e, LatticePoint p) {
  const std::int64_t cross =
      (std::int64_t{e.second.x} - e.first.x) * (std::int64_t{p.y} - e.first.y) - (std::int64_t{e.second.y} - e.first.y) * (std::int64_t{p.x} - e.first.x);
  return (cross > 0) - (cross < 0);
}

// Does the edge pass through the open square of half a unit around the point? Its four corners are then on both sides, and so are the ends.
bool Passes(const Edge& e, LatticePoint p) {
  const Edge twice{{2 * e.first.x, 2 * e.first.y}, {2 * e.second.x, 2 * e.second.y}};
  if (std::max(twice.first.x, twice.second.x) <= 2 * p.x - 1 || std::min(twice.first.x, twice.second.x) >= 2 * p.x + 1) return false;
  if (std::max(twice.first.y, twice.second.y) <= 2 * p.y - 1 || std::min(twice.first.y, twice.second.y) >= 2 * p.y + 1) return false;
  int least = 1, most = -1;
  for (const int dx : {-1, 1}) {
    for (const int dy : {-1, 1}) {
      const int side = Side(twice, {2 * p.x + dx, 2 * p.y + dy});
      least = std::min(least, side);
      most = std::max(most, side);
    }
  }
  return least < 0 && most > 0;
}

void ExpectLaws(const LatticeRings& rings, const CutLines& lines) {
  const std::set<Edge> edges = EdgesOf(rings);
  std::set<LatticePoint> vertices;
  for (const Edge& e : edges) {
    vertices.insert(e.first);
    vertices.insert(e.second);
  }
  for (const Edge& e : edges) {
    for (const LatticePoint p : vertices) {
      if (p == e.first || p == e.second) continue;
      EXPECT_FALSE(Passes(e, p));
    }
    for (const Edge& f : edges) EXPECT_FALSE(Side(e, f.first) * Side(e, f.second) < 0 && Side(f, e.first) * Side(f, e.second) < 0);
    for (std::int32_t line = -lines.period; line <= 10 * lines.period; line += lines.period) {
      for (const std::int32_t at : {line - lines.buffer, line + lines.buffer}) {
        EXPECT_FALSE(std::min(e.first.x, e.second.x) < at && std::max(e.first.x, e.second.x) > at) << "an edge over a cut line";
        EXPECT_FALSE(std::min(e.first.y, e.second.y) < at && std::max(e.first.y, e.second.y) > at) << "an edge over a cut line";
      }
    }
  }
}

// Tangles that cross themselves and each other everywhere, on lattices from the same to a thousand times coarser.
TEST(SnapRoundingProperty, NothingCrossesAndNothingIsNear) {
  support::SplitMix random(21);
  for (int k = 0; k < 120; ++k) {
    const int shift = k % 11;
    const std::uint64_t reach = std::uint64_t{20} + random.next() % 200;  // lattice units
    FineRings rings;
    for (int r = 0; r < 1 + k % 4; ++r) {
      for (int i = 0; i < 4 + k % 9; ++i) {
        rings.at.push_back(
            {static_cast<std::uint32_t>(random.next() % (reach << shift)) + 300, static_cast<std::uint32_t>(random.next() % (reach << shift)) + 300});
      }
      rings.close();
    }
    const CutLines lines{.period = 64, .buffer = 5};
    ExpectLaws(SnapRings(rings, shift, lines), lines);
  }
}

// The same edge is led the same way in both directions, whatever else is about.
TEST(SnapRoundingProperty, SharedBordersStayShared) {
  support::SplitMix random(22);
  for (int k = 0; k < 60; ++k) {
    const int shift = k % 9;
    FineRings rings;
    std::vector<WorldPoint> border;
    for (int i = 0; i < 12; ++i)
      border.push_back({static_cast<std::uint32_t>(i * (16u << shift)) + 77, static_cast<std::uint32_t>(random.next() % (64u << shift)) + (300u << shift)});
    const auto closed = [&](std::uint32_t beyond) {
      rings.at.push_back({border.front().x, beyond});
      rings.at.push_back({border.back().x, beyond});
      rings.close();
    };
    rings.at.insert(rings.at.end(), border.rbegin(), border.rend());
    closed(10u << shift);
    rings.at.insert(rings.at.end(), border.begin(), border.end());
    std::swap(border.front().x, border.back().x);
    closed(900u << shift);
    std::swap(border.front().x, border.back().x);
    const LatticeRings led = SnapRings(rings, shift, {.period = 64, .buffer = 5});
    // Between the two ends of the border both rings have the same edges.
    const auto edges_between = [&](std::size_t r) {
      LatticeRings one;
      one.add(led.ring(r));
      std::set<Edge> edges = EdgesOf(one);
      const auto unit = [&](std::uint32_t y) { return static_cast<std::int32_t>(y >> shift); };
      std::erase_if(
          edges, [&](const Edge& e) { return std::min(e.first.y, e.second.y) < unit(290u << shift) || std::max(e.first.y, e.second.y) > unit(370u << shift); });
      std::erase_if(edges, [&](const Edge& e) { return e.first.x == e.second.x; });
      return edges;
    };
    EXPECT_EQ(edges_between(0), edges_between(1));
    EXPECT_FALSE(edges_between(0).empty());
  }
}

}  // namespace
}  // namespace geo
