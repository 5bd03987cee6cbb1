#include "geo/placement/cover_state.h"

#include <algorithm>

#include "geo/types/check.h"

namespace geo {
namespace {

// Per mille that an option can still add to a demand already in view for `share`.
std::int64_t Room(std::int64_t share, int option_share) { return std::min<std::int64_t>(option_share, std::max<std::int64_t>(kAllTheTime - share, 0)); }

}  // namespace

CoverState::CoverState(const CoverProblem& problem, const CoverIncidence& incidence)
    : problem_(problem),
      incidence_(incidence),
      gains_(problem.options.size()),
      shares_(problem.weights.size()),
      site_option_(static_cast<std::size_t>(problem.sites()), -1) {
  for (std::size_t i = 0; i < gains_.size(); ++i) {
    for (const std::uint32_t demand : problem.options[i].sees) gains_[i] += problem.weights[demand] * problem.options[i].share;
  }
  for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
    if (problem.options[i].locked) add(i);
  }
}

void CoverState::change(std::uint32_t option, int by) {
  for (const std::uint32_t demand : problem_.options[option].sees) {
    const std::int64_t before = shares_[demand], after = before + by, weight = problem_.weights[demand];
    shares_[demand] = static_cast<int>(after);
    if (weight == 0 || (before >= kAllTheTime && after >= kAllTheTime)) continue;
    value_ += weight * (std::min(after, kAllTheTime) - std::min(before, kAllTheTime));
    for (std::size_t at = incidence_.first[demand]; at < incidence_.first[demand + 1]; ++at) {
      const std::uint32_t other = incidence_.options[at];
      const int share = problem_.options[other].share;
      gains_[other] += weight * (Room(after, share) - Room(before, share));
    }
  }
}

void CoverState::add(std::uint32_t option) {
  const CoverOption& added = problem_.options[option];
  WARDWATCH_CHECK(site_free(option), "site {} is taken", added.site);
  site_option_[site(option)] = option;
  if (!added.locked) spend_ += added.cost_pence, ++picks_;
  change(option, added.share);
}

void CoverState::remove(std::uint32_t option) {
  const CoverOption& removed = problem_.options[option];
  WARDWATCH_CHECK(chosen(option), "option {} is not chosen", option);
  site_option_[site(option)] = -1;
  if (!removed.locked) spend_ -= removed.cost_pence, --picks_;
  change(option, -removed.share);
}

CoverUnits CoverState::loss(std::uint32_t option) const {
  CoverUnits loss = 0;
  for (const std::uint32_t demand : problem_.options[option].sees) {
    const std::int64_t with = shares_[demand], without = with - problem_.options[option].share;
    loss += problem_.weights[demand] * (std::min(with, kAllTheTime) - std::min(without, kAllTheTime));
  }
  return loss;
}

bool CoverState::may_add(std::uint32_t option) const {
  return site_free(option) && (!problem_.most_picks || picks_ < *problem_.most_picks) &&
         (!problem_.budget_pence || spend_ + problem_.options[option].cost_pence <= *problem_.budget_pence);
}

CoverChoice CoverState::choice() const {
  CoverChoice choice;
  for (const std::int64_t option : site_option_) {
    if (option >= 0) choice.push_back(static_cast<std::uint32_t>(option));
  }
  std::sort(choice.begin(), choice.end());
  return choice;
}

std::vector<OrderedPick> OrderPicks(const CoverProblem& problem, const CoverIncidence& incidence, const CoverChoice& choice) {
  CoverState state(problem, incidence);
  std::vector<std::uint32_t> left;
  for (const std::uint32_t option : choice) {
    if (!problem.options[option].locked) left.push_back(option);
  }
  std::vector<OrderedPick> order;
  while (!left.empty()) {
    const auto best = std::max_element(left.begin(), left.end(), [&](std::uint32_t a, std::uint32_t b) { return state.gain(a) < state.gain(b); });
    const CoverUnits gain = state.gain(*best);
    state.add(*best);
    order.push_back({*best, gain, state.value()});
    left.erase(best);
  }
  return order;
}

}  // namespace geo
