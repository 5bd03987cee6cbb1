// The rows of a layer of the street, whatever its file: texts by column, and where each is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/sources/parsed_rows.h"

namespace geo {

struct FeatureTable {
  struct Row {
    std::uint32_t line = 0;  // of a table; of other files the number of the feature, from 1
    std::vector<std::string> values;
    GridPoint at = kUnlocated;  // of a point, or a point within the ground
    MultiPolygon ground;        // of polygons
  };
  std::vector<std::string> columns;
  std::vector<Row> rows;              // those that have a place
  std::vector<RejectedRow> rejected;  // those that have none, or a bad one
  std::int64_t rows_in = 0;           // rows + rejected
};

}  // namespace geo
