// A file as the manifest names it, and the layer of features inside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace geo {

// The two that sources may declare. A file without a declared CRS is refused: axes and units are never guessed.
enum class Crs : std::uint8_t { kWgs84, kBritishNationalGrid };

struct FileSpec {
  std::string name;            // as written or matched, relative to the manifest, forward slashes
  std::filesystem::path path;  // absolute
  std::optional<std::string> sha256;
  std::optional<std::int64_t> rows;
};

// Driver of a table of points.
inline constexpr char kCsvDriver[] = "CSV";

struct LayerFile {
  FileSpec file;           // .geojson .json .gpkg .shp .topojson, or .geojson.gz; where points are allowed, .csv and .csv.gz
  std::string driver;      // "GeoJSON" "GPKG" "ESRI Shapefile" "TopoJSON" "CSV": from `format`, else from the file name
  std::string layer;       // GeoPackage or TopoJSON with several
  std::optional<Crs> crs;  // required unless the file declares one of the two itself; a contradiction is refused
};

}  // namespace geo
