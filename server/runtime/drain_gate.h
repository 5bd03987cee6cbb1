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
  // True once none is under way, false when `limit` passed first.
  bool wait_empty(std::chrono::milliseconds limit);
  // Until nobody has been refused for as long as `quiet`, at most `limit`: a call that meets the closing of the listener is reset without a reason.
  void wait_quiet(std::chrono::milliseconds quiet, std::chrono::milliseconds limit);

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  int under_way_ = 0;
  bool closed_ = false;
  std::chrono::steady_clock::time_point last_refused_{};
};

}  // namespace server
