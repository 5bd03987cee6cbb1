// How good the data behind an answer is: counted over the incidents that the answer is about.
#pragma once

#include <cstdint>

#include "geo/incidents/incident_columns.h"

namespace server {

struct SelectionFacts {
  std::int64_t selected = 0;
  std::int64_t located = 0;
  // Whose own window does not tell the hour: among the selected, and those that a time of week left out for that reason.
  std::int64_t hour_unknown_selected = 0;
  std::int64_t hour_unknown_dropped = 0;

  void add(const geo::IncidentColumns& incidents, std::uint32_t row);
  // 0 to 1; 0 for nothing selected.
  double located_share() const;
  double unknown_time_share() const;
};

}  // namespace server
