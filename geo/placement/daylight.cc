#include "geo/placement/daylight.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kRadians = std::numbers::pi / 180;
constexpr int kMarch = 3, kOctober = 10;

LocalDay LastSunday(int year, int month) {
  const LocalDay last = Month::Of(year, month).next().first_day() - 1;
  return last - (WeekdayOf(last) + 1) % 7;
}

}  // namespace

double SunElevationDeg(LatLng at, double utc_minute) {
  constexpr double kJ2000 = 10'957.5;  // days from 1970-01-01 to 2000-01-01 12:00
  const double days = utc_minute / kMinutesPerDay, t = (days - kJ2000) / 36'525;
  const double mean_longitude = 280.46646 + t * (36'000.76983 + t * 0.0003032);
  const double anomaly = (357.52911 + t * (35'999.05029 - 0.0001537 * t)) * kRadians;
  const double eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const double centre =
      std::sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) + std::sin(2 * anomaly) * (0.019993 - 0.000101 * t) + std::sin(3 * anomaly) * 0.000289;
  const double node = (125.04 - 1934.136 * t) * kRadians;
  const double longitude = (mean_longitude + centre - 0.00569 - 0.00478 * std::sin(node)) * kRadians;
  const double tilt = (23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60 + 0.00256 * std::cos(node)) * kRadians;
  const double declination = std::asin(std::sin(tilt) * std::sin(longitude));
  // The equation of time, in minutes.
  const double y = std::tan(tilt / 2) * std::tan(tilt / 2), l = mean_longitude * kRadians;
  const double equation = 4 / kRadians *
                          (y * std::sin(2 * l) - 2 * eccentricity * std::sin(anomaly) + 4 * eccentricity * y * std::sin(anomaly) * std::cos(2 * l) -
                           0.5 * y * y * std::sin(4 * l) - 1.25 * eccentricity * eccentricity * std::sin(2 * anomaly));
  const double solar_minute = std::fmod(utc_minute, kMinutesPerDay) + equation + 4 * at.longitude_deg;
  const double hour_angle = (solar_minute / 4 - 180) * kRadians, latitude = at.latitude_deg * kRadians;
  const double sine = std::sin(latitude) * std::sin(declination) + std::cos(latitude) * std::cos(declination) * std::cos(hour_angle);
  return std::asin(std::clamp(sine, -1.0, 1.0)) / kRadians;
}

std::int64_t UtcMinuteOfBritain(LocalMinute local) {
  const int year = Month::OfDay(DayOfMinute(local)).year();
  const std::int64_t begin = std::int64_t{LastSunday(year, kMarch)} * kMinutesPerDay + 2 * 60;  // the clock then goes from 01:00 to 02:00
  const std::int64_t end = std::int64_t{LastSunday(year, kOctober)} * kMinutesPerDay + 2 * 60;  // and then from 02:00 back to 01:00
  return local >= begin && local < end ? std::int64_t{local} - 60 : std::int64_t{local};
}

double ShareInDarkness(LatLng at, LocalMinute from, LocalMinute to, double below_deg) {
  WARDWATCH_CHECK(to - from <= kMinutesPerDay && to >= from, "window from {} to {}", from, to);
  const LocalMinute end = std::max(to, from + 1);
  int dark = 0;
  for (LocalMinute minute = from; minute < end; ++minute) {
    const std::int64_t utc = UtcMinuteOfBritain(minute);
    dark += SunElevationDeg(at, to > from ? static_cast<double>(utc) + 0.5 : static_cast<double>(utc)) < below_deg;
  }
  return static_cast<double>(dark) / (end - from);
}

}  // namespace geo
