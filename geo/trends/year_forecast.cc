#include "geo/trends/year_forecast.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "geo/rates/distributions.h"
#include "geo/trends/expected_months.h"

namespace geo {
namespace {

constexpr int kYear = 12;
constexpr double kTail = 0.025;

struct Level {
  double count = 0;  // of the last twelve used months
  double days = 0;   // seasoned
};

Level LevelEndingAt(const UsedMonths& used, int end) {
  Level level;
  for (int i = end - kYear; i < end; ++i) {
    level.count += used.count[static_cast<std::size_t>(i)];
    level.days += used.days[static_cast<std::size_t>(i)];
  }
  return level;
}

// Variance of the relative change of the level over a year, beyond what counts of one level show: from years of twelve used months each, counted back from the
// last. 0 where fewer than three years are there, or where they differ no more than chance would in 19 of 20 series.
double YearlyDrift(const UsedMonths& used, double dispersion) {
  double excess = 0, by_chance = 0;
  int changes = 0;
  for (int end = used.size(); end >= 2 * kYear; end -= kYear) {
    const Level later = LevelEndingAt(used, end), earlier = LevelEndingAt(used, end - kYear);
    if (!(earlier.count > 0) || !(later.count > 0)) return 0;
    const double change = std::log(later.count / later.days) - std::log(earlier.count / earlier.days);
    by_chance += dispersion * (1 / later.count + 1 / earlier.count);
    excess += change * change;
    ++changes;
  }
  if (changes < 2) return 0;
  // 95 % of a chi-square variable over its degrees of freedom.
  const double limit = GammaUpperQuantile(changes / 2.0, 0.05) * 2 / changes;
  return excess > limit * by_chance ? (excess - by_chance) / changes : 0;
}

bool YearIsWhole(const MonthlySeries& series, int begin, int last_used) {
  for (int i = begin; i <= std::min(last_used, begin + kYear - 1); ++i) {
    if (series.used[static_cast<std::size_t>(i)] == 0) return false;
  }
  return true;
}

}  // namespace

std::optional<YearEnd> ForecastYear(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, double dispersion, int begin) {
  const UsedMonths used = UsedMonthsOf(series, index);
  if (used.size() < kYear || begin < 0) return std::nullopt;
  const int last_used = used.month.back();
  if (begin > last_used + 1 || !YearIsWhole(series, begin, last_used)) return std::nullopt;
  YearEnd year;
  double days_left = 0;
  for (int i = begin; i < begin + kYear; ++i) {
    if (i <= last_used) {
      year.to_date += series.counts[static_cast<std::size_t>(i)];
    } else {
      days_left += SeasonedDays(series, index, i);
      ++year.months_left;
    }
  }
  year.expected = year.low = year.high = year.to_date;
  if (year.months_left == 0) return year;
  const Level level = LevelEndingAt(used, used.size());
  year.expected += level.count / level.days * days_left;
  // Jeffreys' half incident: a year without any does not prove that there will be none.
  const double mean = (level.count + 0.5) / level.days * days_left;
  const double drift = YearlyDrift(used, dispersion) * (year.months_left + kYear / 2.0) / kYear;
  const double variance = dispersion * (mean + mean * mean / (level.count + 0.5)) + drift * mean * mean;
  const double scale = variance / mean;
  year.low += GammaQuantile(mean / scale, kTail) * scale;
  year.high += GammaUpperQuantile(mean / scale, kTail) * scale;
  return year;
}

}  // namespace geo
