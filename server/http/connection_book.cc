#include "server/http/connection_book.h"

namespace server::http {
namespace {

bool Loopback(const std::string& address) { return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127."); }

}  // namespace

ConnectionBook::Verdict ConnectionBook::enter(const std::string& address) {
  const std::lock_guard lock(mutex_);
  Verdict verdict;
  const auto here = by_address_.find(address);
  if (here != by_address_.end() && here->second >= caps_.per_address && !Loopback(address)) {
    verdict.evict = LongestIdle(&address);
  } else if (known_.size() >= static_cast<std::size_t>(caps_.total)) {
    verdict.evict = LongestIdle(nullptr);
  } else {
    verdict.admitted = true;
  }
  if (verdict.evict) {
    // Its place is free from here on; its own leave() finds nothing.
    Forget(*verdict.evict);
    ++evicted_;
    verdict.admitted = true;
  }
  if (!verdict.admitted) {
    ++refused_;
    return verdict;
  }
  ++accepted_;
  verdict.number = next_++;
  known_.emplace(verdict.number, Known{address, std::nullopt});
  ++by_address_[address];
  return verdict;
}

void ConnectionBook::leave(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  Forget(number);
}

void ConnectionBook::set_idle(std::uint64_t number, bool idle) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(number);
  if (found == known_.end() || found->second.idle.has_value() == idle) return;
  if (idle) {
    found->second.idle = idle_.insert(idle_.end(), number);
  } else {
    idle_.erase(*found->second.idle);
    found->second.idle.reset();
  }
}

ConnectionBook::Stats ConnectionBook::stats() const {
  const std::lock_guard lock(mutex_);
  return {static_cast<int>(known_.size()), static_cast<int>(idle_.size()), accepted_, refused_, evicted_};
}

void ConnectionBook::Forget(std::uint64_t number) {
  const auto found = known_.find(number);
  if (found == known_.end()) return;
  if (found->second.idle) idle_.erase(*found->second.idle);
  const auto address = by_address_.find(found->second.address);
  if (--address->second == 0) by_address_.erase(address);
  known_.erase(found);
}

std::optional<std::uint64_t> ConnectionBook::LongestIdle(const std::string* address) const {
  for (const std::uint64_t number : idle_) {
    if (address == nullptr || known_.at(number).address == *address) return number;
  }
  return std::nullopt;
}

}  // namespace server::http
