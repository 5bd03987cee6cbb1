#include "geo/placement/visibility_polygon.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

#include "geo/geometry/orientation.h"
#include "geo/cameras/camera_model.h"
#include "geo/placement/view_sector.h"
#include "geo/placement/wedge_builder.h"
#include "geo/types/check.h"

namespace geo {
namespace {

using Footprint = FootprintIndex::Footprint;

// Buildings are taken in rings of doubling distance. The first is about the width of a street with its fronts.
constexpr std::int64_t kFirstRingMm = 32'000;

GridBox BoxAround(GridPoint at, std::int64_t reach_mm) {
  const auto held = [](std::int64_t mm) {
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(mm, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()));
  };
  return {{held(at.easting_mm - reach_mm), held(at.northing_mm - reach_mm)}, {held(at.easting_mm + reach_mm), held(at.northing_mm + reach_mm)}};
}

// From a point to the nearest of a box, squared.
std::int64_t SquaredDistanceToBox(const GridBox& box, GridPoint p) {
  const auto gap = [](std::int64_t low, std::int64_t high, std::int64_t v) { return std::max<std::int64_t>({low - v, v - high, 0}); };
  const std::int64_t east = gap(box.low.easting_mm, box.high.easting_mm, p.easting_mm), north = gap(box.low.northing_mm, box.high.northing_mm, p.northing_mm);
  return east * east + north * north;
}

// Lines of sight are followed outwards in steps of about a square of the index: most end within a few.
constexpr std::int64_t kStepMm = 64'000;

// Around one of equal steps along a line, a millimetre to spare.
GridBox BoxOfStep(GridPoint from, Direction d, std::int64_t step, std::int64_t steps) {
  GridBox box;
  for (const std::int64_t at : {step, step + 1}) {
    const GridBox end =
        BoxAround({static_cast<std::int32_t>(from.easting_mm + d.east * at / steps), static_cast<std::int32_t>(from.northing_mm + d.north * at / steps)}, 1);
    box.extend(end.low);
    box.extend(end.high);
  }
  return box;
}

// Does a wall stand before p for lines just anticlockwise of the one to p, and just clockwise? `turn` is that of the wall as seen.
struct Blocked {
  bool left = false, right = false;
};

Blocked BlockedBy(Direction a, Direction b, Direction p) {
  const Int128 turn = static_cast<Int128>(a.east) * b.north - static_cast<Int128>(a.north) * b.east;
  if (turn == 0) return {};
  if (turn < 0) std::swap(a, b);
  const auto side = [](Direction x, Direction y) {
    const Int128 cross = static_cast<Int128>(x.east) * y.north - static_cast<Int128>(x.north) * y.east;
    return (cross > 0) - (cross < 0);
  };
  const int from_a = side(a, p), to_b = side(p, b);
  if (from_a < 0 || to_b < 0 || side(b - a, p - a) >= 0) return {};
  return {to_b > 0, from_a > 0};
}

}  // namespace

VisibilityPolygon::VisibilityPolygon(const FootprintIndex& buildings, GridPoint from, double range_m, std::span<const Footprint> through)
    : from_(from), range_mm_(static_cast<std::int64_t>(std::floor(range_m * 1000))) {
  WARDWATCH_CHECK(range_m >= 0 && range_m <= kMostRangeM, "range {} m", range_m);
  std::vector<InsideCone> cones;
  std::vector<Edge> kept, arriving;
  std::vector<Footprint> near;
  std::int64_t done_mm = -1;
  for (std::int64_t reach_mm = std::min(kFirstRingMm, range_mm_);; reach_mm = std::min(2 * reach_mm, range_mm_)) {
    buildings.meeting(BoxAround(from_, reach_mm), near);
    arriving.clear();
    for (const Footprint footprint : near) {
      const std::int64_t squared = SquaredDistanceToBox(buildings.box(footprint), from_);
      if (squared > reach_mm * reach_mm || (done_mm >= 0 && squared <= done_mm * done_mm)) continue;
      if (std::binary_search(through.begin(), through.end(), footprint)) continue;
      if (squared == 0) FindInsideCones(buildings.walls(footprint), from_, cones);
      AppendEdges(buildings.walls(footprint), from_, arriving);
    }
    if (done_mm >= 0) arriving = WedgeBuilder::ReachingInto(*this, WedgeBuilder::OpenWedges(*this, static_cast<double>(done_mm)), arriving);
    if (!arriving.empty() || done_mm < 0) {
      kept.insert(kept.end(), arriving.begin(), arriving.end());
      WedgeBuilder(kept, cones).build(*this);
      kept = edges_;
      std::sort(kept.begin(), kept.end(), [](const Edge& x, const Edge& y) {
        return std::tie(x.a.east, x.a.north, x.b.east, x.b.north) < std::tie(y.a.east, y.a.north, y.b.east, y.b.north);
      });
      kept.erase(std::unique(kept.begin(), kept.end(), [](const Edge& x, const Edge& y) { return x.a == y.a && x.b == y.b; }), kept.end());
    }
    done_mm = reach_mm;
    if (reach_mm == range_mm_) break;
    const auto open = WedgeBuilder::OpenWedges(*this, static_cast<double>(done_mm));
    if (std::none_of(open.begin(), open.end(), [](std::uint8_t is) { return is != 0; })) break;
  }
}

bool VisibilityPolygon::seen_in(std::size_t wedge, Direction p) const {
  if (shut(wedge)) return false;
  for (const Edge& edge : edges(wedge)) {
    if (Cross(edge.b - edge.a, p - edge.a) < 0) return false;
  }
  return true;
}

bool VisibilityPolygon::sees(GridPoint p) const {
  const std::int64_t squared = SquaredDistanceMm2(from_, p);
  if (squared < 0 || squared > range_mm_ * range_mm_) return false;
  if (squared == 0) return true;
  const Direction d = Direction::Between(from_, p);
  if (directions_.empty()) return true;
  const auto after = static_cast<std::size_t>(std::upper_bound(directions_.begin(), directions_.end(), d, TurnsBefore) - directions_.begin());
  const std::size_t wedge = (after + directions_.size() - 1) % directions_.size();
  if (seen_in(wedge, d)) return true;
  // On the line between two wedges: in view where it is in view beside the line, on either hand.
  return SameWay(directions_[wedge], d) && seen_in((wedge + directions_.size() - 1) % directions_.size(), d);
}

bool HasLineOfSight(const FootprintIndex& buildings, GridPoint from, GridPoint p, std::span<const Footprint> through) {
  if (from == p) return true;
  if (SquaredDistanceMm2(from, p) < 0) return false;
  const Direction d = Direction::Between(from, p);
  bool left = false, right = false;
  std::vector<Footprint> near;
  std::vector<InsideCone> cones;
  const std::int64_t steps = std::max(std::abs(d.east), std::abs(d.north)) / kStepMm + 1;
  for (std::int64_t step = 0; step < steps; ++step) {
    buildings.meeting(BoxOfStep(from, d, step, steps), near);
    for (const Footprint footprint : near) {
      if (std::binary_search(through.begin(), through.end(), footprint)) continue;
      if (step == 0) FindInsideCones(buildings.walls(footprint), from, cones);
      for (const Wall& wall : buildings.walls(footprint)) {
        const Blocked blocked = BlockedBy(Direction::Between(from, wall.a), Direction::Between(from, wall.b), d);
        left = left || blocked.left;
        right = right || blocked.right;
      }
      if (left && right) return false;
    }
  }
  for (const InsideCone& cone : cones) {
    // Turning anticlockwise from the cone's first side: is d inside, or on one of its sides?
    const bool at_from = SameWay(cone.from, d), at_to = SameWay(cone.to, d);
    const bool inside = !at_from && !at_to && SoonerTurned(cone.from, d, cone.to);
    left = left || inside || at_from;
    right = right || inside || at_to;
  }
  return !(left && right);
}

}  // namespace geo
