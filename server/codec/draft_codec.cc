#include "server/codec/draft_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/change/count_crossings.h"
#include "geo/geodesy/british_grid.h"
#include "geo/geometry/ground_overlay.h"
#include "geo/geometry/validity.h"
#include "server/codec/draft_document.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr const char* kDegrees = "EPSG:4326";
constexpr const char* kMetres = "EPSG:27700";

tl::unexpected<geo::Error> Refuse(std::string field, const char* reason, std::string message) {
  return geo::Fail({geo::ErrorCode::kInvalidArgument, std::move(field), reason, std::move(message)});
}

bool InMetres(const v1::DraftBoundaries& draft) { return draft.crs() == kMetres; }

std::string GeometryField(std::size_t feature) { return fmt::format("draft.features[{}].geometry", feature); }

bool Between(double value, double low, double high) { return value >= low && value <= high; }
bool InDegrees(double x, double y) {
  return Between(x, limits::kMinLongitudeDeg, limits::kMaxLongitudeDeg) && Between(y, limits::kMinLatitudeDeg, limits::kMaxLatitudeDeg);
}
bool OnGrid(double x, double y) { return Between(x, limits::kMinEastingM, limits::kMaxEastingM) && Between(y, limits::kMinNorthingM, limits::kMaxNorthingM); }

// Can these coordinates be what the draft says that they are? Judged by the area, so that the one at fault is named.
geo::Result<void> CheckRange(const DraftFeature& feature, std::size_t number, bool metres) {
  const auto inside = metres ? OnGrid : InDegrees;
  const std::size_t total = feature.shape.x.size();
  std::size_t in_area = 0, swapped = 0, degrees = 0, first_outside = total;
  for (std::size_t i = 0; i < total; ++i) {
    const double x = feature.shape.x[i], y = feature.shape.y[i];
    if (inside(x, y)) {
      ++in_area;
    } else if (first_outside == total) {
      first_outside = i;
    }
    swapped += inside(y, x) ? 1 : 0;
    degrees += std::abs(x) <= 180 && std::abs(y) <= 90 ? 1 : 0;
  }
  const std::string field = GeometryField(number);
  if (!metres && degrees < total) {
    return Refuse(field, "CRS_MISMATCH", "has coordinates that are no degrees; if they are National Grid metres, send draft.crs \"EPSG:27700\"");
  }
  if (metres && degrees == total) {
    return Refuse(field, "CRS_MISMATCH", "has coordinates that look like degrees in a draft of EPSG:27700; if they are, leave draft.crs out");
  }
  if (in_area == total) return {};
  if (in_area == 0 && swapped == total) {
    return Refuse(field, "AXES_SWAPPED", "has its axes swapped: send longitude or easting first, then latitude or northing; nothing is swapped silently");
  }
  return Refuse(field, "OUT_OF_AREA",
                fmt::format("has {} of {} vertices outside Great Britain and its waters, the first at {} {}", total - in_area, total,
                            feature.shape.x[first_outside], feature.shape.y[first_outside]));
}

geo::Result<geo::MultiPolygon> PlaceShape(DraftShape shape, std::size_t number, const geo::BritishGrid* grid) {
  if (grid != nullptr) grid->to_grid(shape.x, shape.y);
  geo::MultiPolygon placed;
  std::size_t at = 0;
  for (const auto& part : shape.ring_sizes) {
    geo::Polygon& polygon = placed.parts.emplace_back();
    for (const std::size_t size : part) {
      geo::Ring& ring = polygon.rings.emplace_back();
      for (std::size_t i = 0; i < size; ++i, ++at) {
        // Written so that NaN and infinity fail too.
        if (!(std::abs(shape.x[at]) <= geo::kMaxMeters && std::abs(shape.y[at]) <= geo::kMaxMeters)) {
          return Refuse(GeometryField(number), "OUT_OF_AREA", "has a vertex that is not on the National Grid");
        }
        const geo::GridPoint point = geo::GridPoint::FromMeters(shape.x[at], shape.y[at]);
        if (ring.empty() || ring.back() != point) ring.push_back(point);
      }
      while (ring.size() > 1 && ring.front() == ring.back()) ring.pop_back();
      if (ring.size() < 3) return Refuse(GeometryField(number), "INVALID_GEOMETRY", "has a ring that is smaller than a millimetre");
    }
  }
  if (auto valid = geo::CheckValid(placed); !valid) {
    geo::Error error = valid.error();
    error.field = GeometryField(number);
    return geo::Fail(std::move(error));
  }
  return placed;
}

geo::Result<void> CheckPropertyName(const char* field, const std::string& name) {
  if (name.size() <= static_cast<std::size_t>(limits::kNameBytes)) return {};
  return Refuse(field, "BAD_NAME", fmt::format("has {} bytes; at most {}", name.size(), limits::kNameBytes));
}

// No overlay can be stopped half way, so one that would go on for minutes is not begun.
geo::Result<void> CheckCrossings(const std::vector<geo::Area>& areas, const geo::StopSignal& stop) {
  const auto crossings = geo::CountCrossings(areas, limits::kDraftCrossings, stop);
  if (!crossings) return geo::Fail(crossings.error());
  if (*crossings <= limits::kDraftCrossings) return {};
  return geo::Fail({geo::ErrorCode::kResourceExhausted, "draft.features", "TOO_MANY_CROSSINGS",
                    fmt::format("have outlines that cross each other more than {} times; send areas that lie beside each other", limits::kDraftCrossings)});
}

constexpr double kLeastOverlapM2 = 1;           // below, it is how the outlines were rounded
constexpr double kLeastOverlapOfSmaller = 1e-9;  // and a border drawn twice

// Areas that all lie on each other are millions of pairs, so the caller may stop it between any two.
geo::Result<std::string> FormatOverlaps(const std::vector<geo::Area>& areas, const geo::StopSignal& stop) {
  geo::GroundOverlay overlay;
  std::vector<geo::GridBox> boxes;
  for (const geo::Area& area : areas) {
    const auto shape = overlay.add(area.shape);
    if (!shape) return geo::Fail(shape.error());
    boxes.push_back(overlay.box(*shape));
  }
  std::vector<std::string> pairs;
  for (const auto& [i, j] : geo::BoxesThatMeet(boxes, boxes)) {
    if (i >= j) continue;
    if (stop.stop_requested()) return geo::Fail(stop.reason());
    const auto shared_m2 = overlay.shared_m2(i, j);
    // A pair that cannot be laid over each other is named without a size.
    if (!shared_m2) {
      pairs.push_back(fmt::format("{} and {}", areas[i].code, areas[j].code));
    } else if (*shared_m2 > kLeastOverlapM2 && *shared_m2 > kLeastOverlapOfSmaller * std::min(overlay.area_m2(i), overlay.area_m2(j))) {
      pairs.push_back(fmt::format("{} and {} ({:.1f} m2)", areas[i].code, areas[j].code, *shared_m2));
    }
  }
  return Listed(pairs);
}

}  // namespace

geo::Result<void> CheckDraft(const v1::DraftBoundaries& draft) {
  if (auto drawn = CheckDrawnPlace(draft); !drawn) return drawn;
  if (draft.code_property().empty()) return geo::Fail(Missing("draft.code_property", "name the property that holds each area's code"));
  return {};
}

geo::Result<void> CheckDrawnPlace(const v1::DraftBoundaries& draft) {
  if (draft.id().empty()) return geo::Fail(Missing("draft.id", "name the draft, \"draft-2028\""));
  if (auto name = CheckName("draft.id", draft.id()); !name) return name;
  if (!draft.crs().empty() && draft.crs() != kDegrees && draft.crs() != kMetres) {
    return Refuse("draft.crs", "UNKNOWN_CRS",
                  fmt::format("is {}; send \"{}\", \"{}\", or leave it out for the former", Quoted(draft.crs()), kDegrees, kMetres));
  }
  if (auto fit = CheckPropertyName("draft.code_property", draft.code_property()); !fit) return fit;
  if (auto fit = CheckPropertyName("draft.name_property", draft.name_property()); !fit) return fit;
  if (draft.geojson().empty()) return geo::Fail(Missing("draft.geojson", "send a FeatureCollection of Polygons and MultiPolygons"));
  if (draft.geojson().size() <= limits::kDraftBytes) return {};
  return Refuse("draft.geojson", "TOO_LARGE",
                fmt::format("has {} bytes; at most {}: generalise the outlines, or load them as a vintage", draft.geojson().size(), limits::kDraftBytes));
}

geo::Result<Draft> DecodeDraft(const v1::DraftBoundaries& draft, const geo::StopSignal& stop) {
  auto features = ReadDraftDocument(draft.geojson(), draft.code_property(), draft.name_property());
  if (!features) return geo::Fail(features.error());
  const bool metres = InMetres(draft);
  for (std::size_t i = 0; i < features->size(); ++i) {
    if (auto range = CheckRange((*features)[i], i, metres); !range) return geo::Fail(range.error());
  }
  Draft decoded;
  thread_local const geo::Result<geo::BritishGrid> grid = geo::BritishGrid::Create();
  if (!metres) {
    if (!grid) return geo::Fail(grid.error());
    decoded.placed_by = grid->method();
  }
  for (std::size_t i = 0; i < features->size(); ++i) {
    if (stop.stop_requested()) return geo::Fail(stop.reason());
    DraftFeature& feature = (*features)[i];
    auto shape = PlaceShape(std::move(feature.shape), i, metres ? nullptr : &*grid);
    if (!shape) {
      geo::Error error = shape.error();
      error.message += fmt::format(" (area {})", Quoted(feature.code));
      return geo::Fail(std::move(error));
    }
    decoded.areas.push_back({std::move(feature.code), std::move(feature.title), std::move(*shape)});
  }
  std::sort(decoded.areas.begin(), decoded.areas.end(), [](const geo::Area& a, const geo::Area& b) { return a.code < b.code; });
  if (auto few = CheckCrossings(decoded.areas, stop); !few) return geo::Fail(few.error());
  auto overlaps = FormatOverlaps(decoded.areas, stop);
  if (!overlaps) return geo::Fail(overlaps.error());
  decoded.overlaps = std::move(*overlaps);
  return decoded;
}

}  // namespace server
