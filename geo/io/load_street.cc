#include "geo/io/load_street.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "geo/io/gdal_session.h"
#include "geo/io/read_features.h"
#include "geo/sources/street_rows.h"

namespace geo {
namespace {

class StreetLoader {
 public:
  StreetLoader(const StreetContext& context, std::vector<FileReport>& reports) : context_(context), reports_(reports) {}

  Result<LoadedStreet> load() {
    const Manifest& manifest = context_.manifest;
    out_.record.models = manifest.camera_models;
    out_.record.place_kinds = manifest.place_kinds;
    out_.record.evidence = manifest.camera_evidence;
    out_.record.monitored = manifest.monitored;
    for (const CameraLayerSpec& spec : manifest.camera_layers) {
      const auto parse = [&](FeatureTable& table, std::uint16_t layer) {
        const std::size_t before = out_.layers.cameras.size();
        auto parsed = ParseCameras(table, spec, manifest.camera_models, context_.today, layer, out_.layers.cameras);
        return parsed ? drop_known(table, out_.layers.cameras, before, camera_ids_) : parsed;
      };
      if (auto taken = take(spec, StreetLayerKind::kCameras, FeatureShape::kPoints, spec.x, spec.y, parse); !taken) return Fail(taken.error());
      out_.record.layers.back().tells = ToldOf(spec);
    }
    for (const SiteLayerSpec& spec : manifest.site_layers) {
      const auto parse = [&](FeatureTable& table, std::uint16_t layer) {
        const std::size_t before = out_.layers.sites.size();
        auto parsed = ParseSites(table, spec, layer, out_.layers.sites);
        return parsed ? drop_known(table, out_.layers.sites, before, site_ids_) : parsed;
      };
      if (auto taken = take(spec, StreetLayerKind::kSites, FeatureShape::kPoints, spec.x, spec.y, parse); !taken) return Fail(taken.error());
    }
    for (const BuildingLayerSpec& spec : manifest.building_layers) {
      const auto parse = [&](FeatureTable& table, std::uint16_t layer) { return ParseBuildings(table, spec, layer, out_.layers.buildings); };
      if (auto taken = take(spec, StreetLayerKind::kBuildings, FeatureShape::kGrounds, "", "", parse); !taken) return Fail(taken.error());
    }
    for (const PlaceLayerSpec& spec : manifest.place_layers) {
      const auto parse = [&](FeatureTable& table, std::uint16_t layer) { return ParsePlaces(table, spec, layer, out_.layers.places); };
      if (auto taken = take(spec, StreetLayerKind::kPlaces, FeatureShape::kPointsOrPlaces, spec.x, spec.y, parse); !taken) return Fail(taken.error());
    }
    return std::move(out_);
  }

 private:
  // An id of an earlier layer is not given twice. The row's line went with the table, so that the id stands in the message.
  template <class Item>
  Result<void> drop_known(FeatureTable& table, std::vector<Item>& items, std::size_t first, std::set<std::string>& ids) {
    const auto begin = items.begin() + static_cast<std::ptrdiff_t>(first);
    items.erase(std::remove_if(begin, items.end(),
                               [&](const Item& item) {
                                 if (ids.insert(item.id).second) return false;
                                 table.rejected.push_back({0, "DUPLICATE_ID", fmt::format("id \"{}\" is that of another layer's row", item.id)});
                                 return true;
                               }),
                items.end());
    return {};
  }

  template <class Spec, class Parse>
  Result<void> take(const Spec& spec, StreetLayerKind kind, FeatureShape shape, const std::string& x, const std::string& y, Parse&& parse) {
    if (context_.before_file) context_.before_file(spec.source.file.name);
    auto features = [&]() -> Result<LayerFeatures> {
      try {
        return ReadFeatures(spec.source, x, y, shape, context_.grid);
      } catch (const std::exception& caught) {
        return Fail(Error{ErrorCode::kResourceExhausted, spec.source.file.name, "OUT_OF_MEMORY", fmt::format("{}: {}", spec.source.file.name, RedactedText(caught.what()))});
      }
    }();
    if (!features) return Fail(features.error());
    FeatureTable& table = features->table;
    const std::size_t layer = out_.record.layers.size();
    auto parsed = parse(table, static_cast<std::uint16_t>(layer));
    if (!parsed) {
      Error error = parsed.error();
      error.field = spec.source.file.name;
      error.message = fmt::format("{}: {}", spec.source.file.name, error.message);
      return Fail(std::move(error));
    }
    const auto rejected = static_cast<std::int64_t>(table.rejected.size());
    StreetLayerRecord record{spec.id, spec.title, kind, features->transformation, {spec.source.file.name, features->sha256, table.rows_in, table.rows_in - rejected, rejected, 0}, {}, {}};
    std::map<std::string, std::int64_t> tallies;
    for (const RejectedRow& row : table.rejected) ++tallies[row.reason];
    for (const auto& [reason, rows] : tallies) record.rejects.push_back({reason, rows});
    reports_.push_back({spec.id, record.file, std::move(table.rejected)});
    out_.record.layers.push_back(std::move(record));
    return {};
  }

  const StreetContext& context_;
  std::vector<FileReport>& reports_;
  std::set<std::string> camera_ids_, site_ids_;
  LoadedStreet out_;
};

}  // namespace

Result<LoadedStreet> LoadStreet(const StreetContext& context, std::vector<FileReport>& reports) { return StreetLoader(context, reports).load(); }

}  // namespace geo
