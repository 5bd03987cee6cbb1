// When it is dark.
#pragma once

#include <cstdint>

#include "geo/types/grid_point.h"
#include "geo/types/local_time.h"

namespace geo {

// Degrees of the sun's centre above the horizon, air's bending left out. `utc_minute` since 1970-01-01.
// Accuracy: 0.02 degrees from 1950 to 2050, a tenth of a minute of dusk in Britain. Source: Meeus 1998, Astronomical Algorithms, ch. 25 (low accuracy), as
// NOAA's solar calculator has it.
double SunElevationDeg(LatLng at, double utc_minute);

// The local clock of Britain read back: British Summer Time from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October (since 1996).
// In the repeated hour the first is taken; the hour that is skipped counts as before it.
std::int64_t UtcMinuteOfBritain(LocalMinute local);

// The sun under this is night: civil twilight is over.
inline constexpr double kDarkBelowDeg = -6;

// The share of [from, to) that is dark at a place, minute by minute; of an empty window, whether its instant is. Requires to - from of a day at most.
double ShareInDarkness(LatLng at, LocalMinute from, LocalMinute to, double below_deg = kDarkBelowDeg);

}  // namespace geo
