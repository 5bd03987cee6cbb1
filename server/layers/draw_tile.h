// One tile of one layer, from whichever kind of source it has.
#pragma once

#include <memory>
#include <string>

#include "geo/tiles/tile_id.h"
#include "server/layers/layer_store.h"

namespace server {

// A feature layer or a raster layer of a catalogue. Valid while the snapshot is held.
struct AnyLayer {
  const Collection* collection = nullptr;
  const RasterLayer* raster = nullptr;

  const geo::DatasetSnapshot& data() const { return collection != nullptr ? *collection->data : *raster->data; }
  const std::string& id() const { return collection != nullptr ? collection->id : raster->id; }
};
// kNotFound UNKNOWN_LAYER with those that exist.
geo::Result<AnyLayer> FindLayer(const Catalogue& catalogue, const std::string& id, std::string_view field);

struct TileQuestion {
  AnyLayer layer;
  LayerQuestion question;
  geo::TileId tile;
  int size_px = 256;  // of a picture: 256 or 512

  // One text for one tile.
  std::string key() const;
};

struct DrawnTile {
  std::string bytes;  // empty: nothing to show
  std::int64_t features = 0;
  std::int64_t left_out = 0;
  bool counted = false;
  wardwatch::v1::AnswerContext context;
};

// What the tiles of a question are cut from, made where it is not kept. Errors: those that each of its tiles would have.
geo::Result<void> OpenTiles(LayerStore& store, const std::shared_ptr<const geo::Snapshot>& snapshot, const AnyLayer& layer, const LayerQuestion& question,
                            const geo::StopSignal& stop);

geo::Result<DrawnTile> DrawTile(LayerStore& store, const std::shared_ptr<const geo::Snapshot>& snapshot, const TileQuestion& asked,
                                const geo::StopSignal& stop);

}  // namespace server
