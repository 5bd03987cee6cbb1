// A file replaced whole or not at all.
#pragma once

#include <filesystem>
#include <string>

#include "geo/types/result.h"

namespace geo {

// A name beside `target` under which its successor is written. Removes the file, and SQLite's side files, unless publish() succeeded.
class Successor {
 public:
  explicit Successor(std::filesystem::path target);
  Successor(const Successor&) = delete;
  Successor& operator=(const Successor&) = delete;
  ~Successor();
  const std::filesystem::path& path() const { return path_; }
  // Syncs the file, renames it over the target, syncs the folder, in this order, so that no crash leaves a name that points at unwritten bytes.
  // Errors: kInternal STORE_WRITE. A failed sync is final: the file is given up, never retried.
  Result<void> publish();

 private:
  std::filesystem::path target_, path_;
};

// Removes successors of `target` that a killed process left. Only for the holder of its lock.
void RemoveAbandonedSuccessors(const std::filesystem::path& target);

// Holds `<target>.lock` until destroyed.
class StoreLock {
 public:
  // Errors: kAborted STORE_LOCKED when another process holds it; kInternal STORE_WRITE.
  static Result<StoreLock> Take(const std::filesystem::path& target);
  StoreLock(StoreLock&& other) noexcept;
  StoreLock& operator=(StoreLock&&) = delete;
  ~StoreLock();

 private:
  explicit StoreLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace geo
