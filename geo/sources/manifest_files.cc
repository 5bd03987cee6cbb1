// Files and coordinate systems, as sources, vintages and populations name them.
#include <fmt/format.h>

#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

bool IsSha256(const std::string& text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos; }

}  // namespace

std::string ItemPath(std::string_view list, std::size_t index) { return fmt::format("{}[{}]", list, index); }

void CheckId(TableReader& reader, std::string_view key, const std::string& id) {
  if (id.empty()) return;  // the missing key is told already
  constexpr std::string_view kBytes = "abcdefghijklmnopqrstuvwxyz0123456789-";
  if (id.size() > 63 || id.front() == '-' || id.find_first_not_of(kBytes) != std::string::npos) {
    reader.refuse(key, "BAD_ID", fmt::format("\"{}\" is not an id: small letters, digits and -, at most 63, not starting with -", Excerpt(id)));
  }
}

const char* ArchiveFault(const std::string& name) {
  for (const char* ending : {".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar", ".bz2", ".xz", ".zst", ".gpkg.gz", ".shp.zip"}) {
    if (name.ends_with(ending)) return "an archive is not read: unpack it first (a single .csv.gz or .geojson.gz is read)";
  }
  return nullptr;
}

const char* CsvNameFault(const std::string& name) {
  if (const char* fault = ArchiveFault(name)) return fault;
  return name.ends_with(".csv") || name.ends_with(".csv.gz") ? nullptr : "the name must end in .csv or .csv.gz";
}

void ReadCrs(TableReader& reader, std::optional<Crs>& out) {
  std::string text;
  reader.optional("crs", text);
  if (text.empty()) return;
  if (text == "EPSG:4326") out = Crs::kWgs84;
  else if (text == "EPSG:27700") out = Crs::kBritishNationalGrid;
  else reader.refuse("crs", "UNKNOWN_CRS", fmt::format("\"{}\" is neither EPSG:4326 (longitude, latitude) nor EPSG:27700 (easting, northing)", Excerpt(text)));
}

void ReadFiles(const TomlValue& value, const std::string& path, const NameTest& accepted, bool many, ManifestContext& context, std::vector<FileSpec>& out) {
  const auto refuse = [&](const Error& error) { context.faults.add(error.code, path, error.reason.c_str(), error.message, value.line); };
  std::string name;
  std::string sha256;
  std::optional<std::int64_t> rows;
  if (value.kind == TomlValue::Kind::kString) {
    name = value.string;
  } else if (value.kind == TomlValue::Kind::kTable) {
    TableReader reader(value, path, context.faults);
    reader.required("name", name);
    reader.optional("sha256", sha256);
    reader.optional_integer("rows", rows, 0, 50'000'000);
    if (!sha256.empty() && !IsSha256(sha256)) reader.refuse("sha256", "BAD_SHA256", "expected 64 digits, 0-9 and a-f");
    reader.finish();
  } else {
    return refuse({ErrorCode::kInvalidArgument, "", "WRONG_TYPE", "expected a file name, or {name, sha256, rows}"});
  }
  if (context.faults.first) return;
  auto found = many ? context.data.match(name) : context.data.find(name).map([](FileSpec file) { return std::vector<FileSpec>{std::move(file)}; });
  if (!found) return refuse(found.error());
  if (found->size() > 1 && (!sha256.empty() || rows)) {
    return refuse({ErrorCode::kInvalidArgument, "", "BAD_FILE_NAME", "a pattern that matches several files cannot have one sha256 or number of rows"});
  }
  for (FileSpec& file : *found) {
    if (const char* fault = accepted(file.name)) {
      return refuse({ErrorCode::kInvalidArgument, "", "BAD_FILE_TYPE", fmt::format("\"{}\": {}", Excerpt(file.name), fault)});
    }
    if (!sha256.empty()) file.sha256 = sha256;
    file.rows = rows;
    out.push_back(std::move(file));
  }
}

}  // namespace geo
