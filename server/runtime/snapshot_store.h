// The snapshot that is served: one pointer, swapped whole.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "geo/snapshot/dataset_snapshot.h"
#include "geo/types/result.h"

namespace server {

struct SnapshotSwap {
  std::string previous;  // id; empty at the first load
  std::string current;
};

struct ServedSnapshot {
  std::shared_ptr<const geo::Snapshot> snapshot;  // null before the first successful reload
  std::chrono::system_clock::time_point since;
};

// Thread-safe. A reader holds one snapshot for its whole answer; a reload builds beside it and swaps, or changes nothing.
class SnapshotStore {
 public:
  using Load = std::function<geo::Result<std::shared_ptr<const geo::Snapshot>>()>;
  explicit SnapshotStore(Load load) : load_(std::move(load)) {}

  // Null before the first successful reload.
  std::shared_ptr<const geo::Snapshot> current() const;
  ServedSnapshot served() const;
  // Errors: kAborted RELOAD_RUNNING when another is under way; those of the load, which leave what is served as it was.
  geo::Result<SnapshotSwap> reload();
  // Of the last reload that ran to its end; empty when it succeeded.
  std::string last_error() const;

 private:
  geo::Result<std::shared_ptr<const geo::Snapshot>> Build() const;

  const Load load_;
  std::mutex reload_;         // held for a whole reload
  mutable std::mutex mutex_;  // held for a pointer copy
  std::shared_ptr<const geo::Snapshot> current_;
  std::chrono::system_clock::time_point since_;
  std::string last_error_;
};

}  // namespace server
