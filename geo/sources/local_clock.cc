#include "geo/sources/local_clock.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <utility>

#include "geo/sources/text_check.h"

namespace geo {

struct LocalClock::Zones {
  const date::time_zone* from = nullptr;
  const date::time_zone* to = nullptr;
};

LocalClock::LocalClock(std::unique_ptr<Zones> zones) : zones_(std::move(zones)) {}
LocalClock::LocalClock(LocalClock&&) noexcept = default;
LocalClock& LocalClock::operator=(LocalClock&&) noexcept = default;
LocalClock::~LocalClock() = default;

Result<LocalClock> LocalClock::Open(const std::string& from, const std::string& to) {
  auto zones = std::make_unique<Zones>();
  const std::string* name = &from;
  try {
    // The first question reads the zone's file: asked here, so that a damaged file fails here.
    zones->from = date::locate_zone(from);
    zones->from->get_info(date::sys_seconds{});
    name = &to;
    zones->to = date::locate_zone(to);
    zones->to->get_info(date::sys_seconds{});
  } catch (const std::exception&) {
    return Fail({ErrorCode::kInvalidArgument, "time_zone", "BAD_TIME_ZONE",
                 fmt::format("\"{}\" is not a time zone that this machine knows; write an IANA name such as Europe/London", Excerpt(*name))});
  }
  return LocalClock(std::move(zones));
}

std::optional<LocalMinute> LocalClock::told(LocalMinute minute) {
  if (minute >= sure_begin_ && minute < sure_end_) return minute + shift_;
  using std::chrono::seconds;
  const date::local_seconds local{seconds{std::int64_t{minute} * 60}};
  const date::local_info there = zones_->from->get_info(local);
  if (there.result == date::local_info::nonexistent) return std::nullopt;
  const date::sys_seconds instant{local.time_since_epoch() - there.first.offset};
  if (zones_->from == zones_->to) {
    shift_ = 0;
  } else {
    const auto here = zones_->to->get_info(instant);
    // Historic offsets hold seconds; a minute is the finest that we tell.
    const seconds told_at = instant.time_since_epoch() + here.offset;
    shift_ = static_cast<LocalMinute>(std::chrono::floor<std::chrono::minutes>(told_at).count() - minute);
  }
  // Sure only a day away from the changes of either clock, and only while both are unique.
  if (there.result == date::local_info::unique) {
    const auto here = zones_->to->get_info(instant);
    const auto minute_of = [](seconds s) { return std::clamp<std::int64_t>(s.count() / 60, -1'000'000'000, 1'000'000'000); };
    const std::int64_t begin = minute_of(std::max(there.first.begin, here.begin).time_since_epoch()) + kMinutesPerDay;
    const std::int64_t end = minute_of(std::min(there.first.end, here.end).time_since_epoch()) - kMinutesPerDay;
    if (minute >= begin && minute < end) {
      sure_begin_ = static_cast<LocalMinute>(begin);
      sure_end_ = static_cast<LocalMinute>(end);
      return minute + shift_;
    }
  }
  const LocalMinute result = minute + shift_;
  sure_begin_ = sure_end_ = 0;
  return result;
}

}  // namespace geo
