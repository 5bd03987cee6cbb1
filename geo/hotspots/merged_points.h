// Selected incidents merged by position: published positions are snapped, so hundreds of incidents share one, and every later step pays per position.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/incidents/selection.h"
#include "geo/types/stop_signal.h"

namespace geo {

// One entry per distinct position, in order of the first incident there.
struct MergedPoints {
  std::vector<GridPoint> at;
  std::vector<std::int64_t> incidents;
  std::vector<double> weight;    // summed in row order
  std::vector<double> heaviest;  // of a single incident there
  std::int64_t unlocated = 0;  // selected incidents without a position: in no entry
  double unlocated_weight = 0;
  std::size_t size() const { return at.size(); }
};

// Errors: of `stop`. Order and determinism: depends on the selection alone. Cost: one hash look-up a row, 12 bytes of table a distinct position.
Result<MergedPoints> MergePoints(const IncidentColumns& incidents, const Selection& selection, const StopSignal& stop);

}  // namespace geo
