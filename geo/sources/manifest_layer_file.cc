// The file of a layer of features: which container it is, which layer of it, in which system.
#include <fmt/format.h>

#include <algorithm>

#include "geo/sources/manifest_parts.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

struct Container {
  const char* format;
  const char* driver;
  std::initializer_list<const char*> endings;
};
// The endings that each format may have; ".json" is two formats and names none by itself.
const Container kContainers[] = {{"geojson", "GeoJSON", {".geojson", ".geojson.gz", ".json"}},
                                 {"geopackage", "GPKG", {".gpkg"}},
                                 {"shapefile", "ESRI Shapefile", {".shp"}},
                                 {"topojson", "TopoJSON", {".topojson", ".json"}},
                                 {"csv", kCsvDriver, {".csv", ".csv.gz"}}};

bool EndsAs(const std::string& name, const Container& container) {
  return std::any_of(container.endings.begin(), container.endings.end(), [&](const char* ending) { return name.ends_with(ending); });
}

const char* BoundaryNameFault(const std::string& name) {
  if (const char* fault = ArchiveFault(name)) return fault;
  const bool known = std::any_of(std::begin(kContainers), std::end(kContainers),
                                 [&](const Container& container) { return container.driver != kCsvDriver && EndsAs(name, container); });
  return known ? nullptr : "the name must end in .geojson, .geojson.gz, .gpkg, .shp, .topojson or .json";
}

const char* PointsNameFault(const std::string& name) {
  return CsvNameFault(name) == nullptr || BoundaryNameFault(name) == nullptr
             ? nullptr
             : "the name must end in .csv, .csv.gz, .geojson, .geojson.gz, .gpkg, .shp, .topojson or .json, and not be an archive";
}

void ReadContainer(TableReader& reader, bool points, LayerFile& out) {
  std::string format;
  reader.optional("format", format);
  if (reader.faults().first) return;
  for (const Container& container : kContainers) {
    if (container.driver == kCsvDriver && !points) continue;
    if (format.empty() ? !EndsAs(out.file.name, container) || out.file.name.ends_with(".json") : format != container.format) continue;
    if (!EndsAs(out.file.name, container))
      return reader.refuse("format", "UNKNOWN_FORMAT", fmt::format("\"{}\" is not named like a {} file", out.file.name, format));
    out.driver = container.driver;
    return;
  }
  if (format.empty()) reader.refuse("format", "MISSING_KEY", "a .json file says its format: \"geojson\" or \"topojson\"");
  else reader.refuse("format", "UNKNOWN_FORMAT", fmt::format("\"{}\" is none of geojson, geopackage, shapefile, topojson{}", Excerpt(format), points ? ", csv" : ""));
}

}  // namespace

void ReadOneFile(TableReader& reader, const NameTest& accepted, ManifestContext& context, FileSpec& out) {
  const TomlValue* value = reader.find("file");
  if (value == nullptr) return reader.refuse("file", "MISSING_KEY", "this file is required");
  std::vector<FileSpec> files;
  ReadFiles(*value, reader.path_of("file"), accepted, false, context, files);
  if (files.size() == 1) out = std::move(files.front());
}

void ReadLayerFile(TableReader& reader, bool points, ManifestContext& context, LayerFile& out) {
  ReadOneFile(reader, points ? PointsNameFault : BoundaryNameFault, context, out.file);
  ReadContainer(reader, points, out);
  reader.optional("layer", out.layer);
  ReadCrs(reader, out.crs);
  if (out.driver == kCsvDriver && !out.crs)
    reader.refuse("crs", "MISSING_CRS", "a csv file says in which system its coordinates are: \"EPSG:4326\" or \"EPSG:27700\"");
}

}  // namespace geo
