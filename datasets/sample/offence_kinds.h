// The 14 police.uk categories as Tidewick records them: how many, when, where, and in whose words.
#pragma once

#include <array>
#include <vector>

#include "geo/types/local_time.h"

namespace sample {

enum Kind : int {
  kAsb,
  kBicycle,
  kBurglary,
  kDamage,
  kDrugs,
  kOtherCrime,
  kOtherTheft,
  kWeapons,
  kPublicOrder,
  kRobbery,
  kShoplifting,
  kPersonTheft,
  kVehicle,
  kViolence,
  kKinds
};

// How long a window the police hold. kInstant: the minute is known. The others hold the true minute somewhere in [from, to).
enum class WindowHabit { kInstant, kHours, kNightOrHoliday };

struct KindInfo {
  const char* id;          // geo category
  const char* title;       // as data.police.uk writes it
  const char* local_word;  // as Tidewick's own records write it
  double yearly;           // outside the planted hotspots, in a plain year
  double centre_share;     // of those, drawn to shops, pubs and offices; the rest to homes
  const char* mon_thu;     // 24 digits, relative, by hour
  const char* fri_sat;
  const char* sunday;
  std::array<int, 12> season;  // percent by month
  double pandemic;             // factor from 2020-04 to 2021-03
  WindowHabit habit;
};
const KindInfo& InfoOf(int kind);

// Relative frequency of each hour of the week, Monday 00:00 first.
std::vector<double> WeekProfile(int kind);

// Factor of a month against a plain one: season, pandemic and, for burglary from 2021-04, the wider definition.
double MonthFactor(int kind, geo::Month month);
// The sum of MonthFactor over a year's months, over 12.
double YearFactor(int kind, int year);

// The days that the clock skips: 01:00 to 01:59 of the last Sunday of March becomes 02:00 to 02:59.
geo::LocalMinute OnRealClock(geo::LocalMinute minute);

}  // namespace sample
