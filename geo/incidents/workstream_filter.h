// A workstream as the filter that it is.
#pragma once

#include "geo/incidents/selection.h"

namespace geo {

// Its categories, sources (all where it names none) and hours, as indices into `record`; no period, no areas, no weights. The record must be one that a
// snapshot was built of, so that every name in it is known (checked). Precondition: workstream < record.workstreams.size().
IncidentFilter FilterOf(const DatasetRecord& record, std::size_t workstream);

}  // namespace geo
