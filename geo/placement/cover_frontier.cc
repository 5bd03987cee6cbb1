#include "geo/placement/cover_frontier.h"

#include <algorithm>

namespace geo {

Result<std::vector<FrontierPoint>> TraceFrontier(const CoverProblem& problem, int points, bool exact, const StopSignal& stop) {
  std::vector<FrontierPoint> frontier;
  const int most_picks = static_cast<int>(std::min<std::int64_t>(problem.most_picks.value_or(0), problem.sites()));
  for (int i = 1; i <= points; ++i) {
    if (stop.stop_requested()) {
      if (stop.reason().code == ErrorCode::kCancelled) return Fail(stop.reason());
      break;
    }
    CoverProblem part = problem;
    if (problem.budget_pence) {
      part.budget_pence = *problem.budget_pence / points * i + *problem.budget_pence % points * i / points;
    } else {
      // All of them where there are no more than points; else evenly, the limit last.
      const int picks = most_picks < points ? i - 1 : most_picks * i / points;
      if (picks > most_picks) break;
      part.most_picks = picks;
    }
    CoverSearch search;
    search.exact = exact;
    const auto solution = SolveCover(part, search, stop);
    if (!solution) {
      if (solution.error().code == ErrorCode::kCancelled) return Fail(solution.error());
      continue;
    }
    const auto locked = std::count_if(problem.options.begin(), problem.options.end(), [](const CoverOption& option) { return option.locked; });
    FrontierPoint point{static_cast<int>(static_cast<std::int64_t>(solution->choice.size()) - locked),
                        SpendOf(part, solution->choice),
                        part.budget_pence,
                        solution->report.value,
                        solution->report.bound,
                        solution->report.proved_optimal};
    // A smaller limit's choice keeps the larger one too: where a search was cut short it may be the better.
    if (!frontier.empty() && frontier.back().value > point.value) {
      point.picks = frontier.back().picks;
      point.spend_pence = frontier.back().spend_pence;
      point.value = frontier.back().value;
    }
    frontier.push_back(point);
  }
  return frontier;
}

}  // namespace geo
