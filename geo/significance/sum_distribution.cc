#include "geo/significance/sum_distribution.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

// Each value is taken or left by the toss of one coin; given that k were taken, every choice of k is as likely as any other. The chance that j of a group are
// taken, up to a factor that cancels: the largest is 1.
std::vector<double> TakenOf(std::int64_t times, double log_odds, std::int64_t most) {
  std::vector<double> chance(static_cast<std::size_t>(std::min(times, most)) + 1);
  double largest = -HUGE_VAL, log_choices = 0;
  for (std::size_t j = 0; j < chance.size(); ++j) {
    if (j > 0) log_choices += std::log(static_cast<double>(times) - static_cast<double>(j) + 1) - std::log(static_cast<double>(j));
    chance[j] = log_choices + static_cast<double>(j) * log_odds;
    largest = std::max(largest, chance[j]);
  }
  for (double& value : chance) value = std::exp(value - largest);
  return chance;
}

// row += chance * from, moved up by `shift`; what leaves the row at its end gathers in the last place. Only places up to `reach` of `from` hold anything but
// the last.
void AddMoved(double* row, const double* from, double chance, std::int64_t shift, std::int64_t reach, std::int64_t last) {
  const std::int64_t stay = std::clamp<std::int64_t>(last - shift, 0, reach + 1);
  double* to = row + shift;
  for (std::int64_t s = 0; s < stay; ++s) to[s] += chance * from[s];
  double beyond = from[last];
  for (std::int64_t s = stay; s <= reach; ++s) beyond += from[s];
  row[last] += chance * beyond;
}

}  // namespace

double SumDistribution::CostOf(std::span<const ValueGroup> groups, std::int64_t most_drawn, std::int64_t largest_sum) {
  double cost = 0;
  for (const ValueGroup& group : groups) {
    // The sums of the lowest group lie on one place each; further out than largest_sum there is one place.
    const double taken = static_cast<double>(std::min(group.times, most_drawn));
    cost += (taken + 1) * static_cast<double>(most_drawn + 1) * (group.value == 0 ? 1 : static_cast<double>(largest_sum + 2)) / 2;
  }
  return cost + 4 * static_cast<double>(most_drawn + 1) * static_cast<double>(largest_sum + 2);
}

Result<SumDistribution> SumDistribution::Build(std::span<const ValueGroup> groups, std::int64_t most_drawn, std::int64_t largest_sum, const StopSignal& stop) {
  SumDistribution made;
  made.width_ = largest_sum + 2;
  const std::int64_t last = largest_sum + 1;
  std::vector<double>& f = made.low_;
  f.assign(static_cast<std::size_t>((most_drawn + 1) * made.width_), 0);
  f[0] = 1;
  std::int64_t size = 0;
  for (const ValueGroup& group : groups) size += group.times;
  const double share = std::min(0.5, static_cast<double>(most_drawn) / static_cast<double>(size)), log_odds = std::log(share) - std::log1p(-share);
  std::int64_t drawn = 0, reach = 0;  // so far: most drawn, furthest place that is not empty
  for (const ValueGroup& group : groups) {
    const std::vector<double> chance = TakenOf(group.times, log_odds, most_drawn);
    const auto most_taken = static_cast<std::int64_t>(chance.size()) - 1;
    const std::int64_t next_drawn = std::min(most_drawn, drawn + most_taken);
    for (std::int64_t k = next_drawn; k >= 0; --k) {
      if (stop.stop_requested()) return Fail(stop.reason());
      double* row = f.data() + k * made.width_;
      for (std::int64_t s = 0; s <= last; ++s) row[s] *= chance[0];
      for (std::int64_t j = 1; j <= std::min(most_taken, k); ++j) {
        if (k - j > drawn) continue;
        const std::int64_t shift = group.value > last / j ? last : group.value * j;
        AddMoved(row, f.data() + (k - j) * made.width_, chance[static_cast<std::size_t>(j)], shift, reach, last);
      }
    }
    drawn = next_drawn;
    reach = group.value > (largest_sum - reach) / std::max<std::int64_t>(1, most_taken) ? largest_sum : reach + group.value * most_taken;
  }
  made.tally();
  return made;
}

void SumDistribution::tally() {
  high_ = low_;
  for (std::size_t begin = 0; begin < low_.size(); begin += static_cast<std::size_t>(width_)) {
    const std::size_t end = begin + static_cast<std::size_t>(width_);
    for (std::size_t s = end - 1; s > begin; --s) high_[s - 1] += high_[s];
    for (std::size_t s = begin + 1; s < end; ++s) low_[s] += low_[s - 1];
    total_.push_back(high_[begin]);
    if (total_.back() <= 0) continue;
    for (std::size_t s = begin; s < end; ++s) {
      high_[s] = std::min(1.0, high_[s] / total_.back());
      low_[s] = std::min(1.0, low_[s] / total_.back());
    }
  }
}

}  // namespace geo
