// What the store remembers of a dataset beside its rows: where each came from, what its words mean, and what is known to be wrong with it.
// Written by the loader, read by the server, shown by DatasetService. Plain values, so that every room may read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/cameras/camera_evidence.h"
#include "geo/cameras/camera_model.h"
#include "geo/incidents/workstream.h"
#include "geo/incidents/workstream_history.h"
#include "geo/types/local_time.h"

namespace geo {

// A category that queries name. `crime` tells crimes from incidents such as anti-social behaviour: the two are never added together under the name "crime".
struct Category {
  std::string id;     // "anti-social-behaviour"
  std::string title;  // "Anti-social behaviour"
  bool crime = true;
  friend bool operator==(const Category&, const Category&) = default;
};

// What a source knows of time. kMonth: only the month. kDay: only the date. kClock: a minute, or a from/to window in minutes.
enum class TimeKnowledge : std::uint8_t { kMonth, kDay, kClock };

// What a row may be besides its category ("alcohol", "domestic"): told by sources that have a column for it, not by others.
struct Flag {
  std::string id;
  std::string title;
  friend bool operator==(const Flag&, const Flag&) = default;
};

// The flag of rows whose place is where the one who reported it lives, not where it happened. Their positions are dropped when they are loaded.
inline constexpr char kComplainantFlag[] = "complainant-location";

struct FileRecord {
  std::string name;    // as the manifest names it, relative, forward slashes
  std::string sha256;  // of the bytes as they lie on disk
  std::int64_t rows_in = 0;
  std::int64_t rows_kept = 0;
  std::int64_t rows_rejected = 0;
  std::int64_t rows_unlocated = 0;  // of those kept
  friend bool operator==(const FileRecord&, const FileRecord&) = default;
};

struct RejectTally {
  std::string reason;  // "DUPLICATE_ROW"
  std::int64_t rows = 0;
  friend bool operator==(const RejectTally&, const RejectTally&) = default;
};

struct SourceRecord {
  std::string id;
  std::string title;
  TimeKnowledge time = TimeKnowledge::kMonth;
  // Location precision in metres as the publisher states it: a snapped source says its typical snap distance. 0: exact to the device.
  double precision_m = 0;
  bool snapped = false;        // locations are a fixed list of points that stand for the real ones
  std::string transformation;  // how its coordinates became National Grid metres, with the stated accuracy
  std::vector<FileRecord> files;
  std::vector<RejectTally> rejects;
  std::int64_t repeated_references = 0;  // kept rows whose reference another kept row has too
  std::vector<std::string> flags;        // sorted ids of those that its rows tell, whether they have them or not
  friend bool operator==(const SourceRecord&, const SourceRecord&) = default;
};

// A known change of recording that imitates a trend. Attaches itself to every answer whose source, category, area and dates it meets.
struct RecordingBreak {
  std::string id;
  std::string source;                   // empty: every source
  std::vector<std::string> categories;  // empty: every category
  Period period;                        // the days that are not comparable with days outside; a change of rule is a period of one day at its start
  std::string note;
  friend bool operator==(const RecordingBreak&, const RecordingBreak&) = default;
};

// Hours that questions may name.
struct NamedWindow {
  std::string id;     // "night-time-economy"
  std::string title;  // "Night-time economy"
  TimeWindow window;
  friend bool operator==(const NamedWindow&, const NamedWindow&) = default;
};

struct PopulationRecord {
  std::string code;     // of the area, in this vintage
  std::string measure;  // "residents"
  int year = 0;
  double value = 0;
  friend bool operator==(const PopulationRecord&, const PopulationRecord&) = default;
};

// How much one incident of a category weighs: one version of a published table of harm, never built in. Categories that it leaves out have no weight: they are
// shown apart, not counted as zero harm (anti-social behaviour is an incident, not a crime, and has none in any published table).
struct WeightTable {
  struct Entry {
    std::string category;
    double weight = 0;  // 0 or more, finite
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  std::string id;  // "cambridge-2026"
  std::string title;
  std::string version;         // the publisher's own
  std::string unit;            // "days of imprisonment"
  std::string source;          // who published it, where
  std::vector<Entry> entries;  // sorted by category, at least one; categories that the dataset has
  friend bool operator==(const WeightTable&, const WeightTable&) = default;
};

// One set of boundaries, valid between two dates. Keyed by its id and area codes; never by area names.
struct VintageRecord {
  std::string id;     // "wards-2023"
  std::string title;  // "Wards from May 2023"
  std::string kind;   // "ward"
  LocalDay valid_from = 0;
  std::optional<LocalDay> valid_to;  // the first day on which it is no longer in force
  std::string transformation;
  FileRecord file;
  std::vector<PopulationRecord> populations;  // sorted by code, measure, year
  friend bool operator==(const VintageRecord&, const VintageRecord&) = default;
};

enum class StreetLayerKind : std::uint8_t { kCameras, kSites, kBuildings, kPlaces };

// One file of what stands in the street. For partners alone: where cameras stand and whether they work is not for release.
struct StreetLayerRecord {
  std::string id;  // of all layers of the street, each once
  std::string title;
  StreetLayerKind kind = StreetLayerKind::kCameras;
  std::string transformation;
  FileRecord file;
  std::vector<RejectTally> rejects;
  std::vector<std::string> tells;  // of cameras, sorted: what the file or the manifest says of them: "bearing", "state"
  friend bool operator==(const StreetLayerRecord&, const StreetLayerRecord&) = default;
};

// Hours of the week in which somebody watches the pictures, and what share of them.
struct MonitoredHours {
  TimeOfWeek week;
  double share = 1;  // over 0, to 1
  friend bool operator==(const MonitoredHours&, const MonitoredHours&) = default;
};

struct StreetRecord {
  std::vector<CameraModel> models;        // in order of id
  std::vector<StreetLayerRecord> layers;  // by kind, then id
  std::vector<std::string> place_kinds;   // in order: "home", "school"
  std::vector<EvidenceTable> evidence;    // in order of id
  std::vector<MonitoredHours> monitored;  // empty: not stated
  friend bool operator==(const StreetRecord&, const StreetRecord&) = default;
};

struct DatasetRecord {
  std::string id;  // "medway"
  std::string title;
  std::string publisher;
  std::string licence;
  LocalDay as_at = 0;     // the day to which the publisher's data is complete and corrected
  std::string time_zone;  // "Europe/London"
  std::optional<int> retention_months;
  std::string manifest_sha256;
  std::string content_sha256;        // of every kept row and area in canonical order: equal content, equal digest, however it was loaded
  std::vector<Category> categories;  // those that the dictionaries can produce; at most 250. Incidents hold an index into this
  std::vector<Flag> flags;           // in order of id; at most kMaxFlags. Incidents hold a bit of each
  std::vector<SourceRecord> sources;
  std::vector<VintageRecord> vintages;
  std::vector<RecordingBreak> breaks;
  std::vector<WeightTable> weight_tables;  // in order of id
  std::vector<NamedWindow> time_windows;   // in order of id
  std::vector<Workstream> workstreams;     // in order of id; those in force
  std::vector<WorkstreamRevision> workstream_history;  // as they were made
  StreetRecord street;
  friend bool operator==(const DatasetRecord&, const DatasetRecord&) = default;
};

}  // namespace geo
