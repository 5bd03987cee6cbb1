// Whole collections as files, for tools that open files; with Range, so that a broken download goes on.
#include <fmt/format.h>

#include "geo/io/write_features.h"
#include "server/gateway/collection_json.h"
#include "server/gateway/feature_sources.h"
#include "server/gateway/gateway.h"
#include "server/gateway/item_question.h"
#include "server/gateway/layer_params.h"
#include "server/gateway/pages.h"
#include "server/layers/raster_file.h"
#include "server/limits.h"

namespace server {
namespace {

struct FileKind {
  std::string name;
  std::string type;
};

const std::vector<FileKind>& FeatureFiles() {
  static const std::vector<FileKind> kinds{{"geojson", "application/geo+json"},
                                           {"csv", "text/csv; charset=utf-8; header=present"},
                                           {"gpkg", "application/geopackage+sqlite3"},
                                           {"fgb", "application/flatgeobuf"}};
  return kinds;
}

geo::FeatureColumnType ColumnType(ValueType type) {
  switch (type) {
    case ValueType::kText:
      return geo::FeatureColumnType::kText;
    case ValueType::kWhole:
      return geo::FeatureColumnType::kWhole;
    case ValueType::kNumber:
      return geo::FeatureColumnType::kNumber;
    case ValueType::kFlag:
      return geo::FeatureColumnType::kFlag;
    case ValueType::kTime:
      return geo::FeatureColumnType::kTime;
    case ValueType::kDate:
      return geo::FeatureColumnType::kDate;
  }
  return geo::FeatureColumnType::kText;
}

struct Download {
  GatewayRequest request;
  Collection collection;
  ItemQuestion question;
  std::size_t kind = 0;
};

geo::Result<FeatureRun> OpenRun(const Download& download, const geo::StopSignal& stop) {
  auto table = download.request.parts.layers.open(download.request.snapshot, download.collection, download.question.layer, stop);
  if (!table) return geo::Fail(table.error());
  auto matched = SelectFeatures(**table, download.collection, download.question.selection, stop);
  if (!matched) return geo::Fail(matched.error());
  if (matched->size() > limits::kFileFeatures) {
    return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "FILE_TOO_LARGE",
                      fmt::format("the file would hold {} features and at most {} are put into one; ask for fewer days, or for a part by bbox or filter",
                                  matched->size(), limits::kFileFeatures)});
  }
  const std::size_t all = matched->size();
  return FeatureRun{download.collection.kind->schema(), std::move(*table), std::move(*matched), 0, all};
}

geo::Result<std::string> Drained(http::BodySource& source, const geo::StopSignal& stop) {
  std::string bytes;
  while (true) {
    std::string piece;
    const auto more = source.next(piece, stop);
    if (!more) return geo::Fail(more.error());
    bytes += piece;
    if (!*more) return bytes;
  }
}

geo::Result<std::string> Written(const Download& download, FeatureRun run, geo::FeatureFileFormat format, const geo::StopSignal& stop) {
  geo::FeatureFile file{
      format, download.collection.id, download.collection.description, run.schema.geometry == GeometryType::kPoint, {}, download.request.since, {}};
  for (const Property& property : run.schema.properties) file.columns.push_back({property.name, ColumnType(property.type), property.description});
  std::size_t next = 0;
  file.next = [&](geo::FeatureOut& out) -> geo::Result<bool> {
    if (next % 256 == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    if (next == run.end) return false;
    auto feature = run.table->feature(run.matched[next++]);
    if (!feature) return geo::Fail(feature.error());
    out = {std::move(feature->id), std::move(feature->geometry), std::move(feature->values)};
    return true;
  };
  return geo::FeatureFileBytes(file);
}

geo::Result<std::string> FileOf(const Download& download, const geo::StopSignal& stop) {
  auto run = OpenRun(download, stop);
  if (!run) return geo::Fail(run.error());
  switch (download.kind) {
    case 0: {
      Json head{{"type", "FeatureCollection"}, {"name", download.collection.id}, {"wardwatch:context", ContextDocument(run->table->context())}};
      AddHandling(download.collection, head);
      return Drained(*GeoJsonSource(std::move(*run), download.question.crs, head.dump()), stop);
    }
    case 1:
      return Drained(*CsvSource(std::move(*run)), stop);
    case 2:
      return Written(download, std::move(*run), geo::FeatureFileFormat::kGeoPackage, stop);
    default:
      return Written(download, std::move(*run), geo::FeatureFileFormat::kFlatGeobuf, stop);
  }
}

// A file is made once and kept, so that its parts are parts of the same bytes.
template <class Make>
http::Plan FilePlan(const GatewayRequest& request, const std::string& etag, const FileKind& kind, const std::string& name, Make make) {
  http::Plan plan;
  plan.etag = etag;
  plan.long_work = true;
  plan.work = [request, etag, kind, name, make](const geo::StopSignal& stop) -> geo::Result<http::Response> {
    const auto kept = request.parts.layers.files.get(request.snapshot->id, etag, stop, [&]() -> geo::Result<std::shared_ptr<const KeptBytes>> {
      auto bytes = make(stop);
      if (!bytes) return geo::Fail(bytes.error());
      auto file = std::make_shared<KeptBytes>();
      file->plain = http::MakeBytes(std::move(*bytes));
      return std::shared_ptr<const KeptBytes>(std::move(file));
    });
    if (!kept) return geo::Fail(kept.error());
    http::Response response;
    response.content_type = kind.type;
    response.body = (*kept)->plain;
    response.etag = etag;
    response.ranges = true;
    response.compressible = kind.name == "geojson" || kind.name == "csv";
    response.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", name, kind.name));
    return response;
  };
  return plan;
}

geo::Result<http::Plan> PlanRasterFile(const GatewayRequest& request, QueryReader& query, const RasterLayer& raster) {
  if (const auto kind = query.take_choice("f", {"tif"}); !kind) return geo::Fail(kind.error());
  auto question = TakeLayerQuestion(query, AnyLayer{nullptr, &raster});
  if (!question) return geo::Fail(question.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  return FilePlan(request, EtagOf(request, "tif"), {"tif", "image/tiff; application=geotiff; profile=cloud-optimized"}, raster.id,
                  [request, raster, question = std::move(*question)](const geo::StopSignal& stop) -> geo::Result<std::string> {
                    const auto source = request.parts.layers.raster(request.snapshot, raster, question, stop);
                    if (!source) return geo::Fail(source.error());
                    return RasterFile(**source);
                  });
}

}  // namespace

geo::Result<http::Plan> PlanDownload(const GatewayRequest& request, QueryReader& query) {
  if (const RasterLayer* raster = request.catalogue->find_raster(request.captured[0])) return PlanRasterFile(request, query, *raster);
  const auto collection = request.catalogue->find(request.captured[0]);
  if (!collection) return geo::Fail(collection.error());
  std::vector<std::string> names;
  for (const FileKind& kind : FeatureFiles()) names.push_back(kind.name);
  const auto name = query.take_choice("f", names);
  if (!name) return geo::Fail(name.error());
  auto question = DecodeAllItems(query, **collection);
  if (!question) return geo::Fail(question.error());
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const auto kind = static_cast<std::size_t>(std::find(names.begin(), names.end(), *name) - names.begin());
  return FilePlan(request, EtagOf(request, *name), FeatureFiles()[kind], (*collection)->id,
                  [download = Download{request, **collection, std::move(*question), kind}](const geo::StopSignal& stop) { return FileOf(download, stop); });
}

}  // namespace server
