#include "geo/hotspots/check_question.h"

#include <fmt/format.h>

#include <cmath>

#include "geo/snapshot/meets_data.h"

namespace geo {
namespace {

constexpr double kLeastBandwidthM = 1, kMostBandwidthM = 50'000;
constexpr int kMostRings = 100;
constexpr double kMostDistanceM = 100'000;
constexpr int kLeastPermutations = 99, kMostPermutations = 99'999;

}  // namespace

Result<void> CheckQuestion(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t vintage, const char* period_field) {
  if (filter.period.begin >= filter.period.end) {
    return Fail(InvalidArgument(period_field, fmt::format("{} is {}, which has no days; end it after it begins", period_field, FormatPeriod(filter.period))));
  }
  for (const std::size_t one : {vintage, filter.areas ? filter.areas->vintage : 0}) {
    // A dataset without areas can still be asked; its cells lie in none.
    if (one >= data.vintages.size() && !(one == 0 && data.vintages.empty() && !filter.areas)) {
      return Fail({ErrorCode::kInvalidArgument, "vintage", "NO_SUCH_VINTAGE", fmt::format("the dataset has {} sets of boundaries", data.vintages.size())});
    }
  }
  if (auto answerable = CheckAnswerable(data.record, filter); !answerable) return answerable;
  return CheckMeetsData(data, filter, period_field);
}

Result<void> CheckDensity(const DensityQuery& query) {
  if (!(query.bandwidth_m >= kLeastBandwidthM && query.bandwidth_m <= kMostBandwidthM)) {
    return Fail(InvalidArgument("density.bandwidth_m", fmt::format("density.bandwidth_m is {}; it must be 1 to 50,000 m", query.bandwidth_m)));
  }
  if (!(query.triangular_decay >= 0 && query.triangular_decay <= 1)) {
    return Fail(InvalidArgument("density.triangular_decay", fmt::format("density.triangular_decay is {}; it must be 0 to 1", query.triangular_decay)));
  }
  if (query.triangular_decay != 0 && query.kernel != KernelShape::kTriangular) {
    return Fail(
        InvalidArgument("density.triangular_decay", fmt::format("density.triangular_decay is {} with the {} kernel; it belongs to the triangular kernel alone",
                                                                query.triangular_decay, NameOf(query.kernel))));
  }
  if (query.adaptive && query.edge_correction != EdgeCorrection::kNone) {
    return Fail(InvalidArgument("density.adaptive", "density.adaptive with an edge correction is not offered; leave one of them out"));
  }
  return {};
}

Result<void> CheckSignificance(const SignificanceQuery& query) {
  if (query.statistic == LocalStatistic::kNone) return {};
  if (query.rings && (*query.rings < 1 || *query.rings > kMostRings)) {
    return Fail(InvalidArgument("significance.rings", fmt::format("significance.rings is {}; it must be 1 to {}", *query.rings, kMostRings)));
  }
  if (query.distance_m && !(*query.distance_m > 0 && *query.distance_m <= kMostDistanceM)) {
    return Fail(InvalidArgument("significance.distance_m", fmt::format("significance.distance_m is {}; it must be over 0, to 100,000 m", *query.distance_m)));
  }
  if (query.rings && query.distance_m) return Fail(InvalidArgument("significance.distance_m", "significance.rings and distance_m are both given; send one"));
  if (!(query.rate > 0 && query.rate <= 0.5)) {
    return Fail(InvalidArgument("significance.false_discovery_rate", fmt::format("false_discovery_rate is {}; it must be over 0, to 0.5", query.rate)));
  }
  if (query.permutations < kLeastPermutations || query.permutations > kMostPermutations) {
    return Fail(InvalidArgument("significance.permutations", fmt::format("significance.permutations is {}; it must be {} to {}", query.permutations,
                                                                         kLeastPermutations, kMostPermutations)));
  }
  return {};
}

}  // namespace geo
