#include "geo/change/change_of_counts.h"

#include <cmath>

#include "geo/rates/e_test.h"
#include "geo/rates/rate_ratio_test.h"
#include "geo/types/check.h"

namespace geo {

double PoissonZ(std::int64_t before, int before_days, std::int64_t after, int after_days) {
  const double mean_days = 0.5 * (static_cast<double>(before_days) + static_cast<double>(after_days));
  return 2 * (std::sqrt(static_cast<double>(after) * mean_days / after_days) - std::sqrt(static_cast<double>(before) * mean_days / before_days));
}

Change ChangeOf(std::int64_t before, int before_days, std::int64_t after, int after_days) {
  WARDWATCH_CHECK(before_days > 0 && after_days > 0, "{} and {} days", before_days, after_days);
  const RateRatio ratio = CompareRates(before, before_days, after, after_days);
  Change change;
  change.difference = after - before;
  change.ratio = ratio.ratio;
  change.ratio_low = ratio.low;
  change.ratio_high = ratio.high;
  if (before >= kFewestForPercent) change.percent = (*ratio.ratio - 1) * 100;
  change.p_value = ratio.p_value;
  change.e_test_p_value = ETest(before, before_days, after, after_days);
  change.poisson_z = PoissonZ(before, before_days, after, after_days);
  change.widened_p_value = ratio.p_value;
  return change;
}

}  // namespace geo
