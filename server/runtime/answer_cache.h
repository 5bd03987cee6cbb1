// Answers that are asked for again and again, each made once at a time, within a budget of bytes, of one snapshot.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "geo/types/result.h"
#include "geo/types/stop_signal.h"

namespace server {

struct CacheStats {
  std::size_t entries = 0;
  std::size_t bytes = 0;
  std::int64_t hits = 0;
  std::int64_t misses = 0;
};

// T: has `std::size_t bytes() const`. Thread-safe.
template <class T>
class AnswerCache {
 public:
  using Value = std::shared_ptr<const T>;

  explicit AnswerCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  // The value of `key` for this snapshot, made by `make`: () -> Result<Value>. Who asks for one that is being made waits for it, and no longer than its own
  // `stop` allows; where the maker gave up, the next who waits makes it. The first question about another snapshot lets go of the old one's.
  template <class Make>
  geo::Result<Value> get(const std::string& snapshot, const std::string& key, const geo::StopSignal& stop, Make&& make) {
    std::unique_lock lock(mutex_);
    KeepOnly(snapshot);
    while (true) {
      const auto found = entries_.find(key);
      if (found == entries_.end()) break;
      if (found->second.value) {
        ++hits_;
        used_.splice(used_.end(), used_, found->second.used);
        return found->second.value;
      }
      made_.wait_for(lock, kLook);
      if (stop.stop_requested()) return geo::Fail(stop.reason());
    }
    ++misses_;
    entries_.emplace(key, Entry{nullptr, used_.end()});
    lock.unlock();
    const Ending ending{*this, key};
    geo::Result<Value> value = make();
    if (value) Keep(snapshot, key, *value);
    return value;
  }

  // The value, where it is there.
  Value peek(const std::string& snapshot, const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = snapshot_ == snapshot ? entries_.find(key) : entries_.end();
    if (found == entries_.end() || !found->second.value) return nullptr;
    ++hits_;
    used_.splice(used_.end(), used_, found->second.used);
    return found->second.value;
  }

  // A reload: what is of another snapshot goes.
  void keep_only(const std::string& snapshot) {
    const std::lock_guard lock(mutex_);
    KeepOnly(snapshot);
  }

  CacheStats stats() const {
    const std::lock_guard lock(mutex_);
    return {used_.size(), bytes_, hits_, misses_};
  }

 private:
  static constexpr std::chrono::milliseconds kLook{5};  // how often one who waits looks whether to stop

  struct Entry {
    Value value;  // null while it is being made
    std::list<std::string>::iterator used;
  };

  // Whatever happens to the maker, nobody may wait for ever.
  struct Ending {
    AnswerCache& cache;
    const std::string& key;
    ~Ending() {
      const std::lock_guard lock(cache.mutex_);
      const auto found = cache.entries_.find(key);
      if (found != cache.entries_.end() && !found->second.value) cache.entries_.erase(found);
      cache.made_.notify_all();
    }
  };

  void Keep(const std::string& snapshot, const std::string& key, const Value& value) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(key);
    // A reload came meanwhile, or it is too large to keep: it serves this request alone.
    if (snapshot_ != snapshot || found == entries_.end() || found->second.value || value->bytes() > most_bytes_ / 2) return;
    found->second.value = value;
    found->second.used = used_.insert(used_.end(), key);
    bytes_ += value->bytes();
    while (bytes_ > most_bytes_) {
      const auto oldest = entries_.find(used_.front());
      bytes_ -= oldest->second.value->bytes();
      entries_.erase(oldest);
      used_.pop_front();
    }
  }

  void KeepOnly(const std::string& snapshot) {  // holds mutex_
    if (snapshot_ == snapshot) return;
    snapshot_ = snapshot;
    for (const std::string& key : used_) entries_.erase(key);
    used_.clear();
    bytes_ = 0;
  }

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable made_;
  std::string snapshot_;
  std::unordered_map<std::string, Entry> entries_;
  std::list<std::string> used_;  // the longest unused first; of values that are there
  std::size_t bytes_ = 0;
  std::int64_t hits_ = 0, misses_ = 0;
};

}  // namespace server
