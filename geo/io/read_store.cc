#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_recordbatch.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>

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

// Local to this file: every fault on the way becomes one kDataLoss at the boundary.
struct Damage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void Require(bool good, const char* what) {
  if (!good) throw Damage(what);
}

template <class T>
T Narrow(std::int64_t value, std::size_t size, const char* what) {
  if (value < 0 || static_cast<std::uint64_t>(value) >= size) throw Damage(what);
  return static_cast<T>(value);
}

// Millimetres were written as metres with three decimals: the nearest is the one that was meant.
GridPoint PointAt(double easting_m, double northing_m) {
  Require(std::abs(easting_m) <= kMaxMeters && std::abs(northing_m) <= kMaxMeters, "a position is not on the Grid");
  return GridPoint::FromMeters(easting_m, northing_m);
}

class ArrowStream {
 public:
  explicit ArrowStream(OGRLayer* layer) {
    const char* const options[] = {"MAX_FEATURES_IN_BATCH=65536", nullptr};
    Require(layer->GetArrowStream(&stream_, const_cast<char**>(options)), "a table cannot be streamed");
    open_ = true;
    Require(stream_.get_schema(&stream_, &schema_) == 0, "a table cannot be streamed");
  }
  ArrowStream(const ArrowStream&) = delete;
  ArrowStream& operator=(const ArrowStream&) = delete;
  ~ArrowStream() {
    if (batch_.release != nullptr) batch_.release(&batch_);
    if (schema_.release != nullptr) schema_.release(&schema_);
    if (open_) stream_.release(&stream_);
  }
  int column(const char* name, const char* format) const {
    for (std::int64_t i = 0; i < schema_.n_children; ++i) {
      if (std::strcmp(schema_.children[i]->name, name) == 0 && std::strcmp(schema_.children[i]->format, format) == 0) return static_cast<int>(i);
    }
    throw Damage(fmt::format("column {} is missing or of another type", name));
  }
  // The next batch, or nullptr at the end.
  const ArrowArray* next() {
    if (batch_.release != nullptr) batch_.release(&batch_);
    batch_ = {};
    Require(stream_.get_next(&stream_, &batch_) == 0, "a table cannot be read to its end");
    // Over a damaged page OGR 3.6 hands out empty batches for ever instead of an error; the count of rows tells later.
    return batch_.release == nullptr || batch_.length == 0 ? nullptr : &batch_;
  }

 private:
  ArrowArrayStream stream_{};
  ArrowSchema schema_{};
  ArrowArray batch_{};
  bool open_ = false;
};

bool IsNull(const ArrowArray& array, std::int64_t i) {
  if (array.null_count == 0 || array.buffers[0] == nullptr) return false;
  return (static_cast<const std::uint8_t*>(array.buffers[0])[i / 8] >> (i % 8) & 1) == 0;
}

template <class T>
const T* Values(const ArrowArray& array) {
  // OGR hands out arrays of its own that begin at 0.
  Require(array.offset == 0 && array.buffers[1] != nullptr, "a column is empty");
  return static_cast<const T*>(array.buffers[1]);
}

GridPoint PointOfWkb(const ArrowArray& array, std::int64_t i) {
  if (IsNull(array, i)) return kUnlocated;
  const auto* offsets = Values<std::int32_t>(array);
  const auto* wkb = static_cast<const unsigned char*>(array.buffers[2]) + offsets[i];
  Require(offsets[i + 1] - offsets[i] == 21 && wkb[0] == 1 && wkb[1] == 1 && wkb[2] == 0 && wkb[3] == 0 && wkb[4] == 0, "a position is not a point");
  double xy[2];
  std::memcpy(xy, wkb + 5, sizeof xy);
  return PointAt(xy[0], xy[1]);
}

class StoreReader {
 public:
  explicit StoreReader(const std::string& path) {
    const char* const drivers[] = {"GPKG", nullptr};
    // IMMUTABLE: published stores are replaced, never written to; so no lock, and no journal beside it is ever obeyed.
    const char* const options[] = {"IMMUTABLE=YES", nullptr};
    file_.reset(static_cast<GDALDataset*>(GDALOpenEx(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_INTERNAL, drivers, options, nullptr)));
    Require(file_ != nullptr, "it is not a GeoPackage, or is cut");
  }

  std::vector<StoredDataset> read() {
    read_records();
    read_files();
    read_places();
    read_incidents();
    read_areas();
    ReadStreetTables(*file_, datasets_);
    for (const StoredDataset& dataset : datasets_) {
      if (ContentDigest(dataset) != dataset.record.content_sha256) throw Damage(fmt::format("the rows of {} do not match their digest", dataset.record.id));
    }
    return std::move(datasets_);
  }

 private:
  OGRLayer* table(const char* name, int columns) const {
    OGRLayer* layer = file_->GetLayerByName(name);
    if (layer == nullptr) throw Damage(fmt::format("table {} is missing: it is not a Wardwatch store", name));
    if (layer->GetLayerDefn()->GetFieldCount() != columns) throw Damage(fmt::format("table {} has other columns", name));
    return layer;
  }

  StoredDataset& dataset_at(std::int64_t number) { return datasets_[Narrow<std::size_t>(number, datasets_.size(), "a row is of no dataset")]; }

  void read_records() {
    for (const auto& row : *table(layout::kDatasets, 5)) {
      Require(row->GetFieldAsInteger(0) == static_cast<int>(datasets_.size()), "datasets are not numbered in order");
      if (row->GetFieldAsInteger(2) != layout::kVersion) {
        throw Damage(fmt::format("it is of version {}; this program reads version {}: load it again", row->GetFieldAsInteger(2), layout::kVersion));
      }
      const std::string json = row->GetFieldAsString(3);
      Require(Sha256Hex(json) == row->GetFieldAsString(4), "a dataset's record does not match its digest");
      auto record = DecodeRecordJson(json);
      if (!record) throw Damage(record.error().message);
      StoredDataset& dataset = datasets_.emplace_back();
      dataset.record = std::move(*record);
      dataset.incidents.places.clear();
      dataset.areas.resize(dataset.record.vintages.size());
    }
  }

  void read_files() {
    for (const auto& row : *table(layout::kFiles, 5)) {
      StoredDataset& dataset = dataset_at(row->GetFieldAsInteger(0));
      Require(row->GetFieldAsInteger(1) == static_cast<int>(dataset.incidents.files.size()), "files are not numbered in order");
      const auto source = Narrow<std::uint16_t>(row->GetFieldAsInteger(2), dataset.record.sources.size(), "a file is of no source");
      const auto file = Narrow<std::uint16_t>(row->GetFieldAsInteger(3), dataset.record.sources[source].files.size(), "a file is not in its source");
      dataset.incidents.files.push_back({source, file});
    }
  }

  void read_places() {
    for (const auto& row : *table(layout::kPlaces, 3)) {
      auto& places = dataset_at(row->GetFieldAsInteger(0)).incidents.places;
      Require(row->GetFieldAsInteger64(1) == static_cast<GIntBig>(places.size()), "places are not numbered in order");
      places.emplace_back(row->GetFieldAsString(2));
    }
    for (const StoredDataset& dataset : datasets_)
      Require(!dataset.incidents.places.empty() && dataset.incidents.places[0].empty(), "places do not begin with none");
  }

  void reserve_incidents() {
    // The totals in the records have their own digest, unlike the count in the file; both sides are compared at the end.
    for (StoredDataset& dataset : datasets_) {
      std::int64_t rows = 0;
      for (const SourceRecord& source : dataset.record.sources) {
        for (const FileRecord& file : source.files) rows += file.rows_kept;
      }
      expected_.push_back(rows);
      Require(rows >= 0 && rows < std::int64_t{1} << 31, "a dataset's totals are out of range");
      rows_left_ += rows;
      IncidentColumns& c = dataset.incidents;
      const auto n = static_cast<std::size_t>(rows);
      c.at.reserve(n), c.from_minute.reserve(n), c.to_minute.reserve(n), c.category.reserve(n), c.flags.reserve(n), c.file.reserve(n), c.line.reserve(n), c.place.reserve(n);
    }
  }

  void read_incidents() {
    reserve_incidents();
    OGRLayer* layer = table(layout::kIncidents, static_cast<int>(layout::kIncidentColumns.size()));
    ArrowStream stream(layer);
    int at[layout::kIncidentColumns.size()];
    for (int i = 0; i < static_cast<int>(layout::kIncidentColumns.size()); ++i) {
      at[i] = stream.column(layout::kIncidentColumns[static_cast<std::size_t>(i)], i == layout::kLine || i == layout::kPlace ? "l" : "i");
    }
    const int geometry = stream.column(layer->GetGeometryColumn(), "z");
    while (const ArrowArray* batch = stream.next()) append(*batch, at, geometry);
    for (std::size_t d = 0; d < datasets_.size(); ++d) {
      Require(static_cast<std::int64_t>(datasets_[d].incidents.size()) == expected_[d], "rows are missing");
    }
  }

  void append(const ArrowArray& batch, const int* at, int geometry) {
    const auto integers = [&](int column) {
      const ArrowArray& array = *batch.children[at[column]];
      Require(array.null_count == 0, "a number is missing");
      return Values<std::int32_t>(array);
    };
    const auto longs = [&](int column) {
      const ArrowArray& array = *batch.children[at[column]];
      Require(array.null_count == 0, "a number is missing");
      return Values<std::int64_t>(array);
    };
    const auto *dataset = integers(layout::kDataset), *file = integers(layout::kFile), *from = integers(layout::kFromMinute), *to = integers(layout::kToMinute),
               *category = integers(layout::kCategory), *flags = integers(layout::kFlags);
    const auto *line = longs(layout::kLine), *place = longs(layout::kPlace);
    const ArrowArray& points = *batch.children[geometry];
    rows_left_ -= batch.length;
    Require(rows_left_ >= 0, "there are more rows than its totals say");
    for (std::int64_t i = 0; i < batch.length; ++i) {
      StoredDataset& target = dataset_at(dataset[i]);
      IncidentColumns& c = target.incidents;
      c.at.push_back(PointOfWkb(points, i));
      c.from_minute.push_back(from[i]);
      c.to_minute.push_back(to[i]);
      c.category.push_back(Narrow<CategoryIndex>(category[i], target.record.categories.size(), "a row is of no category"));
      c.flags.push_back(Narrow<FlagBits>(flags[i], std::size_t{1} << target.record.flags.size(), "a row has a flag that is not listed"));
      c.file.push_back(Narrow<FileIndex>(file[i], c.files.size(), "a row is of no file"));
      c.line.push_back(Narrow<std::uint32_t>(line[i], std::size_t{1} << 32, "a line number is out of range"));
      c.place.push_back(Narrow<PlaceIndex>(place[i], c.places.size(), "a row is of no place"));
    }
  }

  void read_areas() {
    for (const auto& row : *table(layout::kAreas, 4)) {
      StoredDataset& dataset = dataset_at(row->GetFieldAsInteger(0));
      const std::string vintage = row->GetFieldAsString(1);
      std::size_t v = 0;
      while (v < dataset.record.vintages.size() && dataset.record.vintages[v].id != vintage) ++v;
      Require(v < dataset.record.vintages.size(), "an area is of no vintage");
      auto shape = FromOgr(row->GetGeometryRef());
      Require(shape.has_value(), "an area has no shape");
      dataset.areas[v].push_back({row->GetFieldAsString(2), row->GetFieldAsString(3), std::move(*shape)});
    }
  }

  GDALDatasetUniquePtr file_;
  std::vector<StoredDataset> datasets_;
  std::vector<std::int64_t> expected_;  // rows of each dataset
  std::int64_t rows_left_ = 0;
};

}  // namespace

Result<std::vector<StoredDataset>> ReadStore(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  const auto damaged = [&](const std::string& what) {
    return Fail(Error{ErrorCode::kDataLoss, "store", "STORE_DAMAGED", fmt::format("{} cannot be used: {}", name, what)});
  };
  try {
    PrepareGdal();
    std::error_code fault;
    const auto status = std::filesystem::status(path, fault);
    if (status.type() == std::filesystem::file_type::not_found) {
      return Fail(Error{ErrorCode::kNotFound, "store", "NO_STORE", fmt::format("there is no store {}; make one with `wardwatch load`", name)});
    }
    if (!std::filesystem::is_regular_file(status)) return damaged("it is not a regular file");
    GdalErrors errors;
    auto datasets = StoreReader(path.string()).read();
    if (errors.failed()) return damaged(errors.text());
    return datasets;
  } catch (const std::exception& caught) {
    return damaged(caught.what());
  }
}

}  // namespace geo
