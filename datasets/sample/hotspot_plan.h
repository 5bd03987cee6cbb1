// What is planted: places that are hot, wards that changed, sources that broke. The generator obeys this and truth.json repeats it.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "datasets/sample/settlement.h"

namespace sample {

// Hours of the local day from begin to end (past midnight when end <= begin, belonging to the day it began), on the weekdays of the mask, bit 0 Monday.
struct PlantedWindow {
  int begin_hour, end_hour;
  int weekdays;
};

struct PlantedHotspot {
  const char* id;
  const char* title;
  int kind;
  PlantedWindow window;
  double easting_m, northing_m;     // the middle of a 250 m cell of the National Grid
  double core_radius_m;             // half of its incidents lie evenly within this of the middle; 0: on one single position
  double spread_m;                  // standard deviation of the other half
  std::array<int, kYears> police;   // expected in each year, 2019 to 2024
  std::array<int, kYears> council;  // reports to the council at the same place, before its app doubled them
  const char* persistence;          // of 2024 with two previous years: "persistent", "new", "cooled", "recurring"
  const char* moved_to;             // id, or ""
};
const std::vector<PlantedHotspot>& PlantedHotspots();

// Hours as a 168-hour profile, Monday 00:00 first: 1 in the window, 0 elsewhere.
std::vector<double> WindowProfile(const PlantedWindow& window);

// From 2024-01-01 the rate of a category in a ward of 2023 is multiplied, planted hotspots apart.
struct WardShift {
  const char* ward;  // name, of the vintage from 2023
  int kind;
  double factor;
};
const std::vector<WardShift>& WardShifts();

// The council's new app: from this day its residents report twice as much.
inline constexpr int kAppYear = 2022, kAppMonth = 3;
inline constexpr double kAppFactor = 2;

}  // namespace sample
