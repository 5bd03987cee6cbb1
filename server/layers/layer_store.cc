#include "server/layers/layer_store.h"

#include <chrono>

namespace server {
namespace {

// How often one who waits for another's table looks whether it should stop.
constexpr std::chrono::milliseconds kLook{5};

class EmptyTable final : public FeatureTable {
 public:
  EmptyTable(const Collection& collection, const std::string& snapshot) {
    context_.set_dataset("datasets/" + collection.data->record.id);
    context_.set_snapshot(snapshot);
    context_.set_method("The time asked for meets no day of the data.");
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

}  // namespace

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
  const std::string key = collection.id + '|' + question.canonical();
  std::unique_lock lock(mutex_);
  KeepOnly(snapshot->id);
  while (true) {
    const auto found = tables_.find(key);
    if (found == tables_.end()) break;
    if (found->second.table) {
      ++hits_;
      used_.splice(used_.end(), used_, found->second.used);
      return found->second.table;
    }
    made_.wait_for(lock, kLook);
    if (stop.stop_requested()) return geo::Fail(stop.reason());
  }
  ++misses_;
  tables_.emplace(key, Entry{nullptr, used_.end()});
  lock.unlock();
  return Make(snapshot, collection, question, key, stop);
}

geo::Result<TablePtr> LayerStore::Make(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                                       const std::string& key, const geo::StopSignal& stop) {
  // Whatever happens, nobody may wait for it for ever.
  struct Ending {
    LayerStore& store;
    const std::string& key;
    ~Ending() {
      const std::lock_guard lock(store.mutex_);
      const auto found = store.tables_.find(key);
      if (found != store.tables_.end() && !found->second.table) store.tables_.erase(found);
      store.made_.notify_all();
    }
  } ending{*this, key};
  auto table = collection.kind->open(snapshot, collection, question, how_, stop);
  if (!table) return table;
  const std::lock_guard lock(mutex_);
  const auto found = tables_.find(key);
  // A reload came meanwhile, or it is too large to keep: it serves this request alone.
  if (snapshot_ != snapshot->id || found == tables_.end() || found->second.table || (*table)->bytes() > most_bytes_ / 2) return table;
  found->second.table = *table;
  found->second.used = used_.insert(used_.end(), key);
  bytes_ += (*table)->bytes();
  Trim();
  return table;
}

void LayerStore::Trim() {
  while (bytes_ > most_bytes_ && used_.size() > 1) {
    const auto oldest = tables_.find(used_.front());
    bytes_ -= oldest->second.table->bytes();
    tables_.erase(oldest);
    used_.pop_front();
  }
}

void LayerStore::KeepOnly(const std::string& snapshot) {
  if (snapshot_ == snapshot) return;
  snapshot_ = snapshot;
  for (const std::string& key : used_) tables_.erase(key);
  used_.clear();
  bytes_ = 0;
  if (catalogue_ && catalogue_->snapshot->id != snapshot) catalogue_.reset();
}

void LayerStore::keep_only(const std::string& snapshot) {
  const std::lock_guard lock(mutex_);
  KeepOnly(snapshot);
}

LayerStoreStats LayerStore::stats() const {
  const std::lock_guard lock(mutex_);
  return {used_.size(), bytes_, hits_, misses_};
}

}  // namespace server
