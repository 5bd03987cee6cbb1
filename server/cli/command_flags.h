// What the command line can say, command by command, before it becomes requests. Absent flags leave the server its defaults.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/cli/camera_flags.h"
#include "server/cli/plan_flags.h"
#include "server/cli/ward_flags.h"
#include "server/cli/workstream_flags.h"

namespace server {

enum class Command {
  kNone,
  kDatasets,
  kHotspots,
  kSurface,
  kPlaces,
  kAreaHotspots,
  kCompareWards,
  kCompareYears,
  kRankWards,
  kAnalyseTrends,
  kCheckRise,
  kCompareBoundaries,
  kCrosswalkCounts,
  kRankPriorities,
  kProfilePlace,
  kListWorkstreams,
  kShowWorkstream,
  kListRevisions,
  kSaveWorkstream,
  kRemoveWorkstream,
  kListCameras,
  kSiteCameras,
  kTestSiting,
  kReviewCameras,
  kPlanRedeployables,
  kGatherSiteEvidence,
  kCountDetailLevels,
  kCompareResponses,
  kSweepBearings,
  kIncidents,
  kStatus,
  kReload,
  kCompletion
};
// kPng: surfaces and cameras. kTiff: surfaces only.
enum class Format { kTable, kJson, kCsv, kGeojson, kPng, kTiff };

inline constexpr const char* kDefaultServer = "127.0.0.1:50051";

struct CommonFlags {
  std::string server = kDefaultServer;
  Format format = Format::kTable;
  std::filesystem::path output;  // empty: standard output
  std::string timeout = "10s";
  bool ascii = false;
};

struct FilterFlags {
  std::vector<std::string> categories;
  std::vector<std::string> sources;
  std::vector<std::string> areas;  // "wards-2023:E05014449" or, after the first of a vintage, the bare code
  std::string window;              // "20:00-06:00"
  std::vector<std::string> days;   // "thu"
  std::string workstream;          // "night-violence": categories, sources, flags and hours in one word
  std::string time_window;         // "dark"
  std::vector<std::string> flags, without_flags;
};

// Shared by the commands that ask about one dataset.
struct QuestionFlags {
  std::string dataset;  // "medway" or "datasets/medway"; empty: the first that the server lists
  FilterFlags filter;
  std::string vintage;
  std::string purpose;
};

struct DatasetsFlags {
  std::string name;
  bool coverage = false;
  std::string areas_of_vintage;
  std::vector<std::string> sources;  // limits the coverage
};

// The words of these are checked by the command line, all but the bandwidth.
struct DensityFlags {
  std::string kernel;     // "quartic"
  std::string bandwidth;  // "500" or the name of a rule, "silverman"
  std::optional<double> decay;
  std::string edge;  // "none", "uniform", "diggle"
  bool adaptive = false;
};

struct SignificanceFlags {
  std::string statistic;  // "gi-star", "gi", "local-moran", "none"
  std::optional<int> rings;
  std::optional<double> distance_m;
  std::string adjacency;  // "queen", "rook"
  bool row_standardised = false;
  std::optional<double> false_discovery_rate;
  bool no_correction = false;
  std::optional<int> permutations;
  std::optional<std::int64_t> seed;
  std::string inference;  // "automatic", "normal", "permutation"
};

struct HotspotFlags {
  std::string period;
  std::string cell_shape;  // "square", "hex"
  std::optional<double> cell_size_m;
  DensityFlags density;
  SignificanceFlags significance;
  std::string weight_table;
  std::optional<double> share;
  std::optional<int> previous_years;
  std::string list;  // "hot", "occupied", "significant", "analysed"
  bool progress = false;
  bool no_map = false;
  int top = 20;  // rows of the table; 0: all
};

// Of `surface` and `places`.
struct SurfaceFlags {
  std::string period;
  std::optional<double> cell_size_m;
  std::string extent;  // "565000,165000,580000,172000": west, south, east, north
  DensityFlags density;
  std::string weight_table;
  bool unmasked = false;
  std::string compare;  // the earlier period
  std::string measure;  // "difference", "ratio", "log-ratio"
  std::optional<double> floor_per_km2_per_year;
};

struct PlacesFlags {
  std::vector<std::string> levels;  // "density:20", "volume:0.5", "incidents:0.5"
  std::optional<int> peaks;
  std::optional<double> peak_distance_m;
};

struct AreaHotspotFlags {
  std::string period;
  std::string measure;  // "count", "per-km2", "per-1000-residents"
  SignificanceFlags significance;
  std::string weight_table;
};

struct IncidentFlags {
  std::string period;
  std::string cell;
  std::optional<std::int64_t> limit;
};

struct CommandLine {
  Command command = Command::kNone;
  CommonFlags common;
  QuestionFlags question;
  DatasetsFlags datasets;
  HotspotFlags hotspots;
  SurfaceFlags surface;
  PlacesFlags places;
  AreaHotspotFlags area_hotspots;
  WardFlags wards;
  PlanFlags plan;
  CameraFlags cameras;
  WorkstreamFlags workstreams;
  IncidentFlags incidents;
  std::string shell;  // of the completion
};

}  // namespace server
