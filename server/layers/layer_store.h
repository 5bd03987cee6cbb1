// Everything of the layers that is kept between requests: catalogues, tables of features, what tiles are cut from, the tiles themselves, files.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "server/runtime/answer_cache.h"
#include "server/layers/collection.h"
#include "server/layers/raster_layer.h"
#include "server/layers/tile_source.h"

namespace server {

// Bytes of one tile or one file.
struct KeptBytes {
  std::shared_ptr<const std::string> plain;    // null: nothing to show
  std::shared_ptr<const std::string> gzipped;  // null where it is not worth it
  std::int64_t rows = 0;
  std::size_t bytes() const { return 128 + (plain ? plain->size() : 0) + (gzipped ? gzipped->size() : 0); }
};

struct LayerStoreStats {
  CacheStats tables, sources, rasters, tiles, files;
};

// One text for what tiles of a collection are cut from: features that have an instant of their own are chosen by it, as items are.
std::string TileKeyOf(const Collection& collection, const LayerQuestion& question);

// Thread-safe. Of one snapshot only: the first question about another lets go of the old one's.
class LayerStore {
 public:
  struct Budgets {
    std::size_t tables, sources, rasters, tiles, files;
  };
  LayerStore(const Budgets& budgets, int threads)
      : tiles(budgets.tiles), files(budgets.files), threads_(threads), tables_(budgets.tables), sources_(budgets.sources), rasters_(budgets.rasters) {}

  std::shared_ptr<const Catalogue> catalogue(const std::shared_ptr<const geo::Snapshot>& snapshot);
  // The table of a collection for a question. One without a period has an empty table. `collection` of the catalogue of this snapshot.
  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const geo::StopSignal& stop);
  geo::Result<std::shared_ptr<const TileSource>> source(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection,
                                                        const LayerQuestion& question, const geo::StopSignal& stop);
  // kNotFound NO_DAYS for a question without a period: there is nothing to draw.
  geo::Result<std::shared_ptr<const RasterSource>> raster(const std::shared_ptr<const geo::Snapshot>& snapshot, const RasterLayer& layer,
                                                          const LayerQuestion& question, const geo::StopSignal& stop);
  void keep_only(const std::string& snapshot);
  LayerStoreStats stats() const;

  AnswerCache<KeptBytes> tiles;
  AnswerCache<KeptBytes> files;

 private:
  const int threads_;  // of one answer, which does not depend on them
  AnswerCache<FeatureTable> tables_;
  AnswerCache<TileSource> sources_;
  AnswerCache<RasterSource> rasters_;
  std::mutex mutex_;
  std::shared_ptr<const Catalogue> catalogue_;
};

}  // namespace server
