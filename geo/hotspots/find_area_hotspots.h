// Significance for areas: wards, LSOAs.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/hotspots/significance_query.h"
#include "geo/snapshot/breaks_crossed.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"

namespace geo {

enum class AreaMeasure : std::uint8_t { kCount, kPerKm2, kPer1000Residents };

struct AreaHotspotQuery {
  IncidentFilter filter;  // its areas, of `vintage`, are those analysed; all without
  std::size_t vintage = 0;
  AreaMeasure measure = AreaMeasure::kCount;
  SignificanceQuery significance;  // rings refused
  int threads = 1;
};

struct AreaHotspot {
  AreaIndex area = 0;
  std::int64_t incidents = 0;
  double weight = 0;
  double heaviest = 0;  // of a single incident
  double value = 0;  // in the measure
  int neighbours = 0;
  PlaceSignificance significance;
};

struct AreaHotspotAnswer {
  std::vector<AreaHotspot> areas;  // in order of code
  SignificanceSummary significance;
  std::int64_t incidents = 0, outside = 0, unlocated = 0, unknown_hour = 0, hour_unknown = 0, unweighted = 0;
  double unit = 1;  // what one incident weighs (WeightOfOne)
  std::vector<CrossedBreak> breaks;
};

// Errors: those of CheckAnswerable; kFailedPrecondition NO_AREAS, NO_RESIDENTS naming the areas; kInvalidArgument significance.*; of `stop`.
Result<AreaHotspotAnswer> FindAreaHotspots(const DatasetSnapshot& data, const AreaHotspotQuery& query, const StopSignal& stop);

}  // namespace geo
