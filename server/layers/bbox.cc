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

struct Degrees {
  double west = 0, south = 0, east = 0, north = 0;
};

// A box on the Grid that holds the rectangle of degrees: its edges are curves there, and bulge between the points looked at.
geo::Result<geo::GridBox> GridAround(const Degrees& box) {
  constexpr int kSteps = 32;
  // Beyond this no position here can be, and the transformation does not hold.
  const Degrees known{std::max(box.west, -12.0), std::max(box.south, 47.0), std::min(box.east, 6.0), std::min(box.north, 64.0)};
  geo::GridBox around;
  if (known.west > known.east || known.south > known.north) return around;
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      if (i % kSteps != 0 && j % kSteps != 0) continue;
      const auto at = GridOf({known.south + (known.north - known.south) * j / kSteps, known.west + (known.east - known.west) * i / kSteps});
      if (!at) return geo::Fail(at.error());
      if (*at != geo::kUnlocated) around.extend(*at);
    }
  }
  if (around.empty()) return geo::GridBox{{-2'000'000'000, -2'000'000'000}, {2'000'000'000, 2'000'000'000}};  // no help: everything is looked at
  // Even of the widest box there can be, half a step bends by under 5 km.
  constexpr std::int32_t kBulgeMm = 5'000'000;
  return geo::GridBox{{around.low.easting_mm - kBulgeMm, around.low.northing_mm - kBulgeMm},
                      {around.high.easting_mm + kBulgeMm, around.high.northing_mm + kBulgeMm}};
}

geo::PlaneShape Rectangle(geo::PlanePoint low, geo::PlanePoint high) {
  // A box without width is a line or a point, which a ring draws as well.
  return {{}, {{low, {high.x, low.y}, high, {low.x, high.y}}}};
}

bool Overlap(const geo::GridBox& a, const geo::GridBox& b) {
  return !a.empty() && !b.empty() && a.low.easting_mm <= b.high.easting_mm && a.high.easting_mm >= b.low.easting_mm &&
         a.low.northing_mm <= b.high.northing_mm && a.high.northing_mm >= b.low.northing_mm;
}

geo::Result<geo::PlanePoint> OnPlane(geo::GridPoint point, geo::FilterSpace space) {
  if (space == geo::FilterSpace::kGrid) return geo::PlanePoint{point.easting_mm, point.northing_mm};
  const auto at = DegreesOf(point);
  if (!at) return geo::Fail(at.error());
  return geo::PlaneOfDegrees(at->longitude_deg, at->latitude_deg);
}

}  // namespace

const char* UriOf(LayerCrs crs) { return crs == LayerCrs::kCrs84 ? kCrs84Uri : kGridUri; }

geo::Result<LayerCrs> DecodeCrs(std::string_view text, std::string_view field) {
  if (text == kCrs84Uri || text == "[OGC:CRS84]" || text == "urn:ogc:def:crs:OGC:1.3:CRS84") return LayerCrs::kCrs84;
  if (text == kGridUri || text == "[EPSG:27700]" || text == "urn:ogc:def:crs:EPSG::27700") return LayerCrs::kNationalGrid;
  return geo::Fail(
      {geo::ErrorCode::kInvalidArgument, std::string(field), "UNKNOWN_CRS", fmt::format("is {}; send {} or {}", Quoted(text), kCrs84Uri, kGridUri)});
}

geo::Result<Bbox> Bbox::Decode(std::string_view text, LayerCrs crs) {
  const auto numbers = Numbers(text);
  if (!numbers) return geo::Fail(numbers.error());
  if (numbers->size() != 4 && numbers->size() != 6) return geo::Fail(Bad(text, fmt::format("which has {} numbers", numbers->size())));
  const std::size_t high = numbers->size() / 2;
  const Degrees sent{(*numbers)[0], (*numbers)[1], (*numbers)[high], (*numbers)[high + 1]};
  if (sent.south > sent.north) return geo::Fail(Bad(text, "whose south lies over its north"));
  Bbox box(crs);
  if (crs == LayerCrs::kNationalGrid) {
    if (sent.west > sent.east) return geo::Fail(Bad(text, "whose west lies over its east"));
    const auto clamped = [](double metres) { return std::clamp(metres, -geo::kMaxMeters, geo::kMaxMeters); };
    box.boxes_.push_back(Rectangle(geo::PlaneOfMeters(clamped(sent.west), clamped(sent.south)), geo::PlaneOfMeters(clamped(sent.east), clamped(sent.north))));
    return box;
  }
  const bool globe = std::abs(sent.west) <= 180 && std::abs(sent.east) <= 180 && std::abs(sent.south) <= 90 && std::abs(sent.north) <= 90;
  if (!globe) return geo::Fail(Bad(text, "which leaves the globe"));
  std::vector<Degrees> parts{sent};
  if (sent.west > sent.east) parts = {{sent.west, sent.south, 180, sent.north}, {-180, sent.south, sent.east, sent.north}};
  for (const Degrees& part : parts) {
    const auto around = GridAround(part);
    if (!around) return geo::Fail(around.error());
    box.on_grid_.push_back(*around);
    box.boxes_.push_back(Rectangle(geo::PlaneOfDegrees(part.west, part.south), geo::PlaneOfDegrees(part.east, part.north)));
  }
  return box;
}

geo::Result<bool> Bbox::meets(const geo::GridBox& bounds, const FeatureGeometry& geometry) const {
  if (!on_grid_.empty() && std::none_of(on_grid_.begin(), on_grid_.end(), [&](const geo::GridBox& box) { return Overlap(box, bounds); })) return false;
  const auto shape = PlaneShapeOf(geometry, crs_ == LayerCrs::kCrs84 ? geo::FilterSpace::kDegrees : geo::FilterSpace::kGrid);
  if (!shape) return geo::Fail(shape.error());
  return std::any_of(boxes_.begin(), boxes_.end(), [&](const geo::PlaneShape& box) { return geo::SharePlace(*shape, box); });
}

geo::Result<geo::PlaneShape> PlaneShapeOf(const FeatureGeometry& geometry, geo::FilterSpace space) {
  geo::PlaneShape out;
  if (const auto* point = std::get_if<geo::GridPoint>(&geometry)) {
    const auto at = OnPlane(*point, space);
    if (!at) return geo::Fail(at.error());
    out.points.push_back(*at);
  }
  const auto* shape = std::get_if<std::shared_ptr<const geo::MultiPolygon>>(&geometry);
  if (shape == nullptr) return out;
  for (const geo::Polygon& part : (*shape)->parts) {
    for (const geo::Ring& ring : part.rings) {
      auto& drawn = out.rings.emplace_back();
      drawn.reserve(ring.size());
      for (const geo::GridPoint vertex : ring) {
        const auto at = OnPlane(vertex, space);
        if (!at) return geo::Fail(at.error());
        drawn.push_back(*at);
      }
    }
  }
  return out;
}

}  // namespace server
