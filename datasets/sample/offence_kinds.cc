#include "datasets/sample/offence_kinds.h"

#include "geo/types/check.h"

namespace sample {
namespace {

constexpr std::array<int, 12> kFlat{100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
constexpr std::array<int, 12> kSummer{78, 80, 92, 102, 112, 118, 125, 122, 104, 98, 88, 81};
constexpr std::array<int, 12> kMildSummer{93, 93, 98, 100, 104, 107, 108, 106, 100, 100, 97, 94};
constexpr std::array<int, 12> kWinter{112, 108, 102, 95, 90, 88, 88, 90, 96, 105, 112, 114};
constexpr std::array<int, 12> kChristmas{94, 94, 97, 98, 98, 98, 98, 98, 99, 102, 110, 114};

constexpr const char* kEveningWeek = "221111123334444556788764";
constexpr const char* kEveningLate = "322111123334444566788887";
constexpr const char* kDayWeek = "111111224456666665543321";
constexpr const char* kDaySunday = "111111112345666554432211";
constexpr const char* kShopWeek = "000000002589999998653200";
constexpr const char* kShopSunday = "000000000068999820000000";
constexpr const char* kNightWeek = "555443322222222334455666";
constexpr const char* kPubWeek = "211000122333444455666542";
constexpr const char* kPubLate = "544200122333444556677788";
constexpr const char* kPubSunday = "653100112333444455554432";

constexpr KindInfo kInfo[kKinds] = {
    {"anti-social-behaviour", "Anti-social behaviour", "ASB INCIDENT", 4000, 0.25, kEveningWeek, kEveningLate, kEveningWeek, kSummer, 1.6,
     WindowHabit::kInstant},
    {"bicycle-theft", "Bicycle theft", "THEFT OF PEDAL CYCLE", 260, 0.35, kDayWeek, kDayWeek, kDaySunday, kSummer, 0.8, WindowHabit::kHours},
    {"burglary", "Burglary", "BURGLARY", 1150, 0.15, kNightWeek, kNightWeek, kNightWeek, kWinter, 0.7, WindowHabit::kNightOrHoliday},
    {"criminal-damage-and-arson", "Criminal damage and arson", "CRIMINAL DAMAGE", 2400, 0.15, kNightWeek, kNightWeek, kNightWeek, kMildSummer, 0.85,
     WindowHabit::kNightOrHoliday},
    {"drugs", "Drugs", "DRUG OFFENCE", 750, 0.3, kEveningWeek, kEveningLate, kEveningWeek, kFlat, 1.1, WindowHabit::kInstant},
    {"other-crime", "Other crime", "OTHER NOTIFIABLE", 620, 0.15, kDayWeek, kDayWeek, kDaySunday, kFlat, 0.9, WindowHabit::kInstant},
    {"other-theft", "Other theft", "THEFT OTHER", 1900, 0.35, kDayWeek, kDayWeek, kDaySunday, kMildSummer, 0.7, WindowHabit::kHours},
    {"possession-of-weapons", "Possession of weapons", "OFFENSIVE WEAPON", 240, 0.3, kEveningWeek, kEveningLate, kEveningWeek, kFlat, 0.9,
     WindowHabit::kInstant},
    {"public-order", "Public order", "PUBLIC ORDER", 1700, 0.35, kPubWeek, kPubLate, kPubSunday, kMildSummer, 0.85, WindowHabit::kInstant},
    {"robbery", "Robbery", "ROBBERY", 260, 0.35, kEveningWeek, kEveningLate, kEveningWeek, kWinter, 0.7, WindowHabit::kInstant},
    {"shoplifting", "Shoplifting", "SHOPLIFTING", 1900, 0.75, kShopWeek, kShopWeek, kShopSunday, kChristmas, 0.65, WindowHabit::kInstant},
    {"theft-from-the-person", "Theft from the person", "THEFT FROM PERSON", 230, 0.6, kDayWeek, kPubLate, kDaySunday, kChristmas, 0.5, WindowHabit::kHours},
    {"vehicle-crime", "Vehicle crime", "VEHICLE CRIME", 1500, 0.15, kNightWeek, kNightWeek, kNightWeek, kWinter, 0.75, WindowHabit::kNightOrHoliday},
    {"violence-and-sexual-offences", "Violence and sexual offences", "VIOLENCE / SEXUAL", 8900, 0.2, kPubWeek, kPubLate, kPubSunday, kMildSummer, 0.9,
     WindowHabit::kInstant},
};

}  // namespace

const KindInfo& InfoOf(int kind) {
  WARDWATCH_CHECK(kind >= 0 && kind < kKinds, "no kind {}", kind);
  return kInfo[kind];
}

std::vector<double> WeekProfile(int kind) {
  const KindInfo& info = InfoOf(kind);
  std::vector<double> week;
  for (int day = 0; day < 7; ++day) {
    const char* hours = day < 4 ? info.mon_thu : day < 6 ? info.fri_sat : info.sunday;
    // A quarter of a step everywhere: no hour is impossible.
    for (int hour = 0; hour < 24; ++hour) week.push_back(hours[hour] - '0' + 0.25);
  }
  return week;
}

double MonthFactor(int kind, geo::Month month) {
  const KindInfo& info = InfoOf(kind);
  double factor = info.season[static_cast<std::size_t>(month.month() - 1)] / 100.0;
  if (month >= geo::Month::Of(2020, 4) && month < geo::Month::Of(2021, 4)) factor *= info.pandemic;
  if (kind == kBurglary && month >= geo::Month::Of(2021, 4)) factor *= 1.3;
  return factor;
}

double YearFactor(int kind, int year) {
  double sum = 0;
  for (int month = 1; month <= 12; ++month) sum += MonthFactor(kind, geo::Month::Of(year, month));
  return sum / 12;
}

geo::LocalMinute OnRealClock(geo::LocalMinute minute) {
  const geo::LocalDay day = geo::DayOfMinute(minute);
  const int in_day = minute - day * geo::kMinutesPerDay;
  if (in_day < 60 || in_day >= 120 || geo::WeekdayOf(day) != 6) return minute;
  const geo::Month month = geo::Month::OfDay(day);
  const bool last_sunday_of_march = month.month() == 3 && day - month.first_day() >= 24;
  return last_sunday_of_march ? minute + 60 : minute;
}

}  // namespace sample
