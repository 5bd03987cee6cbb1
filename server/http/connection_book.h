// How many connections there are, from where, and which may be closed for a newcomer.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace server::http {

// Thread-safe. A connection is known by its number.
class ConnectionBook {
 public:
  struct Caps {
    int total = 0;
    int per_address = 0;
  };
  struct Stats {
    int open = 0;
    int idle = 0;
    std::int64_t accepted = 0;
    std::int64_t refused = 0;
    std::int64_t evicted = 0;
  };
  // `admitted` is false when it must be closed at once. `evict` is the one to close for it: the longest idle, of its own address where that is full.
  struct Verdict {
    std::uint64_t number = 0;
    bool admitted = false;
    std::optional<std::uint64_t> evict;
  };

  explicit ConnectionBook(Caps caps) : caps_(caps) {}

  // Loopback addresses have no cap of their own: whoever is on this machine, and every proxy in front, shares them.
  Verdict enter(const std::string& address);
  void leave(std::uint64_t number);
  // Idle: between requests, so that closing it loses nothing.
  void set_idle(std::uint64_t number, bool idle);
  Stats stats() const;

 private:
  struct Known {
    std::string address;
    std::optional<std::list<std::uint64_t>::iterator> idle;
  };
  void Forget(std::uint64_t number);                                           // holds mutex_
  std::optional<std::uint64_t> LongestIdle(const std::string* address) const;  // holds mutex_

  const Caps caps_;
  mutable std::mutex mutex_;
  std::uint64_t next_ = 1;
  std::unordered_map<std::uint64_t, Known> known_;
  std::map<std::string, int> by_address_;
  std::list<std::uint64_t> idle_;  // the longest first
  std::int64_t accepted_ = 0, refused_ = 0, evicted_ = 0;
};

}  // namespace server::http
