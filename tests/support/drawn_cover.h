// Covering problems drawn by chance, and the best choice by trying all.
#pragma once

#include <algorithm>
#include <optional>
#include <random>

#include "geo/placement/cover_problem.h"

namespace support {

struct DrawnCover {
  int sites = 6, bearings = 2, demands = 20;
  bool shares = false, whole_weights = true, budget = false, locked = false, requirements = false;
  int reach = 4;  // one demand in so many is seen
};

inline geo::CoverProblem DrawCover(std::mt19937& random, const DrawnCover& how) {
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  geo::CoverProblem problem;
  for (int i = 0; i < how.demands; ++i) {
    problem.weights.push_back(how.whole_weights ? below(6) * geo::kMillionths : static_cast<std::int64_t>(random() % 5'000'000));
  }
  for (int site = 0; site < how.sites; ++site) {
    const int bearings = 1 + below(how.bearings);
    const bool locked = how.locked && below(5) == 0;
    for (int bearing = 0; bearing < bearings; ++bearing) {
      geo::CoverOption option;
      option.site = site;
      option.cost_pence = 100 * (1 + below(5));
      option.share = how.shares && below(3) == 0 ? 1 + below(1000) : 1000;
      option.locked = locked && bearing == 0;
      for (int i = 0; i < how.demands; ++i) {
        if (below(how.reach) == 0) option.sees.push_back(static_cast<std::uint32_t>(i));
      }
      problem.options.push_back(std::move(option));
    }
  }
  if (how.budget) problem.budget_pence = 100 * (2 + below(9));
  if (!how.budget || below(2) == 0) problem.most_picks = below(how.sites + 1);
  for (int r = 0; how.requirements && r < 1 + below(2); ++r) {
    geo::CoverRequirement requirement;
    requirement.id = "r" + std::to_string(r);
    requirement.times = 1 + below(2);
    requirement.least_share = (1 + below(10)) / 10.0;
    for (int i = 0; i < how.demands; ++i) {
      if (below(4) == 0) requirement.demands.push_back(static_cast<std::uint32_t>(i));
    }
    problem.requirements.push_back(std::move(requirement));
  }
  return problem;
}

// Adds up demand by demand, camera by camera.
inline std::int64_t SlowValue(const geo::CoverProblem& problem, const std::vector<int>& option_of_site) {
  std::int64_t value = 0;
  for (std::uint32_t i = 0; i < problem.weights.size(); ++i) {
    std::int64_t share = 0;
    for (const int option : option_of_site) {
      if (option < 0) continue;
      const auto& one = problem.options[static_cast<std::size_t>(option)];
      if (std::find(one.sees.begin(), one.sees.end(), i) != one.sees.end()) share += one.share;
    }
    value += problem.weights[i] * std::min<std::int64_t>(share, 1000);
  }
  return value;
}

inline bool SlowKeeps(const geo::CoverProblem& problem, const std::vector<int>& option_of_site) {
  int picks = 0;
  std::int64_t spend = 0;
  for (std::size_t option = 0; option < problem.options.size(); ++option) {
    const auto& one = problem.options[option];
    const bool chosen = option_of_site[static_cast<std::size_t>(one.site)] == static_cast<int>(option);
    if (one.locked && !chosen) return false;
    if (chosen && !one.locked) ++picks, spend += one.cost_pence;
  }
  if (problem.most_picks && picks > *problem.most_picks) return false;
  if (problem.budget_pence && spend > *problem.budget_pence) return false;
  for (const auto& requirement : problem.requirements) {
    double all = 0, met = 0;
    for (const std::uint32_t demand : requirement.demands) {
      double share = 0;  // whole thousandths
      for (const int option : option_of_site) {
        if (option < 0) continue;
        const auto& one = problem.options[static_cast<std::size_t>(option)];
        if (std::find(one.sees.begin(), one.sees.end(), demand) != one.sees.end()) share += one.share;
      }
      const double weight = static_cast<double>(problem.weights[demand]), beyond = share - 1000 * (requirement.times - 1);
      all += weight * 1000;
      if (beyond > 0) met += weight * (beyond < 1000 ? beyond : 1000);
    }
    if (met < requirement.least_share * all * (1 - 1e-12)) return false;
  }
  return true;
}

// Every choice; `use(option_of_site, value)` for those that keep the rules.
template <class Use>
void ForEachChoice(const geo::CoverProblem& problem, Use&& use) {
  std::vector<std::vector<int>> at(static_cast<std::size_t>(problem.sites()), std::vector<int>{-1});
  for (std::size_t option = 0; option < problem.options.size(); ++option)
    at[static_cast<std::size_t>(problem.options[option].site)].push_back(static_cast<int>(option));
  std::vector<std::size_t> digit(at.size());
  for (;;) {
    std::vector<int> choice(at.size());
    for (std::size_t site = 0; site < at.size(); ++site) choice[site] = at[site][digit[site]];
    if (SlowKeeps(problem, choice)) use(choice, SlowValue(problem, choice));
    std::size_t site = 0;
    while (site < at.size() && ++digit[site] == at[site].size()) digit[site++] = 0;
    if (site == at.size()) return;
  }
}

inline std::optional<std::int64_t> BestByTryingAll(const geo::CoverProblem& problem) {
  std::optional<std::int64_t> best;
  ForEachChoice(problem, [&](const std::vector<int>&, std::int64_t value) { best = std::max(best.value_or(-1), value); });
  return best;
}

}  // namespace support
