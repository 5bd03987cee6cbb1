#include "geo/placement/cover_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace geo {
namespace {

constexpr double kRaise = 1 + 1e-9;
constexpr int kPatience = 15;  // rounds without a better bound before the step is halved
constexpr double kLeastStep = 1e-4;

class Multipliers {
 public:
  explicit Multipliers(const CoverProblem& problem)
      : problem_(problem),
        weights_(problem.weights.size()),
        locked_(problem.weights.size()),
        prices_(problem.weights.size()),
        slope_(problem.weights.size()),
        worth_(problem.options.size()),
        best_of_site_(static_cast<std::size_t>(problem.sites())) {
    std::vector<std::uint8_t> may_be_added(problem.weights.size());
    for (const CoverOption& option : problem.options) {
      for (const std::uint32_t demand : option.sees) {
        if (!option.locked) may_be_added[demand] = 1;
        else locked_[demand] = std::min(1.0, locked_[demand] + static_cast<double>(option.share) / kAllTheTime);
      }
    }
    // What only locked options see is best priced at its weight: then it counts for the time that they look at it, and no more.
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      weights_[i] = static_cast<double>(problem.weights[i]) * kAllTheTime;
      prices_[i] = may_be_added[i] != 0 ? weights_[i] / 2 : weights_[i];
    }
    taken_site_.assign(best_of_site_.size(), 0);
    for (const CoverOption& option : problem.options) {
      if (option.locked) taken_site_[static_cast<std::size_t>(option.site)] = 1;
    }
    picks_ = problem.most_picks ? static_cast<std::size_t>(*problem.most_picks) : best_of_site_.size();
  }

  // The bound at these prices; fills worth, the order of sites and the sum of the sites taken.
  double evaluate() {
    double bound = money_ * static_cast<double>(problem_.budget_pence.value_or(0));
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      bound += weights_[i] - prices_[i] + prices_[i] * locked_[i];
    }
    std::fill(best_of_site_.begin(), best_of_site_.end(), kNoOption);
    for (std::uint32_t option = 0; option < worth_.size(); ++option) {
      const CoverOption& one = problem_.options[option];
      if (one.locked) continue;
      double worth = 0;
      for (const std::uint32_t demand : one.sees) worth += prices_[demand];
      worth_[option] = worth * one.share / kAllTheTime - money_ * static_cast<double>(one.cost_pence);
      std::uint32_t& best = best_of_site_[static_cast<std::size_t>(one.site)];
      if (taken_site_[static_cast<std::size_t>(one.site)] == 0 && (best == kNoOption || worth_[option] > worth_[best])) best = option;
    }
    taken_.clear();
    for (const std::uint32_t best : best_of_site_) {
      if (best != kNoOption && worth_[best] > 0) taken_.push_back(best);
    }
    const auto dearer = [&](std::uint32_t a, std::uint32_t b) { return worth_[a] != worth_[b] ? worth_[a] > worth_[b] : a < b; };
    if (taken_.size() > picks_) {
      std::nth_element(taken_.begin(), taken_.begin() + static_cast<std::ptrdiff_t>(picks_), taken_.end(), dearer);
      taken_.resize(picks_);
    }
    std::sort(taken_.begin(), taken_.end(), dearer);
    for (const std::uint32_t option : taken_) bound += worth_[option];
    return bound;
  }

  // One step downhill from the prices last evaluated. False where the slope is nothing: the prices are best.
  bool step(double bound, double target, double scale) {
    for (std::size_t i = 0; i < slope_.size(); ++i) slope_[i] = locked_[i] - 1;
    // Without a budget money has no price, and its slope no part in how far to go.
    double money_slope = static_cast<double>(problem_.budget_pence.value_or(0));
    for (const std::uint32_t option : taken_) {
      for (const std::uint32_t demand : problem_.options[option].sees) slope_[demand] += static_cast<double>(problem_.options[option].share) / kAllTheTime;
      if (problem_.budget_pence) money_slope -= static_cast<double>(problem_.options[option].cost_pence);
    }
    double square = 0;
    for (std::size_t i = 0; i < slope_.size(); ++i) {
      // A price at its limit that would be pushed beyond it takes no part.
      if ((prices_[i] <= 0 && slope_[i] > 0) || (prices_[i] >= weights_[i] && slope_[i] < 0)) slope_[i] = 0;
      square += slope_[i] * slope_[i];
    }
    // Money is priced in units a penny: its slope is in pence, scaled to be of the size of the others'.
    const double pence = money_scale();
    if (money_ <= 0 && money_slope > 0) money_slope = 0;
    square += money_slope / pence * (money_slope / pence);
    if (!(square > 0)) return false;
    const double length = scale * std::max(bound - target, 0.0) / square;
    for (std::size_t i = 0; i < prices_.size(); ++i) prices_[i] = std::clamp(prices_[i] - length * slope_[i], 0.0, weights_[i]);
    if (problem_.budget_pence) money_ = std::max(0.0, money_ - length * money_slope / (pence * pence));
    return length > 0;
  }

  // Bounds with one option forced in, at the prices last evaluated.
  void force(double bound, std::vector<CoverUnits>& with_option) const {
    std::vector<std::uint8_t> in_taken(best_of_site_.size());
    for (const std::uint32_t option : taken_) in_taken[static_cast<std::size_t>(problem_.options[option].site)] = 1;
    const bool full = taken_.size() == picks_;
    for (std::uint32_t option = 0; option < worth_.size(); ++option) {
      const CoverOption& one = problem_.options[option];
      if (one.locked) continue;
      const auto site = static_cast<std::size_t>(one.site);
      double forced = bound + worth_[option];
      if (taken_site_[site] != 0 || picks_ == 0) forced = -1;
      else if (in_taken[site] != 0) forced -= worth_[best_of_site_[site]];
      else if (full) forced -= worth_[taken_.back()];
      with_option[option] = std::min(with_option[option], Raised(forced));
    }
  }

  static CoverUnits Raised(double bound) {
    constexpr double kMostUnits = 4e18;  // early bounds may be many times the total
    return bound < 0 ? -1 : static_cast<CoverUnits>(std::ceil(std::min(bound * kRaise, kMostUnits)));
  }

 private:
  static constexpr std::uint32_t kNoOption = static_cast<std::uint32_t>(-1);
  double money_scale() const {
    return std::max(1.0, static_cast<double>(problem_.budget_pence.value_or(0)) / std::max<double>(1, static_cast<double>(picks_)));
  }

  const CoverProblem& problem_;
  std::vector<double> weights_, locked_, prices_, slope_, worth_;
  std::vector<std::uint32_t> best_of_site_, taken_;
  std::vector<std::uint8_t> taken_site_;
  std::size_t picks_ = 0;
  double money_ = 0;
};

}  // namespace

CoverBoundResult BoundCover(const CoverProblem& problem, CoverUnits known, int rounds, const StopSignal& stop) {
  CoverBoundResult result;
  result.bound = CoverableBy(problem);
  result.with_option.assign(problem.options.size(), problem.total());
  Multipliers multipliers(problem);
  double best = std::numeric_limits<double>::infinity(), scale = 1;
  for (int round = 0, idle = 0; round < rounds && scale > kLeastStep && !stop.stop_requested(); ++round) {
    const double bound = multipliers.evaluate();
    multipliers.force(bound, result.with_option);
    if (bound < best * (1 - 1e-7)) idle = 0;
    else if (++idle >= kPatience) scale /= 2, idle = 0;
    best = std::min(best, bound);
    result.bound = std::min(result.bound, Multipliers::Raised(bound));
    if (result.bound <= known) break;
    if (!multipliers.step(bound, static_cast<double>(known), scale)) break;
  }
  result.bound = std::max(result.bound, known);
  return result;
}

}  // namespace geo
