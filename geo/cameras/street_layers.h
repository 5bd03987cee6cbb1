// What a dataset's street holds: cameras, places where one could stand, buildings, places that had better not be watched. As the loader makes it and the store
// keeps it; an index `layer` is into DatasetRecord::street.layers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/local_time.h"

namespace geo {

enum class CameraState : std::uint8_t { kWorking, kFaulty, kOut };  // faulty and out see nothing
enum class CameraBond : std::uint8_t { kLocked, kMovable };

struct StandingCamera {
  std::string id;  // of all cameras of the dataset, each once
  std::uint16_t layer = 0;
  GridPoint at;
  std::uint16_t model = 0;                  // into DatasetRecord::street.models
  std::optional<double> field_of_view_deg;  // of its own; else the model's
  std::optional<double> bearing_deg;        // nullopt: not known
  std::optional<double> height_m;           // nullopt: the model's
  bool on_building = false;
  CameraState state = CameraState::kWorking;
  CameraBond bond = CameraBond::kLocked;
  std::optional<LocalDay> installed;
  std::string place;  // the supplier's own words, may be empty
  friend bool operator==(const StandingCamera&, const StandingCamera&) = default;
};

// A lamp column, a wall, a mount for a redeployable.
struct CameraSite {
  std::string id;  // of all sites of the dataset, each once
  std::uint16_t layer = 0;
  GridPoint at;
  std::optional<double> height_m;
  bool on_building = false;
  bool power = true;
  bool lit = false;
  std::int64_t cost_pence = 0;
  friend bool operator==(const CameraSite&, const CameraSite&) = default;
};

struct Building {
  std::uint16_t layer = 0;
  MultiPolygon ground;
};

struct SensitivePlace {
  std::uint16_t layer = 0;
  GridPoint at;            // a point within it
  std::uint16_t kind = 0;  // into DatasetRecord::street.place_kinds
  friend bool operator==(const SensitivePlace&, const SensitivePlace&) = default;
};

// Each list by layer, then as in its file.
struct StreetLayers {
  std::vector<StandingCamera> cameras;
  std::vector<CameraSite> sites;
  std::vector<Building> buildings;
  std::vector<SensitivePlace> places;
};

}  // namespace geo
