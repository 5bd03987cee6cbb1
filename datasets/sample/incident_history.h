// Six years of incidents, drawn from the plan.
#pragma once

#include <cstdint>
#include <vector>

#include "datasets/sample/hotspot_plan.h"
#include "datasets/sample/wards.h"
#include "geo/types/local_time.h"

namespace sample {

struct Incident {
  geo::GridPoint at;  // whole metres; geo::kUnlocated where the record has none
  geo::LocalMinute from = 0;
  geo::LocalMinute to = 0;  // equal to from: the minute is known
  int kind = 0;
  int number = 0;  // of the reference; -1 for a row that repeats its predecessor's
  bool council = false;
  int hotspot = -1;  // into PlantedHotspots
};

// Expected numbers behind the draws, located or not: what the truth is computed from.
struct ExpectedCounts {
  // [source][kind][year][ward of 2023]; source 0 police, 1 council.
  std::vector<double> values;
  explicit ExpectedCounts(std::size_t wards) : values(2 * kKindCount * kYears * wards), wards_(wards) {}
  double& at(bool council, int kind, int year, int ward) {
    return values[((static_cast<std::size_t>(council) * kKindCount + static_cast<std::size_t>(kind)) * kYears + static_cast<std::size_t>(year - kFirstYear)) *
                      wards_ +
                  static_cast<std::size_t>(ward)];
  }

 private:
  static constexpr std::size_t kKindCount = 14;
  std::size_t wards_;
};

struct IncidentHistory {
  std::vector<Incident> police;  // by first minute
  std::vector<Incident> council;
  ExpectedCounts expected;
};

IncidentHistory DrawHistory(const Land& land, const Settlement& settlement, const WardMap& wards_from_2023);

}  // namespace sample
