#include "geo/incidents/week_share.h"

#include <cstddef>

namespace geo {

WeekShare::WeekShare(const TimeOfWeek& week)
    : longest_(week.all_hours() ? kMinutesPerDay : kMinutesPerDay - 1), before_(static_cast<std::size_t>(kMinutesPerWeek + kMinutesPerDay + 1)) {
  const int end = week.end_minute > week.begin_minute ? week.end_minute : week.end_minute + kMinutesPerDay;
  std::vector<bool> inside(static_cast<std::size_t>(kMinutesPerWeek));
  for (int day = 0; day < 7; ++day) {
    if ((week.weekdays >> day & 1) == 0) continue;
    for (int minute = week.begin_minute; minute < end; ++minute) inside[static_cast<std::size_t>((day * kMinutesPerDay + minute) % kMinutesPerWeek)] = true;
  }
  for (std::size_t m = 0; m + 1 < before_.size(); ++m) before_[m + 1] = before_[m] + (inside[m % inside.size()] ? 1 : 0);
}

}  // namespace geo
