#include "server/layers/draw_tile.h"

#include <fmt/format.h>

#include "server/codec/refusal.h"

namespace server {

geo::Result<AnyLayer> FindLayer(const Catalogue& catalogue, const std::string& id, std::string_view field) {
  std::vector<std::string> existing;
  for (const Collection& collection : catalogue.collections) {
    if (collection.id == id) return AnyLayer{&collection, nullptr};
    existing.push_back(collection.id);
  }
  if (const RasterLayer* raster = catalogue.find_raster(id)) return AnyLayer{nullptr, raster};
  for (const RasterLayer& raster : catalogue.rasters) existing.push_back(raster.id);
  return geo::Fail(Unknown(field, "layer", id, existing));
}

std::string TileQuestion::key() const {
  const std::string source = layer.collection != nullptr ? TileKeyOf(*layer.collection, question) : layer.id() + '|' + question.canonical();
  return fmt::format("{}|{}/{}/{}|{}", source, tile.zoom, tile.x, tile.y, layer.raster != nullptr ? size_px : 0);
}

geo::Result<void> OpenTiles(LayerStore& store, const std::shared_ptr<const geo::Snapshot>& snapshot, const AnyLayer& layer, const LayerQuestion& question,
                            const geo::StopSignal& stop) {
  if (layer.raster != nullptr) {
    if (const auto source = store.raster(snapshot, *layer.raster, question, stop); !source) return geo::Fail(source.error());
  } else if (const auto source = store.source(snapshot, *layer.collection, question, stop); !source) {
    return geo::Fail(source.error());
  }
  return {};
}

geo::Result<DrawnTile> DrawTile(LayerStore& store, const std::shared_ptr<const geo::Snapshot>& snapshot, const TileQuestion& asked,
                                const geo::StopSignal& stop) {
  if (asked.layer.raster != nullptr) {
    const auto source = store.raster(snapshot, *asked.layer.raster, asked.question, stop);
    if (!source) return geo::Fail(source.error());
    auto image = (*source)->tile(asked.tile, asked.size_px);
    if (!image) return geo::Fail(image.error());
    return DrawnTile{image->blank ? std::string() : std::move(image->png), 0, 0, false, (*source)->context()};
  }
  const auto source = store.source(snapshot, *asked.layer.collection, asked.question, stop);
  if (!source) return geo::Fail(source.error());
  auto tile = (*source)->encode(asked.tile);
  return DrawnTile{std::move(tile.bytes), tile.rows, tile.left_out, tile.counted, (*source)->table().context()};
}

}  // namespace server
