// DraftBoundaries: areas that come with the request, read as strictly as the loader reads a file.
#pragma once

#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/types/result.h"
#include "geo/types/stop_signal.h"
#include "wardwatch/v1/boundary_change.pb.h"

namespace server {

struct Draft {
  std::vector<geo::Area> areas;  // in order of code
  std::string placed_by;         // how degrees became metres; empty where none did
  std::string overlaps;          // "none", or the pairs that overlap: what lies in both is counted in the one of lower code
};

// What can be judged without opening the document: costs microseconds. Fields under "draft". Errors: BAD_NAME, MISSING, TOO_LARGE, UNKNOWN_CRS.
geo::Result<void> CheckDraft(const wardwatch::v1::DraftBoundaries& draft);
// The same of one drawn place, which needs no code: where none is named, features are numbered.
geo::Result<void> CheckDrawnPlace(const wardwatch::v1::DraftBoundaries& draft);

// Requires a draft that passes CheckDraft or CheckDrawnPlace. Errors, each naming "draft.geojson" or "draft.features[i]...": BAD_JSON, TOO_DEEP, REPEATED (a key or a code),
// NOT_GEOJSON, TOO_MANY, NO_AREAS, WRONG_GEOMETRY_TYPE, EMPTY_GEOMETRY, BAD_COORDINATE, UNCLOSED_RING, RING_TOO_SHORT, CRS_MISMATCH, AXES_SWAPPED, OUT_OF_AREA,
// INVALID_GEOMETRY, MISSING or BAD_CODE, BAD_NAME; of `stop`. Cost: about 100 ms for 768 KiB, so for a worker.
geo::Result<Draft> DecodeDraft(const wardwatch::v1::DraftBoundaries& draft, const geo::StopSignal& stop);

}  // namespace server
