// Residents of areas, joined by code. A ward name is never a key: names persist across vintages with other shapes.
#pragma once

#include <string>
#include <vector>

#include "geo/areas/area_set.h"
#include "geo/incidents/dataset_record.h"
#include "geo/sources/manifest.h"
#include "geo/types/result.h"

namespace geo {

struct Populations {
  std::vector<PopulationRecord> records;  // sorted by code, measure, year; only codes of these areas
  std::vector<std::string> notices;       // areas without a value
};

// Rows for other areas are passed over: publishers send whole countries.
// Errors: those of ReadSupplierFile and CsvReader; kInvalidArgument NO_SUCH_COLUMN, WRONG_COLUMN_COUNT, BAD_POPULATION (with the line), BAD_YEAR,
// DUPLICATE_POPULATION, ROW_COUNT, POPULATION_JOINS_NOTHING when no code of the file is a code of an area.
Result<Populations> ReadPopulations(const PopulationSpec& spec, const std::vector<Area>& areas);

}  // namespace geo
