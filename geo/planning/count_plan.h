// Incidents of a plan counted by place, block and workstream, in one pass over the rows.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "geo/planning/workstream_plan.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Places x blocks x workstreams: 190 MB of slots.
inline constexpr std::int64_t kMostPlanSlots = 8'000'000;

struct PlanSlot {
  double incidents = 0;  // shares
  double weight = 0;     // by the workstream's own weights
  double harm = 0;       // by the weight table
};


struct StreamTotals {
  std::int64_t incidents = 0, located = 0, in_places = 0, hour_unknown = 0;  // of the period; as StreamCoverage
};

// By place x streams + stream, at all hours: [0] of the period, [k] of the days k years earlier. A year that was not counted is all zero.
struct YearCounts {
  std::size_t places = 0, streams = 0;
  std::array<std::vector<std::int32_t>, kPersistenceYears + 1> incidents_of;
  std::array<std::vector<double>, kPersistenceYears + 1> weight_of;
  std::int64_t incidents_at(std::size_t place, std::size_t stream) const { return incidents_of[0][place * streams + stream]; }
  std::int64_t before_at(std::size_t place, std::size_t stream) const { return incidents_of[1][place * streams + stream]; }
};

struct PlanCounts : YearCounts {
  std::size_t blocks = 1;
  std::vector<PlanSlot> slots;       // (place x blocks + block) x streams + stream
  std::vector<double> targeted;      // place x blocks + block: shares of incidents of any workstream with a weight, each incident once
  std::vector<StreamTotals> totals;  // by stream
  double all_targeted = 0, outside = 0, unlocated = 0, hour_unknown = 0;  // as CoverageOfPlan, targeted incidents each once
  // Of the period, incidents of any workstream, each once:
  std::int64_t incidents = 0, located = 0, without_hour = 0, unknown_hour = 0;
  const PlanSlot& slot(std::size_t candidate, std::size_t stream) const { return slots[candidate * streams + stream]; }
};

// `years[k]`: whether the period k years earlier is counted; years[0] is the period itself. An incident without a known hour counts in its place, but in no
// block and in no window. Years are counted side by side over query.threads, each in order of its rows: the same at any number. Errors: kResourceExhausted TOO_MANY_CANDIDATES; of `stop`.
Result<PlanCounts> CountPlan(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanPlaces& places,
                             const std::array<bool, kPersistenceYears + 1>& years, const StopSignal& stop);

}  // namespace geo
