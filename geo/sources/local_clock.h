// What the clock on the wall did: times that never were, and times of one zone told on the clock of another.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "geo/types/local_time.h"
#include "geo/types/result.h"

namespace geo {

// Not thread-safe: it remembers the stretch between two clock changes that it was last asked about.
class LocalClock {
 public:
  // `from`: the zone in which files are written; `to`: the zone of the answers. IANA names, read from the system's zone files.
  // Errors: kInvalidArgument BAD_TIME_ZONE.
  static Result<LocalClock> Open(const std::string& from, const std::string& to);
  LocalClock(LocalClock&&) noexcept;
  LocalClock& operator=(LocalClock&&) noexcept;
  ~LocalClock();

  // The minute on the clock of `to`, or nullopt when the clock of `from` skipped it (Europe/London: 01:00 to 01:59 on the last Sunday of March).
  // A repeated minute is kept; between two different zones it is taken as the first of the two.
  std::optional<LocalMinute> told(LocalMinute minute);

 private:
  struct Zones;
  explicit LocalClock(std::unique_ptr<Zones> zones);
  std::unique_ptr<Zones> zones_;
  // In [sure_begin_, sure_end_) of `from`, nothing is skipped or repeated on either clock and the difference is `shift_`.
  LocalMinute sure_begin_ = 0;
  LocalMinute sure_end_ = 0;
  LocalMinute shift_ = 0;
};

}  // namespace geo
