#include "geo/rates/rank_interval.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>
#include <numeric>

#include "geo/rates/gamma_draw.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr double kTail = 0.05;
constexpr std::size_t kDrawsBetweenStopChecks = 4096;

void CheckArguments(std::span<const std::int64_t> counts, std::span<const double> exposures, double widening, int draws) {
  WARDWATCH_CHECK(counts.size() == exposures.size() && counts.size() <= std::numeric_limits<std::uint16_t>::max(), "{} counts, {} exposures", counts.size(),
                  exposures.size());
  WARDWATCH_CHECK(widening >= 1 && std::isfinite(widening) && draws >= 100 && draws <= 100'000, "widening {} draws {}", widening, draws);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    WARDWATCH_CHECK(counts[i] >= 0 && exposures[i] > 0 && std::isfinite(exposures[i]), "area {}: {} / {}", i, counts[i], exposures[i]);
  }
}

// Ranks of the rates as observed: equal ones share the better.
std::vector<RankRange> ObservedRanks(std::span<const std::int64_t> counts, std::span<const double> exposures) {
  std::vector<double> rates(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) rates[i] = static_cast<double>(counts[i]) / exposures[i];
  std::vector<double> sorted = rates;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  std::vector<RankRange> ranges(counts.size());
  for (std::size_t i = 0; i < counts.size(); ++i) {
    ranges[i].rank = 1 + static_cast<int>(std::lower_bound(sorted.begin(), sorted.end(), rates[i], std::greater<>()) - sorted.begin());
  }
  return ranges;
}

Result<std::vector<RankRange>> DrawRanges(std::span<const std::int64_t> counts, std::span<const double> exposures, double widening, std::size_t draws,
                                          std::uint64_t seed, const StopSignal& stop) {
  const std::size_t areas = counts.size();
  std::vector<RankRange> ranges = ObservedRanks(counts, exposures);
  std::vector<std::uint16_t> ranks(areas * draws);  // by area, then draw
  std::vector<double> rates(areas);
  std::vector<std::uint16_t> order(areas);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    for (std::size_t i = 0; i < areas; ++i) {
      if ((draw * areas + i) % kDrawsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      CounterRandom random(seed, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(draw));
      rates[i] = LogGammaDraw(random, (static_cast<double>(counts[i]) + 0.5) / widening) - std::log(exposures[i]);
    }
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    std::sort(order.begin(), order.end(), [&](std::uint16_t a, std::uint16_t b) { return rates[a] > rates[b] || (rates[a] == rates[b] && a < b); });
    for (std::size_t place = 0; place < areas; ++place) ranks[order[place] * draws + draw] = static_cast<std::uint16_t>(place + 1);
  }
  const auto beyond = static_cast<std::size_t>(std::floor(kTail * static_cast<double>(draws)));
  for (std::size_t i = 0; i < areas; ++i) {
    if (i % 64 == 0 && stop.stop_requested()) return Fail(stop.reason());
    const auto own = std::span(ranks).subspan(i * draws, draws);
    std::nth_element(own.begin(), own.begin() + static_cast<std::ptrdiff_t>(beyond), own.end());
    ranges[i].low = own[beyond];
    std::nth_element(own.begin(), own.end() - 1 - static_cast<std::ptrdiff_t>(beyond), own.end());
    ranges[i].high = own[draws - 1 - beyond];
  }
  return ranges;
}

}  // namespace

Result<std::vector<RankRange>> RankRanges(std::span<const std::int64_t> counts, std::span<const double> exposures, double widening, int draws,
                                          std::uint64_t seed, const StopSignal& stop) {
  CheckArguments(counts, exposures, widening, draws);
  const std::int64_t ranks = static_cast<std::int64_t>(counts.size()) * draws;
  if (ranks > kMostRankDraws) {
    return Fail({ErrorCode::kResourceExhausted, "draws", "TOO_MANY_DRAWS",
                 fmt::format("{} draws of {} areas are {} ranks; at most {}: ask for fewer draws or areas", draws, counts.size(), ranks, kMostRankDraws)});
  }
  try {
    return DrawRanges(counts, exposures, widening, static_cast<std::size_t>(draws), seed, stop);
  } catch (const std::bad_alloc&) {
    return Fail({ErrorCode::kResourceExhausted, "draws", "OUT_OF_MEMORY", fmt::format("{} ranks do not fit into memory now; ask for fewer draws", ranks)});
  }
}

}  // namespace geo
