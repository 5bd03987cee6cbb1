#include "server/layers/bbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"

namespace server {
namespace {

constexpr const char* kCrs84Uri = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
constexpr const char* kGridUri = "http://www.opengis.net/def/crs/EPSG/0/27700";

geo::Error Bad(std::string_view sent, std::string_view what) {
  return geo::InvalidArgument("bbox", fmt::format("is {}, {}; send west,south,east,north as four numbers, or six with heights", Quoted(sent), what));
}

geo::Result<std::vector<double>> Numbers(std::string_view text) {
  std::vector<double> numbers;
  std::string_view rest = text;
  while (numbers.size() < 7) {
    const std::string_view part = rest.substr(0, rest.find(','));
    double value = 0;
    const auto parsed = std::from_chars(part.data(), part.data() + part.size(), value);
    if (part.empty() || parsed.ec != std::errc() || parsed.ptr != part.data() + part.size() || !std::isfinite(value)) {
      return geo::Fail(Bad(text, fmt::format("of which {} is no finite number", Quoted(part))));
    }
    numbers.push_back(value);
    if (part.size() == rest.size()) return numbers;
    rest.remove_prefix(part.size() + 1);
  }
  return numbers;
}

// The smallest box on the Grid that holds the rectangle of degrees: its edges are curves there, bulging between the points looked at by less than a step
// squared.
geo::Result<geo::GridBox> GridAround(const geo::PlaneBox& box) {
  constexpr int kSteps = 32;
  // Beyond this no position here can be, and the transformation does not hold.
  const geo::PlaneBox known{std::max(box.low_x, -12.0), std::max(box.low_y, 47.0), std::min(box.high_x, 6.0), std::min(box.high_y, 64.0)};
  geo::GridBox around;
  if (known.low_x > known.high_x || known.low_y > known.high_y) return around;
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      if (i % kSteps != 0 && j % kSteps != 0) continue;
      const auto at = GridOf({known.low_y + (known.high_y - known.low_y) * j / kSteps, known.low_x + (known.high_x - known.low_x) * i / kSteps});
      if (!at) return geo::Fail(at.error());
      if (*at != geo::kUnlocated) around.extend(*at);
    }
  }
  if (around.empty()) return geo::GridBox{{-2'000'000'000, -2'000'000'000}, {2'000'000'000, 2'000'000'000}};  // no help: everything is looked at
  // A degree of longitude bends by under 2 km in 32 steps of the widest box there can be.
  constexpr std::int32_t kBulgeMm = 5'000'000;
  return geo::GridBox{{around.low.easting_mm - kBulgeMm, around.low.northing_mm - kBulgeMm},
                      {around.high.easting_mm + kBulgeMm, around.high.northing_mm + kBulgeMm}};
}

bool Overlap(const geo::GridBox& a, const geo::GridBox& b) {
  return !a.empty() && !b.empty() && a.low.easting_mm <= b.high.easting_mm && a.high.easting_mm >= b.low.easting_mm &&
         a.low.northing_mm <= b.high.northing_mm && a.high.northing_mm >= b.low.northing_mm;
}

geo::Result<geo::PlanePoint> OnPlane(geo::GridPoint point, LayerCrs crs) {
  if (crs == LayerCrs::kNationalGrid) return geo::PlanePoint{point.easting_m(), point.northing_m()};
  const auto at = DegreesOf(point);
  if (!at) return geo::Fail(at.error());
  return geo::PlanePoint{at->longitude_deg, at->latitude_deg};
}

}  // namespace

const char* UriOf(LayerCrs crs) { return crs == LayerCrs::kCrs84 ? kCrs84Uri : kGridUri; }

geo::Result<LayerCrs> DecodeCrs(std::string_view text, std::string_view field) {
  if (text == kCrs84Uri || text == "[OGC:CRS84]" || text == "urn:ogc:def:crs:OGC:1.3:CRS84") return LayerCrs::kCrs84;
  if (text == kGridUri || text == "[EPSG:27700]" || text == "urn:ogc:def:crs:EPSG::27700") return LayerCrs::kNationalGrid;
  return geo::Fail(
      {geo::ErrorCode::kInvalidArgument, std::string(field), "UNKNOWN_CRS", fmt::format("is {}; send {} or {}", Quoted(text), kCrs84Uri, kGridUri)});
}

Bbox::Bbox(LayerCrs crs, std::vector<geo::PlaneBox> boxes) : crs_(crs), boxes_(std::move(boxes)) {}

geo::Result<Bbox> Bbox::Decode(std::string_view text, LayerCrs crs) {
  const auto numbers = Numbers(text);
  if (!numbers) return geo::Fail(numbers.error());
  if (numbers->size() != 4 && numbers->size() != 6) return geo::Fail(Bad(text, fmt::format("which has {} numbers", numbers->size())));
  const std::size_t high = numbers->size() / 2;
  const double west = (*numbers)[0], south = (*numbers)[1], east = (*numbers)[high], north = (*numbers)[high + 1];
  if (south > north) return geo::Fail(Bad(text, "whose south lies over its north"));
  if (crs == LayerCrs::kNationalGrid) {
    if (west > east) return geo::Fail(Bad(text, "whose west lies over its east"));
    return Bbox(crs, {{west, south, east, north}});
  }
  if (std::abs(west) > 180 || std::abs(east) > 180 || std::abs(south) > 90 || std::abs(north) > 90) return geo::Fail(Bad(text, "which leaves the globe"));
  Bbox box(crs, {});
  if (west <= east) {
    box.boxes_ = {{west, south, east, north}};
  } else {
    box.boxes_ = {{west, south, 180, north}, {-180, south, east, north}};
  }
  if (auto covered = box.CoverGrid(); !covered) return geo::Fail(covered.error());
  return box;
}

geo::Result<void> Bbox::CoverGrid() {
  for (const geo::PlaneBox& box : boxes_) {
    const auto around = GridAround(box);
    if (!around) return geo::Fail(around.error());
    on_grid_.push_back(*around);
  }
  return {};
}

bool Bbox::MeetsPoint(geo::PlanePoint at) const {
  return std::any_of(boxes_.begin(), boxes_.end(), [&](const geo::PlaneBox& box) { return box.contains(at); });
}

geo::Result<bool> Bbox::meets(const geo::GridBox& bounds, const FeatureGeometry& geometry) const {
  if (!on_grid_.empty() && std::none_of(on_grid_.begin(), on_grid_.end(), [&](const geo::GridBox& box) { return Overlap(box, bounds); })) return false;
  if (const auto* point = std::get_if<geo::GridPoint>(&geometry)) {
    const auto at = OnPlane(*point, crs_);
    if (!at) return geo::Fail(at.error());
    return MeetsPoint(*at);
  }
  const auto* shape = std::get_if<std::shared_ptr<const geo::MultiPolygon>>(&geometry);
  if (shape == nullptr) return false;
  std::vector<std::vector<geo::PlanePoint>> rings;
  for (const geo::Polygon& part : (*shape)->parts) {
    for (const geo::Ring& ring : part.rings) {
      auto& drawn = rings.emplace_back();
      drawn.reserve(ring.size());
      for (const geo::GridPoint vertex : ring) {
        const auto at = OnPlane(vertex, crs_);
        if (!at) return geo::Fail(at.error());
        drawn.push_back(*at);
      }
    }
  }
  return std::any_of(boxes_.begin(), boxes_.end(), [&](const geo::PlaneBox& box) { return geo::MeetsBox(rings, box); });
}

}  // namespace server
