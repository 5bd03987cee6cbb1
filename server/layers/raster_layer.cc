#include "server/layers/raster_layer.h"

#include <fmt/format.h>

#include "geo/hotspots/changed_cells.h"
#include "server/codec/surface_codec.h"
#include "server/layers/kind_parts.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr double kFalseDiscoveryRate = 0.05;

v1::ComputeSurfaceRequest RequestOf(const RasterLayer& layer, const LayerQuestion& question) {
  v1::ComputeSurfaceRequest request;
  request.set_dataset("datasets/" + layer.data->record.id);
  FillPeriod(*question.period, *request.mutable_period());
  question.fill(*request.mutable_filter());
  if (layer.measure == geo::LayerMeasure::kDensityDifference) {
    int years = 1;
    while (geo::YearsEarlier(*question.period, years).end > question.period->begin) ++years;
    FillPeriod(geo::YearsEarlier(*question.period, years), *request.mutable_comparison()->mutable_before());
  }
  return request;
}

const geo::BritishGrid* ThisThreadsGrid() {
  thread_local const auto grid = geo::BritishGrid::Create();
  return grid ? &*grid : nullptr;
}

tl::unexpected<geo::Error> NoGrid() {
  return geo::Fail({geo::ErrorCode::kInternal, "", "NO_TRANSFORMATION", "PROJ cannot be used: the National Grid cannot be drawn on a map of the world"});
}

}  // namespace

std::vector<RasterLayer> RasterLayersOf(const geo::DatasetSnapshot& data) {
  return {{CollectionIdOf(data, "density"),
           fmt::format("{}: density", data.record.title),
           "Kernel density (quartic, 500 m, cells of 100 m), incidents per km2 per year, on a scale that no view changes. Default: the latest whole year.",
           geo::LayerMeasure::kDensity,
           &data,
           {}},
          {CollectionIdOf(data, "density-change"),
           fmt::format("{}: change of density", data.record.title),
           "Density less that of the same days a year before, per km2 per year, both with one bandwidth. In stripes where the change of incidents within a "
           "bandwidth is not told from chance (5 % false discovery). Default: the latest whole year.",
           geo::LayerMeasure::kDensityDifference,
           &data,
           {}}};
}

geo::Result<std::shared_ptr<const RasterSource>> RasterSource::Build(const geo::Snapshot& snapshot, const RasterLayer& layer, const LayerQuestion& question,
                                                                     int threads, const geo::StopSignal& stop) {
  auto call = DecodeComputeSurface(RequestOf(layer, question), snapshot);
  if (!call) return geo::Fail(AsParameter(call.error()));
  call->query.threads = threads;
  auto answer = ComputeSurface(*call, stop);
  if (!answer) return geo::Fail(AsParameter(answer.error()));
  std::vector<std::uint8_t> significant;
  if (layer.measure == geo::LayerMeasure::kDensityDifference) {
    auto changed = geo::FindChangedCells(*call->question.data, call->query, *answer, kFalseDiscoveryRate, stop);
    if (!changed) return geo::Fail(AsParameter(changed.error()));
    significant = std::move(changed->changed);
  }
  std::shared_ptr<RasterSource> source(new RasterSource());
  source->surface_ = geo::Disclose(std::move(*answer), question.role);
  v1::SurfaceHeader header;
  EncodeSurfaceHeader(call->query, source->surface(), header);
  source->quantity_ = header.quantity();
  ContextFacts facts = FactsOfSurface(call->question, call->query, source->surface(), "");
  facts.parameters = call->parameters;
  BuildContext(call->question.snapshot, *call->question.data, facts, source->surface_->rule(), source->context_);
  const auto* grid = ThisThreadsGrid();
  if (grid == nullptr) return NoGrid();
  const geo::SurfaceAnswer& surface = source->surface();
  auto tiles = geo::DensityTiles::Build({surface.frame, surface.values, surface.shown, std::move(significant)}, geo::LayerScaleOf(layer.measure), geo::PixelValue::kLinear, *grid);
  if (!tiles) return geo::Fail(tiles.error());
  source->tiles_ = std::move(*tiles);
  return std::shared_ptr<const RasterSource>(std::move(source));
}

geo::Result<geo::TileImage> RasterSource::tile(geo::TileId tile, int size) const {
  const auto* grid = ThisThreadsGrid();
  if (grid == nullptr) return NoGrid();
  return tiles_->encode(tile, size, *grid);
}

}  // namespace server
