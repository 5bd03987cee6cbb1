// What every question of this room must meet before work begins.
#pragma once

#include "geo/hotspots/density_query.h"
#include "geo/hotspots/significance_query.h"
#include "geo/incidents/selection.h"
#include "geo/snapshot/dataset_snapshot.h"

namespace geo {

// The period has days, the vintage exists, the data can answer the filter (CheckAnswerable) and has months there (CheckMeetsData). `period_field` names the
// period.
Result<void> CheckQuestion(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, const char* period_field);
// Ranges of density_query.h, and choices that exclude one another.
Result<void> CheckDensity(const DensityQuery& query);
// Ranges of significance_query.h.
Result<void> CheckSignificance(const SignificanceQuery& query);

}  // namespace geo
