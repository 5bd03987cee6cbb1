// [[camera_models]], [[camera_evidence]] and [[monitored_hours]]: what cameras can do, what is known of their effect, and when somebody watches.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "geo/sources/manifest_hours.h"
#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr std::size_t kMaxModels = 200, kMaxTables = 20, kMaxMonitored = 50;
constexpr double kMaxLensMm = 10'000;

void ReadPositive(TableReader& reader, const char* key, std::optional<double>& out, double high) {
  double number = 0;
  if (!reader.optional_number(key, number, 0, high)) return;
  if (number > 0) out = number;
  else reader.refuse(key, "OUT_OF_RANGE", fmt::format("{} is not over 0; leave `{}` out where it is not known", number, key));
}

CameraModel ReadModel(TableReader& reader) {
  CameraModel model;
  reader.required("id", model.id);
  CheckId(reader, "id", model.id);
  reader.required("title", model.title);
  std::optional<std::int64_t> pixels, sensors;
  reader.optional_integer("horizontal_pixels", pixels, 16, 100'000);
  if (!pixels) reader.refuse("horizontal_pixels", "MISSING_KEY", "pixels across the picture of one lens: 1920");
  model.pixels = static_cast<int>(pixels.value_or(model.pixels));
  reader.optional_integer("sensors", sensors, 1, 16);
  model.sensors = static_cast<int>(sensors.value_or(1));
  ReadPositive(reader, "field_of_view_deg", model.field_of_view_deg, 180);
  reader.optional_number("sensor_width_mm", model.sensor_width_mm, 0, kMaxLensMm);
  reader.optional_number("focal_length_mm", model.focal_length_mm, 0, kMaxLensMm);
  reader.optional_number("pan_deg", model.pan_deg, 0, 360);
  reader.optional_number("height_m", model.height_m, 0, 100);
  reader.optional_number("target_height_m", model.target_height_m, 0, 100);
  ReadPositive(reader, "reach_m", model.reach_m, kMostRangeM);
  reader.finish();
  if (model.field_of_view_deg && model.focal_length_mm > 0) reader.refuse("focal_length_mm", "NOT_TOGETHER", "field_of_view_deg says it already; leave one out");
  return model;
}

EvidenceGrade ReadGrade(TableReader& reader, const char* key) {
  std::string word;
  reader.optional(key, word);
  if (word.empty()) return EvidenceGrade::kNotStudied;
  for (const EvidenceGrade grade :
       {EvidenceGrade::kNotStudied, EvidenceGrade::kNoEffect, EvidenceGrade::kWeak, EvidenceGrade::kModerate, EvidenceGrade::kStrong}) {
    if (word == GradeWord(grade)) return grade;
  }
  reader.refuse(key, "UNKNOWN_VALUE", fmt::format("\"{}\" is none of: not studied, no effect found, weak, moderate, strong", Excerpt(word)));
  return EvidenceGrade::kNotStudied;
}

void ReadRows(TableReader& reader, const std::vector<Category>& categories, EvidenceTable& out) {
  std::size_t index = 0;
  for (const TomlValue& value : reader.tables("rows")) {
    TableReader item(value, ItemPath(reader.path_of("rows"), index++), reader.faults());
    EvidenceRow row;
    item.required("category", row.category);
    row.camera = ReadGrade(item, "camera");
    row.lighting = ReadGrade(item, "lighting");
    row.people = ReadGrade(item, "people");
    item.optional("caution", row.caution);
    item.required("source", row.source);
    item.finish();
    if (reader.faults().first) return;
    const bool known = std::any_of(categories.begin(), categories.end(), [&](const Category& category) { return category.id == row.category; });
    if (!known) return item.refuse("category", "UNKNOWN_CATEGORY", fmt::format("no dictionary that is used has a category \"{}\"", Excerpt(row.category)));
    const bool repeated = std::any_of(out.rows.begin(), out.rows.end(), [&](const EvidenceRow& other) { return other.category == row.category; });
    if (repeated) return item.refuse("category", "REPEATED_ID", fmt::format("\"{}\" has two rows", row.category));
    out.rows.push_back(std::move(row));
  }
  if (out.rows.empty()) reader.refuse("rows", "MISSING_KEY", "a table of evidence has at least one row");
  std::sort(out.rows.begin(), out.rows.end(), [](const EvidenceRow& a, const EvidenceRow& b) { return a.category < b.category; });
}

EvidenceTable ReadTable(TableReader& reader, const std::vector<Category>& categories) {
  EvidenceTable out;
  reader.required("id", out.id);
  CheckId(reader, "id", out.id);
  reader.required("title", out.title);
  reader.required("version", out.version);
  reader.required("source", out.source);
  ReadRows(reader, categories, out);
  reader.finish();
  return out;
}

// In order of id; a fault where two share one.
template <class Item>
void SortById(const std::vector<TomlValue>& tables, const char* list, ManifestContext& context, std::vector<Item>& items) {
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.id < b.id; });
  const auto twice = std::adjacent_find(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.id == b.id; });
  if (twice != items.end()) context.faults.add(ErrorCode::kInvalidArgument, list, "REPEATED_ID", fmt::format("\"{}\" appears twice", twice->id), tables.front().line);
}

}  // namespace

void ReadCameraModels(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("camera_models", i), context.faults);
    if (i >= kMaxModels) return reader.refuse("", "TOO_MANY", fmt::format("over {} camera models", kMaxModels));
    out.camera_models.push_back(ReadModel(reader));
    if (context.faults.first) return;
    // The room of cameras judges what a lens may be.
    if (const auto optics = OpticsOf(out.camera_models.back(), DensityTable::k2014, std::nullopt, ItemPath("camera_models", i)); !optics) {
      const std::string& field = optics.error().field;
      return reader.refuse(field.substr(field.rfind('.') + 1), optics.error().reason.c_str(), optics.error().message);
    }
  }
  SortById(tables, "camera_models", context, out.camera_models);
}

void ReadCameraEvidence(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("camera_evidence", i), context.faults);
    if (i >= kMaxTables) return reader.refuse("", "TOO_MANY", fmt::format("over {} tables of evidence", kMaxTables));
    out.camera_evidence.push_back(ReadOrInclude(reader, context, [&](TableReader& table_reader) { return ReadTable(table_reader, out.categories); }));
  }
  if (!context.faults.first) SortById(tables, "camera_evidence", context, out.camera_evidence);
}

void ReadMonitoredHours(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("monitored_hours", i), context.faults);
    if (i >= kMaxMonitored) return reader.refuse("", "TOO_MANY", fmt::format("over {} stretches", kMaxMonitored));
    MonitoredHours hours;
    ReadHours(reader, "hours", hours.week);
    ReadDays(reader, hours.week);
    std::optional<double> share;
    ReadPositive(reader, "share", share, 1);
    hours.share = share.value_or(1);
    reader.finish();
    out.monitored.push_back(hours);
  }
}

}  // namespace geo
