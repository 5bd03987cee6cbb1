// What `wardwatch wards ...` can say. A command fills the fields that it has and leaves the others alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace server {

// Of `wards boundaries`.
struct BoundaryFlags {
  std::string from_vintage;
  std::string to_vintage;
  std::filesystem::path draft;  // GeoJSON; empty: a loaded vintage
  std::string draft_id;         // empty: the file's name
  std::string code_property;
  std::string name_property;
  std::string crs;
  bool flows = false;
};

// Of `wards crosswalk`.
struct CrosswalkFlags {
  std::filesystem::path counts;  // csv with the columns code and count
  std::string from_vintage;
  std::string to_vintage;
  std::string weight;  // "ground", "incidents", "residents"
  std::string period;
  std::string block_vintage;
  std::optional<double> least_share;
  bool shares = false;
};

struct WardFlags {
  std::string before;                // compare, rise, boundaries
  std::string after;                 // the same
  std::string period;                // rank, trend
  std::vector<std::string> periods;  // years: periods and ranges of years
  std::string baseline;              // years: one of them
  std::optional<double> false_discovery_rate;
  bool explain = false;
  bool by_category = false;
  bool poisson = false;
  std::vector<std::string> denominators;  // compare, rank
  std::string denominator;                // years
  std::optional<int> draws;               // rank
  std::optional<std::int64_t> seed;       // years, rank
  std::string split;                      // trend: "whole", "areas", "categories", "both"
  std::string forecast;                   // trend: the year whose total is forecast
  std::vector<std::string> place;         // rise: "wards-2023:E05014449", then bare codes
  std::vector<std::string> peers;         // rise
  BoundaryFlags boundaries;
  CrosswalkFlags crosswalk;
};

}  // namespace server
