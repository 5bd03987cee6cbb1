// [[cameras]], [[camera_sites]], [[buildings]], [[protected_places]]: the layers of the street.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"
#include "geo/sources/time_text.h"

namespace geo {
namespace {

constexpr std::size_t kMaxLayers = 100;
constexpr std::size_t kMaxWords = 1000;
constexpr std::int64_t kMaxCostPence = 100'000'000'000;

// One layer's table, and what all layers need.
struct LayerReader {
  TableReader reader;
  ManifestContext& context;
  Manifest& out;

  void refuse(const char* key, const char* reason, std::string_view message) { reader.refuse(key, reason, message); }

  template <class Spec>
  void read_head(bool points, Spec& spec) {
    reader.required("id", spec.id);
    CheckId(reader, "id", spec.id);
    reader.required("title", spec.title);
    if (!context.faults.first) ReadLayerFile(reader, points, context, spec.source);
  }

  // `x` and `y` are of tables; features have places of their own.
  void read_columns(const LayerFile& source, std::string& x, std::string& y, std::initializer_list<std::pair<const char*, std::string*>> keys,
                    const char* required) {
    const TomlValue* table = reader.table("columns");
    const bool csv = source.driver == kCsvDriver;
    if (table == nullptr) {
      if (csv || required != nullptr) refuse("columns", "MISSING_KEY", "name the columns: [*.columns]");
      return;
    }
    TableReader item(*table, reader.path_of("columns"), reader.faults());
    if (csv) {
      item.required("x", x);
      item.required("y", y);
    }
    for (const auto& [key, name] : keys) {
      if (required != nullptr && std::string_view(required) == key) item.required(key, *name);
      else item.optional(key, *name);
    }
    item.finish();
  }

  // A table of word = meaning at `key`, for a column that is named; nothing where it is not.
  template <class Meaning>
  void read_words(const char* key, const std::string& column, const std::function<bool(const std::string&, Meaning&)>& mean, std::string_view known,
                  Words<Meaning>& words) {
    const TomlValue* table = reader.table(key);
    if (column.empty() != (table == nullptr)) {
      return refuse(key, "NOT_TOGETHER", column.empty() ? "no column holds such words; name it in `columns`" : "say what the words of that column mean");
    }
    if (table == nullptr) return;
    if (table->fields.size() > kMaxWords) return refuse(key, "TOO_MANY", fmt::format("over {} words", kMaxWords));
    TableReader item(*table, reader.path_of(key), reader.faults());
    for (const TomlField& field : table->fields) {
      std::string text;
      item.required(field.key, text);
      Meaning meaning{};
      if (!text.empty() && !mean(text, meaning)) return item.refuse(field.key, "UNKNOWN_VALUE", fmt::format("\"{}\" is none of: {}", Excerpt(text), known));
      words.emplace_back(field.key, meaning);
    }
  }
};

std::string IdsOf(const std::vector<CameraModel>& models) {
  std::string ids;
  for (const CameraModel& model : models) ids += (ids.empty() ? "" : ", ") + model.id;
  return ids.empty() ? "none: add [[camera_models]]" : ids;
}

void ReadModels(LayerReader& layer, CameraLayerSpec& spec) {
  const auto& models = layer.out.camera_models;
  const auto find = [&](const std::string& id, std::uint16_t& index) {
    const auto found = std::find_if(models.begin(), models.end(), [&](const CameraModel& model) { return model.id == id; });
    index = static_cast<std::uint16_t>(found - models.begin());
    return found != models.end();
  };
  layer.read_words<std::uint16_t>("models", spec.type, find, IdsOf(models), spec.models);
  std::string id;
  layer.reader.optional("model", id);
  if (id.empty() == spec.type.empty()) {
    return layer.refuse("model", id.empty() ? "MISSING_KEY" : "NOT_TOGETHER", "name the model of every camera, or the column of types and [cameras.models]");
  }
  if (!id.empty() && !find(id, spec.model)) layer.refuse("model", "UNKNOWN_MODEL", fmt::format("\"{}\" is none of: {}", Excerpt(id), IdsOf(models)));
}

CameraLayerSpec ReadCameraLayer(LayerReader& layer) {
  CameraLayerSpec spec;
  layer.read_head(true, spec);
  layer.read_columns(spec.source, spec.x, spec.y,
                     {{"id", &spec.id_column},
                      {"type", &spec.type},
                      {"bearing", &spec.bearing},
                      {"field_of_view", &spec.field_of_view},
                      {"height", &spec.height},
                      {"state", &spec.state},
                      {"installed", &spec.installed},
                      {"place", &spec.place}},
                     "id");
  if (layer.context.faults.first) return spec;
  ReadModels(layer, spec);
  const auto state = [](const std::string& word, CameraState& out) {
    out = word == "working" ? CameraState::kWorking : word == "faulty" ? CameraState::kFaulty : CameraState::kOut;
    return word == "working" || word == "faulty" || word == "out";
  };
  layer.read_words<CameraState>("states", spec.state, state, "working, faulty, out", spec.states);
  layer.reader.optional("date_format", spec.date_format);
  if (const auto format = TimeFormat::Compile(spec.date_format, "date_format"); !format || !format->has_date())
    layer.refuse("date_format", "BAD_TIME_FORMAT", format ? "it has no year, month and day" : format.error().message);
  spec.movable = ReadYesNo(layer.reader, "movable", false);
  spec.on_building = ReadYesNo(layer.reader, "on_building", false);
  layer.reader.finish();
  return spec;
}

SiteLayerSpec ReadSiteLayer(LayerReader& layer) {
  SiteLayerSpec spec;
  layer.read_head(true, spec);
  layer.read_columns(spec.source, spec.x, spec.y, {{"id", &spec.id_column}, {"height", &spec.height}, {"cost_pence", &spec.cost}}, "id");
  std::optional<std::int64_t> cost;
  layer.reader.optional_integer("cost_pence", cost, 0, kMaxCostPence);
  if (cost && !spec.cost.empty()) layer.refuse("cost_pence", "NOT_TOGETHER", "a column says it already; leave one out");
  spec.cost_pence = cost.value_or(0);
  spec.power = ReadYesNo(layer.reader, "power", true);
  spec.lit = ReadYesNo(layer.reader, "lit", false);
  spec.on_building = ReadYesNo(layer.reader, "on_building", false);
  layer.reader.finish();
  return spec;
}

BuildingLayerSpec ReadBuildingLayer(LayerReader& layer) {
  BuildingLayerSpec spec;
  layer.read_head(false, spec);
  layer.reader.finish();
  return spec;
}

PlaceLayerSpec ReadPlaceLayer(LayerReader& layer) {
  PlaceLayerSpec spec;
  layer.read_head(true, spec);
  layer.read_columns(spec.source, spec.x, spec.y, {{"kind", &spec.kind}}, nullptr);
  // Indices into the kinds as they are met; they are put in order when all are known.
  const auto intern = [&](const std::string& kind, std::uint16_t& index) {
    if (kind.size() > 63 || kind.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos) return false;
    auto& kinds = layer.out.place_kinds;
    const auto found = std::find(kinds.begin(), kinds.end(), kind);
    index = static_cast<std::uint16_t>(found - kinds.begin());
    if (found == kinds.end()) kinds.push_back(kind);
    return true;
  };
  const char* const form = "small letters, digits and -: home, school, worship";
  layer.read_words<std::uint16_t>("kinds", spec.kind, intern, form, spec.kinds);
  std::string kind;
  layer.reader.optional("kind", kind);
  if (kind.empty() == spec.kind.empty())
    layer.refuse("kind", kind.empty() ? "MISSING_KEY" : "NOT_TOGETHER", "name the kind of every place, or the column of kinds and [protected_places.kinds]");
  else if (!kind.empty() && !intern(kind, spec.of_kind)) layer.refuse("kind", "BAD_ID", form);
  layer.reader.finish();
  return spec;
}

template <class Spec>
void ReadLayers(const std::vector<TomlValue>& tables, const char* list, Spec (*read)(LayerReader&), ManifestContext& context, Manifest& out,
                std::set<std::string>& ids, std::vector<Spec>& specs) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    LayerReader layer{TableReader(tables[i], ItemPath(list, i), context.faults), context, out};
    specs.push_back(read(layer));
    if (context.faults.first) return;
    if (!ids.insert(specs.back().id).second) return layer.refuse("id", "REPEATED_ID", fmt::format("layer \"{}\" appears twice", specs.back().id));
    if (ids.size() > kMaxLayers) return layer.refuse("", "TOO_MANY", fmt::format("over {} layers", kMaxLayers));
  }
  std::sort(specs.begin(), specs.end(), [](const Spec& a, const Spec& b) { return a.id < b.id; });
}

// Kinds in order of their names, whatever the order in which layers name them.
void SortKinds(Manifest& out) {
  std::vector<std::string> sorted = out.place_kinds;
  std::sort(sorted.begin(), sorted.end());
  const auto renumber = [&](std::uint16_t& index) {
    index = static_cast<std::uint16_t>(std::lower_bound(sorted.begin(), sorted.end(), out.place_kinds[index]) - sorted.begin());
  };
  for (PlaceLayerSpec& layer : out.place_layers) {
    if (layer.kind.empty()) renumber(layer.of_kind);
    for (auto& [word, kind] : layer.kinds) renumber(kind);
  }
  out.place_kinds = std::move(sorted);
}

}  // namespace

void ReadStreet(const StreetTables& tables, ManifestContext& context, Manifest& out) {
  std::set<std::string> ids;
  ReadLayers(tables.cameras, "cameras", ReadCameraLayer, context, out, ids, out.camera_layers);
  ReadLayers(tables.sites, "camera_sites", ReadSiteLayer, context, out, ids, out.site_layers);
  ReadLayers(tables.buildings, "buildings", ReadBuildingLayer, context, out, ids, out.building_layers);
  ReadLayers(tables.places, "protected_places", ReadPlaceLayer, context, out, ids, out.place_layers);
  if (!context.faults.first) SortKinds(out);
}

}  // namespace geo
