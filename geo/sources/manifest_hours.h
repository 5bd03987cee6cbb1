// Hours and days as a manifest writes them.
#pragma once

#include "geo/incidents/time_window.h"
#include "geo/sources/toml_tree.h"

namespace geo {

// "20:00-06:00" at `key`, of the local clock; the whole day where the key is absent. Faults: BAD_WINDOW, EMPTY_WINDOW.
void ReadHours(TableReader& reader, const char* key, TimeOfWeek& out);
// ["thu", "fri"] at `days`; every day where it is absent. Faults: BAD_DAY, EMPTY_WINDOW.
void ReadDays(TableReader& reader, TimeOfWeek& out);

}  // namespace geo
