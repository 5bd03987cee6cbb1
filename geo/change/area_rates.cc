#include "geo/change/area_rates.h"

#include "geo/rates/poisson_interval.h"

namespace geo {
namespace {

constexpr double kDaysPerYear = 365.25;

void AddTotal(AreaDenominators& denominators) {
  if (denominators.by_area.empty()) return;
  DenominatorValue sum{0, denominators.by_area.front() ? denominators.by_area.front()->year : 0};
  for (const auto& value : denominators.by_area) {
    if (!value) return;
    sum.value += value->value;
    if (value->year != sum.year) sum.year = 0;
  }
  denominators.total = sum;
}

}  // namespace

std::vector<AreaDenominators> DenominatorsOfAreas(const DatasetSnapshot& data, std::size_t vintage, std::span<const AreaIndex> areas, const std::string& measure,
                                                  std::span<const Period> periods) {
  std::vector<AreaDenominators> by_period;
  for (const Period& period : periods) {
    if (measure == kGroundMeasure && !by_period.empty()) {
      by_period.push_back(by_period.front());
      continue;
    }
    AreaDenominators denominators{measure, {}, {}};
    denominators.by_area.reserve(areas.size());
    for (const AreaIndex area : areas) denominators.by_area.push_back(DenominatorOf(data, vintage, area, measure, period));
    AddTotal(denominators);
    by_period.push_back(std::move(denominators));
  }
  return by_period;
}

Rate RateOf(const std::string& measure, const std::optional<DenominatorValue>& value, std::int64_t incidents, Period period) {
  Rate rate;
  rate.denominator = measure;
  rate.per = RatePer(measure);
  if (!value) return rate;
  rate.value = value->value;
  rate.year = value->year;
  const double per_incident = rate.per / value->value * (kDaysPerYear / period.days());
  const CountInterval interval = PoissonInterval(incidents);
  rate.rate = static_cast<double>(incidents) * per_incident;
  rate.low = interval.low * per_incident;
  rate.high = interval.high * per_incident;
  return rate;
}

}  // namespace geo
