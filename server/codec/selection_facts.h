// How good the data behind an answer is: counted over the incidents that the answer is about.
#pragma once

#include <cstdint>
#include <span>

#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace server {

struct SelectionFacts {
  std::int64_t selected = 0;
  std::int64_t located = 0;
  // With a window over 24 hours, and so without a known hour: among the selected, and those that a time of week left out for that reason.
  std::int64_t hour_unknown_selected = 0;
  std::int64_t hour_unknown_dropped = 0;

  void add(const geo::IncidentColumns& incidents, std::uint32_t row);
  // 0 to 1; 0 for nothing selected.
  double located_share() const;
  double unknown_time_share() const;
};

// Over each period in turn, with the rest of `filter`. Cost: one selection for each. Errors: kCancelled, kDeadlineExceeded.
geo::Result<SelectionFacts> MeasureSelection(const geo::DatasetSnapshot& data, geo::IncidentFilter filter, std::span<const geo::Period> periods,
                                             const geo::StopSignal& stop);

}  // namespace server
