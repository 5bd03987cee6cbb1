// The slow obvious reading of a time of week: ask every minute of the incident's window.
#include <gtest/gtest.h>

#include <random>

#include "geo/incidents/selection.h"
#include "geo/incidents/week_share.h"

namespace geo {
namespace {

bool MinuteIsInside(const TimeOfWeek& window, LocalMinute minute) {
  const LocalDay day = DayOfMinute(minute);
  const int in_day = minute - day * kMinutesPerDay;
  const auto open_on = [&](LocalDay d) { return (window.weekdays >> WeekdayOf(d) & 1) != 0; };
  if (window.begin_minute < window.end_minute) return open_on(day) && in_day >= window.begin_minute && in_day < window.end_minute;
  return (open_on(day) && in_day >= window.begin_minute) || (open_on(day - 1) && in_day < window.end_minute);
}

TEST(WindowShareOracle, EqualsCountingMinutes) {
  constexpr unsigned kSeed = 20240309;
  std::mt19937 random(kSeed);
  for (int trial = 0; trial < 20'000; ++trial) {
    TimeOfWeek window{static_cast<int>(random() % 1440), static_cast<int>(random() % 1440) + 1, static_cast<std::uint8_t>(random() % 128)};
    if (window.begin_minute == window.end_minute) continue;
    const auto from = static_cast<LocalMinute>(random() % 40'000'000) - 5'000'000;
    if (trial % 5 == 0) window.begin_minute = 0, window.end_minute = kMinutesPerDay;
    const int length = trial % 7 == 0 ? kMinutesPerDay - 1 + static_cast<int>(random() % 3)
                                      : 1 + static_cast<int>(trial % 2 == 0 ? random() % 1440 : random() % 30);
    const LocalMinute to = from + length;
    const bool by_hour = window.begin_minute != 0 || window.end_minute != kMinutesPerDay;
    const bool unknown = by_hour ? length >= 1440 : length > 1440;
    int inside = 0;
    for (LocalMinute minute = from; minute < to && !unknown; ++minute) inside += MinuteIsInside(window, minute) ? 1 : 0;
    ASSERT_EQ(WindowShare(TimeWindow(window), from, to), static_cast<double>(inside) / (to - from))
        << "seed " << kSeed << " trial " << trial << ": " << FormatMinute(from) << " to " << FormatMinute(to) << ", window " << window.begin_minute << "-"
        << window.end_minute << " days " << int{window.weekdays};
    ASSERT_EQ(WeekShare(window).share(from, to), WindowShare(TimeWindow(window), from, to)) << "looked up, trial " << trial;
  }
}

}  // namespace
}  // namespace geo
