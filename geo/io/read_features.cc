#include "geo/io/read_features.h"

#include <fmt/format.h>
#include <ogrsf_frmts.h>

#include <algorithm>

#include "geo/io/area_shape.h"
#include "geo/io/boundary_layer.h"
#include "geo/io/gdal_session.h"
#include "geo/io/input_limits.h"
#include "geo/io/ogr_shape.h"
#include "geo/io/supplier_file.h"
#include "geo/sources/csv_reader.h"
#include "geo/sources/number_text.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

namespace limits = input_limits;

// The National Grid on land, as for incidents.
constexpr double kGridEastM = 700'000, kGridNorthM = 1'300'000;

bool OnLand(GridPoint p) { return p.easting_m() >= 0 && p.easting_m() <= kGridEastM && p.northing_m() >= 0 && p.northing_m() <= kGridNorthM; }

class FeatureReader {
 public:
  FeatureReader(const LayerFile& file, FeatureShape wanted, const BritishGrid& grid) : file_(file), wanted_(wanted), grid_(grid) {}

  Result<LayerFeatures> read_table(const std::string& x, const std::string& y) {
    auto file = ReadSupplierFile(file_.file, limits::kBoundaryBytes);
    if (!file) return Fail(file.error());
    if (auto table = ExpectTable(file_.file, file->text); !table) return Fail(table.error());
    out_.sha256 = file->sha256;
    auto reader = CsvReader::Open(file->text);
    if (!reader) return Fail(about(reader.error()));
    CsvRecord record;
    if (reader->next(record)) out_.table.columns.assign(record.fields.begin(), record.fields.end());
    int at[2];
    for (const auto& [name, column] : {std::pair(&x, &at[0]), std::pair(&y, &at[1])}) {
      const auto found = std::find(out_.table.columns.begin(), out_.table.columns.end(), *name);
      if (found == out_.table.columns.end()) return Fail(about({ErrorCode::kInvalidArgument, "", "NO_SUCH_COLUMN", fmt::format("there is no column \"{}\"", Excerpt(*name))}));
      *column = static_cast<int>(found - out_.table.columns.begin());
    }
    while (reader->next(record)) {
      if (auto counted = count(); !counted) return Fail(counted.error());
      take_record(record, at[0], at[1]);
    }
    if (reader->fault()) return Fail(about(*reader->fault()));
    return finish(*file_.crs);
  }

  Result<LayerFeatures> read_layer() {
    auto file = BoundaryLayer::Open(file_);
    if (!file) return Fail(file.error());
    const auto crs = file->crs(file_);
    if (!crs) return Fail(crs.error());
    crs_ = *crs;
    out_.sha256 = file->sha256();
    OGRLayer* layer = file->layer();
    OGRFeatureDefn* columns = layer->GetLayerDefn();
    for (int i = 0; i < columns->GetFieldCount(); ++i) out_.table.columns.emplace_back(columns->GetFieldDefn(i)->GetNameRef());
    GdalErrors errors;
    layer->ResetReading();
    while (const OGRFeatureUniquePtr feature{layer->GetNextFeature()}) {
      if (errors.failed()) break;
      if (auto counted = count(); !counted) return Fail(counted.error());
      take_feature(*feature);
    }
    if (errors.failed()) return Fail(about({ErrorCode::kInvalidArgument, "", "CANNOT_OPEN", fmt::format("cannot be read to its end: {}", errors.text())}));
    return finish(*crs);
  }

 private:
  // A row that waits for its place.
  struct Waiting {
    FeatureTable::Row row;
    bool ground = false;
    RawShape shape;
  };

  Error about(Error error) const {
    error.field = file_.file.name;
    error.message = fmt::format("{}: {}", file_.file.name, error.message);
    return error;
  }
  void reject(std::uint32_t line, std::string reason, std::string message) { out_.table.rejected.push_back({line, std::move(reason), std::move(message)}); }

  Result<void> count() {
    if (++out_.table.rows_in <= limits::kFeatures) return {};
    return Fail(about({ErrorCode::kInvalidArgument, "", "TOO_MANY_ROWS", fmt::format("over {} features; split the file into layers", limits::kFeatures)}));
  }

  void take_record(const CsvRecord& record, int x, int y) {
    if (record.bad_quote) return reject(record.line, "BAD_QUOTE", "a quote inside an unquoted field, or text after a closing quote");
    if (record.fields.size() != out_.table.columns.size()) {
      return reject(record.line, "WRONG_COLUMN_COUNT", fmt::format("{} columns; the header has {}", record.fields.size(), out_.table.columns.size()));
    }
    const std::string_view texts[] = {record.fields[static_cast<std::size_t>(x)], record.fields[static_cast<std::size_t>(y)]};
    if (texts[0].empty() && texts[1].empty()) return reject(record.line, "NO_POSITION", "both coordinates are blank; what has no place cannot be used");
    if (texts[0].empty() || texts[1].empty()) return reject(record.line, "HALF_POSITION", "one coordinate is blank");
    Waiting waiting;
    for (const std::string_view text : texts) {
      const NumberText number = ReadNumber(text);
      if (number.fault != nullptr) return reject(record.line, number.fault, fmt::format("\"{}\" is no decimal number with a point", Excerpt(text)));
      (waiting.shape.x.empty() ? waiting.shape.x : waiting.shape.y).push_back(number.value);
    }
    waiting.row.line = record.line;
    waiting.row.values.assign(record.fields.begin(), record.fields.end());
    take(std::move(waiting));
  }

  void take_feature(const OGRFeature& feature) {
    const auto line = static_cast<std::uint32_t>(out_.table.rows_in);
    const OGRGeometry* geometry = feature.GetGeometryRef();
    Waiting waiting;
    const OGRwkbGeometryType type = geometry == nullptr ? wkbNone : wkbFlatten(geometry->getGeometryType());
    if (geometry == nullptr || geometry->IsEmpty()) return reject(line, "NO_POSITION", "has no geometry; what has no place cannot be used");
    if (type == wkbPoint && wanted_ != FeatureShape::kGrounds) {
      waiting.shape.x.push_back(geometry->toPoint()->getX());
      waiting.shape.y.push_back(geometry->toPoint()->getY());
    } else if ((type == wkbPolygon || type == wkbMultiPolygon) && wanted_ != FeatureShape::kPoints) {
      auto shape = TakeShape(geometry);
      if (!shape) return reject(line, shape.error().reason, shape.error().message);
      waiting.ground = true;
      waiting.shape = std::move(*shape);
    } else {
      const char* const expected[] = {"a Point", "a Polygon or MultiPolygon", "a Point, Polygon or MultiPolygon"};
      return reject(line, "WRONG_GEOMETRY_TYPE", fmt::format("is a {}; expected {}", OGRGeometryTypeToName(type), expected[static_cast<int>(wanted_)]));
    }
    waiting.row.line = line;
    for (int i = 0; i < feature.GetFieldCount(); ++i) waiting.row.values.emplace_back(feature.IsFieldSetAndNotNull(i) ? feature.GetFieldAsString(i) : "");
    take(std::move(waiting));
  }

  void take(Waiting waiting) {
    const bool finite = std::all_of(waiting.shape.x.begin(), waiting.shape.x.end(), [](double x) { return std::isfinite(x); }) &&
                        std::all_of(waiting.shape.y.begin(), waiting.shape.y.end(), [](double y) { return std::isfinite(y); });
    if (!finite) return reject(waiting.row.line, "NOT_FINITE", "has a coordinate that is not a finite number");
    if (!waiting.ground && waiting.shape.x[0] == 0 && waiting.shape.y[0] == 0) return reject(waiting.row.line, "NULL_ISLAND", "is at (0, 0)");
    waiting_.push_back(std::move(waiting));
  }

  // Where the file as a whole is of another system, or its axes exchanged, no row of it is believed; a stray row is rejected alone.
  Result<void> judge_range(Crs crs) const {
    CoordinateRange range;
    for (const Waiting& waiting : waiting_) range.add(waiting.shape, crs);
    const auto judged = JudgeRange(range, crs);
    if (judged || judged.error().reason == "OUT_OF_AREA") return {};
    return Fail(about(judged.error()));
  }

  Result<LayerFeatures> finish(Crs crs) {
    if (file_.file.rows && *file_.file.rows != out_.table.rows_in) {
      return Fail(about({ErrorCode::kInvalidArgument, "", "ROW_COUNT", fmt::format("holds {} rows and the manifest says {}", out_.table.rows_in, *file_.file.rows)}));
    }
    if (auto range = judge_range(crs); !range) return Fail(range.error());
    crs_ = crs;
    for (Waiting& waiting : waiting_) {
      if (waiting.ground) place_ground(waiting);
      else place_point(waiting);
    }
    out_.transformation = crs == Crs::kWgs84 ? grid_.method() : "none: EPSG:27700 as supplied";
    return std::move(out_);
  }

  void place_point(Waiting& waiting) {
    if (crs_ == Crs::kWgs84) grid_.to_grid(waiting.shape.x, waiting.shape.y);
    const auto point = PointOfMeters(waiting.shape.x[0], waiting.shape.y[0]);
    if (!point || !OnLand(*point)) return reject(waiting.row.line, "OUT_OF_AREA", "lies outside the National Grid on land");
    waiting.row.at = *point;
    out_.table.rows.push_back(std::move(waiting.row));
  }

  void place_ground(Waiting& waiting) {
    auto ground = wanted_ == FeatureShape::kGrounds ? PlaceRings(std::move(waiting.shape), crs_, grid_) : PlaceShape(std::move(waiting.shape), crs_, grid_);
    if (!ground) return reject(waiting.row.line, ground.error().reason, ground.error().message);
    const GridBox box = BoundsOf(*ground);
    if (!OnLand(box.low) || !OnLand(box.high)) return reject(waiting.row.line, "OUT_OF_AREA", "reaches outside the National Grid on land");
    if (wanted_ == FeatureShape::kPointsOrPlaces) {
      const auto within = PointWithin(*ground);
      if (!within) return reject(waiting.row.line, "INVALID_GEOMETRY", "has no point within it");
      waiting.row.at = *within;
    } else {
      waiting.row.ground = std::move(*ground);
    }
    out_.table.rows.push_back(std::move(waiting.row));
  }

  const LayerFile& file_;
  const FeatureShape wanted_;
  const BritishGrid& grid_;
  Crs crs_ = Crs::kWgs84;
  std::vector<Waiting> waiting_;
  LayerFeatures out_;
};

}  // namespace

Result<LayerFeatures> ReadFeatures(const LayerFile& file, const std::string& x, const std::string& y, FeatureShape wanted, const BritishGrid& grid) {
  FeatureReader reader(file, wanted, grid);
  return file.driver == kCsvDriver ? reader.read_table(x, y) : reader.read_layer();
}

}  // namespace geo
