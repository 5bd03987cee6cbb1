// What `wardwatch plan ...` can say. A command fills the fields that it has and leaves the others alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace server {

struct PlanFlags {
  std::string period;
  std::vector<std::string> workstreams;  // "asb", or "asb=2" with its weight where places are ranked
  std::string weight_table;
  std::optional<int> block_hours;
  std::optional<int> first_hour;
  std::optional<double> false_discovery_rate;
  // Of `rank`.
  std::vector<std::string> part_weights;  // "harm=2"
  std::string places;                     // "cells", "areas"
  std::string cell_shape;                 // "square", "hex"
  std::optional<double> cell_size_m;
  std::vector<std::string> within;  // "wards-2023:E05014449", then bare codes
  std::optional<int> limit;
  std::optional<double> capacity_hours;
  std::optional<double> visit_hours;
  std::optional<int> teams;
  std::optional<int> draws;
  std::optional<double> weight_spread;
  std::optional<std::int64_t> seed;
  bool explain = false;
  // Of `profile`: one of these.
  std::vector<std::string> areas;
  std::vector<std::string> cells;
  std::filesystem::path shape;  // GeoJSON
  std::string crs;
};

}  // namespace server
