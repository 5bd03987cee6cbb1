// The hours of the week in equal blocks: what a shift can be sent to.
#pragma once

#include <vector>

#include "geo/incidents/selection.h"
#include "geo/types/local_time.h"

namespace geo {

// Each day is cut into blocks of `block_hours` from `first_hour` on; the last may run past midnight and belongs to the day on which it began. Numbered from
// Monday's first: weekday * per_day() + place in the day.
struct HourBlocks {
  int first_hour = 6;   // 0..23
  int block_hours = 8;  // 1, 2, 3, 4, 6, 8, 12 or 24
  int per_day() const { return 24 / block_hours; }
  int size() const { return 7 * per_day(); }
  friend bool operator==(const HourBlocks&, const HourBlocks&) = default;
};

int BlockOf(const HourBlocks& blocks, LocalMinute minute);
// The block as a window of one weekday.
TimeOfWeek WindowOf(const HourBlocks& blocks, int block);

struct BlockShare {
  int block = 0;
  double share = 0;
};

// The shares of an incident's own window [from, to) that lie inside `window`, block by block in order of time, without those of nothing; `out` is replaced.
// They sum to WindowShare(window, from, to), to a few roundings, whatever the blocks: blocks partition every week of the local clock, also those in which it
// is changed, for the clock reads every minute of the repeated hour as one and of the missing hour as none. Nothing for a window of a day or longer.
void SpreadOverBlocks(const HourBlocks& blocks, const PlacedWindow& window, LocalMinute from, LocalMinute to, std::vector<BlockShare>& out);

}  // namespace geo
