#include "server/layers/layer_store.h"

#include <algorithm>

#include "server/layers/feature_selection.h"

namespace server {
namespace {

class EmptyTable final : public FeatureTable {
 public:
  EmptyTable(const Collection& collection, const std::string& snapshot) {
    context_.set_dataset("datasets/" + collection.data->record.id);
    context_.set_snapshot(snapshot);
    context_.set_method(collection.kind->standing() ? "The time asked for does not hold the day that the register is as at."
                                                    : "The time asked for meets no day of the data.");
  }
  std::size_t size() const override { return 0; }
  geo::Result<Feature> feature(std::size_t) const override { return Feature{}; }
  FeatureValue value(std::size_t, std::size_t) const override { return {}; }
  geo::GridBox bounds(std::size_t) const override { return {}; }
  FeatureGeometry geometry(std::size_t) const override { return {}; }
  std::optional<std::size_t> find(const std::string&) const override { return std::nullopt; }
  const wardwatch::v1::AnswerContext& context() const override { return context_; }
  std::size_t bytes() const override { return sizeof(*this); }

 private:
  wardwatch::v1::AnswerContext context_;
};

// Over which features were gathered, for densities of tiles; of what stands the density is per km2.
double YearsOf(const Collection& collection, const LayerQuestion& question) {
  if (!question.period || collection.kind->standing()) return 1;
  geo::LocalMinute first = question.period->begin * geo::kMinutesPerDay, last = question.period->end * geo::kMinutesPerDay - 1;
  if (collection.kind->has_instants() && question.instants) {
    first = std::max(first, question.instants->first.value_or(first));
    last = std::min(last, question.instants->last.value_or(last));
  }
  return std::max(1, last - first + 1) / (365.25 * geo::kMinutesPerDay);
}

}  // namespace

std::string TileKeyOf(const Collection& collection, const LayerQuestion& question) {
  return collection.id + '|' + (collection.kind->has_instants() ? question.canonical_to_the_minute() : question.canonical());
}

std::shared_ptr<const Catalogue> LayerStore::catalogue(const std::shared_ptr<const geo::Snapshot>& snapshot) {
  {
    const std::lock_guard lock(mutex_);
    if (catalogue_ && catalogue_->snapshot == snapshot) return catalogue_;
  }
  auto made = MakeCatalogue(snapshot);
  const std::lock_guard lock(mutex_);
  catalogue_ = made;
  return made;
}

geo::Result<TablePtr> LayerStore::open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                                       const geo::StopSignal& stop) {
  if (!question.period) return std::make_shared<EmptyTable>(collection, snapshot->id);
  return tables_.get(snapshot->id, collection.id + '|' + question.canonical(), stop,
                     [&] { return collection.kind->open(snapshot, collection, question, {threads_}, stop); });
}

geo::Result<std::shared_ptr<const TileSource>> LayerStore::source(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection,
                                                                  const LayerQuestion& question, const geo::StopSignal& stop) {
  return sources_.get(snapshot->id, TileKeyOf(collection, question), stop, [&]() -> geo::Result<std::shared_ptr<const TileSource>> {
    auto table = open(snapshot, collection, question, stop);
    if (!table) return geo::Fail(table.error());
    FeatureSelection selection;
    if (collection.kind->has_instants()) selection.instants = question.instants;
    const auto rows = SelectFeatures(**table, collection, selection, stop);
    if (!rows) return geo::Fail(rows.error());
    return TileSource::Build(collection, std::move(*table), *rows, YearsOf(collection, question), stop);
  });
}

geo::Result<std::shared_ptr<const RasterSource>> LayerStore::raster(const std::shared_ptr<const geo::Snapshot>& snapshot, const RasterLayer& layer,
                                                                    const LayerQuestion& question, const geo::StopSignal& stop) {
  if (!question.period) return geo::Fail({geo::ErrorCode::kNotFound, "datetime", "NO_DAYS", "meets no day of the data; ask for days that it covers"});
  return rasters_.get(snapshot->id, layer.id + '|' + question.canonical(), stop,
                      [&] { return RasterSource::Build(*snapshot, layer, question, threads_, stop); });
}

void LayerStore::keep_only(const std::string& snapshot) {
  tables_.keep_only(snapshot);
  sources_.keep_only(snapshot);
  rasters_.keep_only(snapshot);
  tiles.keep_only(snapshot);
  files.keep_only(snapshot);
  const std::lock_guard lock(mutex_);
  if (catalogue_ && catalogue_->snapshot->id != snapshot) catalogue_.reset();
}

LayerStoreStats LayerStore::stats() const { return {tables_.stats(), sources_.stats(), rasters_.stats(), tiles.stats(), files.stats()}; }

}  // namespace server
