// What counts are divided by: residents, workday population, street length, ground.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

inline constexpr const char* kResidentsMeasure = "residents";
inline constexpr const char* kGroundMeasure = "km2";  // of every vintage, from its shapes

struct DenominatorValue {
  double value = 0;
  int year = 0;  // 0: has none
};

// 1000 for measures of people and households ("residents", "workday", "households"), 1 for lengths and ground ("street-km", "km2", any other).
double RatePer(const std::string& measure);

// Of the estimate (dated 30 June) nearest to the period's middle; the earlier of two equally near. Values that are not positive and finite are passed over.
// "km2" is the ground of the area's shape. `vintage`: index; `area`: into its AreaSet.
std::optional<DenominatorValue> DenominatorOf(const DatasetSnapshot& data, std::size_t vintage, AreaIndex area, const std::string& measure, Period period);

// Measures that the vintage has for at least one area, in order of name, "residents" first if there, "km2" last.
std::vector<std::string> DenominatorsOf(const DatasetSnapshot& data, std::size_t vintage);

// kInvalidArgument naming `field`, the measure and those that exist.
Result<void> CheckDenominator(const DatasetSnapshot& data, std::size_t vintage, const std::string& measure, const std::string& field);

}  // namespace geo
