// Collections: what kinds there are, and which of them a snapshot has. A new kind is one file: its columns, its question, and a line in collection_kinds.cc.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "geo/layers/layer_scale.h"
#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/stop_signal.h"
#include "server/layers/feature_table.h"
#include "server/layers/layer_question.h"
#include "server/layers/raster_layer.h"

namespace server {

class CollectionKind;

// Valid while the snapshot is held.
struct Collection {
  std::string id;  // "sample.wards-2023"
  std::string title;
  std::string description;
  const CollectionKind* kind = nullptr;
  const geo::DatasetSnapshot* data = nullptr;
  std::size_t vintage = 0;  // of wards
  // What all of the dataset lies in: west, south, east, north in degrees. Filled in by MakeCatalogue.
  std::array<double, 4> bbox_deg{};
};

// How its question is answered.
struct OpenLimits {
  int threads = 1;  // the answer does not depend on them
};

class CollectionKind {
 public:
  virtual ~CollectionKind() = default;
  // The collections of this kind that a dataset has; their ids begin with the dataset's.
  virtual std::vector<Collection> list(const geo::DatasetSnapshot& data) const = 0;
  virtual const Schema& schema() const = 0;
  // Asks the same function of geo as the RPC of the same question, discloses, and keeps the rows. `question.period` is set. Errors: those of the question.
  virtual geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                                     const OpenLimits& how, const geo::StopSignal& stop) const = 0;
  // Whether its features have an instant of their own, by which `datetime` selects; others are about a period, which `datetime` chooses.
  virtual bool has_instants() const { return false; }
  // Whether its features are what stands: a register without a history, whose one instant is the day to which the data is complete. `datetime` selects by it.
  virtual bool standing() const { return false; }
  // Who may see its features; empty: no mark of their own. A kind that has one has a property of this text too, which stays with the features in every file.
  virtual std::string_view handling() const { return {}; }
  // The property that a map colours, an index into the schema, and the scale that it colours it by.
  virtual std::size_t coloured() const = 0;
  virtual geo::LayerMeasure measure() const = 0;
  // Of vector tiles: "wards".
  virtual std::string layer_name() const = 0;
};

std::span<const CollectionKind* const> CollectionKinds();

// The days that the times of its features lie in: those of the data; of what stands, its one day.
geo::Period DaysOf(const Collection& collection);

// All collections of a snapshot, in order of dataset and kind.
struct Catalogue {
  std::shared_ptr<const geo::Snapshot> snapshot;
  std::vector<Collection> collections;
  std::vector<RasterLayer> rasters;

  // kNotFound UNKNOWN_COLLECTION with those that exist.
  geo::Result<const Collection*> find(const std::string& id) const;
  // Null where there is none.
  const RasterLayer* find_raster(const std::string& id) const;
};
std::shared_ptr<const Catalogue> MakeCatalogue(std::shared_ptr<const geo::Snapshot> snapshot);

}  // namespace server
