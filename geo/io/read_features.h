// A file of the street's layers as rows with a place on the Grid: points or grounds, from a table or from a container of features.
#pragma once

#include <string>

#include "geo/geodesy/british_grid.h"
#include "geo/sources/feature_table.h"
#include "geo/sources/layer_file.h"
#include "geo/types/result.h"

namespace geo {

enum class FeatureShape : std::uint8_t { kPoints, kGrounds, kPointsOrPlaces };  // of the last, a ground is taken as a point within it

struct LayerFeatures {
  FeatureTable table;
  std::string sha256;
  std::string transformation;
};

// Grounds of kGrounds may cross themselves, as drawn footprints do; of kPointsOrPlaces they are valid. `x` and `y` name the columns of a table.
// Rejected: WRONG_COLUMN_COUNT, BAD_QUOTE, NO_POSITION (a camera without a place is of no use), HALF_POSITION, NOT_A_NUMBER and its kin, NULL_ISLAND,
// OUT_OF_AREA, WRONG_GEOMETRY_TYPE and the other faults of TakeShape and PlaceShape.
// Errors, for the file as a whole: those of ReadSupplierFile, CsvReader and BoundaryLayer; kInvalidArgument NO_SUCH_COLUMN, CRS_MISMATCH, AXES_SWAPPED,
// TOO_MANY_ROWS, ROW_COUNT.
Result<LayerFeatures> ReadFeatures(const LayerFile& file, const std::string& x, const std::string& y, FeatureShape wanted, const BritishGrid& grid);

}  // namespace geo
