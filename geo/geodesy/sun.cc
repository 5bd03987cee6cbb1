#include "geo/geodesy/sun.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace geo {
namespace {

constexpr double kRadians = std::numbers::pi / 180;
constexpr double kSecondsPerDay = 86'400;
constexpr double kSecondsPerDegree = 240;  // that the sun moves in hour angle
constexpr double kEpoch2000_s = 946'728'000;  // 2000-01-01 12:00 UTC

struct Sun {
  double declination = 0;  // radians
  double equation_s = 0;   // by which a sundial is ahead of the mean sun
};

Sun SunAt(double unix_s) {
  const double t = (unix_s - kEpoch2000_s) / kSecondsPerDay / 36'525;
  const double mean_longitude = (280.46646 + t * (36'000.76983 + t * 0.0003032)) * kRadians;
  const double anomaly = (357.52911 + t * (35'999.05029 - t * 0.0001537)) * kRadians;
  const double eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267);
  const double centre = std::sin(anomaly) * (1.914602 - t * (0.004817 + t * 0.000014)) + std::sin(2 * anomaly) * (0.019993 - t * 0.000101) +
                        std::sin(3 * anomaly) * 0.000289;
  const double node = (125.04 - 1934.136 * t) * kRadians;
  const double longitude = mean_longitude + (centre - 0.00569 - 0.00478 * std::sin(node)) * kRadians;
  const double obliquity = (23.439291 - t * (0.0130042 + t * (0.00000016 - t * 0.000000504)) + 0.00256 * std::cos(node)) * kRadians;
  const double y = std::tan(obliquity / 2) * std::tan(obliquity / 2);
  const double equation = y * std::sin(2 * mean_longitude) - 2 * eccentricity * std::sin(anomaly) +
                          4 * eccentricity * y * std::sin(anomaly) * std::cos(2 * mean_longitude) - 0.5 * y * y * std::sin(4 * mean_longitude) -
                          1.25 * eccentricity * eccentricity * std::sin(2 * anomaly);
  return {std::asin(std::sin(obliquity) * std::sin(longitude)), equation / kRadians * kSecondsPerDegree};
}

// The sun's noon at the place on that day of UTC.
double NoonOf(LatLng place, LocalDay utc_day) {
  double noon = utc_day * kSecondsPerDay + kSecondsPerDay / 2 - place.longitude_deg * kSecondsPerDegree;
  for (int step = 0; step < 2; ++step) {
    noon = utc_day * kSecondsPerDay + kSecondsPerDay / 2 - place.longitude_deg * kSecondsPerDegree - SunAt(noon).equation_s;
  }
  return noon;
}

// Seconds from noon to the hour angle at which the sun's centre stands at kDarkElevationDeg, with the declination of `at_s`; 0 or half a day where it never does.
double HalfSpan(LatLng place, double at_s) {
  const double latitude = place.latitude_deg * kRadians, declination = SunAt(at_s).declination;
  const double cosine =
      (std::sin(kDarkElevationDeg * kRadians) - std::sin(latitude) * std::sin(declination)) / (std::cos(latitude) * std::cos(declination));
  return std::acos(std::clamp(cosine, -1.0, 1.0)) / kRadians * kSecondsPerDegree;
}

}  // namespace

double SunElevationDeg(LatLng place, double unix_s) {
  const Sun sun = SunAt(unix_s);
  const double of_day = unix_s - std::floor(unix_s / kSecondsPerDay) * kSecondsPerDay;
  const double hour_angle = ((of_day + sun.equation_s) / kSecondsPerDegree + place.longitude_deg - 180) * kRadians;
  const double latitude = place.latitude_deg * kRadians;
  const double sine = std::sin(latitude) * std::sin(sun.declination) + std::cos(latitude) * std::cos(sun.declination) * std::cos(hour_angle);
  return std::asin(std::clamp(sine, -1.0, 1.0)) / kRadians;
}

LightSpan LightAround(LatLng place, LocalDay utc_day) {
  const double noon = NoonOf(place, utc_day);
  LightSpan span{noon, noon};
  // The declination moves by at most 0.2 degrees in half a day: twice is enough.
  for (int step = 0; step < 3; ++step) {
    span.dawn_s = noon - HalfSpan(place, span.dawn_s);
    span.dusk_s = noon + HalfSpan(place, span.dusk_s);
  }
  return span;
}

}  // namespace geo
