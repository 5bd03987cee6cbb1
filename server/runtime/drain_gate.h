// Counts the requests under way, and closes for new ones when the server is told to go.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "geo/types/result.h"

namespace server {

// Thread-safe.
class DrainGate {
 public:
  // One more request under way. Error: kUnavailable DRAINING after close(); leave() must not be called then.
  geo::Result<void> enter();
  // It has been answered, down to the last byte.
  void leave();

  void close();
  bool closed() const;
  int under_way() const;
  // True once none is under way, false when `limit` passed first or interrupt() was called.
  bool wait_empty(std::chrono::milliseconds limit);
  // Ends wait_empty early: the second SIGTERM.
  void interrupt();

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int under_way_ = 0;
  bool closed_ = false;
  bool interrupted_ = false;
};

}  // namespace server
