#include "geo/trends/year_forecast.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "geo/rates/distributions.h"
#include "geo/trends/expected_months.h"
#include "geo/trends/yearly_wave.h"

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

struct Rest {
  double expected = 0;
  double based_on = 0;  // incidents that the expectation rests on
};

// By the level of the last twelve used months and the season; without an index by the same months of the year before, where the last twelve used months hold
// each month of the year: then what is not known of the season does not bias.
Rest RestOfYear(const MonthlySeries& series, const UsedMonths& used, const std::optional<std::array<double, 12>>& index, int begin) {
  const int last_used = used.month.back();
  const bool same_months = !index && last_used - used.month[static_cast<std::size_t>(used.size() - kYear)] == kYear - 1;
  const Level level = LevelEndingAt(used, used.size());
  Rest rest{0, same_months ? 0 : level.count};
  for (int i = last_used + 1; i < begin + kYear; ++i) {
    const double days = SeasonedDays(series, index, i);
    const int year_before = i - kYear;
    if (same_months && year_before <= last_used) {
      const double seen = series.counts[static_cast<std::size_t>(year_before)];
      rest.based_on += seen;
      rest.expected += seen * days / DaysOf(series, year_before);
    } else {
      rest.expected += level.count / level.days * days;
    }
  }
  return rest;
}

// Relative variance of the mean index of the months left, as far as the index does not know it: of its wave, as far as the months left lie on one side of the
// year, and of each month beside the wave. Over a whole year the errors cancel, since the index has mean 1.
double SeasonError(const UsedMonths& used, const std::optional<std::array<double, 12>>& index, double dispersion, int first_season, int months_left) {
  if (!index) return 0;
  const YearlyWave wave = WaveOf(*index);
  double cosine = 0, sine = 0, rest = 0;
  for (int i = 0; i < months_left; ++i) {
    const double angle = YearlyWave::Angle(static_cast<std::size_t>((first_season + i) % kYear));
    cosine += std::cos(angle) / months_left;
    sine += std::sin(angle) / months_left;
  }
  for (std::size_t month = 0; month < 12; ++month) rest += ((*index)[month] - 1 - wave.at(month)) * ((*index)[month] - 1 - wave.at(month)) / 9;
  const double counted = std::accumulate(used.count.begin(), used.count.end(), 0.0);
  const double of_one = dispersion / counted * kYear;  // of a month of the year, which holds a twelfth of all incidents counted
  const double of_wave = wave.amplitude_squared() > 0 ? of_one / 6 * (cosine * cosine + sine * sine) : 0;
  const double of_rest = rest > 0 ? of_one * rest / (rest + of_one) / months_left * (1 - static_cast<double>(months_left) / kYear) : 0;
  return of_wave + of_rest;
}

// The dispersion for a prediction: an estimate within its own error of 1 is most likely Poisson's, and one far from it is itself uncertain, which Student's
// distribution would widen: by 5 over the degrees of freedom, found by simulation. Double differences have about a third of the months as degrees of freedom.
double DispersionToPredict(double dispersion, int used, bool with_index) {
  const double freedom = with_index ? used / 3.0 : used - 1.0;
  const double excess = dispersion - 1;
  if (!(excess > 0)) return 1;
  return 1 + excess * excess * excess / (excess * excess + 2 / freedom) * (1 + 5 / freedom);
}

// The real k at which a count of scale x Poisson(mean / scale) stays under k with this chance: P(X <= k) of Poisson is the upper tail of gamma of shape k + 1,
// here drawn through all real k, half a step each way.
double CountQuantile(double mean, double scale, double chance) {
  double low = -0.999, high = 10 + mean / scale + 20 * std::sqrt(mean / scale);
  for (int halving = 0; halving < 50; ++halving) {
    const double middle = (low + high) / 2;
    (GammaUpperQuantile(middle + 1, chance) < mean / scale ? low : high) = middle;
  }
  return std::max(0.0, scale * (low + 0.5));
}

}  // namespace

std::optional<YearEnd> ForecastYear(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, double dispersion, int begin) {
  const UsedMonths used = UsedMonthsOf(series, index);
  if (used.size() < kYear || begin < 0) return std::nullopt;
  const int last_used = used.month.back();
  if (begin > last_used + 1 || !YearIsWhole(series, begin, last_used)) return std::nullopt;
  YearEnd year;
  for (int i = begin; i <= std::min(last_used, begin + kYear - 1); ++i) year.to_date += series.counts[static_cast<std::size_t>(i)];
  year.months_left = std::clamp(begin + kYear - 1 - last_used, 0, kYear);
  year.expected = year.low = year.high = year.to_date;
  if (year.months_left == 0) return year;
  const Rest rest = RestOfYear(series, used, index, begin);
  year.expected += rest.expected;
  // Jeffreys' half incident: a year without any does not prove that there will be none.
  const double mean = rest.based_on > 0 ? rest.expected * (rest.based_on + 0.5) / rest.based_on : 0.5 * year.months_left / kYear;
  const double spread = DispersionToPredict(dispersion, used.size(), index.has_value());
  const double season = SeasonError(used, index, spread, SeasonOf(series, last_used + 1), year.months_left);
  const double drift = YearlyDrift(used, spread) * (year.months_left + kYear / 2.0) / kYear;
  const double variance = spread * (mean + mean * mean / (rest.based_on + 0.5)) + (season + drift) * mean * mean;
  year.low += CountQuantile(mean, variance / mean, kTail);
  year.high += CountQuantile(mean, variance / mean, 1 - kTail);
  return year;
}

}  // namespace geo
