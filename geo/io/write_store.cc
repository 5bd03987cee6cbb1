#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>

#include "geo/io/durable_file.h"
#include "geo/io/gdal_session.h"
#include "geo/io/ogr_shape.h"
#include "geo/io/record_json.h"
#include "geo/io/store.h"
#include "geo/io/store_layout.h"
#include "geo/io/street_tables.h"
#include "geo/types/sha256.h"

namespace geo {
namespace {

namespace layout = store_layout;

// Local to this file: every fault on the way becomes one STORE_WRITE at the boundary.
struct WriteFault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The new file needs no journal, since nothing reads it before it is complete, and one sync at the end instead of one a transaction. The date that
// GeoPackage records is the data's own, so that the same data makes the same file.
class WriteSettings {
 public:
  explicit WriteSettings(LocalDay day) {
    CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
    CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", "OFF");
    CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", (FormatDay(day) + "T00:00:00.000Z").c_str());
  }
  WriteSettings(const WriteSettings&) = delete;
  WriteSettings& operator=(const WriteSettings&) = delete;
  ~WriteSettings() {
    for (const char* key : {"OGR_SQLITE_SYNCHRONOUS", "OGR_SQLITE_JOURNAL", "OGR_CURRENT_DATE"}) CPLSetThreadLocalConfigOption(key, nullptr);
  }
};

struct Column {
  const char* name;
  OGRFieldType type;
};

class StoreWriter {
 public:
  StoreWriter(const std::filesystem::path& path, const GdalErrors& errors) : errors_(errors) {
    GDALDriver* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    if (driver == nullptr) throw WriteFault("this GDAL has no GeoPackage driver");
    dataset_.reset(driver->Create(path.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    require(dataset_ != nullptr, "cannot create the file");
    require(grid_.importFromEPSG(27700) == OGRERR_NONE, "PROJ does not know EPSG:27700");
  }

  void write(const std::vector<const StoredDataset*>& datasets) {
    std::vector<OGRLayer*> layers;
    OGRLayer* records =
        table(layout::kDatasets, {{"number", OFTInteger}, {"id", OFTString}, {"version", OFTInteger}, {"record", OFTString}, {"record_sha256", OFTString}});
    OGRLayer* files =
        table(layout::kFiles, {{"dataset", OFTInteger}, {"file", OFTInteger}, {"source", OFTInteger}, {"source_file", OFTInteger}, {"name", OFTString}});
    OGRLayer* places = table(layout::kPlaces, {{"dataset", OFTInteger}, {"place", OFTInteger64}, {"name", OFTString}});
    OGRLayer* categories =
        table(layout::kCategories, {{"dataset", OFTInteger}, {"category", OFTInteger}, {"id", OFTString}, {"title", OFTString}, {"crime", OFTInteger}});
    std::vector<Column> columns;
    for (const char* name : layout::kIncidentColumns) columns.push_back({name, OFTInteger});
    columns[layout::kLine].type = columns[layout::kPlace].type = OFTInteger64;
    OGRLayer* incidents = table(layout::kIncidents, columns, wkbPoint);
    OGRLayer* areas = table(layout::kAreas, {{"dataset", OFTInteger}, {"vintage", OFTString}, {"code", OFTString}, {"name", OFTString}}, wkbMultiPolygon);
    const StreetTableWriter street(*dataset_, grid_);
    require(dataset_->StartTransaction() == OGRERR_NONE, "cannot begin");
    for (std::size_t d = 0; d < datasets.size(); ++d) {
      const int number = static_cast<int>(d);
      write_record(records, number, datasets[d]->record);
      write_categories(categories, number, datasets[d]->record.categories);
      write_files(files, number, *datasets[d]);
      write_places(places, number, datasets[d]->incidents.places);
      write_incidents(incidents, number, datasets[d]->incidents);
      write_areas(areas, number, *datasets[d]);
      street.write(number, datasets[d]->record, datasets[d]->street);
    }
    require(dataset_->CommitTransaction() == OGRERR_NONE, "cannot commit");
    dataset_->FlushCache(true);
    dataset_.reset();
    require(true, "cannot close");
  }

 private:
  void require(bool good, const char* doing) const {
    if (!good || errors_.failed()) throw WriteFault(errors_.text().empty() ? std::string(doing) : fmt::format("{}: {}", doing, errors_.text()));
  }

  OGRLayer* table(const char* name, const std::vector<Column>& columns, OGRwkbGeometryType geometry = wkbNone) {
    // Incidents carry no spatial index: the server builds its own, and the R-tree would double the size and the time of a load.
    const char* const options[] = {geometry == wkbMultiPolygon ? "SPATIAL_INDEX=YES" : "SPATIAL_INDEX=NO", nullptr};
    OGRLayer* layer = dataset_->CreateLayer(name, geometry == wkbNone ? nullptr : &grid_, geometry, const_cast<char**>(options));
    require(layer != nullptr, "cannot create a table");
    for (const Column& column : columns) {
      OGRFieldDefn field(column.name, column.type);
      require(layer->CreateField(&field) == OGRERR_NONE, "cannot create a column");
    }
    return layer;
  }

  void add(OGRLayer* layer, OGRFeature& feature) const {
    feature.SetFID(OGRNullFID);
    if (layer->CreateFeature(&feature) != OGRERR_NONE) require(false, "cannot write a row");
  }

  void write_record(OGRLayer* layer, int number, const DatasetRecord& record) const {
    OGRFeature row(layer->GetLayerDefn());
    const std::string json = EncodeRecordJson(record);
    row.SetField(0, number);
    row.SetField(1, record.id.c_str());
    row.SetField(2, layout::kVersion);
    row.SetField(3, json.c_str());
    row.SetField(4, Sha256Hex(json).c_str());
    add(layer, row);
  }

  void write_categories(OGRLayer* layer, int number, const std::vector<Category>& categories) const {
    OGRFeature row(layer->GetLayerDefn());
    for (std::size_t i = 0; i < categories.size(); ++i) {
      row.SetField(0, number);
      row.SetField(1, static_cast<int>(i));
      row.SetField(2, categories[i].id.c_str());
      row.SetField(3, categories[i].title.c_str());
      row.SetField(4, categories[i].crime ? 1 : 0);
      add(layer, row);
    }
  }

  void write_files(OGRLayer* layer, int number, const StoredDataset& dataset) const {
    OGRFeature row(layer->GetLayerDefn());
    for (std::size_t i = 0; i < dataset.incidents.files.size(); ++i) {
      const auto& file = dataset.incidents.files[i];
      row.SetField(0, number);
      row.SetField(1, static_cast<int>(i));
      row.SetField(2, static_cast<int>(file.source));
      row.SetField(3, static_cast<int>(file.file));
      row.SetField(4, dataset.record.sources.at(file.source).files.at(file.file).name.c_str());
      add(layer, row);
    }
  }

  void write_places(OGRLayer* layer, int number, const std::vector<std::string>& places) const {
    OGRFeature row(layer->GetLayerDefn());
    for (std::size_t i = 0; i < places.size(); ++i) {
      row.SetField(0, number);
      row.SetField(1, static_cast<GIntBig>(i));
      row.SetField(2, places[i].c_str());
      add(layer, row);
    }
  }

  void write_incidents(OGRLayer* layer, int number, const IncidentColumns& c) const {
    OGRFeature row(layer->GetLayerDefn());
    for (std::size_t i = 0; i < c.size(); ++i) {
      row.SetField(layout::kDataset, number);
      row.SetField(layout::kFile, static_cast<int>(c.file[i]));
      row.SetField(layout::kLine, static_cast<GIntBig>(c.line[i]));
      row.SetField(layout::kFromMinute, c.from_minute[i]);
      row.SetField(layout::kToMinute, c.to_minute[i]);
      row.SetField(layout::kCategory, static_cast<int>(c.category[i]));
      row.SetField(layout::kFlags, static_cast<int>(c.flags[i]));
      row.SetField(layout::kPlace, static_cast<GIntBig>(c.place[i]));
      if (c.at[i] == kUnlocated) {
        row.SetGeometryDirectly(nullptr);
      } else if (OGRGeometry* geometry = row.GetGeometryRef()) {
        geometry->toPoint()->setX(c.at[i].easting_m());
        geometry->toPoint()->setY(c.at[i].northing_m());
      } else {
        row.SetGeometryDirectly(new OGRPoint(c.at[i].easting_m(), c.at[i].northing_m()));
      }
      add(layer, row);
    }
  }

  void write_areas(OGRLayer* layer, int number, const StoredDataset& dataset) const {
    OGRFeature row(layer->GetLayerDefn());
    for (std::size_t v = 0; v < dataset.areas.size(); ++v) {
      for (const Area& area : dataset.areas[v]) {
        row.SetField(0, number);
        row.SetField(1, dataset.record.vintages.at(v).id.c_str());
        row.SetField(2, area.code.c_str());
        row.SetField(3, area.name.c_str());
        row.SetGeometryDirectly(ToOgr(area.shape).release());
        add(layer, row);
      }
    }
  }

  const GdalErrors& errors_;
  OGRSpatialReference grid_;
  GDALDatasetUniquePtr dataset_;
};

}  // namespace

Result<void> WriteStore(const std::filesystem::path& path, const std::vector<StoredDataset>& datasets) {
  const auto fault = [&](const std::string& what) {
    return Fail(Error{ErrorCode::kInternal, "store", "STORE_WRITE", fmt::format("{} was not written: {}", path.filename().string(), what)});
  };
  try {
    PrepareGdal();
    std::vector<const StoredDataset*> by_id;
    LocalDay newest = 0;
    for (const StoredDataset& dataset : datasets) {
      by_id.push_back(&dataset);
      newest = std::max(newest, dataset.record.as_at);
    }
    std::sort(by_id.begin(), by_id.end(), [](const StoredDataset* a, const StoredDataset* b) { return a->record.id < b->record.id; });
    Successor successor(path);
    {
      const WriteSettings settings(newest);
      GdalErrors errors;
      StoreWriter(successor.path(), errors).write(by_id);
      if (errors.failed()) return fault(errors.text());
    }
    return successor.publish();
  } catch (const std::exception& caught) {
    return fault(caught.what());
  }
}

}  // namespace geo
