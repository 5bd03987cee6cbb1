#include <algorithm>
#include <array>
#include <cmath>

#include "geo/cameras/camera_model.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/layers/collection.h"
#include "server/layers/kinds.h"

namespace server {
namespace {

// By the ground that it could have in view, were there no buildings: maps ask for no tile outside the box.
void ExtendByReach(const geo::StreetRecord& street, const geo::StandingCamera& camera, geo::GridBox& box) {
  geo::CameraModel model = street.models[camera.model];
  if (camera.field_of_view_deg) model.field_of_view_deg = *camera.field_of_view_deg / model.sensors;
  const auto optics = geo::OpticsOf(model, geo::DensityTable::k2014, camera.height_m, "models");
  const auto reach_mm = static_cast<std::int32_t>(std::ceil((optics ? optics->ground_range_m.front() : 0) * 1000));
  box.extend({camera.at.easting_mm - reach_mm, camera.at.northing_mm - reach_mm});
  box.extend({camera.at.easting_mm + reach_mm, camera.at.northing_mm + reach_mm});
}

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
  for (const geo::StandingCamera& camera : data.street.cameras) ExtendByReach(data.record.street, camera, box);
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

geo::Period DaysOf(const Collection& collection) { return collection.kind->standing() ? StandingDay(*collection.data) : ExtentOf(*collection.data).days; }

std::span<const CollectionKind* const> CollectionKinds() {
  static const std::array<const CollectionKind*, 8> kinds{&WardCollections(),    &CellCollections(),     &HotspotCollections(), &ContourCollections(),
                                                          &ClusterCollections(), &IncidentCollections(), &CameraCollections(),  &ViewCollections()};
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
