// Monthly series drawn at random, with or without a season, overdispersion, memory and a step.
#pragma once

#include <cmath>
#include <numbers>

#include "geo/trends/monthly_series.h"
#include "tests/support/made_counts.h"

namespace support {

struct SeriesShape {
  int months = 60;
  double mean = 20;        // a month of 365.25 / 12 days
  double dispersion = 1;   // variance over mean of counts
  double season = 0;       // amplitude of one wave a year
  double memory = 0;       // of the level from month to month: a first-order autoregression of its logarithm
  double wandering = 0;    // standard deviation of that
  int step_at = -1;        // the first month of another level
  double step_factor = 1;
};

inline geo::MonthlySeries MakeSeries(MadeCounts& random, const SeriesShape& shape, geo::Month first = geo::Month::Of(2019, 1)) {
  geo::MonthlySeries series{first, {}, {}};
  series.counts.resize(static_cast<std::size_t>(shape.months));
  series.used.assign(series.counts.size(), 1);
  double level = random.normal() * shape.wandering;
  for (int i = 0; i < shape.months; ++i) {
    level = shape.memory * level + std::sqrt(1 - shape.memory * shape.memory) * shape.wandering * random.normal();
    const double wave = 1 + shape.season * std::sin(2 * std::numbers::pi * (geo::SeasonOf(series, i) + 1.3) / 12);
    const double step = shape.step_at >= 0 && i >= shape.step_at ? shape.step_factor : 1;
    const double mean = shape.mean * geo::DaysOf(series, i) / geo::kDaysPerMonth * wave * step * std::exp(level - shape.wandering * shape.wandering / 2);
    series.counts[static_cast<std::size_t>(i)] = random.spread(mean, shape.dispersion);
  }
  return series;
}

}  // namespace support
