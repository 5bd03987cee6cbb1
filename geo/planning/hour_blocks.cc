#include "geo/planning/hour_blocks.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

// Minutes since the day's first block began, and that day.
struct BlockTime {
  LocalDay day = 0;
  int minute = 0;
};

BlockTime TimeIn(const HourBlocks& blocks, LocalMinute minute) {
  const LocalMinute shifted = minute - blocks.first_hour * 60;
  const LocalDay day = DayOfMinute(shifted);
  return {day, shifted - day * kMinutesPerDay};
}

}  // namespace

int BlockOf(const HourBlocks& blocks, LocalMinute minute) {
  const BlockTime time = TimeIn(blocks, minute);
  return WeekdayOf(time.day) * blocks.per_day() + time.minute / (blocks.block_hours * 60);
}

TimeOfWeek WindowOf(const HourBlocks& blocks, int block) {
  const int begin = blocks.first_hour * 60 + block % blocks.per_day() * blocks.block_hours * 60;
  const int weekday = (block / blocks.per_day() + begin / kMinutesPerDay) % 7;
  const int end = (begin + blocks.block_hours * 60) % kMinutesPerDay;
  return {begin % kMinutesPerDay, end == 0 ? kMinutesPerDay : end, static_cast<std::uint8_t>(1 << weekday)};
}

void SpreadOverBlocks(const HourBlocks& blocks, const PlacedWindow& window, LocalMinute from, LocalMinute to, std::vector<BlockShare>& out) {
  out.clear();
  const int length = to - from;
  if (length >= kMinutesPerDay) return;
  const int block_minutes = blocks.block_hours * 60;
  for (LocalMinute begin = from; begin < to;) {
    const LocalMinute end = std::min(to, begin + block_minutes - TimeIn(blocks, begin).minute % block_minutes);
    // A share of whole minutes, rounded once: times the minutes it is the whole number again, and the share is a ratio of integers.
    const auto inside = window.window.always() ? static_cast<long long>(end - begin) : std::llround(WindowShare(window, begin, end) * (end - begin));
    if (inside > 0) out.push_back({BlockOf(blocks, begin), static_cast<double>(inside) / length});
    begin = end;
  }
}

}  // namespace geo
