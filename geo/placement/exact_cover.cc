#include "geo/placement/exact_cover.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/placement/cover_bound.h"
#include "geo/placement/cover_program.h"
#include "geo/placement/greedy_cover.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr int kBoundRounds = 600;
constexpr double kProofShare = 1e-8;  // of the total: how near to the best a proof is where values have no common part

// What came of the integer program, in units.
struct Searched {
  std::optional<CoverChoice> better;
  CoverUnits bound = 0;
  bool proved = false;
  std::int64_t nodes = 0;
  int options_left = 0;
};

Error NotMet(const CoverProblem& problem) {
  for (const CoverRequirement& requirement : problem.requirements) {
    const double most = MostShareOf(problem, requirement);
    if (most >= requirement.least_share) continue;
    return {ErrorCode::kFailedPrecondition, "requirements", "REQUIREMENTS_NOT_MET",
            fmt::format(
                "{} asks for {:.1f} % of its weight in view of {} cameras; all sites and bearings together give {:.1f} %: lower its share or add sites near it",
                requirement.id, 100 * requirement.least_share, requirement.times, 100 * most)};
  }
  std::string limits;
  if (problem.most_picks) limits = fmt::format("{} cameras", *problem.most_picks);
  if (problem.budget_pence) limits += fmt::format("{}{}.{:02} pounds", limits.empty() ? "" : " for ", *problem.budget_pence / 100, *problem.budget_pence % 100);
  return {ErrorCode::kFailedPrecondition, "requirements", "REQUIREMENTS_NOT_MET",
          fmt::format("no choice of {} meets all of {} requirements at once; allow more cameras or money, or lower their shares", limits,
                      problem.requirements.size())};
}

Searched SearchProgram(const CoverProblem& problem, const CoverWork& work, const CoverSearch& search, CoverUnits above, const StopSignal& stop) {
  std::vector<std::uint8_t> keep(problem.options.size());
  for (std::size_t i = 0; i < keep.size(); ++i) keep[i] = work.with_option[i] > above;
  CoverProgram made = BuildCoverProgram(problem, work.incidence, keep, search.forbidden);
  const auto steps = static_cast<double>(above - made.constant) / made.unit;
  made.program.more_than = made.whole ? std::floor(steps) : steps;
  const auto units_of = [&](double objective) {
    const double value = static_cast<double>(made.constant) + made.unit * (made.whole ? std::floor(objective + 1e-3) : objective);
    return static_cast<CoverUnits>(std::clamp(std::ceil(value), -1.0, static_cast<double>(problem.total())));
  };
  const auto tell = [&](double value, double bound, std::int64_t nodes) {
    const CoverUnits now = std::max(above, units_of(value)), most = std::clamp(units_of(bound), now, std::max(now, work.bound));
    if (search.progress) search.progress({WeightOf(now), WeightOf(most), nodes});
  };
  const ProgramOutcome outcome = SolveProgram(made.program, tell, stop);
  Searched searched{std::nullopt, above, outcome.proved, outcome.nodes, static_cast<int>(made.options.size())};
  if (outcome.found) {
    CoverChoice choice;
    for (std::size_t column = 0; column < made.options.size(); ++column) {
      if (outcome.solution[column] > 0.5) choice.push_back(made.options[column]);
    }
    for (std::uint32_t i = 0; i < problem.options.size(); ++i) {
      if (problem.options[i].locked) choice.push_back(i);
    }
    std::sort(choice.begin(), choice.end());
    // A solution is believed when it keeps the rules in integers, not because the solver says so.
    if (Keeps(problem, choice) && ValueOf(problem, choice) > above) searched.better = std::move(choice);
    else searched.proved = false;
  }
  const CoverUnits slack = made.whole ? 0 : static_cast<CoverUnits>(std::ceil(kProofShare * static_cast<double>(problem.total())));
  if (!searched.proved) searched.bound = std::min(work.bound, std::max(above, units_of(outcome.bound)) + slack);
  else searched.bound = (searched.better ? ValueOf(problem, *searched.better) : above) + slack;
  return searched;
}

// Without options that add nothing, the last first: whatever found the choice, no money goes to them.
CoverChoice WithoutIdle(const CoverProblem& problem, CoverChoice choice) {
  const CoverUnits value = ValueOf(problem, choice);
  for (std::size_t i = choice.size(); i-- > 0;) {
    if (problem.options[choice[i]].locked) continue;
    CoverChoice fewer = choice;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (ValueOf(problem, fewer) == value && Keeps(problem, fewer)) choice = std::move(fewer);
  }
  return choice;
}

CoverSolution Report(const CoverProblem& problem, CoverChoice choice, CoverUnits bound, bool proved, bool stopped) {
  CoverSolution solution;
  choice = WithoutIdle(problem, std::move(choice));
  solution.value = ValueOf(problem, choice);
  solution.choice = std::move(choice);
  solution.bound = std::max(bound, solution.value);
  solution.report.value = WeightOf(solution.value);
  solution.report.bound = WeightOf(solution.bound);
  solution.report.gap = solution.bound > 0 ? static_cast<double>(solution.bound - solution.value) / static_cast<double>(solution.bound) : 0;
  solution.report.proved_optimal = proved || solution.bound == solution.value;
  solution.report.stopped = stopped && !solution.report.proved_optimal;
  solution.report.method = "greedy with swaps";
  solution.report.options = solution.report.options_left = static_cast<int>(problem.options.size());
  return solution;
}

}  // namespace

CoverWork PrepareCover(const CoverProblem& problem, const StopSignal& stop) {
  WARDWATCH_CHECK(std::all_of(problem.weights.begin(), problem.weights.end(), [](std::int64_t weight) { return weight >= 0; }) &&
                      static_cast<double>(problem.total()) <= kMostTotalWeight * kUnitsPerWeight * 1.01,
                  "weights of {} units", problem.total());
  CoverWork work{CoverIncidence(problem), std::nullopt, -1, 0, {}};
  work.start = GreedyCover(problem, work.incidence, stop);
  if (work.start) work.start_value = ValueOf(problem, *work.start);
  CoverBoundResult bound = BoundCover(problem, std::max<CoverUnits>(work.start_value, 0), kBoundRounds, stop);
  work.bound = bound.bound;
  work.with_option = std::move(bound.with_option);
  return work;
}

Result<CoverSolution> SolveCover(const CoverProblem& problem, const CoverSearch& search, const StopSignal& stop) {
  return SolveCover(problem, PrepareCover(problem, stop), search, stop);
}

Result<CoverSolution> SolveCover(const CoverProblem& problem, const CoverWork& work, const CoverSearch& search, const StopSignal& stop) {
  const auto cancelled = [&] { return stop.stop_requested() && stop.reason().code == ErrorCode::kCancelled; };
  const bool further = !search.forbidden.empty() || search.least_value > 0;
  const std::optional<CoverChoice> start = further ? std::nullopt : work.start;
  if (cancelled()) return Fail(stop.reason());
  if (start && (work.bound <= work.start_value || !search.exact || stop.stop_requested())) {
    CoverSolution solution = Report(problem, *start, work.bound, false, stop.stop_requested());
    if (solution.report.proved_optimal) solution.report.method = "multipliers";
    return solution;
  }
  if (stop.stop_requested()) return Fail(stop.reason());
  const CoverUnits above = further ? search.least_value - 1 : work.start_value;
  if (search.progress) search.progress({WeightOf(std::max<CoverUnits>(above, 0)), WeightOf(work.bound), 0});
  const Searched searched = SearchProgram(problem, work, search, above, stop);
  if (cancelled()) return Fail(stop.reason());
  if (!searched.better && !start) {
    if (!searched.proved && stop.stop_requested()) return Fail(stop.reason());
    if (further) return Fail({ErrorCode::kFailedPrecondition, "", "NO_FURTHER_CHOICE", "no further choice covers as much"});
    return Fail(NotMet(problem));
  }
  CoverSolution solution = Report(problem, searched.better ? *searched.better : *start, searched.bound, searched.proved, stop.stop_requested());
  solution.report.method = "integer program";
  solution.report.solver = SolverName();
  solution.report.nodes = searched.nodes;
  solution.report.options_left = searched.options_left;
  return solution;
}

}  // namespace geo
