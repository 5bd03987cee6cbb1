#include "geo/tiles/ring_tracing.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace geo {
namespace {

struct Directed {
  LatticePoint from, to;
};

bool VisitsTwice(std::span<const LatticePoint> at, std::vector<LatticePoint>& scratch) {
  scratch.assign(at.begin(), at.end());
  std::sort(scratch.begin(), scratch.end());
  return std::adjacent_find(scratch.begin(), scratch.end()) != scratch.end();
}

// Edges that are run as often one way as the other bound nothing. Ordered by where they begin.
std::vector<Directed> NetEdges(const LatticeRings& rings) {
  std::vector<std::pair<std::pair<LatticePoint, LatticePoint>, int>> runs;
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    const auto ring = rings.ring(r);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const LatticePoint p = ring[i], q = ring[i + 1 < ring.size() ? i + 1 : 0];
      if (p != q) runs.push_back({{std::min(p, q), std::max(p, q)}, p < q ? 1 : -1});
    }
  }
  std::sort(runs.begin(), runs.end());
  std::vector<Directed> net;
  for (std::size_t i = 0; i < runs.size();) {
    int sum = 0;
    std::size_t j = i;
    for (; j < runs.size() && runs[j].first == runs[i].first; ++j) sum += runs[j].second;
    const auto [low, high] = runs[i].first;
    if (sum > 0) net.push_back({low, high});
    if (sum < 0) net.push_back({high, low});
    i = j;
  }
  std::sort(net.begin(), net.end(), [](const Directed& a, const Directed& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); });
  return net;
}

std::int64_t Cross(LatticePoint origin, LatticePoint p, LatticePoint q) {
  return (std::int64_t{p.x} - origin.x) * (std::int64_t{q.y} - origin.y) - (std::int64_t{p.y} - origin.y) * (std::int64_t{q.x} - origin.x);
}

std::int64_t Dot(LatticePoint origin, LatticePoint p, LatticePoint q) {
  return (std::int64_t{p.x} - origin.x) * (std::int64_t{q.x} - origin.x) + (std::int64_t{p.y} - origin.y) * (std::int64_t{q.y} - origin.y);
}

// How far one turns clockwise (in a plane whose second axis points up) from the way back to the way out: 0 for under half a turn, 1 for half, 2 for more.
int TurnClass(LatticePoint at, LatticePoint back, LatticePoint out) {
  const std::int64_t cross = Cross(at, back, out);
  if (cross < 0) return 0;
  if (cross == 0) return Dot(at, back, out) < 0 ? 1 : 3;
  return 2;
}

// Does one meet `p` before `q`, turning clockwise at `at` from `back`? That is the edge which bounds the same piece of interior.
bool SoonerClockwise(LatticePoint at, LatticePoint back, LatticePoint p, LatticePoint q) {
  const int p_class = TurnClass(at, back, p), q_class = TurnClass(at, back, q);
  if (p_class != q_class) return p_class < q_class;
  return Cross(at, p, q) < 0;
}

class Tracer {
 public:
  explicit Tracer(std::vector<Directed> edges) : edges_(std::move(edges)), used_(edges_.size(), false) {}

  void trace(LatticeRings& out) {
    std::vector<LatticePoint> walk;
    for (std::size_t start = 0; start < edges_.size(); ++start) {
      if (used_[start]) continue;
      walk.clear();
      std::size_t edge = start;
      bool closed = false;
      while (edge < edges_.size() && !used_[edge]) {
        used_[edge] = true;
        walk.push_back(edges_[edge].from);
        closed = edges_[edge].to == edges_[start].from;
        edge = after(edge, start);
      }
      if (closed) SplitAtRepeats(walk, out);
    }
  }

 private:
  // The edge that goes on from this one; `start` where the walk is closed and that is the way on; edges_.size() for none.
  std::size_t after(std::size_t edge, std::size_t start) const {
    const LatticePoint at = edges_[edge].to, back = edges_[edge].from;
    const auto first = std::lower_bound(edges_.begin(), edges_.end(), at, [](const Directed& e, LatticePoint p) { return e.from < p; });
    std::size_t best = edges_.size();
    for (auto next = first; next != edges_.end() && next->from == at; ++next) {
      const auto index = static_cast<std::size_t>(next - edges_.begin());
      if (used_[index] && index != start) continue;
      if (best == edges_.size() || SoonerClockwise(at, back, next->to, edges_[best].to)) best = index;
    }
    return best;
  }

  std::vector<Directed> edges_;
  std::vector<bool> used_;
};

// Is the ring within the shell, which it may touch but not cross?
bool Within(std::span<const LatticePoint> ring, std::span<const LatticePoint> shell) {
  // The middle of an edge is on no other ring: vertices are never on edges.
  const std::int64_t x = std::int64_t{ring[0].x} + ring[1].x, y = std::int64_t{ring[0].y} + ring[1].y;
  return RayCrossings(shell, x, y) % 2 == 1;
}

// A ring that runs the wrong way and is in no shell bounds a lobe of a shape that crossed itself: a shell.
void RightShells(LatticeRings& rings) {
  for (std::size_t h = 0; h < rings.rings(); ++h) {
    if (TwiceArea(rings.ring(h)) >= 0) continue;
    bool held = false;
    for (std::size_t s = 0; s < rings.rings() && !held; ++s) held = TwiceArea(rings.ring(s)) > 0 && Within(rings.ring(h), rings.ring(s));
    if (!held) std::reverse(rings.at.begin() + rings.begin[h], rings.at.begin() + rings.begin[h + 1]);
  }
}

}  // namespace

void SplitAtRepeats(std::span<const LatticePoint> walk, LatticeRings& out) {
  std::vector<LatticePoint> scratch;
  if (walk.size() >= 3 && !VisitsTwice(walk, scratch)) {
    out.add(walk);
    return;
  }
  // Where the walk comes back to a vertex of the path so far, what lies between is a ring of its own.
  std::vector<LatticePoint> path;
  std::vector<std::pair<LatticePoint, std::size_t>> places;  // of the path, sorted by point
  for (std::size_t i = 0; i <= walk.size(); ++i) {
    const LatticePoint p = walk[i % walk.size()];
    const auto at = std::lower_bound(places.begin(), places.end(), std::pair(p, std::size_t{0}));
    if (at == places.end() || at->first != p) {
      places.insert(at, {p, path.size()});
      path.push_back(p);
      continue;
    }
    const std::size_t from = at->second;
    if (path.size() - from >= 3) out.add(std::span(path).subspan(from));
    std::erase_if(places, [&](const auto& place) { return place.second > from; });
    path.resize(from + 1);
  }
}

void AddShellsWithHoles(const LatticeRings& rings, LatticeRings& out) {
  std::vector<std::size_t> shells, holes;
  std::vector<std::int64_t> area(rings.rings());
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    area[r] = TwiceArea(rings.ring(r));
    if (area[r] > 0) shells.push_back(r);
    if (area[r] < 0) holes.push_back(r);
  }
  std::vector<std::size_t> shell_of(holes.size(), rings.rings());
  for (std::size_t h = 0; h < holes.size(); ++h) {
    for (const std::size_t s : shells) {
      if (shells.size() > 1 && !Within(rings.ring(holes[h]), rings.ring(s))) continue;
      if (shell_of[h] == rings.rings() || area[s] < area[shell_of[h]]) shell_of[h] = s;
    }
  }
  for (const std::size_t s : shells) {
    out.add(rings.ring(s));
    for (std::size_t h = 0; h < holes.size(); ++h) {
      if (shell_of[h] == s) out.add(rings.ring(holes[h]));
    }
  }
}

void TraceRings(const LatticeRings& from, LatticeRings& out) {
  std::vector<LatticePoint> scratch;
  bool simple = true;
  for (std::size_t r = 0; r < from.rings() && simple; ++r) simple = from.ring(r).size() >= 3;
  LatticeRings traced;
  if (simple && !VisitsTwice(from.at, scratch)) {
    AddShellsWithHoles(from, out);
    return;
  }
  Tracer(NetEdges(from)).trace(traced);
  RightShells(traced);
  AddShellsWithHoles(traced, out);
}

void DropStraightVertices(LatticeRings& rings, const std::function<bool(LatticePoint)>& keep) {
  struct Passing {
    LatticePoint at, low, high;  // between these two
    std::uint32_t index;
  };
  std::vector<Passing> all;
  all.reserve(rings.at.size());
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    const auto ring = rings.ring(r);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const LatticePoint before = ring[i > 0 ? i - 1 : ring.size() - 1], after = ring[i + 1 < ring.size() ? i + 1 : 0];
      all.push_back({ring[i], std::min(before, after), std::max(before, after), rings.begin[r] + static_cast<std::uint32_t>(i)});
    }
  }
  std::sort(all.begin(), all.end(), [](const Passing& a, const Passing& b) { return std::tie(a.at, a.index) < std::tie(b.at, b.index); });
  std::vector<bool> dropped(rings.at.size(), false);
  for (std::size_t i = 0, j = 0; i < all.size(); i = j) {
    bool straight = Cross(all[i].at, all[i].low, all[i].high) == 0 && Dot(all[i].at, all[i].low, all[i].high) < 0;
    for (j = i; j < all.size() && all[j].at == all[i].at; ++j) straight = straight && all[j].low == all[i].low && all[j].high == all[i].high;
    if (!straight || keep(all[i].at)) continue;
    for (std::size_t k = i; k < j; ++k) dropped[all[k].index] = true;
  }
  LatticeRings kept;
  for (std::size_t r = 0; r < rings.rings(); ++r) {
    for (std::uint32_t i = rings.begin[r]; i < rings.begin[r + 1]; ++i) {
      if (!dropped[i]) kept.at.push_back(rings.at[i]);
    }
    kept.close();
  }
  rings = std::move(kept);
}

}  // namespace geo
