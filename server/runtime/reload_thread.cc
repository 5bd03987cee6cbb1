#include "server/runtime/reload_thread.h"

#include <utility>

namespace server {

ReloadThread::ReloadThread(SnapshotStore& snapshots, Done observe) : snapshots_(snapshots), observe_(std::move(observe)), thread_([this] { Run(); }) {}

ReloadThread::~ReloadThread() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

geo::Result<void> ReloadThread::start(Done done, Edit before) {
  const std::lock_guard lock(mutex_);
  if (running_ || started_ || requested_) {
    return geo::Fail({geo::ErrorCode::kAborted, "", "RELOAD_RUNNING", "another reload is under way; ask again when it has ended"});
  }
  started_ = true;
  done_ = std::move(done);
  before_ = std::move(before);
  changed_.notify_all();
  return {};
}

void ReloadThread::request() {
  const std::lock_guard lock(mutex_);
  requested_ = true;
  changed_.notify_all();
}

bool ReloadThread::busy() const {
  const std::lock_guard lock(mutex_);
  return running_ || started_ || requested_;
}

void ReloadThread::Run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closing_ || started_ || requested_; });
    if (closing_ && !started_) return;  // a caller who was promised an answer gets one
    started_ ? started_ = false : requested_ = false;
    running_ = true;
    Done done = std::exchange(done_, nullptr);
    const Edit before = std::exchange(before_, nullptr);
    lock.unlock();
    const auto edited = before ? before() : geo::Result<void>();
    const auto swap = edited ? snapshots_.reload() : geo::Result<SnapshotSwap>(geo::Fail(edited.error()));
    if (observe_ && edited) observe_(swap);
    lock.lock();
    running_ = false;
    lock.unlock();
    if (done) done(swap);
    lock.lock();
  }
}

}  // namespace server
