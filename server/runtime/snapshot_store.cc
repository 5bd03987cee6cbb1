#include "server/runtime/snapshot_store.h"

#include <exception>
#include <new>

namespace server {

std::shared_ptr<const geo::Snapshot> SnapshotStore::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

ServedSnapshot SnapshotStore::served() const {
  const std::lock_guard lock(mutex_);
  return {current_, since_};
}

std::string SnapshotStore::last_error() const {
  const std::lock_guard lock(mutex_);
  return last_error_;
}

geo::Result<std::shared_ptr<const geo::Snapshot>> SnapshotStore::Build() const {
  try {
    return load_();
  } catch (const std::bad_alloc&) {
    return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "OUT_OF_MEMORY", "not enough memory for a second snapshot beside the one served"});
  } catch (const std::exception& exception) {
    return geo::Fail({geo::ErrorCode::kInternal, "", "LOAD_FAILED", exception.what()});
  }
}

geo::Result<SnapshotSwap> SnapshotStore::reload() {
  const std::unique_lock running(reload_, std::try_to_lock);
  if (!running.owns_lock()) return geo::Fail({geo::ErrorCode::kAborted, "", "RELOAD_RUNNING", "another reload is under way; ask again when it has ended"});
  auto built = Build();
  if (built && !*built) built = geo::Fail({geo::ErrorCode::kInternal, "", "LOAD_FAILED", "the load gave no snapshot"});
  // The old snapshot may be freed here; that takes a while and must not hold up readers.
  std::shared_ptr<const geo::Snapshot> old;
  const std::lock_guard lock(mutex_);
  if (!built) {
    last_error_ = built.error().message.empty() ? built.error().reason : built.error().message;
    return geo::Fail(built.error());
  }
  old = std::move(current_);
  current_ = std::move(*built);
  since_ = std::chrono::system_clock::now();
  last_error_.clear();
  return SnapshotSwap{old ? old->id : std::string(), current_->id};
}

}  // namespace server
