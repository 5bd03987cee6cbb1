#include "geo/hotspots/persistence.h"

#include "geo/types/check.h"

namespace geo {

Persistence ClassifyPersistence(bool hot_now, std::span<const std::uint8_t> hot_in, std::span<const HotspotYear> years) {
  WARDWATCH_CHECK(hot_in.size() == years.size(), "{} flags for {} years", hot_in.size(), years.size());
  int covered = 0;
  int hot = 0;
  for (std::size_t y = 0; y < years.size(); ++y) {
    if (!years[y].covered) continue;
    ++covered;
    if (hot_in[y] != 0) ++hot;
  }
  if (covered == 0) return Persistence::kUnknown;
  if (!hot_now) return hot > 0 ? Persistence::kCooled : Persistence::kNotHot;
  if (hot == covered) return Persistence::kPersistent;
  return hot > 0 ? Persistence::kRecurring : Persistence::kNew;
}

}  // namespace geo
