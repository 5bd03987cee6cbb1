#include <algorithm>
#include <array>
#include <cmath>

#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/layers/collection.h"
#include "server/layers/kinds.h"

namespace server {
namespace {

geo::GridBox GridBoxOf(const geo::DatasetSnapshot& data) {
  geo::GridBox box;
  for (const geo::Vintage& vintage : data.vintages) {
    for (const geo::Area& area : vintage.areas.areas()) {
      const geo::GridBox bounds = geo::BoundsOf(area.shape);
      box.extend(bounds.low);
      box.extend(bounds.high);
    }
  }
  for (const geo::GridPoint at : data.incidents.at) {
    if (at != geo::kUnlocated) box.extend(at);
  }
  return box;
}

// Rounded outwards to a thousandth of a degree, which also covers what the Grid's edges bulge between the points looked at.
std::array<double, 4> DegreesAround(const geo::GridBox& box) {
  if (box.empty()) return {-9, 49, 3, 61};
  constexpr int kSteps = 16;
  std::array<double, 4> around{180, 90, -180, -90};
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      if (i % kSteps != 0 && j % kSteps != 0) continue;
      const auto along = [](std::int64_t low, std::int64_t high, int step) { return static_cast<std::int32_t>(low + (high - low) * step / kSteps); };
      const auto at = DegreesOf({along(box.low.easting_mm, box.high.easting_mm, i), along(box.low.northing_mm, box.high.northing_mm, j)});
      if (!at) return {-9, 49, 3, 61};
      around = {std::min(around[0], at->longitude_deg), std::min(around[1], at->latitude_deg), std::max(around[2], at->longitude_deg),
                std::max(around[3], at->latitude_deg)};
    }
  }
  const auto outwards = [](double degrees, double sign) { return (std::floor(degrees * sign * 1000) - 1) / 1000 * sign; };
  return {outwards(around[0], 1), outwards(around[1], 1), outwards(around[2], -1), outwards(around[3], -1)};
}

}  // namespace

std::span<const CollectionKind* const> CollectionKinds() {
  static const std::array<const CollectionKind*, 6> kinds{&WardCollections(),    &CellCollections(),    &HotspotCollections(),
                                                          &ContourCollections(), &ClusterCollections(), &IncidentCollections()};
  return kinds;
}

geo::Result<const Collection*> Catalogue::find(const std::string& id) const {
  std::vector<std::string> existing;
  for (const Collection& collection : collections) {
    if (collection.id == id) return &collection;
    existing.push_back(collection.id);
  }
  return geo::Fail(Unknown("collectionId", "collection", id, existing));
}

const RasterLayer* Catalogue::find_raster(const std::string& id) const {
  const auto found = std::find_if(rasters.begin(), rasters.end(), [&](const RasterLayer& layer) { return layer.id == id; });
  return found == rasters.end() ? nullptr : &*found;
}

std::shared_ptr<const Catalogue> MakeCatalogue(std::shared_ptr<const geo::Snapshot> snapshot) {
  auto catalogue = std::make_shared<Catalogue>();
  for (const geo::DatasetSnapshot& data : snapshot->datasets) {
    const auto bbox = DegreesAround(GridBoxOf(data));
    for (const CollectionKind* kind : CollectionKinds()) {
      for (Collection& collection : kind->list(data)) {
        collection.bbox_deg = bbox;
        catalogue->collections.push_back(std::move(collection));
      }
    }
    for (RasterLayer& layer : RasterLayersOf(data)) {
      layer.bbox_deg = bbox;
      catalogue->rasters.push_back(std::move(layer));
    }
  }
  catalogue->snapshot = std::move(snapshot);
  return catalogue;
}

}  // namespace server
