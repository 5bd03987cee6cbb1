// How many people live in an area: the denominator of a rate.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "geo/incidents/dataset_record.h"

namespace geo {

struct Residents {
  double value = 0;
  int year = 0;
};

// Of the estimate (dated 30 June, as the Office for National Statistics dates them) nearest to the period's middle; the earlier of two equally near. Only the
// measure "residents"; values that are not positive and finite are passed over. `populations` sorted by code, as VintageRecord holds them.
std::optional<Residents> ResidentsOf(std::span<const PopulationRecord> populations, const std::string& code, Period period);

}  // namespace geo
