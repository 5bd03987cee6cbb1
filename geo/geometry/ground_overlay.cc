#include "geo/geometry/ground_overlay.h"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <cmath>

#include "geo/geometry/geos_bridge.h"

namespace geo {
namespace {

std::vector<std::size_t> FromWestToEast(std::span<const GridBox> boxes) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!boxes[i].empty()) order.push_back(i);
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::pair(boxes[a].low.easting_mm, a) < std::pair(boxes[b].low.easting_mm, b); });
  return order;
}

bool NorthingsMeet(const GridBox& a, const GridBox& b) {
  return a.low.northing_mm <= b.high.northing_mm && b.low.northing_mm <= a.high.northing_mm;
}

}  // namespace

std::vector<std::pair<std::size_t, std::size_t>> BoxesThatMeet(std::span<const GridBox> one, std::span<const GridBox> other) {
  const auto ones = FromWestToEast(one), others = FromWestToEast(other);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<std::size_t> open_ones, open_others;  // those that the sweep has entered and not left
  for (std::size_t i = 0, j = 0; i < ones.size() || j < others.size();) {
    const bool next_is_one = j == others.size() || (i < ones.size() && one[ones[i]].low.easting_mm <= other[others[j]].low.easting_mm);
    if (next_is_one) {
      const GridBox& box = one[ones[i]];
      std::erase_if(open_others, [&](std::size_t k) { return other[k].high.easting_mm < box.low.easting_mm; });
      for (const std::size_t k : open_others) {
        if (NorthingsMeet(box, other[k])) pairs.emplace_back(ones[i], k);
      }
      open_ones.push_back(ones[i++]);
    } else {
      const GridBox& box = other[others[j]];
      std::erase_if(open_ones, [&](std::size_t k) { return one[k].high.easting_mm < box.low.easting_mm; });
      for (const std::size_t k : open_ones) {
        if (NorthingsMeet(box, one[k])) pairs.emplace_back(k, others[j]);
      }
      open_others.push_back(others[j++]);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

struct GroundOverlay::State {
  using Prepared = std::unique_ptr<const GEOSPrepGeom_t, Geos::Free>;
  struct Kept {
    GeosGeometry geometry;
    Prepared prepared;  // points into geometry, so it is destroyed first
    GridBox box;
    double area_m2 = 0;
  };
  Geos geos;
  std::vector<Kept> shapes;

  Error failed() const { return {ErrorCode::kInternal, "", "OVERLAY_FAILED", fmt::format("shapes cannot be laid over each other: {}", geos.message())}; }

  GridBox box_of(const GEOSGeometry* geometry) const {
    double west = 0, south = 0, east = 0, north = 0;
    GridBox box;
    if (GEOSGeom_getExtent_r(geos.handle(), geometry, &west, &south, &east, &north) != 1) return box;
    box.low = {static_cast<std::int32_t>(std::floor(west)), static_cast<std::int32_t>(std::floor(south))};
    box.high = {static_cast<std::int32_t>(std::ceil(east)), static_cast<std::int32_t>(std::ceil(north))};
    return box;
  }
  Shape keep(GeosGeometry geometry, const GridBox& box, double area_m2) {
    shapes.push_back({std::move(geometry), geos.own<const GEOSPrepGeom_t>(nullptr), box, area_m2});
    return shapes.size() - 1;
  }
  const GEOSPrepGeom_t* prepared(Shape shape) {
    Kept& kept = shapes[shape];
    if (!kept.prepared) kept.prepared = geos.own(GEOSPrepare_r(geos.handle(), kept.geometry.get()));
    return kept.prepared.get();
  }
  // Nothing, one of the two whole, or something to be cut: the first two need no cut and so have no rounding.
  enum class Meeting : std::uint8_t { kNothing, kAllOfOne, kAllOfOther, kCut, kFailed };
  Meeting meet(Shape one, Shape other) {
    if (shapes[one].area_m2 == 0 || shapes[other].area_m2 == 0) return Meeting::kNothing;
    const GEOSPrepGeom_t* held = prepared(one);
    if (held == nullptr) return Meeting::kFailed;
    const char intersects = GEOSPreparedIntersects_r(geos.handle(), held, shapes[other].geometry.get());
    if (intersects == 2) return Meeting::kFailed;
    if (intersects == 0) return Meeting::kNothing;
    const double one_m2 = shapes[one].area_m2, other_m2 = shapes[other].area_m2;
    if (other_m2 <= one_m2 && GEOSPreparedCovers_r(geos.handle(), held, shapes[other].geometry.get()) == 1) return Meeting::kAllOfOther;
    if (one_m2 <= other_m2 && GEOSPreparedCoveredBy_r(geos.handle(), held, shapes[other].geometry.get()) == 1) return Meeting::kAllOfOne;
    return Meeting::kCut;
  }
};

GroundOverlay::GroundOverlay() : state_(std::make_unique<State>()) {}
GroundOverlay::~GroundOverlay() = default;

Result<GroundOverlay::Shape> GroundOverlay::add(const MultiPolygon& shape) {
  for (const Polygon& part : shape.parts) {
    const bool drawn = !part.rings.empty() && std::all_of(part.rings.begin(), part.rings.end(), [](const Ring& ring) { return ring.size() >= 3; });
    if (!drawn) return Fail({ErrorCode::kInternal, "", "OVERLAY_FAILED", "a shape has a ring of fewer than three vertices"});
  }
  GeosGeometry geometry = MakeGeosGeometry(state_->geos, shape);
  if (!geometry) return Fail(state_->failed());
  return state_->keep(std::move(geometry), BoundsOf(shape), AreaM2(shape));
}

double GroundOverlay::area_m2(Shape shape) const { return state_->shapes[shape].area_m2; }
const GridBox& GroundOverlay::box(Shape shape) const { return state_->shapes[shape].box; }

Result<double> GroundOverlay::shared_m2(Shape one, Shape other) {
  switch (state_->meet(one, other)) {
    case State::Meeting::kNothing:
      return 0.0;
    case State::Meeting::kAllOfOne:
      return area_m2(one);
    case State::Meeting::kAllOfOther:
      return area_m2(other);
    case State::Meeting::kFailed:
      return Fail(state_->failed());
    case State::Meeting::kCut:
      break;
  }
  const Geos& geos = state_->geos;
  const double area = GeosAreaM2(geos, IntersectGeos(geos, state_->shapes[one].geometry.get(), state_->shapes[other].geometry.get()).get());
  if (!std::isfinite(area)) return Fail(state_->failed());
  return area;
}

Result<GroundOverlay::Shape> GroundOverlay::share(Shape one, Shape other) {
  const State::Meeting meeting = state_->meet(one, other);
  if (meeting == State::Meeting::kNothing) return kNothing;
  if (meeting == State::Meeting::kFailed) return Fail(state_->failed());
  if (meeting != State::Meeting::kCut) return meeting == State::Meeting::kAllOfOne ? one : other;
  const Geos& geos = state_->geos;
  GeosGeometry shared = PolygonsOf(geos, IntersectGeos(geos, state_->shapes[one].geometry.get(), state_->shapes[other].geometry.get()));
  const double area = GeosAreaM2(geos, shared.get());
  if (!std::isfinite(area)) return Fail(state_->failed());
  if (area == 0) return kNothing;
  const GridBox box = state_->box_of(shared.get());
  return state_->keep(std::move(shared), box, area);
}

Result<void> GroundOverlay::take_away(Shape shape, Shape other) {
  State::Kept& kept = state_->shapes[shape];
  const Geos& geos = state_->geos;
  const GEOSGeometry* taken = state_->shapes[other].geometry.get();
  GeosGeometry left = geos.own(GEOSDifference_r(geos.handle(), kept.geometry.get(), taken));
  if (!left) left = geos.own(GEOSDifferencePrec_r(geos.handle(), kept.geometry.get(), taken, 1.0));
  const double area = GeosAreaM2(geos, left.get());
  if (!std::isfinite(area)) return Fail(state_->failed());
  kept.prepared.reset();
  kept.box = state_->box_of(left.get());
  kept.area_m2 = area;
  kept.geometry = std::move(left);
  return {};
}

}  // namespace geo
