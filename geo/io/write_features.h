// Features as whole files in memory, for tools that open files.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/types/grid_point.h"
#include "geo/types/result.h"

namespace geo {

enum class FeatureFileFormat : unsigned char { kGeoPackage, kFlatGeobuf };
enum class FeatureColumnType : unsigned char { kText, kWhole, kNumber, kFlag, kTime, kDate };

struct FeatureColumn {
  std::string name;
  FeatureColumnType type = FeatureColumnType::kText;
  std::string description;
};

// monostate: no value. Times and dates are text: "2024-01-31T23:00:00Z", "2024-01-31".
using FeatureCell = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

struct FeatureOut {
  std::string id;
  std::variant<std::monostate, GridPoint, std::shared_ptr<const MultiPolygon>> geometry;
  std::vector<FeatureCell> cells;  // one per column
};

struct FeatureFile {
  FeatureFileFormat format = FeatureFileFormat::kGeoPackage;
  std::string layer;        // "sample.cells"
  std::string description;  // for people
  bool points = false;      // else polygons
  std::vector<FeatureColumn> columns;
  std::string written_at;                         // "2026-11-30T18:00:00Z": the only time in the file, so that the same features give the same bytes
  std::function<Result<bool>(FeatureOut&)> next;  // fills in a feature; false when there is none left
};

// One layer in EPSG:27700 with an index over space; the features' ids are in the column "feature_id". Determinism: the same bytes for the same input, of one
// GDAL. Errors: those of `next`; kInternal FILE_WRITE with what GDAL says. Cost: the file and its index in memory.
Result<std::string> FeatureFileBytes(const FeatureFile& file);

}  // namespace geo
