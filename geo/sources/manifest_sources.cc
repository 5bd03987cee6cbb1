// [[sources]]: incident files and how to read them.
#include <fmt/format.h>

#include <algorithm>

#include "geo/sources/column_plan.h"
#include "geo/sources/manifest_parts.h"
#include "geo/sources/row_time.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

// The National Grid on land.
constexpr double kGridEast_m = 700'000;
constexpr double kGridNorth_m = 1'300'000;

void ReadFormat(TableReader& reader, SourceSpec& out) {
  std::string format;
  reader.required("format", format);
  if (format == "police-uk") out.format = SourceFormat::kPoliceUk;
  else if (format == "police-uk-2012") out.format = SourceFormat::kPoliceUk2012;
  else if (format == "csv") out.format = SourceFormat::kCsv;
  else reader.refuse("format", "UNKNOWN_FORMAT", fmt::format("\"{}\" is none of police-uk, police-uk-2012, csv", Excerpt(format)));

  std::optional<Crs> crs;
  ReadCrs(reader, crs);
  if (out.format == SourceFormat::kCsv) {
    if (!crs) reader.refuse("crs", "MISSING_CRS", "a csv source says in which system its coordinates are: \"EPSG:4326\" or \"EPSG:27700\"");
    out.crs = crs.value_or(Crs::kWgs84);
    return;
  }
  out.crs = out.format == SourceFormat::kPoliceUk ? Crs::kWgs84 : Crs::kBritishNationalGrid;
  if (crs && *crs != out.crs) reader.refuse("crs", "WRONG_CRS", fmt::format("{} files are in {}", format, out.crs == Crs::kWgs84 ? "EPSG:4326" : "EPSG:27700"));
}

void ReadColumns(TableReader& reader, SourceSpec& out) {
  const TomlValue* table = reader.table("columns");
  if (out.format != SourceFormat::kCsv) {
    for (const char* key : {"columns", "date_format", "time_format", "time_zone"}) {
      if (reader.has(key)) reader.refuse(key, "UNKNOWN_KEY", "only a csv source has it; this format's columns and times are fixed");
    }
    return;
  }
  if (table == nullptr) return reader.refuse("columns", "MISSING_KEY", "a csv source maps its columns: [sources.columns]");
  TableReader item(*table, reader.path_of("columns"), reader.faults());
  ColumnMapping& columns = out.columns;
  const std::pair<const char*, std::string*> keys[] = {
      {"category", &columns.category}, {"x", &columns.x},       {"y", &columns.y},   {"month", &columns.month},         {"date", &columns.date},
      {"time", &columns.time},         {"from", &columns.from}, {"to", &columns.to}, {"reference", &columns.reference}, {"place", &columns.place}};
  for (const auto& [key, name] : keys) item.optional(key, *name);
  item.finish();
  if (const auto good = CheckMapping(columns); !good) item.refuse("", "BAD_COLUMNS", good.error().message);
}

void ReadTimes(TableReader& reader, const Manifest& manifest, LocalDay as_at, SourceSpec& out) {
  out.local_zone = manifest.time_zone;
  out.time_zone = manifest.time_zone;
  reader.optional("date_format", out.date_format);
  reader.optional("time_format", out.time_format);
  reader.optional("time_zone", out.time_zone);
  if (reader.faults().first || out.format != SourceFormat::kCsv) return;
  if (reader.has("date_format") && out.columns.date.empty()) reader.refuse("date_format", "BAD_TIME_FORMAT", "it needs columns.date");
  if (reader.has("time_format") && out.columns.time.empty() && out.columns.from.empty())
    reader.refuse("time_format", "BAD_TIME_FORMAT", "it needs columns.time or columns.from");
  // The reader of rows judges formats and zones; asked here, so that a bad one is told with its place in the manifest.
  TimeColumns used;
  if (!out.columns.date.empty()) used.date = 0;
  if (!out.columns.time.empty()) used.time = 0;
  if (!out.columns.from.empty()) used.from = 0;
  const auto good = RowTimeReader::Open(out, used, as_at, 0);
  if (!good) reader.refuse(good.error().field, good.error().reason.c_str(), good.error().message);
}

void ReadServiceArea(TableReader& reader, SourceSpec& out) {
  double low_e = 0;
  double low_n = 0;
  double high_e = kGridEast_m;
  double high_n = kGridNorth_m;
  if (const TomlValue* table = reader.table("service_area")) {
    TableReader item(*table, reader.path_of("service_area"), reader.faults());
    const std::pair<const char*, double*> keys[] = {
        {"min_easting_m", &low_e}, {"min_northing_m", &low_n}, {"max_easting_m", &high_e}, {"max_northing_m", &high_n}};
    for (const auto& [key, value] : keys) {
      if (!item.optional_number(key, *value, -kMaxMeters, kMaxMeters))
        item.refuse(key, "MISSING_KEY", "a service area has all four sides, in metres of the National Grid");
    }
    item.finish();
    if (low_e >= high_e || low_n >= high_n) item.refuse("", "OUT_OF_RANGE", "each max must be greater than its min");
  }
  if (reader.faults().first) return;
  out.service_area.low = GridPoint::FromMeters(low_e, low_n);
  out.service_area.high = GridPoint::FromMeters(high_e, high_n);
}

void ReadPolicies(TableReader& reader, SourceSpec& out) {
  out.repeated_reference = out.format == SourceFormat::kCsv ? RepeatedReference::kRefuse : RepeatedReference::kKeep;
  std::string repeated;
  reader.optional("repeated_reference", repeated);
  if (repeated == "keep") out.repeated_reference = RepeatedReference::kKeep;
  else if (repeated == "refuse") out.repeated_reference = RepeatedReference::kRefuse;
  else if (!repeated.empty()) reader.refuse("repeated_reference", "UNKNOWN_VALUE", "expected \"keep\" or \"refuse\"");
  std::string unknown;
  reader.optional("on_unknown_category", unknown);
  out.unmapped_as_other = unknown == "other";
  if (!unknown.empty() && unknown != "other" && unknown != "reject") reader.refuse("on_unknown_category", "UNKNOWN_VALUE", "expected \"reject\" or \"other\"");
  reader.optional_boolean("snapped", out.snapped);
  reader.optional_number("precision_m", out.precision_m, 0, 100'000);
}

void ReadSourceFiles(TableReader& reader, ManifestContext& context, SourceSpec& out) {
  const TomlValue* files = reader.find("files");
  if (files == nullptr || files->kind != TomlValue::Kind::kArray || files->items.empty()) {
    return reader.refuse("files", files == nullptr ? "MISSING_KEY" : "WRONG_TYPE", "a list of at least one file name or {name, sha256, rows}");
  }
  for (std::size_t i = 0; i < files->items.size() && !context.faults.first; ++i) {
    ReadFiles(files->items[i], ItemPath(reader.path_of("files"), i), CsvNameFault, true, context, out.files);
    if (out.files.size() > kMaxFilesPerSource) return reader.refuse("files", "TOO_MANY_FILES", "over 10,000 files");
  }
  std::sort(out.files.begin(), out.files.end(), [](const FileSpec& a, const FileSpec& b) { return a.name < b.name; });
  const auto same = std::adjacent_find(out.files.begin(), out.files.end(), [](const FileSpec& a, const FileSpec& b) { return a.name == b.name; });
  if (same != out.files.end()) reader.refuse("files", "REPEATED_FILE", fmt::format("\"{}\" is named twice", same->name));
}

}  // namespace

void ReadSources(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out) {
  for (std::size_t i = 0; i < tables.size() && !context.faults.first; ++i) {
    TableReader reader(tables[i], ItemPath("sources", i), context.faults);
    SourceSpec source;
    reader.required("id", source.id);
    CheckId(reader, "id", source.id);
    reader.required("title", source.title);
    ReadFormat(reader, source);
    reader.required("dictionary", source.dictionary);
    ReadColumns(reader, source);
    ReadTimes(reader, out, out.as_at, source);
    ReadServiceArea(reader, source);
    ReadPolicies(reader, source);
    ReadFlagsOfSource(reader, out, source);
    if (!context.faults.first) ReadSourceFiles(reader, context, source);
    reader.finish();
    if (context.faults.first) return;
    if (!out.dictionaries.contains(source.dictionary)) {
      return reader.refuse("dictionary", "UNKNOWN_DICTIONARY", fmt::format("no [[dictionaries]] entry has the id \"{}\"", Excerpt(source.dictionary)));
    }
    const bool repeated = std::any_of(out.sources.begin(), out.sources.end(), [&](const SourceSpec& other) { return other.id == source.id; });
    if (repeated) return reader.refuse("id", "REPEATED_ID", fmt::format("source \"{}\" appears twice", source.id));
    out.sources.push_back(std::move(source));
  }
  NumberFlags(out);
}

}  // namespace geo
