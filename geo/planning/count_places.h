// Incidents of a plan counted by place and workstream alone, without hours: what peers and years before are compared by.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/planning/workstream_plan.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct PlaceCounts {
  std::vector<std::int32_t> incidents;   // place x streams + stream
  std::vector<double> weight;            // by the workstream's own weights
  std::vector<std::int64_t> everywhere;  // by stream: in no place too
  // Of any workstream, each once: selected, with a position, without a known hour, and those whose unknown hour alone keeps them out.
  std::int64_t any = 0, located = 0, without_hour = 0, unknown_hour = 0;
};

// Rows are first counted by place and kind (category of a source), then kinds are added up to the workstreams that take them: only workstreams with hours or
// flags look at each row. Sums are the same as row by row, to a rounding. Errors: of `stop`. Cost: some 8 ns a row of the period, and places x kinds.
Result<PlaceCounts> CountByPlace(const DatasetSnapshot& data, const WorkstreamPlan& plan, const PlanPlaces& places, Period period, const StopSignal& stop);

}  // namespace geo
