#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>

#include "geo/significance/centred_values.h"
#include "geo/significance/compensated_sum.h"
#include "geo/significance/conditional_draws.h"
#include "geo/significance/moran.h"
#include "geo/types/check.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::int64_t kDrawsBetweenStopChecks = 65'536;
constexpr std::int64_t kEnoughInTail = 10;

// Permutations behind us, of all cells together. Tells the caller at every hundredth.
class Progress {
 public:
  Progress(std::int64_t of, const StopSignal& stop) : of_(of), stop_(stop) {}
  void add(std::int64_t permutations) {
    const std::int64_t done = done_.fetch_add(permutations) + permutations;
    if (done * 100 / of_ != (done - permutations) * 100 / of_) stop_.progressed("permutations", done, of_);
  }

 private:
  std::atomic<std::int64_t> done_{0};
  const std::int64_t of_;
  const StopSignal& stop_;
};

struct LocalMoranWork {
  const CentredValues& values;
  std::vector<std::int64_t> fixed;  // d in whole steps: sums of them are exact and equal whatever the order
  const Neighbours& neighbours;
  const LocalMoranHow& how;
  double second_moment;
  const StopSignal& stop;
};

// Steps so fine that a sum of the most neighbours just fits: 2^-58 of the largest deviation for eight of them.
std::vector<std::int64_t> InSteps(const CentredValues& values) {
  const int bits = 61 - std::bit_width(static_cast<std::uint64_t>(values.n));
  std::vector<std::int64_t> fixed(values.d.size());
  for (std::size_t i = 0; i < fixed.size(); ++i) fixed[i] = std::llround(std::ldexp(values.d[i], bits));
  return fixed;
}

LocalStatus StatusOf(const LocalMoranWork& work, std::size_t i) {
  if (work.values.n < 3) return LocalStatus::kTooFew;
  if (work.neighbours[i].empty()) return LocalStatus::kNoNeighbours;
  if (static_cast<std::int64_t>(work.neighbours[i].size()) == work.values.n - 1) return LocalStatus::kWholeSet;
  return work.values.all_equal ? LocalStatus::kNoVariance : LocalStatus::kDefined;
}

// -1, 0, 1; 0 also where only the rounding of the mean is left.
int SideOfMean(double z) { return std::abs(z) <= 0x1p-50 ? 0 : z > 0 ? 1 : -1; }

LocalMoranClass QuadrantOf(int own, int around) {
  if (own == 0 || around == 0) return LocalMoranClass::kNotSignificant;
  if (own > 0) return around > 0 ? LocalMoranClass::kHighHigh : LocalMoranClass::kHighLow;
  return around > 0 ? LocalMoranClass::kLowHigh : LocalMoranClass::kLowLow;
}

// How many draws of a cell's neighbours came out at most, and at least, as what is there.
struct Tails {
  std::int64_t low = 0, high = 0;
  std::int64_t fewer() const { return std::min(low, high); }
};

// I_i grows or falls with the neighbours' sum alone, so it is the sums that are ranked; which tail is which does not matter to a two-sided p.
Result<void> Draw(const LocalMoranWork& work, ConditionalDraws& draws, std::size_t i, int from, int to, Tails& tails, Progress* progress) {
  const auto k = static_cast<std::uint32_t>(work.neighbours[i].size());
  std::int64_t observed = 0;
  for (const std::uint32_t j : work.neighbours[i]) observed += work.fixed[j];
  const auto batch = static_cast<int>(std::max<std::int64_t>(1, kDrawsBetweenStopChecks / k));
  for (int begin = from; begin < to; begin += batch) {
    if (work.stop.stop_requested()) return Fail(work.stop.reason());
    const int end = std::min(to, begin + batch);
    for (int permutation = begin; permutation < end; ++permutation) {
      const std::int64_t sum = draws.sum(work.how.seed, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(permutation), k);
      tails.low += sum <= observed;
      tails.high += sum >= observed;
    }
    if (progress != nullptr) progress->add(end - begin);
  }
  return {};
}

Result<double> PseudoP(const LocalMoranWork& work, ConditionalDraws& draws, std::size_t i, Progress& progress) {
  Tails tails;
  int made = work.how.permutations;
  if (auto drawn = Draw(work, draws, i, 0, made, tails, &progress); !drawn) return Fail(std::move(drawn.error()));
  if (tails.fewer() < kEnoughInTail && work.how.most_permutations > made) {
    if (auto drawn = Draw(work, draws, i, made, work.how.most_permutations, tails, nullptr); !drawn) return Fail(std::move(drawn.error()));
    made = work.how.most_permutations;
  }
  return std::min(1.0, 2.0 * static_cast<double>(tails.fewer() + 1) / (made + 1));
}

Result<void> Score(const LocalMoranWork& work, ConditionalDraws& draws, std::size_t i, LocalMoranValue& value, Progress& progress) {
  value.status = StatusOf(work, i);
  if (value.status != LocalStatus::kDefined) {
    progress.add(work.how.permutations);
    return {};
  }
  CompensatedSum around;
  for (const std::uint32_t j : work.neighbours[i]) around.add(work.values.d[j] - work.values.mean);
  const double z = work.values.d[i] - work.values.mean, lag = around.value() / static_cast<double>(work.neighbours[i].size());
  value.quadrant = QuadrantOf(SideOfMean(z), SideOfMean(lag));
  if (SideOfMean(z) == 0) {
    // On the mean I is 0 whoever the neighbours are: every permutation ties, p stays 1.
    progress.add(work.how.permutations);
    return {};
  }
  value.i = z / work.second_moment * lag + 0.0;
  auto p = PseudoP(work, draws, i, progress);
  if (!p) return Fail(std::move(p.error()));
  value.p = *p;
  return {};
}

}  // namespace

Result<std::vector<LocalMoranValue>> LocalMoran(std::span<const double> values, const Neighbours& neighbours, const LocalMoranHow& how,
                                                const StopSignal& stop) {
  WARDWATCH_CHECK(values.size() == neighbours.size(), "{} values, neighbours of {}", values.size(), neighbours.size());
  if (how.permutations < 99 || how.permutations > 99'999) {
    return Fail(InvalidArgument("significance.permutations", fmt::format("permutations is {}; it must be 99 to 99,999", how.permutations)));
  }
  if (how.most_permutations > 99'999) {
    return Fail(InvalidArgument("significance.permutations", fmt::format("most_permutations is {}; it must be at most 99,999", how.most_permutations)));
  }
  const auto centred = Centre(values, {}, stop);
  if (!centred) return Fail(centred.error());
  std::vector<LocalMoranValue> out(values.size());
  if (out.empty()) return out;
  const double second = centred->sum_squares / static_cast<double>(how.divide_by_n_less_1 ? std::max<std::int64_t>(1, centred->n - 1) : centred->n);
  const LocalMoranWork work{*centred, InSteps(*centred), neighbours, how, second, stop};
  Progress progress(centred->n * how.permutations, stop);
  // Many more parts than threads, since cells differ in neighbours; few enough that what a part sets up does not matter.
  const std::size_t part_cells = std::max<std::size_t>(1, out.size() / 256), parts = (out.size() + part_cells - 1) / part_cells;
  auto done = RunParts(parts, how.threads, [&](std::size_t part) -> Result<void> {
    ConditionalDraws draws(work.fixed);
    for (std::size_t i = part * part_cells; i < std::min(out.size(), (part + 1) * part_cells); ++i) {
      auto scored = Score(work, draws, i, out[i], progress);
      if (!scored) return scored;
    }
    return {};
  });
  if (!done) return Fail(std::move(done.error()));
  return out;
}

}  // namespace geo
