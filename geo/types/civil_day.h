// Days of the Gregorian calendar as RFC 3339 writes them, of any year of four digits. What somebody asks about may lie outside of the years that data may have
// (ParseDay): such a question has an answer, which is that there is nothing.
#pragma once

#include <optional>
#include <string_view>

#include "geo/types/local_time.h"

namespace geo {

// "0000-01-01" to "9999-12-31"; none for other text, and for a day that no month has. Days fit LocalDay; minutes of years after 6052 do not fit LocalMinute.
std::optional<LocalDay> CivilDay(std::string_view text);

}  // namespace geo
