// The manifest: a TOML file that says what a dataset is made of. Parsed strictly: an unknown key is an error that names it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/incidents/dataset_record.h"
#include "geo/sources/category_dictionary.h"
#include "geo/sources/flag_column.h"
#include "geo/sources/layer_file.h"
#include "geo/sources/street_spec.h"
#include "geo/types/grid_point.h"
#include "geo/types/result.h"

namespace geo {

// kPoliceUk: data.police.uk street CSV, the 12 columns in use since 2013. kPoliceUk2012: the form before, with Easting and Northing. kCsv: any CSV with a
// mapping.
enum class SourceFormat : std::uint8_t { kPoliceUk, kPoliceUk2012, kCsv };
// What to do with rows of one source that share a reference (Crime ID) but differ. Identical rows are always collapsed to one, the copies rejected as
// DUPLICATE_ROW. kKeep: each is an incident (default for police.uk, whose published totals count them so). kRefuse: none is believed, all are rejected as
// CONFLICTING_REFERENCE (default for mapped CSV). A blank reference is never a duplicate of anything.
enum class RepeatedReference : std::uint8_t { kKeep, kRefuse };

// Header names of a mapped CSV. Columns that no key names are dropped unread: names and free text never reach the store.
struct ColumnMapping {
  std::string category;  // required
  std::string x, y;      // longitude/latitude or easting/northing, as the CRS says
  std::string month;     // exactly one of: month; date (and time); from (and to)
  std::string date, time;
  std::string from, to;
  std::string reference;  // optional
  std::string place;      // optional
};

struct SourceSpec {
  std::string id;
  std::string title;
  SourceFormat format = SourceFormat::kPoliceUk;
  Crs crs = Crs::kWgs84;
  std::vector<FileSpec> files;               // sorted by name; globs already expanded
  std::string dictionary;                    // id
  ColumnMapping columns;                     // kCsv only
  std::string date_format = "%Y-%m-%d";      // kCsv with `date`; see geo/sources/time_text.h
  std::string time_format;                   // kCsv with `time` (empty: "%H:%M") or `from` (empty: "%Y-%m-%dT%H:%M")
  std::string time_zone = "Europe/London";   // of the clock in the files
  std::string local_zone = "Europe/London";  // the dataset's: what times become
  double precision_m = 0;
  bool snapped = false;
  RepeatedReference repeated_reference = RepeatedReference::kKeep;
  // Points outside are rejected as OUT_OF_AREA. Default: the extent of the National Grid on land, 0..700 km east, 0..1,300 km north.
  GridBox service_area;
  std::vector<FlagColumn> flags;   // in order of bit; those that its rows tell
  bool unmapped_as_other = false;  // on_unknown_category = "other": counted as category "unmapped"; default "reject"
};

struct PopulationSpec {
  FileSpec file;
  std::string code_column;
  std::string value_column;
  std::string year_column;  // or a fixed year
  int year = 0;
  std::string measure = "residents";
};

struct VintageSpec : LayerFile {
  std::string id;
  std::string title;
  std::string kind = "ward";
  std::string code_property;
  std::string name_property;
  LocalDay valid_from = 0;
  std::optional<LocalDay> valid_to;
  std::vector<PopulationSpec> populations;
};

struct Manifest {
  std::string sha256;  // of the manifest and of every dictionary, weight table, evidence table and file of workstreams it includes
  std::string dataset_id;
  std::string title, publisher, licence;
  LocalDay as_at = 0;
  std::string time_zone = "Europe/London";
  std::optional<int> retention_months;  // rows that began earlier than this before as_at are rejected as PAST_RETENTION
  std::vector<SourceSpec> sources;
  std::map<std::string, CategoryDictionary> dictionaries;
  std::vector<Category> categories;  // union over the dictionaries used, sorted by id
  std::vector<Flag> flags;                 // sorted by id
  std::vector<NamedWindow> time_windows;   // sorted by id
  std::vector<VintageSpec> vintages;
  std::vector<RecordingBreak> breaks;
  std::vector<WeightTable> weight_tables;  // sorted by id
  std::vector<Workstream> workstreams;     // sorted by id
  std::vector<CameraModel> camera_models;      // sorted by id
  std::vector<std::string> place_kinds;        // in order
  std::vector<EvidenceTable> camera_evidence;  // sorted by id
  std::vector<MonitoredHours> monitored;
  std::vector<CameraLayerSpec> camera_layers;  // these four sorted by id, no id twice among them all
  std::vector<SiteLayerSpec> site_layers;
  std::vector<BuildingLayerSpec> building_layers;
  std::vector<PlaceLayerSpec> place_layers;
};

// Reads the manifest, its dictionaries, its weight tables and the names of its files (not their contents). File names are relative to the manifest's folder or
// to `data_root` where one is given; a name that leaves that folder ("..", absolute, a link to outside) is refused.
// Errors: kInvalidArgument with the TOML path as field ("sources[1].columns.category") and, for syntax, the line; kNotFound for a file or empty glob.
Result<Manifest> ReadManifest(const std::filesystem::path& path, const std::filesystem::path& data_root);
// The same on text, for tests and fuzzing. `folder` is where names are looked up.
Result<Manifest> ParseManifest(std::string_view toml, const std::filesystem::path& folder);

}  // namespace geo
