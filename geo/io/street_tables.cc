#include "geo/io/street_tables.h"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <stdexcept>

#include "geo/io/ogr_shape.h"
#include "geo/io/store_layout.h"

namespace geo {
namespace {

namespace layout = store_layout;

struct Column {
  const char* name;
  OGRFieldType type;
};
struct Table {
  const char* name;
  OGRwkbGeometryType geometry;
  std::vector<Column> columns;
};

const std::vector<Table>& Tables() {
  static const std::vector<Table> kTables = {
      {layout::kCameras,
       wkbPoint,
       {{"dataset", OFTInteger},
        {"layer", OFTInteger},
        {"id", OFTString},
        {"place", OFTString},
        {"model", OFTString},
        {"field_of_view_deg", OFTReal},
        {"bearing_deg", OFTReal},
        {"height_m", OFTReal},
        {"on_building", OFTInteger},
        {"state", OFTString},
        {"movable", OFTInteger},
        {"installed", OFTString}}},
      {layout::kSites,
       wkbPoint,
       {{"dataset", OFTInteger},
        {"layer", OFTInteger},
        {"id", OFTString},
        {"height_m", OFTReal},
        {"on_building", OFTInteger},
        {"power", OFTInteger},
        {"lit", OFTInteger},
        {"cost_pence", OFTInteger64}}},
      {layout::kBuildings, wkbMultiPolygon, {{"dataset", OFTInteger}, {"layer", OFTInteger}}},
      {layout::kPlacesOfCare, wkbPoint, {{"dataset", OFTInteger}, {"layer", OFTInteger}, {"kind", OFTString}}}};
  return kTables;
}

constexpr const char* kStates[] = {"working", "faulty", "out"};

void Require(bool good, const char* what) {
  if (!good) throw std::runtime_error(what);
}

OGRLayer& LayerOf(GDALDataset& store, const char* name) {
  OGRLayer* layer = store.GetLayerByName(name);
  if (layer == nullptr) throw std::runtime_error(fmt::format("table {} is missing: it is not a Wardwatch store", name));
  return *layer;
}

// Writes rows of one table, column by column in the order of the table.
class RowWriter {
 public:
  explicit RowWriter(OGRLayer& layer) : layer_(layer), row_(layer.GetLayerDefn()) {}
  RowWriter& number(std::int64_t value) { return row_.SetField(next_++, static_cast<GIntBig>(value)), *this; }
  RowWriter& text(const std::string& value) { return row_.SetField(next_++, value.c_str()), *this; }
  RowWriter& real(const std::optional<double>& value) {
    if (value) row_.SetField(next_, *value);
    else row_.SetFieldNull(next_);
    return ++next_, *this;
  }
  RowWriter& text_or_null(const std::optional<std::string>& value) {
    if (value) row_.SetField(next_, value->c_str());
    else row_.SetFieldNull(next_);
    return ++next_, *this;
  }
  void end(std::unique_ptr<OGRGeometry> geometry) {
    row_.SetGeometryDirectly(geometry.release());
    row_.SetFID(OGRNullFID);
    Require(layer_.CreateFeature(&row_) == OGRERR_NONE, "cannot write a row");
    next_ = 0;
  }

 private:
  OGRLayer& layer_;
  OGRFeature row_;
  int next_ = 0;
};

std::unique_ptr<OGRGeometry> PointAt(GridPoint p) { return std::make_unique<OGRPoint>(p.easting_m(), p.northing_m()); }

// Reads what RowWriter wrote.
class RowReader {
 public:
  explicit RowReader(const OGRFeature& row) : row_(row) {}
  std::int64_t number() { return Require(row_.IsFieldSetAndNotNull(next_), "a number is missing"), row_.GetFieldAsInteger64(next_++); }
  std::string text() { return Require(row_.IsFieldSetAndNotNull(next_), "a text is missing"), row_.GetFieldAsString(next_++); }
  bool flag() { return number() != 0; }
  std::optional<double> real() {
    const int at = next_++;
    return row_.IsFieldSetAndNotNull(at) ? std::optional(row_.GetFieldAsDouble(at)) : std::nullopt;
  }
  std::optional<std::string> text_or_null() {
    const int at = next_++;
    return row_.IsFieldSetAndNotNull(at) ? std::optional<std::string>(row_.GetFieldAsString(at)) : std::nullopt;
  }
  GridPoint point() const {
    const OGRGeometry* geometry = row_.GetGeometryRef();
    Require(geometry != nullptr && wkbFlatten(geometry->getGeometryType()) == wkbPoint, "a camera, site or place has no position");
    const auto at = PointOfMeters(geometry->toPoint()->getX(), geometry->toPoint()->getY());
    Require(at.has_value(), "a position is not on the Grid");
    return *at;
  }

 private:
  const OGRFeature& row_;
  int next_ = 0;
};

// Calls `take` with the dataset of each row, and the row behind its first two columns.
template <class Take>
void EachRow(GDALDataset& store, const Table& table, std::vector<StoredDataset>& datasets, Take&& take) {
  OGRLayer& layer = LayerOf(store, table.name);
  Require(layer.GetLayerDefn()->GetFieldCount() == static_cast<int>(table.columns.size()), "a table of the street has other columns");
  for (const auto& row : layer) {
    RowReader reader(*row);
    const std::int64_t dataset = reader.number(), in_layer = reader.number();
    Require(dataset >= 0 && dataset < static_cast<std::int64_t>(datasets.size()), "a row is of no dataset");
    StoredDataset& of = datasets[static_cast<std::size_t>(dataset)];
    Require(in_layer >= 0 && in_layer < static_cast<std::int64_t>(of.record.street.layers.size()), "a row is of no layer");
    take(of, static_cast<std::uint16_t>(in_layer), reader, *row);
  }
}

StandingCamera CameraOf(const StreetRecord& record, std::uint16_t layer, RowReader& row) {
  StandingCamera camera;
  camera.layer = layer;
  camera.at = row.point();
  camera.id = row.text();
  camera.place = row.text();
  const std::string model = row.text();
  const auto found = std::find_if(record.models.begin(), record.models.end(), [&](const CameraModel& known) { return known.id == model; });
  Require(found != record.models.end(), "a camera is of no model");
  camera.model = static_cast<std::uint16_t>(found - record.models.begin());
  camera.field_of_view_deg = row.real();
  camera.bearing_deg = row.real();
  camera.height_m = row.real();
  camera.on_building = row.flag();
  const std::string state = row.text();
  const auto* known = std::find(std::begin(kStates), std::end(kStates), state);
  Require(known != std::end(kStates), "a camera is in no known state");
  camera.state = static_cast<CameraState>(known - std::begin(kStates));
  camera.bond = row.flag() ? CameraBond::kMovable : CameraBond::kLocked;
  if (const auto day = row.text_or_null()) {
    const auto installed = ParseDay(*day, "installed");
    Require(installed.has_value(), "a camera was installed on no day");
    camera.installed = *installed;
  }
  return camera;
}

CameraSite SiteOf(std::uint16_t layer, RowReader& row) {
  CameraSite site;
  site.layer = layer;
  site.at = row.point();
  site.id = row.text();
  site.height_m = row.real();
  site.on_building = row.flag();
  site.power = row.flag();
  site.lit = row.flag();
  site.cost_pence = row.number();
  return site;
}

}  // namespace

StreetTableWriter::StreetTableWriter(GDALDataset& store, const OGRSpatialReference& grid) : store_(store) {
  for (const Table& table : Tables()) {
    const char* const options[] = {table.geometry == wkbMultiPolygon ? "SPATIAL_INDEX=YES" : "SPATIAL_INDEX=NO", nullptr};
    OGRLayer* layer = store.CreateLayer(table.name, const_cast<OGRSpatialReference*>(&grid), table.geometry, const_cast<char**>(options));
    Require(layer != nullptr, "cannot create a table");
    for (const Column& column : table.columns) {
      OGRFieldDefn field(column.name, column.type);
      Require(layer->CreateField(&field) == OGRERR_NONE, "cannot create a column");
    }
  }
}

void StreetTableWriter::write(int dataset, const DatasetRecord& record, const StreetLayers& street) const {
  RowWriter cameras(LayerOf(store_, layout::kCameras)), sites(LayerOf(store_, layout::kSites)), buildings(LayerOf(store_, layout::kBuildings)),
      places(LayerOf(store_, layout::kPlacesOfCare));
  for (const StandingCamera& camera : street.cameras) {
    cameras.number(dataset).number(camera.layer).text(camera.id).text(camera.place).text(record.street.models.at(camera.model).id);
    cameras.real(camera.field_of_view_deg).real(camera.bearing_deg).real(camera.height_m).number(camera.on_building ? 1 : 0);
    cameras.text(kStates[static_cast<int>(camera.state)]).number(camera.bond == CameraBond::kMovable ? 1 : 0);
    cameras.text_or_null(camera.installed ? std::optional(FormatDay(*camera.installed)) : std::nullopt).end(PointAt(camera.at));
  }
  for (const CameraSite& site : street.sites) {
    sites.number(dataset).number(site.layer).text(site.id).real(site.height_m).number(site.on_building ? 1 : 0).number(site.power ? 1 : 0);
    sites.number(site.lit ? 1 : 0).number(site.cost_pence).end(PointAt(site.at));
  }
  for (const Building& building : street.buildings) buildings.number(dataset).number(building.layer).end(ToOgr(building.ground));
  for (const SensitivePlace& place : street.places)
    places.number(dataset).number(place.layer).text(record.street.place_kinds.at(place.kind)).end(PointAt(place.at));
}

void ReadStreetTables(GDALDataset& store, std::vector<StoredDataset>& datasets) {
  const auto& tables = Tables();
  EachRow(store, tables[0], datasets, [](StoredDataset& of, std::uint16_t layer, RowReader& row, const OGRFeature&) {
    of.street.cameras.push_back(CameraOf(of.record.street, layer, row));
  });
  EachRow(store, tables[1], datasets,
          [](StoredDataset& of, std::uint16_t layer, RowReader& row, const OGRFeature&) { of.street.sites.push_back(SiteOf(layer, row)); });
  EachRow(store, tables[2], datasets, [](StoredDataset& of, std::uint16_t layer, RowReader&, const OGRFeature& feature) {
    auto ground = FromOgr(feature.GetGeometryRef());
    Require(ground.has_value(), "a building has no shape");
    of.street.buildings.push_back({layer, std::move(*ground)});
  });
  EachRow(store, tables[3], datasets, [](StoredDataset& of, std::uint16_t layer, RowReader& row, const OGRFeature&) {
    const auto& kinds = of.record.street.place_kinds;
    const auto kind = std::find(kinds.begin(), kinds.end(), row.text());
    Require(kind != kinds.end(), "a protected place is of no kind");
    of.street.places.push_back({layer, row.point(), static_cast<std::uint16_t>(kind - kinds.begin())});
  });
}

}  // namespace geo
