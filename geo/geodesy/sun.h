// Where the sun stands: when it is dark at a place.
#pragma once

#include <cstdint>

#include "geo/types/grid_point.h"
#include "geo/types/local_time.h"

namespace geo {

// Degrees of the sun's centre above the horizon, without refraction, at `unix_s` seconds of UTC.
// Accuracy: 0.02 degrees between 1950 and 2100. Source: Meeus 1998, Astronomical Algorithms, chapter 25 (low accuracy), as NOAA's solar calculator does it.
double SunElevationDeg(LatLng place, double unix_s);

// Civil twilight ends and begins where the sun's centre is this far below the horizon.
inline constexpr double kDarkElevationDeg = -6;

// The light part of a day of UTC's calendar around the sun's noon at a place: seconds of UTC since 1970.
struct LightSpan {
  double dawn_s = 0;  // from here the sun's centre is above kDarkElevationDeg
  double dusk_s = 0;  // to here
};

// Where the sun never sinks so low the span is the 24 hours around noon; where it never rises so high, it is empty (both at noon).
// Accuracy: 20 s below 62 degrees of latitude. Cost: some 2 us. See also tests/oracle/geo/geodesy/sun_test.cc.
LightSpan LightAround(LatLng place, LocalDay utc_day);

}  // namespace geo
