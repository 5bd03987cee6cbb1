// The best choice, proved: bound, reduction, integer program.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "geo/placement/cover_problem.h"
#include "geo/placement/integer_program.h"
#include "geo/types/stop_signal.h"

namespace geo {

// How good a choice is known to be.
struct SolverReport {
  std::string method;  // "greedy with swaps", "multipliers" (the bound met the value), "integer program"
  std::string solver;  // with its version; empty where none was needed
  double value = 0;    // weight covered
  double bound = 0;    // no choice covers more
  double gap = 0;      // (bound - value) / bound; 0 where the bound is 0
  bool proved_optimal = false;
  bool stopped = false;    // out of time: the best found until then, with the bound known until then
  std::int64_t nodes = 0;  // of the search tree
  int seed = kSolverSeed;
  int options = 0, options_left = 0;  // as asked, and after what no better choice can hold was taken away
};

struct CoverProgress {
  double value = 0, bound = 0;  // incumbent and bound, in weight
  std::int64_t nodes = 0;
};
using CoverProgressCall = std::function<void(const CoverProgress&)>;

struct CoverSearch {
  bool exact = true;                                 // false: greedy with swaps and the bound by multipliers
  std::vector<std::vector<std::int32_t>> forbidden;  // sets of sites not to be chosen whole; kept by the integer program, so that exact must be true
  CoverUnits least_value = 0;                        // choices that cover less are of no interest
  CoverProgressCall progress;                        // may be empty
};

struct CoverSolution {
  CoverChoice choice;
  CoverUnits value = 0, bound = 0;
  SolverReport report;
};

// What BoundCover found, to be used again: the bound does not depend on what is forbidden.
struct CoverWork {
  CoverIncidence incidence;
  std::optional<CoverChoice> start;  // by GreedyCover
  CoverUnits start_value = 0;
  CoverUnits bound = 0;
  std::vector<CoverUnits> with_option;
};
CoverWork PrepareCover(const CoverProblem& problem, const StopSignal& stop);

// The choice of most value. Greedy first; then a bound by multipliers, which mostly ends the matter within a fraction of a percent; options that no better
// choice can hold are taken away, demands that the same options see become one, and what is left is an integer program for COIN-OR CBC. The value is added up
// anew in integers, and the choice checked, whatever the solver says. Stopped with kDeadlineExceeded: the best so far with its gap, `stopped` set. Stopped with
// kCancelled: that Error. Accuracy: where all weights are multiples of a common part (counts), a proof is exact; else to 1e-8 of the total weight, which the
// bound then includes. Deterministic unless stopped. Errors: kFailedPrecondition REQUIREMENTS_NOT_MET (no choice can keep all; names the requirement that fails
// even with every option), NO_FURTHER_CHOICE with `forbidden` or `least_value`; kDeadlineExceeded when stopped before any choice that meets the requirements
// was found; kCancelled. Source: Church and ReVelle 1974, The maximal covering location problem.
Result<CoverSolution> SolveCover(const CoverProblem& problem, const CoverSearch& search, const StopSignal& stop);
Result<CoverSolution> SolveCover(const CoverProblem& problem, const CoverWork& work, const CoverSearch& search, const StopSignal& stop);

}  // namespace geo
