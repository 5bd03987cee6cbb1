// The parts of a manifest, read one by one: for manifest.cc alone.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "geo/sources/file_name.h"
#include "geo/sources/manifest.h"
#include "geo/sources/toml_tree.h"

namespace geo {

// Everything that the parts share.
struct ManifestContext {
  std::filesystem::path folder;  // of the manifest itself: includes
  FileRoot data;
  TomlFaults& faults;
  std::string hashed;  // the bytes that Manifest::sha256 is of
};

// Where in the file a list was: "sources[1]".
std::string ItemPath(std::string_view list, std::size_t index);
// [a-z0-9][a-z0-9-]{0,62}; else a fault at `key`.
void CheckId(TableReader& reader, std::string_view key, const std::string& id);

// [[dictionaries]] -> out.dictionaries.
void ReadDictionaries(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// Union of the dictionaries that the sources use, sorted by id, and "unmapped" where a source asks for it -> out.categories.
void UniteCategories(ManifestContext& context, Manifest& out);
// [[flags]] -> out.flags, sorted by id.
void ReadFlags(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// [sources.flags] and `location_role` of one source; needs out.flags and the source's format.
void ReadFlagsOfSource(TableReader& reader, const Manifest& manifest, SourceSpec& out);
// Adds the flag of complainants' places where a source tells it, and gives every column of flags its bit; after all sources.
void NumberFlags(Manifest& out);
// [[time_windows]] -> out.time_windows, sorted by id.
void ReadTimeWindows(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// [[sources]] -> out.sources.
void ReadSources(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// [[vintages]] -> out.vintages.
void ReadVintages(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// [[breaks]] -> out.breaks; needs sources and categories.
void ReadBreaks(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);

// [[weights]] -> out.weight_tables, sorted by id; needs categories.
void ReadWeights(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);

// [[workstreams]] -> out.workstreams, sorted by id, with what they include in them; needs sources, categories, flags, time windows and
// vintages.
void ReadWorkstreams(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);

// [[camera_models]] -> out.camera_models, sorted by id.
void ReadCameraModels(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// [[camera_evidence]] -> out.camera_evidence, sorted by id; needs categories.
void ReadCameraEvidence(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// [[monitored_hours]] -> out.monitored.
void ReadMonitoredHours(const std::vector<TomlValue>& tables, ManifestContext& context, Manifest& out);
// [[cameras]], [[camera_sites]], [[buildings]], [[protected_places]] -> the layers of `out`, sorted by id; needs camera_models.
struct StreetTables {
  const std::vector<TomlValue>&cameras, &sites, &buildings, &places;
};
void ReadStreet(const StreetTables& tables, ManifestContext& context, Manifest& out);

// The tree of the file that `include` names: a bare name that ends in .toml, beside the manifest or in ../dictionaries of it; no other place can be written.
// nullopt after a fault at `include`.
std::optional<TomlValue> ReadInclude(TableReader& reader, const std::string& name, ManifestContext& context);
// What `read` makes of a table, or of the file that the table's `include` names, which then is all that it may hold. An empty item after a fault.
template <class Read>
auto ReadOrInclude(TableReader& reader, ManifestContext& context, const Read& read) -> decltype(read(reader)) {
  if (!reader.has("include")) return read(reader);
  std::string name;
  reader.required("include", name);
  reader.finish();
  if (context.faults.first) return {};
  const std::optional<TomlValue> tree = ReadInclude(reader, name, context);
  if (!tree) return {};
  TableReader included(*tree, name, context.faults);
  return read(included);
}

// A file as "name" or {name, sha256, rows}, looked up in the data folder; a fault at `path` when the name does not end as `accepted` says.
using NameTest = std::function<const char*(const std::string& name)>;  // nullptr: good; else why not
void ReadFiles(const TomlValue& value, const std::string& path, const NameTest& accepted, bool many, ManifestContext& context, std::vector<FileSpec>& out);
// `file` of a table that names one file.
void ReadOneFile(TableReader& reader, const NameTest& accepted, ManifestContext& context, FileSpec& out);
// `file`, `format`, `layer` and `crs` of a layer of features; `points`: a .csv is one too.
void ReadLayerFile(TableReader& reader, bool points, ManifestContext& context, LayerFile& out);
// true, false, or {column, yes, no} at `key`; `otherwise` where the key is absent. `columns`: the file has some.
FlagColumn ReadYesNo(TableReader& reader, const char* key, bool otherwise);
// .csv and .csv.gz
const char* CsvNameFault(const std::string& name);
// What an archive is told; nullptr for other names.
const char* ArchiveFault(const std::string& name);
// "EPSG:4326" or "EPSG:27700" at `crs`.
void ReadCrs(TableReader& reader, std::optional<Crs>& out);

}  // namespace geo
