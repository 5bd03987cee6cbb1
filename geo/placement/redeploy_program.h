// The quarterly plan as an integer program.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "geo/placement/exact_cover.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct RedeployProblem {
  std::size_t units = 1;
  std::vector<std::vector<double>> expected;                  // [quarter][site], 0 or more
  std::vector<std::uint8_t> occupied;                         // [site] before the first quarter
  std::vector<std::int64_t> move_cost_pence;                  // [site]
  std::vector<std::pair<std::size_t, std::size_t>> overlaps;  // sites not to be used in one quarter
  std::optional<std::int64_t> budget_pence;
  double least_gain_per_move = 0;
};

struct RedeployPlan {
  std::vector<std::vector<std::uint8_t>> used;  // [quarter][site]
  double value = 0;                             // expected less least_gain_per_move for every move
  SolverReport report;
};

// The plan of most value: at most `units` sites a quarter; a site that is used and was not the quarter before is a move. Expected incidents are taken to the
// thousandth. Errors: kCancelled.
Result<RedeployPlan> SolveRedeployment(const RedeployProblem& problem, const StopSignal& stop);

// Of any plan, by the same rules.
double ValueOfPlan(const RedeployProblem& problem, const std::vector<std::vector<std::uint8_t>>& used);

}  // namespace geo
