#include "geo/io/write_features.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>
#include <ogrsf_frmts.h>

#include <atomic>
#include <mutex>

#include "geo/io/gdal_session.h"

extern "C" {
void RegisterOGRFlatGeobuf();
}

namespace geo {
namespace {

// Written only, never opened for reading: what is uploaded or loaded stays with the four drivers of PrepareGdal.
void PrepareWriters() {
  PrepareGdal();
  static std::once_flag once;
  std::call_once(once, [] { RegisterOGRFlatGeobuf(); });
}

class MemoryFolder {
 public:
  MemoryFolder() {
    static std::atomic<std::uint64_t> made{0};
    path_ = fmt::format("/vsimem/wardwatch-features-{}", made.fetch_add(1));
    VSIMkdir(path_.c_str(), 0700);
  }
  ~MemoryFolder() { VSIRmdirRecursive(path_.c_str()); }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// GeoPackage notes when it was changed; the caller says when that was.
class WrittenAt {
 public:
  explicit WrittenAt(const std::string& time) { CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", time.c_str()); }
  ~WrittenAt() { CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", nullptr); }
  WrittenAt(const WrittenAt&) = delete;
  WrittenAt& operator=(const WrittenAt&) = delete;
};

tl::unexpected<Error> WriteFault(const char* doing, const GdalErrors& errors) {
  return Fail(Error{ErrorCode::kInternal, "", "FILE_WRITE", fmt::format("a file of features cannot be {}: {}", doing, errors.text())});
}

OGRFieldType TypeOf(FeatureColumnType type) {
  switch (type) {
    case FeatureColumnType::kWhole:
      return OFTInteger64;
    case FeatureColumnType::kNumber:
      return OFTReal;
    case FeatureColumnType::kFlag:
      return OFTInteger;
    case FeatureColumnType::kTime:
      return OFTDateTime;
    case FeatureColumnType::kDate:
      return OFTDate;
    case FeatureColumnType::kText:
      break;
  }
  return OFTString;
}

bool AddColumns(const FeatureFile& file, OGRLayer& layer) {
  OGRFieldDefn id("feature_id", OFTString);
  if (layer.CreateField(&id) != OGRERR_NONE) return false;
  for (const FeatureColumn& column : file.columns) {
    OGRFieldDefn field(column.name.c_str(), TypeOf(column.type));
    if (column.type == FeatureColumnType::kFlag) field.SetSubType(OFSTBoolean);
    if (layer.CreateField(&field) != OGRERR_NONE) return false;
  }
  return true;
}

void CloseRing(const Ring& ring, OGRLinearRing& out) {
  for (std::size_t i = 0; i <= ring.size(); ++i) out.addPoint(ring[i % ring.size()].easting_m(), ring[i % ring.size()].northing_m());
}

std::unique_ptr<OGRGeometry> GeometryOf(const FeatureOut& feature) {
  if (const auto* point = std::get_if<GridPoint>(&feature.geometry)) return std::make_unique<OGRPoint>(point->easting_m(), point->northing_m());
  const auto* shape = std::get_if<std::shared_ptr<const MultiPolygon>>(&feature.geometry);
  if (shape == nullptr) return nullptr;
  auto multi = std::make_unique<OGRMultiPolygon>();
  for (const Polygon& part : (*shape)->parts) {
    OGRPolygon polygon;
    for (const Ring& ring : part.rings) {
      OGRLinearRing closed;
      CloseRing(ring, closed);
      polygon.addRing(&closed);
    }
    multi->addGeometry(&polygon);
  }
  return multi;
}

void SetCell(OGRFeature& out, int field, const FeatureCell& cell) {
  if (const auto* flag = std::get_if<bool>(&cell)) out.SetField(field, *flag ? 1 : 0);
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) out.SetField(field, static_cast<GIntBig>(*whole));
  if (const auto* number = std::get_if<double>(&cell)) out.SetField(field, *number);
  if (const auto* text = std::get_if<std::string>(&cell)) out.SetField(field, text->c_str());
  if (std::holds_alternative<std::monostate>(cell)) out.SetFieldNull(field);
}

Result<void> AddFeatures(const FeatureFile& file, OGRLayer& layer, const GdalErrors& errors) {
  while (true) {
    FeatureOut feature;
    const auto more = file.next(feature);
    if (!more) return Fail(more.error());
    if (!*more) return {};
    OGRFeature out(layer.GetLayerDefn());
    out.SetField(0, feature.id.c_str());
    for (std::size_t i = 0; i < feature.cells.size(); ++i) SetCell(out, static_cast<int>(i) + 1, feature.cells[i]);
    if (auto geometry = GeometryOf(feature)) out.SetGeometryDirectly(geometry.release());
    if (layer.CreateFeature(&out) != OGRERR_NONE) return WriteFault("filled", errors);
  }
}

struct CloseDataset {
  void operator()(GDALDataset* dataset) const { GDALClose(GDALDataset::ToHandle(dataset)); }
};

}  // namespace

Result<std::string> FeatureFileBytes(const FeatureFile& file) {
  PrepareWriters();
  GdalErrors errors;
  const WrittenAt written_at(file.written_at);
  const MemoryFolder folder;
  const bool package = file.format == FeatureFileFormat::kGeoPackage;
  const std::string path = folder.path() + (package ? "/out.gpkg" : "/out.fgb");
  GDALDriver* driver = GetGDALDriverManager()->GetDriverByName(package ? "GPKG" : "FlatGeobuf");
  if (driver == nullptr) return WriteFault("begun", errors);
  std::unique_ptr<GDALDataset, CloseDataset> dataset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
  if (!dataset) return WriteFault("begun", errors);
  OGRSpatialReference national_grid;
  if (national_grid.importFromEPSG(27700) != OGRERR_NONE) return WriteFault("placed", errors);
  national_grid.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  CPLStringList options;
  options.SetNameValue("SPATIAL_INDEX", "YES");
  if (package) options.SetNameValue("DESCRIPTION", file.description.c_str());
  if (!package) options.SetNameValue("TEMPORARY_DIR", folder.path().c_str());
  OGRLayer* layer = dataset->CreateLayer(file.layer.c_str(), &national_grid, file.points ? wkbPoint : wkbMultiPolygon, options.List());
  if (layer == nullptr || !AddColumns(file, *layer)) return WriteFault("laid out", errors);
  if (package && dataset->StartTransaction() != OGRERR_NONE) return WriteFault("begun", errors);
  if (auto added = AddFeatures(file, *layer, errors); !added) return Fail(added.error());
  if (package && dataset->CommitTransaction() != OGRERR_NONE) return WriteFault("ended", errors);
  dataset.reset();
  if (errors.failed()) return WriteFault("ended", errors);
  vsi_l_offset length = 0;
  const GByte* bytes = VSIGetMemFileBuffer(path.c_str(), &length, FALSE);
  if (bytes == nullptr || length == 0) return WriteFault("taken from memory", errors);
  return std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

}  // namespace geo
