#include "server/layers/layer_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/layers/cql_filter.h"
#include "server/layers/layer_messages.h"
#include "server/layers/raster_file.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

// The layers name parameters as HTTP has them.
geo::Error AsField(geo::Error error) {
  const std::pair<std::string_view, const char*> names[] = {
      {"datetime", "question.period"}, {"category", "question.categories"}, {"workstream", "question.workstream"}, {"bbox", "extent"}};
  for (const auto& [parameter, field] : names) {
    if (error.field == parameter) error.field = field;
  }
  return error;
}

geo::Result<LayerCall> DecodeLayer(LayerStore& store, const v1::LayerQuestion& sent, const geo::Snapshot& snapshot) {
  LayerCall call;
  call.snapshot = snapshot.shared_from_this();
  call.catalogue = store.catalogue(call.snapshot);
  const auto layer = FindLayer(*call.catalogue, sent.layer(), "question.layer");
  if (!layer) return geo::Fail(layer.error());
  call.layer = *layer;
  if (sent.categories_size() > limits::kCategories) return geo::Fail(TooMany("question.categories", sent.categories_size(), limits::kCategories));
  call.question.categories.assign(sent.categories().begin(), sent.categories().end());
  std::sort(call.question.categories.begin(), call.question.categories.end());
  call.question.workstream = sent.workstream();
  call.question.period = LatestWholeYear(call.layer.data());
  if (sent.has_period()) {
    const auto period = DecodePeriod(sent.period(), "question.period");
    if (!period) return geo::Fail(period.error());
    call.question.period = *period;
    call.question.instants = InstantRange{period->begin * geo::kMinutesPerDay, period->end * geo::kMinutesPerDay - 1};
  }
  if (call.layer.collection != nullptr && call.layer.collection->kind->standing()) {
    call.question.period = StandingPeriod(call.question.instants, call.layer.data());
  }
  return call;
}

geo::Result<LayerCall> DecodeLayerOf(LayerStore& store, const v1::LayerQuestion& sent, bool raster, const geo::Snapshot& snapshot) {
  auto call = DecodeLayer(store, sent, snapshot);
  if (!call) return call;
  if ((call->layer.raster != nullptr) == raster) return call;
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "question.layer", "WRONG_KIND",
                    fmt::format("is \"{}\", a {} layer; name a {} layer, as ListLayers tells them apart", sent.layer(), raster ? "feature" : "raster",
                                raster ? "raster" : "feature")});
}

}  // namespace

geo::Result<LayersCall> DecodeListLayers(LayerStore& store, const v1::ListLayersRequest& request, const geo::Snapshot& snapshot) {
  LayersCall call;
  call.layers.snapshot = snapshot.shared_from_this();
  call.layers.catalogue = store.catalogue(call.layers.snapshot);
  const geo::DatasetSnapshot* only = nullptr;
  if (!request.dataset().empty()) {
    const auto data = DecodeDataset(request.dataset(), "dataset", snapshot);
    if (!data) return geo::Fail(data.error());
    only = *data;
  }
  for (const Collection& collection : call.layers.catalogue->collections) {
    if (only == nullptr || collection.data == only) call.listed.push_back({&collection, nullptr});
  }
  for (const RasterLayer& raster : call.layers.catalogue->rasters) {
    if (only == nullptr || raster.data == only) call.listed.push_back({nullptr, &raster});
  }
  auto page = DecodePage(request, snapshot.id, limits::kDefaultDatasetPage, limits::kMaxDatasetPage);
  if (!page) return geo::Fail(page.error());
  call.page = std::move(*page);
  return call;
}

geo::Result<std::vector<AnyLayer>> ComputeLayers(const LayersCall& call, const geo::StopSignal&) { return call.listed; }

geo::Result<std::int64_t> EncodeListLayers(const LayersCall& call, const geo::Disclosed<std::vector<AnyLayer>>& layers, v1::ListLayersResponse& response) {
  const auto& all = layers.value();
  const std::size_t begin = std::min(call.page.offset, all.size());
  const std::size_t end = begin + std::min(call.page.size, all.size() - begin);
  for (std::size_t i = begin; i < end; ++i) EncodeLayer(all[i], *response.add_layers());
  if (end < all.size()) response.set_next_page_token(FormatPageToken(call.page.ticket, end));
  ContextFacts facts;
  facts.method = "The layers that maps can show, with scales that no view and no year changes.";
  BuildContext(call.layers.snapshot->id, facts, layers.rule(), *response.mutable_context());
  return static_cast<std::int64_t>(end - begin);
}

geo::Result<TileCall> DecodeGetTile(LayerStore& store, const v1::GetTileRequest& request, const geo::Snapshot& snapshot) {
  auto layer = DecodeLayer(store, request.question(), snapshot);
  if (!layer) return geo::Fail(layer.error());
  const bool raster = layer->layer.raster != nullptr;
  if (request.format() != v1::TILE_FORMAT_UNSPECIFIED && request.format() != (raster ? v1::TILE_FORMAT_PNG : v1::TILE_FORMAT_MVT)) {
    return geo::Fail(UnknownEnum("format", request.format(), raster ? "TILE_FORMAT_PNG (2) of a raster layer" : "TILE_FORMAT_MVT (1) of a feature layer"));
  }
  if (request.size_px() != 0 && request.size_px() != 256 && request.size_px() != 512) {
    return geo::Fail(geo::InvalidArgument("size_px", fmt::format("is {}; send 256 or 512, or leave it out for 256", request.size_px())));
  }
  const auto tile = geo::CheckTile(request.zoom(), request.x(), request.y());
  if (!tile) return geo::Fail(tile.error());
  return TileCall{std::move(*layer), *tile, request.size_px() == 512 ? 512 : 256};
}

geo::Result<DrawnTile> ComputeTile(LayerStore& store, const TileCall& call, const geo::StopSignal& stop) {
  auto tile = DrawTile(store, call.layer.snapshot, {call.layer.layer, call.layer.question, call.tile, call.size_px}, stop);
  if (!tile) return geo::Fail(AsField(tile.error()));
  return tile;
}

geo::Result<std::int64_t> EncodeGetTile(const TileCall& call, const geo::Disclosed<DrawnTile>& tile, v1::GetTileResponse& response) {
  const DrawnTile& drawn = tile.value();
  response.set_tile(drawn.bytes);
  response.set_format(call.layer.layer.raster != nullptr ? v1::TILE_FORMAT_PNG : v1::TILE_FORMAT_MVT);
  response.set_features(drawn.features);
  response.set_features_left_out(drawn.left_out);
  response.set_counted(drawn.counted);
  *response.mutable_context() = drawn.context;
  return drawn.features;
}

geo::Result<FeaturesCall> DecodeStreamFeatures(LayerStore& store, const v1::StreamFeaturesRequest& request, const geo::Snapshot& snapshot) {
  auto layer = DecodeLayerOf(store, request.question(), false, snapshot);
  if (!layer) return geo::Fail(layer.error());
  FeaturesCall call;
  call.layer = std::move(*layer);
  if (request.has_extent()) {
    const auto& extent = request.extent();
    auto bbox = Bbox::Decode(fmt::format("{},{},{},{}", extent.west_deg(), extent.south_deg(), extent.east_deg(), extent.north_deg()), LayerCrs::kCrs84);
    if (!bbox) return geo::Fail(AsField(bbox.error()));
    call.selection.bbox = std::move(*bbox);
  }
  if (!request.filter().empty()) {
    auto filter = DecodeFilterParameter(request.filter(), FilterLanguage::kCqlText, geo::FilterCrs::kCrs84, *call.layer.layer.collection);
    if (!filter) return geo::Fail(filter.error());
    call.selection.filter = std::move(*filter);
  }
  if (request.limit() < 0) return geo::Fail(geo::InvalidArgument("limit", fmt::format("is {}; send 0 for no limit, or more", request.limit())));
  call.limit = request.limit();
  if (request.coordinates() < 0 || request.coordinates() > v1::COORDINATE_SYSTEM_BRITISH_GRID) {
    return geo::Fail(UnknownEnum("coordinates", request.coordinates(), "COORDINATE_SYSTEM_CRS84 (1) or COORDINATE_SYSTEM_BRITISH_GRID (2)"));
  }
  call.crs = request.coordinates() == v1::COORDINATE_SYSTEM_BRITISH_GRID ? LayerCrs::kNationalGrid : LayerCrs::kCrs84;
  return call;
}

geo::Result<FeatureListing> ComputeFeatures(LayerStore& store, const FeaturesCall& call, const geo::StopSignal& stop) {
  const Collection& collection = *call.layer.layer.collection;
  auto table = store.open(call.layer.snapshot, collection, call.layer.question, stop);
  if (!table) return geo::Fail(AsField(table.error()));
  auto matched = SelectFeatures(**table, collection, call.selection, stop);
  if (!matched) return geo::Fail(matched.error());
  return FeatureListing{std::move(*table), std::move(*matched)};
}

geo::Result<void> FeatureChunks::Encode(std::size_t i, v1::LayerFeature& out) const {
  const Schema& schema = call_.layer.layer.collection->kind->schema();
  const auto feature = listing_.value().table->feature(i);
  if (!feature) return geo::Fail(feature.error());
  out.set_id(feature->id);
  const CoordinateForm form{call_.crs == LayerCrs::kCrs84, schema.degree_decimals};
  geo::Result<void> written;
  if (const auto* point = std::get_if<geo::GridPoint>(&feature->geometry)) {
    written = AppendGeometry(*point, form, *out.mutable_geometry_geojson());
  } else if (const auto* shape = std::get_if<std::shared_ptr<const geo::MultiPolygon>>(&feature->geometry)) {
    written = AppendGeometry(**shape, form, *out.mutable_geometry_geojson());
  }
  for (const FeatureValue& value : feature->values) EncodeValue(value, *out.add_values());
  return written;
}

geo::Result<bool> FeatureChunks::next(v1::StreamFeaturesResponse& chunk, const geo::StopSignal& stop) {
  const auto& matched = listing_.value().matched;
  const std::size_t end = call_.limit == 0 ? matched.size() : std::min(matched.size(), static_cast<std::size_t>(call_.limit));
  if (!begun_) {
    begun_ = true;
    EncodeProperties(call_.layer.layer.collection->kind->schema(), *chunk.mutable_header()->mutable_properties());
    chunk.mutable_header()->set_matched(static_cast<std::int64_t>(matched.size()));
  }
  for (std::size_t bytes = 0; next_ < end && bytes < limits::kStreamChunkTargetBytes; ++next_) {
    if (next_ % 256 == 0 && stop.stop_requested()) return geo::Fail(stop.reason());
    v1::LayerFeature& feature = *chunk.add_features();
    if (auto encoded = Encode(matched[next_], feature); !encoded) return geo::Fail(encoded.error());
    bytes += feature.ByteSizeLong();
  }
  const bool last = next_ == end;
  if (last) *chunk.mutable_context() = listing_.value().table->context();
  hash_->update(DeterministicBytes(chunk));
  if (last) chunk.mutable_context()->set_answer_hash(hash_->hex());
  return !last;
}

geo::Result<LayerCall> DecodeGetRaster(LayerStore& store, const v1::GetRasterRequest& request, const geo::Snapshot& snapshot) {
  return DecodeLayerOf(store, request.question(), true, snapshot);
}

geo::Result<RasterFileAnswer> ComputeRaster(LayerStore& store, const LayerCall& call, const geo::StopSignal& stop) {
  const auto source = store.raster(call.snapshot, *call.layer.raster, call.question, stop);
  if (!source) return geo::Fail(AsField(source.error()));
  auto bytes = RasterFile(**source);
  if (!bytes) return geo::Fail(bytes.error());
  return RasterFileAnswer{std::move(*bytes), (*source)->context()};
}

geo::Result<std::int64_t> EncodeGetRaster(const LayerCall&, const geo::Disclosed<RasterFileAnswer>& file, v1::GetRasterResponse& response) {
  response.set_geotiff(file.value().bytes);
  *response.mutable_context() = file.value().context;
  return 1;
}

}  // namespace server
