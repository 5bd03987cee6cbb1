// The one thread that reloads: a reload takes seconds and may not hold a worker, nor the thread that hears signals.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "server/runtime/snapshot_store.h"

namespace server {

// Thread-safe.
class ReloadThread {
 public:
  using Done = std::function<void(const geo::Result<SnapshotSwap>&)>;

  // `observe` hears of every reload that ran, before the one who asked for it.
  ReloadThread(SnapshotStore& snapshots, Done observe);
  // Waits for the reload under way; drops one that was only asked for.
  ~ReloadThread();

  // What is done before a reload, on its thread: an edit of the store. Where it fails, nothing is reloaded and `done` hears why.
  using Edit = std::function<geo::Result<void>()>;

  // Starts a reload; `done` is called on the reload thread when it has ended. Error: kAborted RELOAD_RUNNING; `done` is dropped then.
  geo::Result<void> start(Done done, Edit before = nullptr);
  // Asks for a reload without waiting: at once, or after the one under way, which may have read the store before it changed. Any number of calls meanwhile
  // make one reload.
  void request();
  bool busy() const;

 private:
  void Run();

  SnapshotStore& snapshots_;
  const Done observe_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Done done_;
  Edit before_;
  bool running_ = false;
  bool started_ = false;  // start() was accepted and has not been taken up
  bool requested_ = false;
  bool closing_ = false;
  std::thread thread_;
};

}  // namespace server
