#include "geo/placement/wedge_builder.h"

#include <algorithm>
#include <cmath>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

std::size_t PlaceOf(const std::vector<Direction>& directions, Direction d) {
  return static_cast<std::size_t>(std::lower_bound(directions.begin(), directions.end(), d, TurnsBefore) - directions.begin());
}

// Millimetres from the point to the edge along `way`, which the edge spans.
double DistanceAlong(const VisibilityPolygon::Edge& edge, Direction way) {
  const Direction along = edge.b - edge.a;
  const double length = std::hypot(static_cast<double>(way.east), static_cast<double>(way.north));
  return length * static_cast<double>(Cross(edge.a, along)) / static_cast<double>(Cross(way, along));
}

// Is the edge of `one` met no later than that of `other` along a side of the wedge? Their distances are top / side, both over 0; products stay under 2^110.
bool NoLater(std::int64_t top_one, std::int64_t side_one, std::int64_t top_other, std::int64_t side_other) {
  return static_cast<Int128>(top_one) * side_other <= static_cast<Int128>(top_other) * side_one;
}

}  // namespace

void FindInsideCones(std::span<const Wall> walls, GridPoint from, std::vector<InsideCone>& out) {
  // Walls of a ring lie one after another, forwards or backwards; the wall that ends in a vertex is found among all, for a ring may touch itself there.
  for (const Wall& wall : walls) {
    if (wall.b == from || !OnSegment(wall.a, wall.b, from)) continue;
    const Direction ahead = Direction::Between(from, wall.b);
    if (wall.a != from) {
      out.push_back({ahead, Direction::Between(from, wall.a)});
      continue;
    }
    // The inside turns from the wall that leaves to the next wall that arrives.
    const Wall* arriving = nullptr;
    Direction next;
    for (const Wall& other : walls) {
      if (other.b != from) continue;
      const Direction back = Direction::Between(from, other.a);
      if (SameWay(back, ahead) || (arriving != nullptr && !SoonerTurned(ahead, back, next))) continue;
      arriving = &other;
      next = back;
    }
    if (arriving != nullptr) out.push_back({ahead, next});
  }
}

void AppendEdges(std::span<const Wall> walls, GridPoint from, std::vector<VisibilityPolygon::Edge>& out) {
  for (const Wall& wall : walls) {
    const Direction a = Direction::Between(from, wall.a), b = Direction::Between(from, wall.b);
    const std::int64_t turn = Cross(a, b);
    if (turn > 0) out.push_back({a, b});
    if (turn < 0) out.push_back({b, a});
  }
}

void WedgeBuilder::sort_directions(VisibilityPolygon& out) const {
  std::vector<Direction>& all = out.directions_;
  all.clear();
  all.reserve(2 * (edges_.size() + cones_.size()));
  for (const Edge& edge : edges_) all.insert(all.end(), {edge.a, edge.b});
  for (const InsideCone& cone : cones_) all.insert(all.end(), {cone.from, cone.to});
  std::sort(all.begin(), all.end(), TurnsBefore);
  all.erase(std::unique(all.begin(), all.end(), SameWay), all.end());
}

void WedgeBuilder::nearest_of(const std::vector<Active>& active, VisibilityPolygon& out) {
  front_.clear();
  for (const Active& one : active) {
    const auto hides = [](const Active& near, const Active& far) {
      return NoLater(near.top, near.first, far.top, far.first) && NoLater(near.top, near.second, far.top, far.second);
    };
    if (std::any_of(front_.begin(), front_.end(), [&](const Active& other) { return hides(other, one); })) continue;
    std::erase_if(front_, [&](const Active& other) { return hides(one, other); });
    front_.push_back(one);
  }
  for (const Active& one : front_) out.edges_.push_back(edges_[one.edge]);
}

void WedgeBuilder::build(VisibilityPolygon& out) {
  sort_directions(out);
  const std::vector<Direction>& directions = out.directions_;
  const std::size_t size = out.wedges();
  out.shut_.assign(size, 0);
  out.edges_.clear();
  out.first_edge_.assign(1, 0);
  for (const InsideCone& cone : cones_) {
    const std::size_t end = PlaceOf(directions, cone.to);
    for (std::size_t wedge = PlaceOf(directions, cone.from); wedge != end; wedge = (wedge + 1) % size) out.shut_[wedge] = 1;
  }
  // Edges by the wedge in which they begin, and those that are open when the round begins.
  std::vector<std::size_t> begin(edges_.size()), end(edges_.size());
  std::vector<std::uint32_t> order(edges_.size());
  std::vector<Active> active;
  for (std::uint32_t i = 0; i < edges_.size(); ++i) {
    begin[i] = PlaceOf(directions, edges_[i].a);
    end[i] = PlaceOf(directions, edges_[i].b);
    order[i] = i;
    if (begin[i] > end[i] && end[i] > 0) active.push_back({i, 0, 0, 0});
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) { return begin[i] != begin[j] ? begin[i] < begin[j] : i < j; });
  auto next = order.begin();
  for (std::size_t wedge = 0; wedge < size; ++wedge) {
    std::erase_if(active, [&](const Active& one) { return end[one.edge] == wedge; });
    for (; next != order.end() && begin[*next] == wedge; ++next) active.push_back({*next, 0, 0, 0});
    for (Active& one : active) {
      const Edge& edge = edges_[one.edge];
      const Direction along = edge.b - edge.a;
      one.top = Cross(edge.a, along);
      one.first = Cross(directions[wedge], along);
      one.second = Cross(directions[(wedge + 1) % size], along);
    }
    if (!out.shut(wedge)) nearest_of(active, out);
    out.first_edge_.push_back(out.edges_.size());
  }
}

std::vector<std::uint8_t> WedgeBuilder::OpenWedges(const VisibilityPolygon& view, double radius_mm) {
  constexpr double kCertain = 1 - 1e-9;  // distances are doubles here; what is as good as at the radius stays open
  std::vector<std::uint8_t> open(view.wedges(), 1);
  for (std::size_t wedge = 0; wedge < view.wedges(); ++wedge) {
    const auto directions = view.directions();
    open[wedge] = !view.shut(wedge) && std::none_of(view.edges(wedge).begin(), view.edges(wedge).end(), [&](const Edge& edge) {
      return DistanceAlong(edge, directions[wedge]) <= radius_mm * kCertain &&
             DistanceAlong(edge, directions[(wedge + 1) % directions.size()]) <= radius_mm * kCertain;
    });
  }
  return open;
}

std::vector<VisibilityPolygon::Edge> WedgeBuilder::ReachingInto(const VisibilityPolygon& view, const std::vector<std::uint8_t>& open,
                                                                std::span<const Edge> edges) {
  const auto directions = view.directions();
  if (directions.empty()) return {edges.begin(), edges.end()};
  std::vector<std::size_t> before(open.size() + 1);  // open wedges before each
  for (std::size_t i = 0; i < open.size(); ++i) before[i + 1] = before[i] + open[i];
  const auto wedge_of = [&](Direction d) {  // that in which d lies, or that which it begins
    const auto after = static_cast<std::size_t>(std::upper_bound(directions.begin(), directions.end(), d, TurnsBefore) - directions.begin());
    return (after + directions.size() - 1) % directions.size();
  };
  std::vector<Edge> reaching;
  for (const Edge& edge : edges) {
    const std::size_t first = wedge_of(edge.a), last = wedge_of(edge.b);
    // From a's wedge round to b's. Where both lie in one wedge and b before a, the edge goes all the way round the others, which under half a turn it can.
    const bool round = last < first || (last == first && TurnsBefore(edge.b, edge.a));
    const std::size_t found = round ? before.back() - before[first] + before[last + 1] : before[last + 1] - before[first];
    if (found > 0) reaching.push_back(edge);
  }
  return reaching;
}

}  // namespace geo
