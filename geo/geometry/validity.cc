#include "geo/geometry/validity.h"

#include <fmt/format.h>
#include <geos_c.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "geo/types/check.h"

namespace geo {
namespace {

// One GEOS context: reentrant, so that any number of threads may each have theirs. Keeps the last message of GEOS.
class Geos {
 public:
  Geos() : handle_(GEOS_init_r()) {
    WARDWATCH_CHECK(handle_ != nullptr, "GEOS_init_r");
    GEOSContext_setErrorMessageHandler_r(handle_, &Geos::Keep, this);
    GEOSContext_setNoticeMessageHandler_r(
        handle_, [](const char*, void*) {}, nullptr);
  }
  ~Geos() { GEOS_finish_r(handle_); }
  Geos(const Geos&) = delete;
  Geos& operator=(const Geos&) = delete;

  GEOSContextHandle_t handle() const { return handle_; }
  const std::string& message() const { return message_; }

  struct Free {
    GEOSContextHandle_t handle;
    void operator()(GEOSGeometry* p) const { GEOSGeom_destroy_r(handle, p); }
    void operator()(char* p) const { GEOSFree_r(handle, p); }
  };
  template <class T>
  std::unique_ptr<T, Free> own(T* p) const {
    return {p, Free{handle_}};
  }

 private:
  static void Keep(const char* message, void* self) { static_cast<Geos*>(self)->message_ = message; }
  GEOSContextHandle_t handle_;
  std::string message_;
};
using Geometry = std::unique_ptr<GEOSGeometry, Geos::Free>;

// Whole millimetres as doubles are exact, and GEOS's orientation of them is too; metres would be rounded to binary fractions.
GEOSGeometry* MakeRing(const Geos& geos, const Ring& ring) {
  std::vector<double> xy;
  xy.reserve(2 * ring.size() + 2);
  for (const GridPoint& point : ring) {
    xy.push_back(point.easting_mm);
    xy.push_back(point.northing_mm);
  }
  xy.push_back(ring.front().easting_mm);
  xy.push_back(ring.front().northing_mm);
  GEOSCoordSequence* sequence = GEOSCoordSeq_copyFromBuffer_r(geos.handle(), xy.data(), static_cast<unsigned>(ring.size() + 1), 0, 0);
  return sequence == nullptr ? nullptr : GEOSGeom_createLinearRing_r(geos.handle(), sequence);
}

// Null when GEOS refuses, with its reason in geos.message(). Rings have at least three vertices.
Geometry MakeGeometry(const Geos& geos, const MultiPolygon& shape) {
  std::vector<Geometry> parts;
  for (const Polygon& part : shape.parts) {
    std::vector<Geometry> rings;
    for (const Ring& ring : part.rings) {
      rings.push_back(geos.own(MakeRing(geos, ring)));
      if (!rings.back()) return geos.own<GEOSGeometry>(nullptr);
    }
    std::vector<GEOSGeometry*> holes;
    for (std::size_t i = 1; i < rings.size(); ++i) holes.push_back(rings[i].release());
    parts.push_back(geos.own(GEOSGeom_createPolygon_r(geos.handle(), rings[0].release(), holes.data(), static_cast<unsigned>(holes.size()))));
    if (!parts.back()) return geos.own<GEOSGeometry>(nullptr);
  }
  std::vector<GEOSGeometry*> raw;
  for (Geometry& part : parts) raw.push_back(part.release());
  return geos.own(GEOSGeom_createCollection_r(geos.handle(), GEOS_MULTIPOLYGON, raw.data(), static_cast<unsigned>(raw.size())));
}

tl::unexpected<Error> Invalid(std::string message) { return Fail({ErrorCode::kInvalidArgument, "", "INVALID_GEOMETRY", std::move(message)}); }

Result<void> CheckRings(const MultiPolygon& shape) {
  if (shape.parts.empty()) return Invalid("Empty: the shape has no polygon");
  for (const Polygon& part : shape.parts) {
    if (part.rings.empty()) return Invalid("Empty: a polygon has no ring");
    for (const Ring& ring : part.rings) {
      if (ring.empty()) return Invalid("Empty: a ring has no vertex");
      if (ring.size() < 3) {
        return Invalid(fmt::format("Too few vertices ({}, at least 3) at {:.1f} {:.1f}", ring.size(), ring[0].easting_m(), ring[0].northing_m()));
      }
    }
  }
  return {};
}

double AreaOfIntersectionM2(const Geos& geos, const GEOSGeometry* a, const GEOSGeometry* b) {
  Geometry shared = geos.own(GEOSIntersection_r(geos.handle(), a, b));
  // Snapped to whole millimetres the overlay cannot fail for want of precision.
  if (!shared) shared = geos.own(GEOSIntersectionPrec_r(geos.handle(), a, b, 1.0));
  double area_mm2 = 0;
  if (!shared || GEOSArea_r(geos.handle(), shared.get(), &area_mm2) != 1) return std::numeric_limits<double>::quiet_NaN();
  return area_mm2 / 1e6;
}

bool BoxesMeet(const GridBox& a, const GridBox& b) {
  return a.low.easting_mm <= b.high.easting_mm && b.low.easting_mm <= a.high.easting_mm && a.low.northing_mm <= b.high.northing_mm &&
         b.low.northing_mm <= a.high.northing_mm;
}

// Pairs (i, j), i < j, whose boxes meet, by i then j. A sweep from west to east.
std::vector<std::pair<std::size_t, std::size_t>> PairsThatMeet(const std::vector<GridBox>& boxes) {
  std::vector<std::size_t> order(boxes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::pair(boxes[a].low.easting_mm, a) < std::pair(boxes[b].low.easting_mm, b); });
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  std::vector<std::size_t> open;
  for (const std::size_t i : order) {
    std::erase_if(open, [&](std::size_t j) { return boxes[j].high.easting_mm < boxes[i].low.easting_mm; });
    for (const std::size_t j : open) {
      if (BoxesMeet(boxes[i], boxes[j])) pairs.emplace_back(std::min(i, j), std::max(i, j));
    }
    if (!boxes[i].empty()) open.push_back(i);
  }
  std::sort(pairs.begin(), pairs.end());
  return pairs;
}

}  // namespace

Result<void> CheckValid(const MultiPolygon& shape) {
  if (Result<void> rings = CheckRings(shape); !rings) return rings;
  const Geos geos;
  const Geometry geometry = MakeGeometry(geos, shape);
  if (!geometry) return Invalid(geos.message());
  char* raw_reason = nullptr;
  GEOSGeometry* raw_place = nullptr;
  const char valid = GEOSisValidDetail_r(geos.handle(), geometry.get(), 0, &raw_reason, &raw_place);
  const auto reason = geos.own(raw_reason);
  const auto place = geos.own(raw_place);
  if (valid == 1) return {};
  std::string message = reason ? reason.get() : geos.message();
  double x = 0, y = 0;
  if (place && GEOSGeomGetX_r(geos.handle(), place.get(), &x) == 1 && GEOSGeomGetY_r(geos.handle(), place.get(), &y) == 1) {
    message += fmt::format(" at {:.1f} {:.1f}", x / 1000, y / 1000);
  }
  return Invalid(std::move(message));
}

std::vector<Overlap> FindOverlaps(std::span<const MultiPolygon> shapes, double tolerance_m2) {
  const Geos geos;
  std::vector<GridBox> boxes;
  std::vector<double> areas_m2;
  for (const MultiPolygon& shape : shapes) {
    boxes.push_back(BoundsOf(shape));
    areas_m2.push_back(AreaM2(shape));
  }
  std::vector<Geometry> geometries;
  for (std::size_t i = 0; i < shapes.size(); ++i) geometries.push_back(geos.own<GEOSGeometry>(nullptr));
  std::vector<Overlap> overlaps;
  for (const auto& [i, j] : PairsThatMeet(boxes)) {
    for (const std::size_t k : {i, j}) {
      if (!geometries[k] && CheckRings(shapes[k])) geometries[k] = MakeGeometry(geos, shapes[k]);
    }
    const bool made = geometries[i] && geometries[j];
    const double area_m2 = made ? AreaOfIntersectionM2(geos, geometries[i].get(), geometries[j].get()) : std::numeric_limits<double>::quiet_NaN();
    // A NaN passes neither comparison, so it is reported.
    if (area_m2 <= tolerance_m2 || area_m2 <= 1e-9 * std::min(areas_m2[i], areas_m2[j])) continue;
    overlaps.push_back({i, j, area_m2});
  }
  return overlaps;
}

}  // namespace geo
