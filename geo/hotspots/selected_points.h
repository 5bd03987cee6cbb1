// The incidents of one period of a question, merged by position.
#pragma once

#include <optional>

#include "geo/density/weighted_points.h"
#include "geo/hotspots/merged_points.h"
#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

inline constexpr double kDaysPerYear = 365.25;

struct SelectedPoints {
  Selection selection;
  MergedPoints points;
  std::int64_t incidents() const { return static_cast<std::int64_t>(selection.rows.size()); }
  WeightedPoints weighted() const { return {points.at, points.weight}; }
};

// `filter` with its period replaced. Errors: of `stop`.
Result<SelectedPoints> SelectPoints(const DatasetSnapshot& data, const IncidentFilter& filter, Period period, const StopSignal& stop);

// What one incident weighs, as far as many weights can be said by one: sum w^2 / sum w; 1 for counts and for no weight at all.
double WeightOfOne(const Selection& selection);

// Where incidents could have been: the areas that the filter names, else all of the vintage. nullopt: the dataset has no boundaries.
struct AnalysedAreas {
  const AreaSet* set = nullptr;
  std::vector<AreaIndex> areas;  // sorted; empty: all
};
std::optional<AnalysedAreas> AreasOf(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage);
GridBox BoundsOf(const AnalysedAreas& analysed);

}  // namespace geo
