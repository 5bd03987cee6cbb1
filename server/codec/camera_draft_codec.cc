#include "server/codec/camera_draft_codec.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "geo/geodesy/british_grid.h"
#include "server/codec/draft_document.h"
#include "server/codec/refusal.h"
#include "server/codec/sound_json.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

using nlohmann::json;

constexpr const char* kDegrees = "EPSG:4326";
constexpr const char* kMetres = "EPSG:27700";

tl::unexpected<geo::Error> Refuse(std::string field, const char* reason, std::string message) {
  return geo::Fail({geo::ErrorCode::kInvalidArgument, std::move(field), reason, std::move(message)});
}

// To the Grid; a position that is none of Great Britain's is refused.
class Placer {
 public:
  static geo::Result<Placer> Open(const v1::DraftFeatures& draft) {
    Placer placer;
    if (draft.crs() == kMetres) return placer;
    auto grid = geo::BritishGrid::Create();
    if (!grid) return geo::Fail(grid.error());
    placer.grid_.emplace(std::move(*grid));
    return placer;
  }
  geo::Result<geo::GridPoint> place(double x, double y, const std::string& field) const {
    const bool inside = grid_ ? x >= limits::kMinLongitudeDeg && x <= limits::kMaxLongitudeDeg && y >= limits::kMinLatitudeDeg && y <= limits::kMaxLatitudeDeg
                              : x >= limits::kMinEastingM && x <= limits::kMaxEastingM && y >= limits::kMinNorthingM && y <= limits::kMaxNorthingM;
    if (!inside) {
      return Refuse(field, "OUT_OF_AREA",
                    fmt::format("is at {} {}, outside Great Britain: send {} first, or say another crs", x, y, grid_ ? "longitude" : "easting"));
    }
    std::vector<double> east{x}, north{y};
    if (grid_) grid_->to_grid(east, north);
    return geo::GridPoint::FromMeters(east[0], north[0]);
  }

 private:
  std::optional<geo::BritishGrid> grid_;
};

geo::Result<double> NumberProperty(const json& properties, const char* name, const std::string& field, double low, double high, bool above, double otherwise) {
  if (!properties.contains(name) || properties[name].is_null()) return otherwise;
  const json& value = properties[name];
  const double number = value.is_number() ? value.get<double>() : NAN;
  if (number <= high && (above ? number > low : number >= low)) return number;
  return Refuse(field, "BAD_PROPERTY", fmt::format("has {} as {}; send a number {} {} to {}", name, value.type_name(), above ? "over" : "from", low, high));
}

geo::Result<geo::CandidateSite> TakeSite(const json& feature, const std::string& field, const Placer& placer) {
  const bool is_feature = feature.is_object() && feature.contains("geometry") && feature["geometry"].is_object() && feature.contains("properties") &&
                          feature["properties"].is_object();
  if (!is_feature) return Refuse(field, "NOT_GEOJSON", "is no Feature with a geometry and properties");
  const json &geometry = feature["geometry"], &properties = feature["properties"];
  if (!geometry.contains("type") || geometry["type"] != "Point") return Refuse(field + ".geometry", "WRONG_GEOMETRY_TYPE", "is no Point; a site is one");
  const bool position = geometry.contains("coordinates") && geometry["coordinates"].is_array() && geometry["coordinates"].size() >= 2 &&
                        geometry["coordinates"][0].is_number() && geometry["coordinates"][1].is_number();
  if (!position) return Refuse(field + ".geometry", "BAD_COORDINATE", "is no position; send [x, y] as numbers");
  geo::CandidateSite site;
  if (!properties.contains("id") || !properties["id"].is_string()) return Refuse(field + ".properties", "MISSING", "has no text `id`");
  site.id = properties["id"].get<std::string>();
  if (auto name = CheckName(field + ".properties", site.id); !name) return geo::Fail(name.error());
  const auto at = placer.place(geometry["coordinates"][0].get<double>(), geometry["coordinates"][1].get<double>(), field + ".geometry");
  if (!at) return geo::Fail(at.error());
  site.at = *at;
  const auto height = NumberProperty(properties, "height_m", field + ".properties", 0, limits::kMaxCameraHeightM, true, 0);
  if (!height) return geo::Fail(height.error());
  if (*height > 0) site.height_m = *height;
  const auto cost = NumberProperty(properties, "cost_pence", field + ".properties", 0, static_cast<double>(limits::kMaxCostPence), false, 0);
  if (!cost) return geo::Fail(cost.error());
  site.cost_pence = std::llround(*cost);
  if (properties.contains("on_building") && !properties["on_building"].is_null()) {
    const json& value = properties["on_building"];
    if (!value.is_boolean()) return Refuse(field + ".properties", "BAD_PROPERTY", fmt::format("has on_building as {}; send true or false", value.type_name()));
    site.on_building = value.get<bool>();
  }
  return site;
}

geo::Error Renamed(geo::Error error, std::string_view field) {
  constexpr std::string_view kDraft = "draft.";
  if (error.field.starts_with(kDraft)) error.field = fmt::format("{}.{}", field, error.field.substr(kDraft.size()));
  return error;
}

}  // namespace

geo::Result<void> CheckDraftFeatures(const v1::DraftFeatures& draft, std::string_view field) {
  if (draft.geojson().empty()) return geo::Fail(Missing(Path(field, "geojson"), "send a GeoJSON FeatureCollection"));
  if (draft.geojson().size() > limits::kDraftFeatureBytes) {
    return Refuse(Path(field, "geojson"), "TOO_LARGE",
                  fmt::format("has {} bytes; at most {}: load larger ones with the dataset", draft.geojson().size(), limits::kDraftFeatureBytes));
  }
  if (draft.crs().empty() || draft.crs() == kDegrees || draft.crs() == kMetres) return {};
  return Refuse(Path(field, "crs"), "UNKNOWN_CRS", fmt::format("is {}; send {} or {}", Quoted(draft.crs()), kDegrees, kMetres));
}

geo::Result<std::vector<geo::CandidateSite>> DecodeDraftSites(const v1::DraftFeatures& draft, std::string_view field) {
  const std::string document = Path(field, "geojson");
  const auto json = ReadSoundJson(draft.geojson(), document);
  if (!json) return geo::Fail(json.error());
  const auto placer = Placer::Open(draft);
  if (!placer) return geo::Fail(placer.error());
  const bool collection =
      json->is_object() && json->contains("type") && (*json)["type"] == "FeatureCollection" && json->contains("features") && (*json)["features"].is_array();
  if (!collection) return Refuse(document, "NOT_GEOJSON", "is no FeatureCollection with a list of features");
  const auto& features = (*json)["features"];
  if (features.empty()) return Refuse(document, "NO_FEATURES", "has no feature; send at least one site");
  if (features.size() > static_cast<std::size_t>(limits::kDraftSites))
    return geo::Fail(TooMany(document, static_cast<std::int64_t>(features.size()), limits::kDraftSites));
  std::vector<geo::CandidateSite> sites;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < features.size(); ++i) {
    const std::string at = fmt::format("{}.features[{}]", field, i);
    auto site = TakeSite(features[i], at, *placer);
    if (!site) return geo::Fail(site.error());
    if (!ids.insert(site->id).second) return geo::Fail(Repeated(at + ".properties", site->id));
    sites.push_back(std::move(*site));
  }
  return sites;
}

geo::Result<geo::FootprintIndex> DecodeDraftBuildings(const v1::DraftFeatures& draft, std::string_view field) {
  const auto features = ReadDraftDocument(draft.geojson(), "", "");
  if (!features) return geo::Fail(Renamed(features.error(), field));
  const auto placer = Placer::Open(draft);
  if (!placer) return geo::Fail(placer.error());
  std::vector<geo::Polygon> footprints;
  for (std::size_t i = 0; i < features->size(); ++i) {
    const DraftShape& shape = (*features)[i].shape;
    std::size_t vertex = 0;
    for (const auto& part : shape.ring_sizes) {
      geo::Polygon& polygon = footprints.emplace_back();
      for (const std::size_t size : part) {
        geo::Ring& ring = polygon.rings.emplace_back();
        for (std::size_t k = 0; k < size; ++k, ++vertex) {
          const auto at = placer->place(shape.x[vertex], shape.y[vertex], fmt::format("{}.features[{}].geometry", field, i));
          if (!at) return geo::Fail(at.error());
          ring.push_back(*at);
        }
      }
    }
  }
  auto index = geo::FootprintIndex::Build(footprints);
  if (index) return index;
  geo::Error error = index.error();
  error.field = Path(field, error.field);
  return geo::Fail(std::move(error));
}

}  // namespace server
