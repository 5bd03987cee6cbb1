// Raster layers: density surfaces in real units on fixed scales, as pictures and as values.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "geo/disclosure/disclosed.h"
#include "geo/hotspots/surface_query.h"
#include "geo/layers/density_tiles.h"
#include "geo/layers/layer_scale.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"
#include "server/layers/layer_question.h"
#include "wardwatch/v1/common.pb.h"

namespace server {

// Valid while the snapshot is held.
struct RasterLayer {
  std::string id;  // "sample.density"
  std::string title;
  std::string description;
  geo::LayerMeasure measure = geo::LayerMeasure::kDensity;
  const geo::DatasetSnapshot* data = nullptr;
  std::array<double, 4> bbox_deg{};
};

// density: the latest whole year, or the days asked for. density-change: those days against the same days a year before.
std::vector<RasterLayer> RasterLayersOf(const geo::DatasetSnapshot& data);

// One surface, computed, disclosed and kept.
class RasterSource {
 public:
  // As HotspotService.ComputeSurface with its defaults. `question.period` is set. Errors: those of the question.
  static geo::Result<std::shared_ptr<const RasterSource>> Build(const geo::Snapshot& snapshot, const RasterLayer& layer, const LayerQuestion& question,
                                                                int threads, const geo::StopSignal& stop);

  // A picture of 256 or 512 pixels a side. Thread-safe.
  geo::Result<geo::TileImage> tile(geo::TileId tile, int size) const;
  const geo::SurfaceAnswer& surface() const { return surface_->value(); }
  const wardwatch::v1::AnswerContext& context() const { return context_; }
  // "incidents per km2 per year".
  const std::string& quantity() const { return quantity_; }
  std::size_t bytes() const { return surface().values.size() * 3 * (sizeof(double) + 1) + 4096; }

 private:
  RasterSource() = default;
  std::optional<geo::Disclosed<geo::SurfaceAnswer>> surface_;
  std::optional<geo::DensityTiles> tiles_;
  wardwatch::v1::AnswerContext context_;
  std::string quantity_;
};

}  // namespace server
