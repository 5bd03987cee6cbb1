// wardwatchd as a child process: what only a process can show, signals and exits.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "geo/snapshot/dataset_snapshot.h"

namespace service_test {

// A folder of its own that goes with the test.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Writes a store that wardwatchd can read. Aborts when it cannot.
void StoreAt(const std::filesystem::path& path, geo::StoredDataset dataset);

class ChildServer {
 public:
  // Waits for the line "listening on"; port() is 0 when the child ended instead.
  explicit ChildServer(const std::vector<std::string>& arguments);
  ~ChildServer();  // kills a child that still runs
  ChildServer(const ChildServer&) = delete;
  ChildServer& operator=(const ChildServer&) = delete;

  int port() const { return port_; }
  pid_t pid() const { return pid_; }
  void signal(int number) const;
  // The exit code, 128 + n for a signal; nullopt when it still runs after `limit`.
  std::optional<int> wait(std::chrono::milliseconds limit);
  // Everything written to stderr so far.
  std::string log() const;

 private:
  void ReadPort(int pipe);

  Scratch scratch_;
  pid_t pid_ = -1;
  int port_ = 0;
  std::optional<int> exit_;
};

}  // namespace service_test
