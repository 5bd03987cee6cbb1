// Incidents of a dataset as demand for cameras.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/placement/camera_scene.h"
#include "geo/planning/hour_blocks.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct IncidentDemand {
  DemandSet demand;             // categories are all of the dataset, in its order
  std::vector<LocalDay> days;   // on which the incident of each point began
  std::int64_t selected = 0, located = 0;
  std::int64_t hour_unknown = 0;          // of the selected
  std::int64_t hour_unknown_dropped = 0;  // left out by a window, for an unknown hour
  std::int64_t unweighted = 0;
};

// What the filter keeps, a point for each incident and hour block that its window meets, with the share of it that lies there; one without a block where its
// hour is not known. `blocks`: nullopt for one block, the whole week. Shares of an incident sum to what SelectIncidents weighs it.
// `snapped` where any incident with a position is of a snapped source. Errors: those of SelectIncidents. Cost: one pass over the rows of the period.
Result<IncidentDemand> DemandOf(const DatasetSnapshot& data, const IncidentFilter& filter, const std::optional<HourBlocks>& blocks, std::string title,
                                const StopSignal& stop);

// As windows of the week; one that is always for nullopt.
std::vector<TimeOfWeek> WindowsOf(const std::optional<HourBlocks>& blocks);
// "fri 22:00-06:00".
std::string NameOfWindow(const TimeOfWeek& window);

}  // namespace geo
