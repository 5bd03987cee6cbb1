// A boundary file as areas on the National Grid, fit to count with or refused.
#pragma once

#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/geodesy/british_grid.h"
#include "geo/incidents/dataset_record.h"
#include "geo/sources/manifest.h"
#include "geo/types/result.h"

namespace geo {

struct VintageAreas {
  std::vector<Area> areas;  // in order of code
  FileRecord file;          // a row is a feature; none is ever rejected alone: a vintage is whole or refused
  std::string transformation;
  std::vector<std::string> notices;  // "E05014449 has heights: dropped"
};

// Reads every feature of the layer. Rings are closed, coordinates finite and in the declared system's range, shapes valid, codes distinct, and no two areas
// share more than 1 m2 and 1e-9 of the smaller: a vintage that fails in one feature is refused whole, since an absent ward is a wrong total.
// Errors: those of BoundaryLayer; kInvalidArgument CRS_MISSING, CRS_CONTRADICTION, CRS_MISMATCH (metres where degrees are declared, or degrees where metres
// are), AXES_SWAPPED, OUT_OF_AREA, NOT_FINITE, WRONG_GEOMETRY_TYPE, EMPTY_GEOMETRY, UNCLOSED_RING, RING_TOO_SHORT, INVALID_GEOMETRY, NO_SUCH_PROPERTY,
// BLANK_CODE, BAD_CODE, DUPLICATE_CODE, OVERLAP (with up to ten pairs), NO_AREAS, TOO_MANY_AREAS, TOO_MANY_VERTICES. Messages name the feature's code.
Result<VintageAreas> ReadAreas(const VintageSpec& spec, const BritishGrid& grid);

}  // namespace geo
