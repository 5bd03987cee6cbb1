// The share of an incident's window inside a time of week, looked up.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/incidents/time_of_week.h"

namespace geo {

// WindowShare of a window without dates and light, for rows by the hundred thousand: the minutes of the week are counted up once, so that a share is two loads.
// Equal to WindowShare, bit for bit. 46 KB.
class WeekShare {
 public:
  explicit WeekShare(const TimeOfWeek& week);
  double share(LocalMinute from, LocalMinute to) const {
    const int length = to - from;
    if (length > longest_) return 0;
    const int begin = MinuteOfWeek(from);
    return static_cast<double>(before_[static_cast<std::size_t>(begin + length)] - before_[static_cast<std::size_t>(begin)]) / length;
  }

 private:
  static constexpr int kMinutesPerWeek = 7 * kMinutesPerDay;
  // 0 is Monday's midnight; 1970-01-01 was a Thursday.
  static int MinuteOfWeek(LocalMinute minute) {
    const int rest = (minute % kMinutesPerWeek + 3 * kMinutesPerDay) % kMinutesPerWeek;
    return rest < 0 ? rest + kMinutesPerWeek : rest;
  }
  int longest_ = 0;                  // minutes of an incident whose hour is known well enough
  std::vector<std::int32_t> before_;  // [m]: minutes inside among the first m of a week and the day after it
};

}  // namespace geo
