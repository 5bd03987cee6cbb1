#include "geo/io/record_json.h"

#include <fmt/format.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace geo {
namespace {

using Json = nlohmann::ordered_json;

// One list of fields per record serves both directions: a field that is written and not read cannot be.
class Writer {
 public:
  template <class T>
  void field(const char* key, const T& value) {
    json_[key] = Encode(value);
  }
  Json take() { return std::move(json_); }

 private:
  template <class T>
  static Json Encode(const T& value);
  Json json_ = Json::object();
};

class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {
    if (!json.is_object()) throw std::runtime_error("an object is missing");
  }
  template <class T>
  void field(const char* key, T& value) {
    const auto found = json_.find(key);
    if (found == json_.end()) throw std::runtime_error(fmt::format("\"{}\" is missing", key));
    ++read_;
    try {
      Decode(*found, value);
    } catch (const Json::exception&) {
      throw std::runtime_error(fmt::format("\"{}\" is of the wrong type", key));
    }
  }
  void finish() const {
    if (json_.size() != read_) throw std::runtime_error("a key is not known");
  }

 private:
  template <class T>
  static void Decode(const Json& json, T& value);
  const Json& json_;
  std::size_t read_ = 0;
};

template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, Category> {
  v.field("id", r.id), v.field("title", r.title), v.field("crime", r.crime);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, Period> {
  v.field("begin", r.begin), v.field("end", r.end);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, FileRecord> {
  v.field("name", r.name), v.field("sha256", r.sha256), v.field("rows_in", r.rows_in), v.field("rows_kept", r.rows_kept);
  v.field("rows_rejected", r.rows_rejected), v.field("rows_unlocated", r.rows_unlocated);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, RejectTally> {
  v.field("reason", r.reason), v.field("rows", r.rows);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, SourceRecord> {
  v.field("id", r.id), v.field("title", r.title), v.field("time", r.time), v.field("precision_m", r.precision_m), v.field("snapped", r.snapped);
  v.field("transformation", r.transformation), v.field("files", r.files), v.field("rejects", r.rejects);
  v.field("repeated_references", r.repeated_references), v.field("flags", r.flags);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, Flag> {
  v.field("id", r.id), v.field("title", r.title);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, RecordingBreak> {
  v.field("id", r.id), v.field("source", r.source), v.field("categories", r.categories), v.field("period", r.period), v.field("note", r.note);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, PopulationRecord> {
  v.field("code", r.code), v.field("measure", r.measure), v.field("year", r.year), v.field("value", r.value);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, VintageRecord> {
  v.field("id", r.id), v.field("title", r.title), v.field("kind", r.kind), v.field("valid_from", r.valid_from), v.field("valid_to", r.valid_to);
  v.field("transformation", r.transformation), v.field("file", r.file), v.field("populations", r.populations);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, WeightTable::Entry> {
  v.field("category", r.category), v.field("weight", r.weight);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, WeightTable> {
  v.field("id", r.id), v.field("title", r.title), v.field("version", r.version), v.field("unit", r.unit), v.field("source", r.source);
  v.field("entries", r.entries);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, TimeOfWeek> {
  v.field("begin_minute", r.begin_minute), v.field("end_minute", r.end_minute), v.field("weekdays", r.weekdays);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, TimeWindow> {
  v.field("week", r.week), v.field("light", r.light), v.field("dates", r.dates), v.field("dates_known", r.dates_known);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, NamedWindow> {
  v.field("id", r.id), v.field("title", r.title), v.field("window", r.window);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, Workstream::Entry> {
  v.field("category", r.category), v.field("weight", r.weight);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, Workstream::Concern> {
  v.field("share", r.share), v.field("low", r.low), v.field("high", r.high);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, Workstream> {
  v.field("id", r.id), v.field("title", r.title), v.field("priority", r.priority), v.field("entries", r.entries), v.field("sources", r.sources);
  v.field("window", r.window), v.field("window_id", r.window_id), v.field("views", r.views), v.field("flags_with", r.flags_with);
  v.field("flags_without", r.flags_without), v.field("location_roles", r.location_roles), v.field("denominators", r.denominators);
  v.field("targeting", r.targeting), v.field("proxy", r.proxy), v.field("caveat", r.caveat), v.field("tier", r.tier);
  v.field("cell_size_m", r.cell_size_m), v.field("minimum_count", r.minimum_count), v.field("concern", r.concern);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, WorkstreamRevision> {
  v.field("workstream", r.workstream), v.field("number", r.number), v.field("origin", r.origin), v.field("made_at", r.made_at), v.field("author", r.author);
  v.field("note", r.note), v.field("definition", r.definition);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, CameraModel> {
  v.field("id", r.id), v.field("title", r.title), v.field("pixels", r.pixels), v.field("sensor_width_mm", r.sensor_width_mm);
  v.field("focal_length_mm", r.focal_length_mm), v.field("field_of_view_deg", r.field_of_view_deg), v.field("pan_deg", r.pan_deg);
  v.field("height_m", r.height_m), v.field("target_height_m", r.target_height_m), v.field("sensors", r.sensors), v.field("reach_m", r.reach_m);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, StreetLayerRecord> {
  v.field("id", r.id), v.field("title", r.title), v.field("kind", r.kind), v.field("transformation", r.transformation), v.field("file", r.file);
  v.field("rejects", r.rejects), v.field("tells", r.tells);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, EvidenceRow> {
  v.field("category", r.category), v.field("camera", r.camera), v.field("lighting", r.lighting), v.field("people", r.people);
  v.field("caution", r.caution), v.field("source", r.source);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, EvidenceTable> {
  v.field("id", r.id), v.field("title", r.title), v.field("version", r.version), v.field("source", r.source), v.field("rows", r.rows);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, MonitoredHours> {
  v.field("week", r.week), v.field("share", r.share);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, StreetRecord> {
  v.field("models", r.models), v.field("layers", r.layers), v.field("place_kinds", r.place_kinds), v.field("evidence", r.evidence);
  v.field("monitored", r.monitored);
}
template <class V>
void Visit(V& v, auto& r) requires std::is_same_v<std::remove_const_t<std::remove_reference_t<decltype(r)>>, DatasetRecord> {
  v.field("id", r.id), v.field("title", r.title), v.field("publisher", r.publisher), v.field("licence", r.licence), v.field("as_at", r.as_at);
  v.field("time_zone", r.time_zone), v.field("retention_months", r.retention_months), v.field("manifest_sha256", r.manifest_sha256);
  v.field("content_sha256", r.content_sha256), v.field("categories", r.categories), v.field("flags", r.flags), v.field("sources", r.sources);
  v.field("vintages", r.vintages), v.field("breaks", r.breaks), v.field("weight_tables", r.weight_tables);
  v.field("time_windows", r.time_windows), v.field("workstreams", r.workstreams), v.field("workstream_history", r.workstream_history);
  v.field("street", r.street);
}

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

// Enumerations are written as words, by their values in order.
const char* const* WordsOf(TimeKnowledge) {
  static constexpr const char* kWords[] = {"month", "day", "clock", nullptr};
  return kWords;
}
const char* const* WordsOf(SensitivityTier) {
  static constexpr const char* kWords[] = {"low", "mid", "high", "very high", nullptr};
  return kWords;
}
const char* const* WordsOf(Light) {
  static constexpr const char* kWords[] = {"any", "dark", "daylight", nullptr};
  return kWords;
}
const char* const* WordsOf(LocationRole) {
  static constexpr const char* kWords[] = {"incident", "complainant", nullptr};
  return kWords;
}
const char* const* WordsOf(StreetLayerKind) {
  static constexpr const char* kWords[] = {"cameras", "camera sites", "buildings", "protected places", nullptr};
  return kWords;
}
const char* const* WordsOf(EvidenceGrade) {
  static constexpr const char* kWords[] = {"not studied", "no effect found", "weak", "moderate", "strong", nullptr};
  return kWords;
}
const char* const* WordsOf(RevisionOrigin) {
  static constexpr const char* kWords[] = {"manifest", "edit", nullptr};
  return kWords;
}

template <class T>
Json Writer::Encode(const T& value) {
  if constexpr (IsVector<T>::value) {
    Json list = Json::array();
    for (const auto& item : value) list.push_back(Encode(item));
    return list;
  } else if constexpr (IsOptional<T>::value) {
    return value ? Encode(*value) : Json(nullptr);
  } else if constexpr (std::is_enum_v<T>) {
    return WordsOf(value)[static_cast<int>(value)];
  } else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>) {
    return value;
  } else {
    Writer inner;
    Visit(inner, value);
    return inner.take();
  }
}

template <class T>
void Reader::Decode(const Json& json, T& value) {
  if constexpr (IsVector<T>::value) {
    if (!json.is_array()) throw std::runtime_error("a list is missing");
    value.clear();
    for (const auto& item : json) Decode(item, value.emplace_back());
  } else if constexpr (IsOptional<T>::value) {
    value.reset();
    if (!json.is_null()) Decode(json, value.emplace());
  } else if constexpr (std::is_enum_v<T>) {
    const auto& word = json.get_ref<const std::string&>();
    const char* const* words = WordsOf(T{});
    for (int i = 0; words[i] != nullptr; ++i) {
      if (word == words[i]) return void(value = static_cast<T>(i));
    }
    throw std::runtime_error(fmt::format("\"{}\" is no word that is known here", word));
  } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string>) {
    value = json.get<T>();
  } else if constexpr (std::is_integral_v<T>) {
    if (!json.is_number_integer()) throw std::runtime_error("a whole number is missing");
    const auto wide = json.get<std::int64_t>();
    if (wide < std::numeric_limits<T>::min() || wide > std::numeric_limits<T>::max()) throw std::runtime_error("a number is out of range");
    value = static_cast<T>(wide);
  } else if constexpr (std::is_floating_point_v<T>) {
    if (!json.is_number()) throw std::runtime_error("a number is missing");
    value = json.get<T>();
  } else {
    Reader inner(json);
    Visit(inner, value);
    inner.finish();
  }
}

}  // namespace

std::string EncodeRecordJson(const DatasetRecord& record) {
  Writer writer;
  Visit(writer, record);
  return writer.take().dump(1, ' ', false, Json::error_handler_t::replace);
}

Result<DatasetRecord> DecodeRecordJson(std::string_view json) {
  try {
    const Json document = Json::parse(json);
    DatasetRecord record;
    Reader reader(document);
    Visit(reader, record);
    reader.finish();
    return record;
  } catch (const std::exception& fault) {
    return Fail(Error{ErrorCode::kDataLoss, "datasets.record", "STORE_DAMAGED", fmt::format("a dataset's record in the store is damaged: {}", fault.what())});
  }
}

}  // namespace geo
