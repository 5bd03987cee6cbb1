#include "server/cli/time_of_week_text.h"

#include <fmt/format.h>

#include <array>

#include "wardwatch/v1/common.pb.h"

namespace server {
namespace api = wardwatch::v1;

// "20:00-06:00 thu,fri,sat"
std::string TimeOfWeekText(const api::TimeOfWeek& window) {
  constexpr std::array kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const auto clock = [](int minute) { return fmt::format("{:02d}:{:02d}", minute / 60, minute % 60); };
  std::string text = fmt::format("{}-{}", clock(window.begin_minute()), clock(window.end_minute()));
  for (int i = 0; i < window.weekdays_size(); ++i) {
    text += (i == 0 ? " " : ",") + std::string(kDays.at(static_cast<std::size_t>(window.weekdays(i) - api::WEEKDAY_MONDAY)));
  }
  return text;
}

}  // namespace server
