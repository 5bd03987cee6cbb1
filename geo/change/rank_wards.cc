#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "geo/change/area_rates.h"
#include "geo/change/check_comparison.h"
#include "geo/change/count_periods.h"
#include "geo/change/rank_label.h"
#include "geo/change/ward_ranking.h"
#include "geo/rates/empirical_bayes.h"

namespace geo {
namespace {

constexpr int kFewestDraws = 100, kMostDraws = 100'000;
constexpr double kDaysPerYear = 365.25;

Result<void> CheckQuery(const DatasetSnapshot& data, const RankQuery& query) {
  constexpr double kAnyRate = 0.05;  // no discoveries here
  if (auto checked = CheckComparison(data, query.filter, query.vintage, kAnyRate); !checked) return checked;
  if (auto period = CheckComparedPeriod(data, query.filter, query.filter.period, "period"); !period) return period;
  if (query.draws < kFewestDraws || query.draws > kMostDraws) {
    return Fail(InvalidArgument("draws", fmt::format("draws is {}; it must be from {} to {}", query.draws, kFewestDraws, kMostDraws)));
  }
  for (std::size_t i = 0; i < query.denominators.size(); ++i) {
    const std::string field = fmt::format("denominators[{}]", i);
    if (auto known = CheckDenominator(data, query.vintage, query.denominators[i], field); !known) return known;
    const auto own = query.denominators.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(query.denominators.begin(), own, *own) != own) {
      return Fail(InvalidArgument(field, fmt::format("{} is \"{}\", which is named before; name each once", field, *own)));
    }
  }
  return {};
}

// As asked for; or those that every listed area has.
std::vector<AreaDenominators> ChooseDenominators(const DatasetSnapshot& data, const RankQuery& query, const ComparedRows& rows) {
  const std::array<Period, 1> period{query.filter.period};
  std::vector<AreaDenominators> chosen;
  for (const std::string& measure : query.denominators.empty() ? DenominatorsOf(data, query.vintage) : query.denominators) {
    AreaDenominators denominators = DenominatorsOfAreas(data, query.vintage, rows.areas, measure, period).front();
    const bool everywhere = std::all_of(denominators.by_area.begin(), denominators.by_area.end(), [](const auto& value) { return value.has_value(); });
    if (everywhere || !query.denominators.empty()) chosen.push_back(std::move(denominators));
  }
  return chosen;
}

Result<void> CheckFirst(const std::vector<AreaDenominators>& denominators) {
  const auto has = [](const auto& value) { return value.has_value(); };
  if (!denominators.empty() && std::any_of(denominators.front().by_area.begin(), denominators.front().by_area.end(), has)) return {};
  return Fail({ErrorCode::kFailedPrecondition, "denominators", "NO_DENOMINATOR",
               denominators.empty() ? "no denominator is known for every area listed; name one, or list fewer areas"
                                    : fmt::format("no area listed has \"{}\", the first denominator; name another", denominators.front().measure)});
}

// Areas that have a value, with their counts and person-years (or kilometre-years): what a rate is made of.
struct Ranked {
  std::vector<std::size_t> ward;
  std::vector<std::int64_t> counts;
  std::vector<double> exposures;
  double whole = 0;  // their rate together
};

Ranked RankedBy(const AreaDenominators& denominators, const std::vector<RankedWard>& wards, Period period) {
  Ranked ranked;
  double count = 0, exposure = 0;
  const double years = period.days() / kDaysPerYear / RatePer(denominators.measure);
  for (std::size_t i = 0; i < wards.size(); ++i) {
    if (!denominators.by_area[i]) continue;
    ranked.ward.push_back(i);
    ranked.counts.push_back(wards[i].incidents);
    ranked.exposures.push_back(denominators.by_area[i]->value * years);
    count += static_cast<double>(ranked.counts.back());
    exposure += ranked.exposures.back();
  }
  if (!ranked.ward.empty()) ranked.whole = count / exposure;
  return ranked;
}

// Expectations, and how much more than Poisson counts the areas vary around them.
void LayFunnel(const Ranked& first, Spread spread, RankAnswer& answer) {
  std::vector<double> z;
  for (std::size_t i = 0; i < first.ward.size(); ++i) {
    RankedWard& ward = answer.wards[first.ward[i]];
    ward.expected = first.whole * first.exposures[i];
    if (*ward.expected > 0) {
      ward.ratio = static_cast<double>(ward.incidents) / *ward.expected;
      z.push_back(2 * (std::sqrt(static_cast<double>(ward.incidents)) - std::sqrt(*ward.expected)));
    }
  }
  answer.dispersion = EstimateDispersion(z);
  const double widening = spread == Spread::kWidened ? answer.dispersion.widening() : 1;
  answer.widened = widening > 1;
  for (RankedWard& ward : answer.wards) {
    if (!ward.expected) continue;
    // Nothing happened anywhere: nobody differs from the whole.
    if (*ward.expected > 0) ward.limits = FunnelLimitsAt(*ward.expected, widening);
    ward.funnel_class = ClassOf(static_cast<double>(ward.incidents), ward.limits);
  }
}

Result<void> AddRanks(const AreaDenominators& denominators, const Ranked& ranked, const RankQuery& query, const StopSignal& stop, RankAnswer& answer) {
  const std::size_t first = answer.wards.empty() ? 0 : answer.wards.front().denominators.size();
  for (std::size_t i = 0; i < answer.wards.size(); ++i) {
    answer.wards[i].denominators.push_back({RateOf(denominators.measure, denominators.by_area[i], answer.wards[i].incidents, query.filter.period), {}, {}, {}});
  }
  if (ranked.ward.empty()) return {};
  const double widening = answer.widened ? answer.dispersion.widening() : 1;
  const auto ranges = RankRanges(ranked.counts, ranked.exposures, widening, query.draws, query.seed, stop);
  if (!ranges) return Fail(ranges.error());
  const std::vector<double> counts(ranked.counts.begin(), ranked.counts.end());
  const SmoothedRates smoothed = SmoothRates(counts, ranked.exposures);
  for (std::size_t i = 0; i < ranked.ward.size(); ++i) {
    DenominatorRank& rank = answer.wards[ranked.ward[i]].denominators[first];
    rank.smoothed_rate = smoothed.rate[i];
    rank.rank = (*ranges)[i];
    if (ranked.whole > 0) rank.ratio = counts[i] / ranked.exposures[i] / ranked.whole;
  }
  return {};
}

RankAnswer LayAnswer(const ComparedRows& rows, const PeriodCounts& counts) {
  RankAnswer answer;
  for (std::size_t i = 0; i < rows.areas.size(); ++i) {
    RankedWard ward;
    ward.area = rows.areas[i];
    ward.incidents = counts.at(i, 0).incidents;
    ward.crimes = counts.at(i, 0).crimes;
    answer.wards.push_back(std::move(ward));
  }
  answer.outside = counts.at(rows.areas.size(), 0).incidents;
  answer.unlocated = counts.at(rows.areas.size() + 1, 0).incidents;
  answer.incidents = counts.incidents;
  answer.located = counts.located;
  answer.hour_unknown = counts.hour_unknown;
  answer.unknown_hour = counts.unknown_hour;
  return answer;
}

}  // namespace

Result<RankAnswer> RankWards(const DatasetSnapshot& data, const RankQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const std::array<Period, 1> period{query.filter.period};
  const auto rows = LayRows(data, query.filter, query.vintage, /*by_category=*/false, period.size());
  if (!rows) return Fail(rows.error());
  const std::vector<AreaDenominators> denominators = ChooseDenominators(data, query, *rows);
  if (auto first = CheckFirst(denominators); !first) return Fail(first.error());
  const auto counts = CountPeriods(data, query.filter, query.vintage, period, *rows, stop);
  if (!counts) return Fail(counts.error());
  RankAnswer answer = LayAnswer(*rows, *counts);
  std::vector<int> ranked_areas;
  for (const AreaDenominators& by : denominators) {
    const Ranked ranked = RankedBy(by, answer.wards, query.filter.period);
    if (answer.denominators.empty()) LayFunnel(ranked, query.spread, answer);
    answer.denominators.push_back(by.measure);
    ranked_areas.push_back(static_cast<int>(ranked.ward.size()));
    if (auto added = AddRanks(by, ranked, query, stop, answer); !added) return Fail(added.error());
  }
  for (RankedWard& ward : answer.wards) ward.label = LabelOf(ward, ranked_areas);
  return answer;
}

}  // namespace geo
