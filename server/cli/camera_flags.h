// What `wardwatch cameras ...` can say. A command fills the fields that it has and leaves the others alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace server {

struct CameraFlags {
  std::string period;
  std::string weight_table;
  // The setting.
  std::string table;  // "2014", "2025"
  std::optional<int> block_hours;
  std::optional<int> first_hour;
  std::string decided_on;  // a day, "2025-01-31"
  std::optional<int> review_months;
  std::string evidence;
  std::filesystem::path buildings;  // GeoJSON
  // What new cameras are, and where they could go.
  std::string model;
  std::string level;
  std::filesystem::path draft;  // GeoJSON of sites
  std::string crs;              // of both files
  std::vector<std::string> sites;
  std::vector<std::string> within;  // "wards-2023:E05014449", then bare codes
  bool without_power = false;
  std::vector<double> bearings_deg;
  // Of `site` and `test`.
  std::optional<int> picks;
  std::optional<double> budget_pounds;
  std::vector<std::string> cover_cells, cover_areas;
  std::optional<int> cover_times;
  std::optional<double> cover_share;
  bool greedy = false;
  std::optional<int> alternatives;
  std::optional<double> alternatives_share;
  std::optional<int> frontier_points;
  std::optional<int> draws;
  std::optional<std::int64_t> seed;
  std::vector<std::string> years;
  bool exact = false;
  std::optional<double> core_share;
  // Of `review`.
  std::string earlier;
  std::optional<double> need_per_year, least_unique_share, better_by, least_fit;
  std::optional<double> false_discovery_rate;
  // Of `redeploy`.
  std::vector<std::string> units;  // "R1", or "R1=L0042" where it is at a site
  std::string first_month;
  std::optional<int> quarters;
  std::optional<double> move_budget_pounds;
  std::optional<double> least_gain;
  std::optional<double> most_overlap;
  // Of `evidence` and `bearings`: one of these.
  std::string site;
  std::string at;  // "565000,170000": easting, northing
  std::optional<double> height_m;
  bool on_building = false;
  std::optional<double> within_m;
  std::string stated_purpose;
  std::optional<double> step_deg;
  std::optional<double> keep_share;
  std::optional<double> mask_radius_m;
  // Of `respond`: each is a hotspot of its own.
  std::vector<std::string> cells, areas;
  // Of maps and files.
  std::optional<double> cell_size_m;
  bool no_map = false;
  bool explain = false;
};

}  // namespace server
