#include "geo/placement/greedy_cover.h"

#include <algorithm>

#include "geo/geometry/orientation.h"
#include "geo/placement/cover_state.h"

namespace geo {
namespace {

constexpr int kMostRounds = 200;  // of swaps; each must gain, so this is never reached but by design against it
constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

enum class Rule { kMost, kMostPerPenny };

class Search {
 public:
  Search(const CoverProblem& problem, const CoverIncidence& incidence, const StopSignal& stop) : problem_(problem), stop_(stop), state_(problem, incidence) {
    for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
      if (!problem.options[i].locked) free_.push_back(i);
    }
  }

  bool meet_requirements() {
    while (!Keeps(problem_, state_.choice())) {
      const std::uint32_t best = most_needed();
      if (best == kNone || stop_.stop_requested()) return false;
      state_.add(best);
    }
    return true;
  }

  void fill(Rule rule) {
    while (!stop_.stop_requested()) {
      std::uint32_t best = kNone;
      for (const std::uint32_t option : free_) {
        if (state_.gain(option) > 0 && state_.may_add(option) && (best == kNone || better(rule, option, best))) best = option;
      }
      if (best == kNone) return;
      state_.add(best);
    }
  }

  void swap(Rule rule) {
    for (int round = 0; round < kMostRounds && !stop_.stop_requested() && swap_once(); ++round) fill(rule);
  }

  CoverUnits value() const { return state_.value(); }
  CoverChoice choice() const { return state_.choice(); }

 private:
  bool better(Rule rule, std::uint32_t option, std::uint32_t than) const {
    if (rule == Rule::kMost) return state_.gain(option) > state_.gain(than);
    // Gain per penny, free options before all: cross products, for quotients would round.
    const Int128 one = static_cast<Int128>(state_.gain(option)) * problem_.options[than].cost_pence;
    const Int128 other = static_cast<Int128>(state_.gain(than)) * problem_.options[option].cost_pence;
    return one != other ? one > other : state_.gain(option) > state_.gain(than);
  }

  // Demand-times still missing, summed over requirements and weighted; the option that lessens it most, then the one that adds most.
  std::uint32_t most_needed() const {
    std::vector<std::int64_t> missing(problem_.weights.size());
    for (const CoverRequirement& requirement : problem_.requirements) {
      if (SharePerRequirement(problem_, requirement, state_.choice()) >= requirement.least_share) continue;
      const std::vector<int> in_view = TimeInView(problem_, state_.choice(), requirement.times);
      for (const std::uint32_t demand : requirement.demands) {
        if (in_view[demand] < kAllTheTime) missing[demand] += problem_.weights[demand];
      }
    }
    std::uint32_t best = kNone;
    Int128 best_lessened = 0;
    for (const std::uint32_t option : free_) {
      if (!state_.may_add(option)) continue;
      Int128 lessened = 0;
      for (const std::uint32_t demand : problem_.options[option].sees) lessened += missing[demand];
      lessened *= problem_.options[option].share;
      if (lessened > best_lessened || (lessened == best_lessened && lessened > 0 && state_.gain(option) > state_.gain(best))) {
        best = option;
        best_lessened = lessened;
      }
    }
    return best;
  }

  bool swap_once() {
    CoverUnits best_gain = 0;
    std::uint32_t best_out = kNone, best_in = kNone;
    for (const std::uint32_t out : state_.choice()) {
      if (problem_.options[out].locked || stop_.stop_requested()) continue;
      const CoverUnits loss = state_.loss(out);
      state_.remove(out);
      for (const std::uint32_t in : free_) {
        if (state_.gain(in) - loss <= best_gain || in == out || !state_.may_add(in)) continue;
        if (!problem_.requirements.empty() && !kept_with(in)) continue;
        best_gain = state_.gain(in) - loss;
        best_out = out;
        best_in = in;
      }
      state_.add(out);
    }
    if (best_out == kNone) return false;
    state_.remove(best_out);
    state_.add(best_in);
    return true;
  }

  bool kept_with(std::uint32_t option) const {
    CoverChoice choice = state_.choice();
    choice.insert(std::lower_bound(choice.begin(), choice.end(), option), option);
    return Keeps(problem_, choice);
  }

  const CoverProblem& problem_;
  const StopSignal& stop_;
  CoverState state_;
  std::vector<std::uint32_t> free_;
};

}  // namespace

std::optional<CoverChoice> GreedyCover(const CoverProblem& problem, const CoverIncidence& incidence, const StopSignal& stop) {
  std::optional<CoverChoice> best;
  CoverUnits best_value = -1;
  for (const Rule rule : {Rule::kMost, Rule::kMostPerPenny}) {
    if (rule == Rule::kMostPerPenny && !problem.budget_pence) break;
    Search search(problem, incidence, stop);
    if (!search.meet_requirements()) continue;
    search.fill(rule);
    search.swap(rule);
    if (search.value() > best_value) best = search.choice(), best_value = search.value();
  }
  return best;
}

}  // namespace geo
