// When a question or a workstream looks: hours of the week, on certain dates, in the light or in the dark.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "geo/incidents/time_of_week.h"
#include "geo/types/local_time.h"

namespace geo {

// kDark: the sun's centre is more than 6 degrees below the horizon where the incident happened (civil twilight has ended).
enum class Light : std::uint8_t { kAny, kDark, kDaylight };

struct TimeWindow {
  TimeOfWeek week;
  Light light = Light::kAny;
  std::vector<Period> dates;  // the days on which the window may begin (school terms); sorted and apart; empty: every day
  Period dates_known;         // inside these days `dates` lists them all, outside nothing is known; begin == end where `dates` is empty

  TimeWindow() = default;
  TimeWindow(const TimeOfWeek& of_week) : week(of_week) {}  // implicit: every time of week is a window

  bool always() const { return week.always() && light == Light::kAny && dates.empty(); }
  // Whether it tells days apart at most, so that a date without an hour is enough.
  bool all_hours() const { return week.all_hours() && light == Light::kAny; }
  bool begins_on(LocalDay day) const {
    if ((week.weekdays >> WeekdayOf(day) & 1) == 0) return false;
    if (dates.empty()) return true;
    const auto after = std::upper_bound(dates.begin(), dates.end(), day, [](LocalDay d, const Period& dated) { return d < dated.begin; });
    return after != dates.begin() && std::prev(after)->contains(day);
  }
  // Whether every day of `period` is known to be in or out.
  bool knows(Period period) const { return dates.empty() || (period.begin >= dates_known.begin && period.end <= dates_known.end); }
  friend bool operator==(const TimeWindow&, const TimeWindow&) = default;
};

}  // namespace geo
