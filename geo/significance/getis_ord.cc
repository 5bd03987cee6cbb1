#include "geo/significance/getis_ord.h"

#include <cmath>

#include "geo/significance/centred_values.h"
#include "geo/significance/compensated_sum.h"
#include "geo/significance/getis_ord_z.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kLinksBetweenStopChecks = 262'144;

LocalZ ScoreOf(const CentredValues& values, std::span<const std::uint32_t> neighbours, std::size_t i, bool self) {
  CompensatedSum sum;
  if (self) sum.add(values.d[i]);
  for (const std::uint32_t j : neighbours) sum.add(values.d[j]);
  const auto k = static_cast<std::int64_t>(neighbours.size()) + (self ? 1 : 0);
  LocalZ score{0, GetisOrdStatus(values, self, i, k)};
  if (score.status != LocalStatus::kDefined) return score;
  if (self) {
    // + 0.0 turns -0 into 0.
    score.z = (sum.value() - values.mean * static_cast<double>(k)) * GetisOrdScale(values.n, k, values.sum_squares) + 0.0;
  } else {
    score.z = GiWithoutSelf(values, i, k, sum.value(), [&](auto&& visit) {
      for (const std::uint32_t j : neighbours) visit(j);
    });
  }
  return score;
}

}  // namespace

Result<std::vector<LocalZ>> GetisOrd(std::span<const double> values, const Neighbours& neighbours, GetisOrdForm form, const StopSignal& stop) {
  WARDWATCH_CHECK(values.size() == neighbours.size(), "{} values, neighbours of {}", values.size(), neighbours.size());
  auto centred = Centre(values, {}, stop);
  if (!centred) return Fail(std::move(centred.error()));
  std::vector<LocalZ> scores(values.size());
  std::size_t work = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    scores[i] = ScoreOf(*centred, neighbours[i], i, form.self);
    work += neighbours[i].size() + 1;
    if (work < kLinksBetweenStopChecks) continue;
    if (stop.stop_requested()) return Fail(stop.reason());
    work = 0;
  }
  return scores;
}

double TwoSidedP(double z) {
  WARDWATCH_CHECK(!std::isnan(z), "z is not a number");
  return std::erfc(std::abs(z) * 0.70710678118654752440);
}

}  // namespace geo
