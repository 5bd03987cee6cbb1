// Shapefiles and GeoPackages judged byte by byte before GDAL opens them: it takes a cut attribute table without a word, and runs what a view says.
#pragma once

#include <string>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

// The parts of a Shapefile. prj and cpg may be empty.
struct ShapefileParts {
  std::string shp, shx, dbf, prj, cpg;
};

// Lengths in the headers against the bytes, records counted in all three parts, polygons only, vertices within limits.
// Errors: kInvalidArgument CUT_FILE, WRONG_CONTENT, WRONG_GEOMETRY_TYPE, TOO_MANY_VERTICES.
Result<void> CheckShapefile(const ShapefileParts& parts, const std::string& name);

// Sound as an SQLite database, without views, and without virtual tables other than R-trees: both can make a query do other things than read.
// Errors: kInvalidArgument DAMAGED_FILE, HOSTILE_SCHEMA.
Result<void> CheckGeoPackage(std::string_view bytes, const std::string& name);

}  // namespace geo
