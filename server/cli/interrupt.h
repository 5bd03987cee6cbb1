// Ctrl-C and SIGTERM as a call on a thread of their own, where locks may be taken and files removed.
#pragma once

#include <csignal>
#include <functional>
#include <thread>

namespace server {

// While this lives both signals call `act` instead of ending the process; a signal that the process ignores (a background job's) stays ignored. Made before
// any other thread, which inherits the mask.
class Interrupt {
 public:
  explicit Interrupt(std::function<void()> act);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

 private:
  sigset_t before_{};
  std::thread watcher_;
};

}  // namespace server
