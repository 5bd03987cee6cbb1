// A collection's features for one question, ready to be cut into vector tiles.
#pragma once

#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "geo/tiles/tile_points.h"
#include "geo/tiles/tile_shapes.h"
#include "geo/types/stop_signal.h"
#include "server/layers/collection.h"
#include "server/layers/feature_table.h"

namespace server {

class TileSource {
 public:
  // Of these rows of the table, ascending. Errors: of PROJ, of `stop`. Cost: about 2 us a vertex, and the properties of every feature once.
  static geo::Result<std::shared_ptr<const TileSource>> Build(const Collection& collection, TablePtr table, const std::vector<std::uint32_t>& rows, double years,
                                                              const geo::StopSignal& stop);

  // One layer, named as the kind of the collection is: "wards", "cells". Thread-safe.
  geo::EncodedTile encode(geo::TileId tile) const;
  const FeatureTable& table() const { return *table_; }
  std::size_t bytes() const { return bytes_; }

 private:
  explicit TileSource(TablePtr table) : table_(std::move(table)) {}
  geo::Result<void> Fill(const Collection& collection, const std::vector<std::uint32_t>& rows, double years, const geo::StopSignal& stop);

  const TablePtr table_;
  std::string layer_;
  std::optional<geo::TilePoints> points_;
  std::optional<geo::TileShapes> shapes_;
  std::optional<geo::TileTable> properties_;  // of shapes; points hold theirs
  std::size_t bytes_ = 0;
};

}  // namespace server
