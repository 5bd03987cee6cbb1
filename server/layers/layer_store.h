// Tables of features and catalogues, kept between requests: a map asks for the same layer again and again, a page at a time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "geo/types/stop_signal.h"
#include "server/layers/collection.h"

namespace server {

struct LayerStoreStats {
  std::size_t tables = 0;
  std::size_t bytes = 0;
  std::int64_t hits = 0;
  std::int64_t misses = 0;
};

// Thread-safe. Holds tables of one snapshot only: the first question about another lets go of the old one's.
class LayerStore {
 public:
  LayerStore(std::size_t most_bytes, OpenLimits how) : most_bytes_(most_bytes), how_(how) {}

  std::shared_ptr<const Catalogue> catalogue(const std::shared_ptr<const geo::Snapshot>& snapshot);
  // The table of a collection for a question, made at most once at a time: who asks for one that is being made waits for it, and stops waiting when its own
  // `stop` says so. A question without a period has an empty table. `collection` of the catalogue of this snapshot.
  geo::Result<TablePtr> open(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const geo::StopSignal& stop);
  // A reload: what is not of `snapshot` goes.
  void keep_only(const std::string& snapshot);
  LayerStoreStats stats() const;

 private:
  struct Entry {
    TablePtr table;  // null while it is being made
    std::list<std::string>::iterator used;
  };
  geo::Result<TablePtr> Make(const std::shared_ptr<const geo::Snapshot>& snapshot, const Collection& collection, const LayerQuestion& question,
                             const std::string& key, const geo::StopSignal& stop);
  void KeepOnly(const std::string& snapshot);  // holds mutex_
  void Trim();                                 // holds mutex_

  const std::size_t most_bytes_;
  const OpenLimits how_;
  mutable std::mutex mutex_;
  std::condition_variable made_;
  std::string snapshot_;
  std::shared_ptr<const Catalogue> catalogue_;
  std::unordered_map<std::string, Entry> tables_;
  std::list<std::string> used_;  // the longest unused first; only of tables that are made
  std::size_t bytes_ = 0;
  std::int64_t hits_ = 0, misses_ = 0;
};

}  // namespace server
