#include "geo/sources/street_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/geometry/footprint_index.h"
#include "geo/sources/number_text.h"
#include "geo/sources/text_check.h"
#include "geo/sources/time_text.h"

namespace geo {
namespace {

constexpr std::size_t kMaxIdBytes = 64, kMaxPlaceBytes = 256;
constexpr double kMostHeightM = 100;
constexpr std::int64_t kMaxCostPence = 100'000'000'000;

// One layer's rows on their way: a row that has a fault is rejected once, with the first.
class LayerRows {
 public:
  explicit LayerRows(FeatureTable& table) : table_(table) {}

  // -1 for an empty name. Sets the fault of the file where a column is missing.
  int column(const std::string& name) {
    if (name.empty()) return -1;
    const auto found = std::find(table_.columns.begin(), table_.columns.end(), name);
    if (found != table_.columns.end()) return static_cast<int>(found - table_.columns.begin());
    std::string known;
    for (std::size_t i = 0; i < std::min<std::size_t>(table_.columns.size(), 12); ++i) known += (i > 0 ? ", " : "") + Excerpt(table_.columns[i]);
    if (fault_) return -1;
    fault_ = Error{ErrorCode::kInvalidArgument, "", "NO_SUCH_COLUMN", fmt::format("there is no column \"{}\"; there is {}", Excerpt(name), known)};
    return -1;
  }
  const std::optional<Error>& fault() const { return fault_; }

  // Calls `keep` for each row, which keeps it unless something here found a fault with it.
  template <class Keep>
  void each(Keep&& keep) {
    for (FeatureTable::Row& row : table_.rows) {
      row_ = &row;
      rejected_ = false;
      keep(row);
    }
    const auto by_line = [](const RejectedRow& a, const RejectedRow& b) { return a.line < b.line; };
    std::stable_sort(table_.rejected.begin(), table_.rejected.end(), by_line);
  }
  bool rejected() const { return rejected_; }

  const std::string& text(int column) const {
    static const std::string kNone;
    return column < 0 ? kNone : row_->values[static_cast<std::size_t>(column)];
  }
  void reject(const char* reason, std::string message) {
    if (rejected_) return;
    rejected_ = true;
    table_.rejected.push_back({row_->line, reason, std::move(message)});
  }
  void reject(const char* reason, int column, std::string_view expected) {
    reject(reason, fmt::format("{} is \"{}\"; expected {}", Excerpt(table_.columns[static_cast<std::size_t>(column)]), Excerpt(text(column)), expected));
  }

  std::string id(int column) {
    const std::string& value = text(column);
    if (value.empty()) reject("BLANK_ID", column, "an id of its own");
    else if (value.size() > kMaxIdBytes || value.front() == ' ' || value.back() == ' ' || !IsPrintable(value))
      reject("BAD_ID", column, fmt::format("at most {} bytes of UTF-8, without spaces around", kMaxIdBytes));
    else if (!ids_.insert(value).second) reject("DUPLICATE_ID", column, "an id that no other row of this layer has");
    return value;
  }
  std::optional<double> number(int column, double low, bool above, double high, const char* what) {
    if (text(column).empty()) return std::nullopt;
    const NumberText read = ReadNumber(text(column));
    if (read.fault != nullptr) return reject(read.fault, column, "a decimal number with a point"), std::nullopt;
    if (read.value < low || (above && read.value == low) || read.value > high) return reject("OUT_OF_RANGE", column, what), std::nullopt;
    return read.value;
  }
  template <class Meaning>
  Meaning word(int column, const Words<Meaning>& words, const char* reason, const char* expected) {
    const auto found = std::find_if(words.begin(), words.end(), [&](const auto& known) { return known.first == text(column); });
    if (found != words.end()) return found->second;
    reject(reason, column, expected);
    return Meaning{};
  }
  bool flag(int column, const FlagColumn& flag) {
    if (column < 0) return flag.always;
    const std::optional<bool> told = flag.read(text(column));
    if (!told) reject("BAD_FLAG", column, "a word that the manifest lists for yes or no");
    return told.value_or(false);
  }

  static bool IsPrintable(std::string_view text) {
    while (!text.empty()) {
      const std::size_t length = SequenceLength(text);
      if (length == 0 || (length == 1 && static_cast<unsigned char>(text[0]) < 0x20)) return false;
      text.remove_prefix(length);
    }
    return true;
  }

 private:
  FeatureTable& table_;
  const FeatureTable::Row* row_ = nullptr;
  bool rejected_ = false;
  std::optional<Error> fault_;
  std::set<std::string, std::less<>> ids_;
};

std::string PlaceText(const std::string& text) { return text.size() <= kMaxPlaceBytes && LayerRows::IsPrintable(text) ? text : std::string(); }

// Lenses of 180 degrees and more do not exist; several side by side do.
std::optional<double> ReadFieldOfView(LayerRows& rows, int column, const CameraModel& model) {
  const auto at_once = rows.number(column, 0, true, 360, "degrees that it takes in at once, over 0 to 360");
  if (at_once && *at_once / model.sensors >= 180)
    rows.reject("OUT_OF_RANGE", column, fmt::format("under {} degrees: model {} has {} lenses, each under 180", 180 * model.sensors, model.id, model.sensors));
  return at_once;
}

std::optional<LocalDay> ReadInstalled(LayerRows& rows, int column, const TimeFormat& format, LocalDay today) {
  if (rows.text(column).empty()) return std::nullopt;
  TimeFields fields;
  if (!format.read(rows.text(column), fields)) return rows.reject("BAD_DATE", column, "a date of the manifest's date_format"), std::nullopt;
  const auto day = DayIfReal(fields);
  if (!day) return rows.reject("BAD_DATE", column, "a day of the calendar"), std::nullopt;
  if (*day > today + 1) return rows.reject("FUTURE_DATE", column, "a day that has come"), std::nullopt;
  return day;
}

}  // namespace

std::vector<std::string> ToldOf(const CameraLayerSpec& spec) {
  std::vector<std::string> told;
  const bool movable = spec.movable.always || !spec.movable.column.empty();
  for (const auto& [says, word] : {std::pair(!spec.bearing.empty(), "bearing"), std::pair(!spec.field_of_view.empty(), "field of view"),
                                   std::pair(!spec.height.empty(), "height"), std::pair(!spec.installed.empty(), "installed"), std::pair(movable, "movable"),
                                   std::pair(!spec.state.empty(), "state"), std::pair(!spec.type.empty(), "type")}) {
    if (says) told.emplace_back(word);
  }
  return told;
}

Result<void> ParseCameras(FeatureTable& table, const CameraLayerSpec& spec, const std::vector<CameraModel>& models, LocalDay today, std::uint16_t layer,
                          std::vector<StandingCamera>& out) {
  LayerRows rows(table);
  const int id = rows.column(spec.id_column), type = rows.column(spec.type), bearing = rows.column(spec.bearing), view = rows.column(spec.field_of_view),
            height = rows.column(spec.height), state = rows.column(spec.state), installed = rows.column(spec.installed), place = rows.column(spec.place),
            movable = rows.column(spec.movable.column), on_building = rows.column(spec.on_building.column);
  if (rows.fault()) return Fail(*rows.fault());
  const auto format = TimeFormat::Compile(spec.date_format, "date_format");
  if (!format) return Fail(format.error());
  rows.each([&](const FeatureTable::Row& row) {
    StandingCamera camera;
    camera.id = rows.id(id);
    camera.layer = layer;
    camera.at = row.at;
    camera.model = type < 0 ? spec.model : rows.word(type, spec.models, "UNKNOWN_TYPE", "a type that the manifest gives a model");
    if (rows.rejected()) return;
    camera.field_of_view_deg = ReadFieldOfView(rows, view, models[camera.model]);
    camera.bearing_deg = rows.number(bearing, 0, false, 360, "degrees clockwise from north, 0 to 360");
    camera.height_m = rows.number(height, 0, true, kMostHeightM, "metres above ground, over 0 to 100");
    if (camera.height_m && *camera.height_m < models[camera.model].target_height_m)
      rows.reject("OUT_OF_RANGE", height, "at least the height of what its model is to make out");
    if (state >= 0) camera.state = rows.word(state, spec.states, "UNKNOWN_STATE", "a word that the manifest lists as working, faulty or out");
    camera.bond = rows.flag(movable, spec.movable) ? CameraBond::kMovable : CameraBond::kLocked;
    camera.on_building = rows.flag(on_building, spec.on_building);
    camera.installed = ReadInstalled(rows, installed, *format, today);
    camera.place = PlaceText(rows.text(place));
    if (!rows.rejected()) out.push_back(std::move(camera));
  });
  return {};
}

Result<void> ParseSites(FeatureTable& table, const SiteLayerSpec& spec, std::uint16_t layer, std::vector<CameraSite>& out) {
  LayerRows rows(table);
  const int id = rows.column(spec.id_column), height = rows.column(spec.height), cost = rows.column(spec.cost), power = rows.column(spec.power.column),
            lit = rows.column(spec.lit.column), on_building = rows.column(spec.on_building.column);
  if (rows.fault()) return Fail(*rows.fault());
  rows.each([&](const FeatureTable::Row& row) {
    CameraSite site;
    site.id = rows.id(id);
    site.layer = layer;
    site.at = row.at;
    site.height_m = rows.number(height, 0, true, kMostHeightM, "metres above ground, over 0 to 100");
    site.power = rows.flag(power, spec.power);
    site.lit = rows.flag(lit, spec.lit);
    site.on_building = rows.flag(on_building, spec.on_building);
    site.cost_pence = spec.cost_pence;
    if (cost >= 0) {
      const auto pence = ReadCount(rows.text(cost));
      if (!pence || *pence > kMaxCostPence) rows.reject("OUT_OF_RANGE", cost, "whole pence, 0 to a thousand million pounds");
      site.cost_pence = pence.value_or(0);
    }
    if (!rows.rejected()) out.push_back(std::move(site));
  });
  return {};
}

Result<void> ParseBuildings(FeatureTable& table, const BuildingLayerSpec&, std::uint16_t layer, std::vector<Building>& out) {
  LayerRows rows(table);
  rows.each([&](FeatureTable::Row& row) {
    // The index that cameras are asked of judges what a footprint is.
    if (const auto index = FootprintIndex::Build(row.ground.parts); !index) return rows.reject(index.error().reason.c_str(), index.error().message);
    out.push_back({layer, std::move(row.ground)});
  });
  return {};
}

Result<void> ParsePlaces(FeatureTable& table, const PlaceLayerSpec& spec, std::uint16_t layer, std::vector<SensitivePlace>& out) {
  LayerRows rows(table);
  const int kind = rows.column(spec.kind);
  if (rows.fault()) return Fail(*rows.fault());
  rows.each([&](const FeatureTable::Row& row) {
    SensitivePlace place{layer, row.at, spec.of_kind};
    if (kind >= 0) place.kind = rows.word(kind, spec.kinds, "UNKNOWN_KIND", "a word that the manifest gives a kind");
    if (!rows.rejected()) out.push_back(place);
  });
  return {};
}

}  // namespace geo
