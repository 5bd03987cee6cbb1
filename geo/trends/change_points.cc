#include "geo/trends/change_points.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "geo/significance/counter_random.h"
#include "geo/trends/expected_months.h"

namespace geo {
namespace {

constexpr int kFewestEachSide = 6;
constexpr int kMostChanges = 5;
constexpr int kPermutations = 199;

struct Exposed {
  double count = 0;
  double days = 0;
  int season = 0;
};

struct Split {
  int at = 0;  // first month of the right part
  double gain = 0;
};

// count x log of the rate: what a stretch adds to the log-likelihood beside terms that no split changes.
double Fit(double count, double days) { return count > 0 ? count * std::log(count / days) : 0; }

// The best split of months[0, n), at least kFewestEachSide on either side, by twice the log-likelihood ratio. Of equals the first.
Split BestSplit(const std::vector<Exposed>& months) {
  double count = 0, days = 0;
  for (const Exposed& month : months) {
    count += month.count;
    days += month.days;
  }
  const double whole = Fit(count, days);
  const int n = static_cast<int>(months.size());
  Split best;
  double left_count = 0, left_days = 0;
  for (int at = 1; at + kFewestEachSide <= n; ++at) {
    left_count += months[static_cast<std::size_t>(at - 1)].count;
    left_days += months[static_cast<std::size_t>(at - 1)].days;
    if (at < kFewestEachSide) continue;
    const double gain = 2 * (Fit(left_count, left_days) + Fit(count - left_count, days - left_days) - whole);
    if (best.at == 0 || gain > best.gain) best = {at, gain};
  }
  return best;
}

// Each month changes places with a random month of the same season at or before it (Fisher and Yates, season by season).
void ShuffleWithinSeasons(std::vector<Exposed>& months, CounterRandom& random) {
  std::array<std::array<std::uint16_t, 128>, 12> places{};
  std::array<std::uint32_t, 12> known{};
  for (std::size_t i = 0; i < months.size(); ++i) {
    const auto season = static_cast<std::size_t>(months[i].season);
    places[season][known[season]++] = static_cast<std::uint16_t>(i);
    std::swap(months[i], months[places[season][random.below(known[season])]]);
  }
}

// Share of such orders of these months, the seen one among them, whose best split gains as much. Stops when it must pass `level`: the p-value is then the least
// that it can be, and over the level.
double PermutationPValue(std::vector<Exposed> months, double gain, double level, std::uint64_t seed, std::uint32_t stretch) {
  int as_great = 1;
  for (std::uint32_t draw = 0; draw < kPermutations; ++draw) {
    CounterRandom random(seed, stretch, draw);
    ShuffleWithinSeasons(months, random);
    // Sums in another order differ in their last digits.
    if (BestSplit(months).gain >= gain * (1 - 1e-9)) ++as_great;
    if (as_great > level * (kPermutations + 1)) break;
  }
  return static_cast<double>(as_great) / (kPermutations + 1);
}

struct Found {
  int at = 0;  // index into the used months
  double p_value = 1;
};

double LevelOf(const UsedMonths& used, int begin, int end) {
  const double count = std::accumulate(used.count.begin() + begin, used.count.begin() + end, 0.0);
  return count / std::accumulate(used.days.begin() + begin, used.days.begin() + end, 0.0) * kDaysPerMonth;
}

std::vector<LevelChange> Describe(const UsedMonths& used, std::vector<Found> found) {
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.at < b.at; });
  std::vector<LevelChange> changes;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const int begin = i == 0 ? 0 : found[i - 1].at;
    const int end = i + 1 == found.size() ? used.size() : found[i + 1].at;
    changes.push_back({.month = used.month[static_cast<std::size_t>(found[i].at)],
                       .level_before = LevelOf(used, begin, found[i].at),
                       .level_after = LevelOf(used, found[i].at, end),
                       .p_value = found[i].p_value});
  }
  return changes;
}

}  // namespace

Result<std::vector<LevelChange>> FindLevelChanges(const MonthlySeries& series, const std::optional<std::array<double, 12>>& index, double level,
                                                  std::uint64_t seed, const StopSignal& stop) {
  const UsedMonths used = UsedMonthsOf(series, index);
  struct Stretch {
    int begin;
    int end;
  };
  std::vector<Stretch> open{{0, used.size()}};
  std::vector<Found> found;
  int tested = 0;
  for (std::size_t next = 0; next < open.size() && static_cast<int>(found.size()) < kMostChanges; ++next) {
    const Stretch stretch = open[next];
    if (stretch.end - stretch.begin < 2 * kFewestEachSide) continue;
    if (stop.stop_requested()) return Fail(stop.reason());
    std::vector<Exposed> months;
    for (auto i = static_cast<std::size_t>(stretch.begin); i < static_cast<std::size_t>(stretch.end); ++i) {
      months.push_back({used.count[i], used.days[i], SeasonOf(series, used.month[i])});
    }
    const Split split = BestSplit(months);
    ++tested;
    if (!(split.gain > 0)) continue;
    const auto name = static_cast<std::uint32_t>(stretch.begin * 1024 + stretch.end);
    const double p_value = PermutationPValue(std::move(months), split.gain, level / tested, seed, name);
    if (p_value > level / tested) continue;
    found.push_back({stretch.begin + split.at, p_value});
    open.push_back({stretch.begin, stretch.begin + split.at});
    open.push_back({stretch.begin + split.at, stretch.end});
  }
  return Describe(used, std::move(found));
}

}  // namespace geo
