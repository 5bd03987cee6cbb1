#include "geo/placement/cover_alternatives.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

// Sites of a choice that it was free to take, ascending.
std::vector<std::int32_t> FreeSites(const CoverProblem& problem, const CoverChoice& choice) {
  std::vector<std::int32_t> sites;
  for (const std::uint32_t option : choice) {
    if (!problem.options[option].locked) sites.push_back(problem.options[option].site);
  }
  std::sort(sites.begin(), sites.end());
  return sites;
}

}  // namespace

Result<CoverAlternatives> FindAlternatives(const CoverProblem& problem, const CoverWork& work, const CoverSolution& best, int most, double within,
                                           const StopSignal& stop) {
  CoverAlternatives out;
  CoverSearch search;
  search.least_value = std::max<CoverUnits>(1, static_cast<CoverUnits>(std::ceil((1 - within) * static_cast<double>(best.value))));
  search.forbidden.push_back(FreeSites(problem, best.choice));
  while (!search.forbidden.back().empty()) {
    if (static_cast<int>(out.sets.size()) >= most) return out;
    auto next = SolveCover(problem, work, search, stop);
    if (!next) {
      if (next.error().code == ErrorCode::kCancelled) return Fail(next.error());
      out.complete = next.error().reason == "NO_FURTHER_CHOICE";
      return out;
    }
    search.forbidden.push_back(FreeSites(problem, next->choice));
    out.sets.push_back(std::move(*next));
  }
  out.complete = true;
  return out;
}

}  // namespace geo
