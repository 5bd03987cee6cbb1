// What the command line can say, command by command, before it becomes requests. Absent flags leave the server its defaults.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace server {

enum class Command { kNone, kDatasets, kHotspots, kCompareWards, kIncidents, kStatus, kReload, kCompletion };
enum class Format { kTable, kJson, kCsv, kGeojson };

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

struct HotspotFlags {
  std::string period;
  std::string cell_shape;  // "square", "hex"
  std::optional<double> cell_size_m;
  std::optional<double> bandwidth_m;
  std::optional<double> share;
  std::optional<int> previous_years;
  bool all_cells = false;
  bool no_map = false;
  int top = 20;  // rows of the table; 0: all
};

struct WardFlags {
  std::string before;
  std::string after;
  std::optional<double> false_discovery_rate;
  bool explain = false;
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
  WardFlags wards;
  IncidentFlags incidents;
  std::string shell;  // of the completion
};

}  // namespace server
