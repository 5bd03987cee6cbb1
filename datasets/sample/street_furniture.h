// Cameras, lamp columns and buildings around the six town centres, and the best places for five new cameras, found by trying every column.
#pragma once

#include <string>
#include <vector>

#include "datasets/sample/incident_history.h"

namespace sample {

struct Building {
  std::string id;
  geo::Ring outline;  // four corners
  double height_m = 0;
};

struct LampColumn {
  std::string id;
  geo::GridPoint at;
  double height_m = 0;
  bool power = false;
  std::string town;
};

struct Camera {
  std::string id;
  geo::GridPoint at;
  const char* type;   // "ptz", "fixed"
  const char* state;  // "working", "faulty", "removed"
  geo::LocalDay installed = 0;
  int bearing_deg = 0;        // of a fixed camera
  int field_of_view_deg = 0;  // 360 for a ptz that tours
  double height_m = 0;
};

struct Furniture {
  std::vector<Building> buildings;
  std::vector<LampColumn> columns;
  std::vector<Camera> cameras;
};
Furniture LayFurniture();

// The siting question of the truth: see it in README.md.
inline constexpr double kViewRange_m = 60;
inline constexpr int kNewCameras = 5;

struct CameraSite {
  std::size_t column = 0;  // into Furniture::columns
  int marginal = 0;        // demand it adds to working cameras and earlier picks
  std::string hotspot;     // whose middle it stands on
};

struct SitingTruth {
  int demand = 0;                 // incidents asked about that have a position
  int covered_already = 0;        // by working cameras
  std::vector<CameraSite> sites;  // most demand first
  int runner_up = 0;              // the most demand of any other powered column
  std::string runner_up_column;
};

// Greedy over all powered columns; aborts unless the five picks' demands are disjoint and are the five largest, which makes their sum an upper bound that is
// reached: the optimum.
SitingTruth FindBestSites(const Furniture& furniture, const std::vector<Incident>& police);

// Within range, and no building between. A point inside a building is seen by no one.
bool Sees(const Furniture& furniture, geo::GridPoint from, geo::GridPoint to);

}  // namespace sample
