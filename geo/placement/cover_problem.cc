#include "geo/placement/cover_problem.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/types/check.h"

namespace geo {
namespace {

// Doubles that stand for shares such as 0.3 are a little over or under them.
constexpr double kShareSlack = 1e-12;

// Weight in view of enough options, and in all.
struct Met {
  CoverUnits met = 0, all = 0;
};

Met MetBy(const CoverProblem& problem, const CoverRequirement& requirement, const std::vector<int>& in_view) {
  Met met;
  for (const std::uint32_t demand : requirement.demands) {
    met.all += problem.weights[demand] * kAllTheTime;
    met.met += problem.weights[demand] * in_view[demand];
  }
  return met;
}

double ShareOf(const Met& met) { return met.all > 0 ? static_cast<double>(met.met) / static_cast<double>(met.all) : 1; }

// Per mille of the time, of shares added up, that so many see it at once.
void Beyond(std::vector<int>& share, int times) {
  constexpr int kAll = kAllTheTime;
  for (int& one : share) one = std::clamp(one - (times - 1) * kAll, 0, kAll);
}

CoverUnits SumOf(const CoverProblem& problem, const std::vector<int>& in_view) {
  CoverUnits sum = 0;
  for (std::size_t i = 0; i < in_view.size(); ++i) sum += problem.weights[i] * in_view[i];
  return sum;
}

}  // namespace

std::int64_t MillionthsOf(double weight) {
  WARDWATCH_CHECK(weight >= 0 && weight <= kMostTotalWeight, "weight {}", weight);
  return std::llround(weight * static_cast<double>(kMillionths));
}

std::int32_t CoverProblem::sites() const {
  std::int32_t most = 0;
  for (const CoverOption& option : options) most = std::max(most, option.site + 1);
  return most;
}

CoverUnits CoverProblem::total() const { return std::accumulate(weights.begin(), weights.end(), std::int64_t{0}) * kAllTheTime; }

CoverChoice LockedOf(const CoverProblem& problem) {
  CoverChoice locked;
  for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
    if (problem.options[i].locked) locked.push_back(i);
  }
  return locked;
}

CoverUnits ValueOf(const CoverProblem& problem, const CoverChoice& choice) {
  return SumOf(problem, TimeInView(problem, choice, 1));
}

std::int64_t SpendOf(const CoverProblem& problem, const CoverChoice& choice) {
  std::int64_t spend = 0;
  for (const std::uint32_t option : choice) spend += problem.options[option].locked ? 0 : problem.options[option].cost_pence;
  return spend;
}

bool Keeps(const CoverProblem& problem, const CoverChoice& choice) {
  std::vector<bool> used(static_cast<std::size_t>(problem.sites()));
  std::size_t locked = 0;
  for (const std::uint32_t option : choice) {
    if (used[static_cast<std::size_t>(problem.options[option].site)]) return false;
    used[static_cast<std::size_t>(problem.options[option].site)] = true;
    locked += problem.options[option].locked;
  }
  const auto all_locked = std::count_if(problem.options.begin(), problem.options.end(), [](const CoverOption& option) { return option.locked; });
  if (static_cast<std::int64_t>(locked) != all_locked) return false;
  if (problem.most_picks && static_cast<std::int64_t>(choice.size() - locked) > *problem.most_picks) return false;
  if (problem.budget_pence && SpendOf(problem, choice) > *problem.budget_pence) return false;
  return std::all_of(problem.requirements.begin(), problem.requirements.end(), [&](const CoverRequirement& requirement) {
    const Met met = MetBy(problem, requirement, TimeInView(problem, choice, requirement.times));
    return static_cast<double>(met.met) >= requirement.least_share * static_cast<double>(met.all) * (1 - kShareSlack);
  });
}

std::vector<int> TimeInView(const CoverProblem& problem, const CoverChoice& choice, int times) {
  std::vector<int> share(problem.weights.size());
  for (const std::uint32_t option : choice) {
    for (const std::uint32_t demand : problem.options[option].sees) share[demand] += problem.options[option].share;
  }
  Beyond(share, times);
  return share;
}

std::vector<int> MostTimeInView(const CoverProblem& problem, int times) {
  std::vector<std::uint32_t> by_site(problem.options.size());
  std::iota(by_site.begin(), by_site.end(), 0u);
  std::stable_sort(by_site.begin(), by_site.end(), [&](std::uint32_t a, std::uint32_t b) { return problem.options[a].site < problem.options[b].site; });
  // Of each demand: the site that saw it last, and for how long.
  std::vector<int> share(problem.weights.size()), of_site(share.size());
  std::vector<std::int32_t> site(share.size(), -1);
  for (const std::uint32_t at : by_site) {
    const CoverOption& option = problem.options[at];
    for (const std::uint32_t demand : option.sees) {
      if (site[demand] != option.site) of_site[demand] = 0;
      site[demand] = option.site;
      share[demand] += std::max(0, option.share - of_site[demand]);
      of_site[demand] = std::max(of_site[demand], option.share);
    }
  }
  Beyond(share, times);
  return share;
}

CoverUnits CoverableBy(const CoverProblem& problem) { return SumOf(problem, MostTimeInView(problem, 1)); }

double MostShareOf(const CoverProblem& problem, const CoverRequirement& requirement) {
  return ShareOf(MetBy(problem, requirement, MostTimeInView(problem, requirement.times)));
}

double SharePerRequirement(const CoverProblem& problem, const CoverRequirement& requirement, const CoverChoice& choice) {
  return ShareOf(MetBy(problem, requirement, TimeInView(problem, choice, requirement.times)));
}

CoverIncidence::CoverIncidence(const CoverProblem& problem) : first(problem.weights.size() + 1) {
  for (const CoverOption& option : problem.options) {
    for (const std::uint32_t demand : option.sees) ++first[demand + 1];
  }
  std::partial_sum(first.begin(), first.end(), first.begin());
  options.resize(first.back());
  std::vector<std::size_t> next(first.begin(), first.end() - 1);
  for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
    for (const std::uint32_t demand : problem.options[i].sees) options[next[demand]++] = i;
  }
}

}  // namespace geo
