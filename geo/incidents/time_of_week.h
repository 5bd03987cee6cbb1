// Hours of days of the week.
#pragma once

#include <cstdint>

#include "geo/types/local_time.h"

namespace geo {

// Hours of the local day, [begin, end) in minutes. end <= begin runs past midnight and belongs to the day on which it began: 20:00 to 06:00 on Saturdays
// is Saturday 20:00 to Sunday 06:00. begin == end is refused where it is read.
struct TimeOfWeek {
  int begin_minute = 0;             // 0..1439
  int end_minute = kMinutesPerDay;  // 1..1440
  std::uint8_t weekdays = 0x7F;     // bit 0 Monday .. bit 6 Sunday, of the day on which the window begins
  bool always() const { return begin_minute == 0 && end_minute == kMinutesPerDay && weekdays == 0x7F; }
  bool all_hours() const { return begin_minute == 0 && end_minute == kMinutesPerDay; }
  friend bool operator==(const TimeOfWeek&, const TimeOfWeek&) = default;
};

}  // namespace geo
