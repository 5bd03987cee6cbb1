// A time of week as a person reads it.
#pragma once

#include <string>

namespace wardwatch::v1 {
class TimeOfWeek;
}  // namespace wardwatch::v1

namespace server {

// "20:00-06:00 thu,fri,sat"
std::string TimeOfWeekText(const wardwatch::v1::TimeOfWeek& window);

}  // namespace server
