#include "geo/placement/redeploy_program.h"

#include <algorithm>
#include <cmath>

namespace geo {
namespace {

constexpr double kSteps = 1'000;  // of an incident
constexpr double kUnbounded = 1e30;

// Columns: use of [quarter][site], then moves to [quarter][site].
class Program {
 public:
  explicit Program(const RedeployProblem& problem) : problem_(problem), quarters_(problem.expected.size()), sites_(problem.occupied.size()) {
    for (std::size_t quarter = 0; quarter < quarters_; ++quarter) {
      for (std::size_t site = 0; site < sites_; ++site) program_.columns.push_back({Steps(problem.expected[quarter][site]), 0, 1, true});
    }
    // A step for every move, so that of equal plans the one with fewer moves is best.
    for (std::size_t i = 0; i < quarters_ * sites_; ++i) program_.columns.push_back({-std::max(1.0, Steps(problem.least_gain_per_move)), 0, 1, true});
    program_.least_difference = 1;
    add_rows();
  }
  const IntegerProgram& program() const { return program_; }
  int use(std::size_t quarter, std::size_t site) const { return static_cast<int>(quarter * sites_ + site); }
  double objective(const std::vector<std::vector<std::uint8_t>>& used) const {
    double sum = 0;
    for (std::size_t quarter = 0; quarter < quarters_; ++quarter) {
      for (std::size_t site = 0; site < sites_; ++site) {
        if (used[quarter][site] == 0) continue;
        const bool moved = quarter == 0 ? problem_.occupied[site] == 0 : used[quarter - 1][site] == 0;
        sum += program_.columns[static_cast<std::size_t>(use(quarter, site))].objective + (moved ? program_.columns.back().objective : 0);
      }
    }
    return sum;
  }

 private:
  static double Steps(double incidents) { return std::round(incidents * kSteps); }
  int move(std::size_t quarter, std::size_t site) const { return static_cast<int>((quarters_ + quarter) * sites_ + site); }
  void add_rows() {
    IntegerProgram::Row money{{}, {}, -kUnbounded, 1};
    for (std::size_t quarter = 0; quarter < quarters_; ++quarter) {
      IntegerProgram::Row units{{}, {}, -kUnbounded, static_cast<double>(problem_.units)};
      for (std::size_t site = 0; site < sites_; ++site) {
        units.columns.push_back(use(quarter, site));
        units.values.push_back(1);
        IntegerProgram::Row moved{
            {use(quarter, site), move(quarter, site)}, {1, -1}, -kUnbounded, quarter == 0 ? static_cast<double>(problem_.occupied[site]) : 0};
        if (quarter > 0) moved.columns.push_back(use(quarter - 1, site)), moved.values.push_back(-1);
        program_.rows.push_back(std::move(moved));
        money.columns.push_back(move(quarter, site));
        money.values.push_back(static_cast<double>(problem_.move_cost_pence[site]) / std::max(1.0, static_cast<double>(problem_.budget_pence.value_or(1))));
      }
      program_.rows.push_back(std::move(units));
      for (const auto& [one, other] : problem_.overlaps) program_.rows.push_back({{use(quarter, one), use(quarter, other)}, {1, 1}, -kUnbounded, 1});
    }
    if (problem_.budget_pence && *problem_.budget_pence == 0) money.high = 0;
    if (problem_.budget_pence) program_.rows.push_back(std::move(money));
  }

  const RedeployProblem& problem_;
  std::size_t quarters_, sites_;
  IntegerProgram program_;
};

// Units stay where they are, but for those whose sites overlap with one before.
std::vector<std::vector<std::uint8_t>> Staying(const RedeployProblem& problem) {
  std::vector<std::uint8_t> kept = problem.occupied;
  for (const auto& [one, other] : problem.overlaps) {
    if (kept[one] != 0 && kept[other] != 0) kept[std::max(one, other)] = 0;
  }
  return std::vector<std::vector<std::uint8_t>>(problem.expected.size(), kept);
}

bool Keeps(const RedeployProblem& problem, const std::vector<std::vector<std::uint8_t>>& used) {
  std::int64_t spend = 0;
  for (std::size_t quarter = 0; quarter < used.size(); ++quarter) {
    if (std::count(used[quarter].begin(), used[quarter].end(), 1) > static_cast<std::ptrdiff_t>(problem.units)) return false;
    for (const auto& [one, other] : problem.overlaps) {
      if (used[quarter][one] != 0 && used[quarter][other] != 0) return false;
    }
    const std::vector<std::uint8_t>& before = quarter == 0 ? problem.occupied : used[quarter - 1];
    for (std::size_t site = 0; site < before.size(); ++site) spend += used[quarter][site] != 0 && before[site] == 0 ? problem.move_cost_pence[site] : 0;
  }
  return !problem.budget_pence || spend <= *problem.budget_pence;
}

}  // namespace

double ValueOfPlan(const RedeployProblem& problem, const std::vector<std::vector<std::uint8_t>>& used) {
  double value = 0;
  for (std::size_t quarter = 0; quarter < used.size(); ++quarter) {
    const std::vector<std::uint8_t>& before = quarter == 0 ? problem.occupied : used[quarter - 1];
    for (std::size_t site = 0; site < before.size(); ++site) {
      if (used[quarter][site] == 0) continue;
      value += problem.expected[quarter][site] - (before[site] == 0 ? problem.least_gain_per_move : 0);
    }
  }
  return value;
}

Result<RedeployPlan> SolveRedeployment(const RedeployProblem& problem, const StopSignal& stop) {
  const Program made(problem);
  IntegerProgram program = made.program();
  RedeployPlan plan;
  plan.used = Staying(problem);
  const double start = made.objective(plan.used);
  program.more_than = start;
  const ProgramOutcome outcome = SolveProgram(
      program,
      [&](double value, double bound, std::int64_t) {
        if (bound < 1e29) stop.searched(std::max(value, start), std::max({bound, value, start}));
      },
      stop);
  if (stop.stop_requested() && stop.reason().code == ErrorCode::kCancelled) return Fail(stop.reason());
  double best = start;
  bool proved = outcome.proved;
  if (outcome.found) {
    std::vector<std::vector<std::uint8_t>> used = plan.used;
    for (std::size_t quarter = 0; quarter < used.size(); ++quarter) {
      for (std::size_t site = 0; site < used[quarter].size(); ++site) {
        used[quarter][site] = outcome.solution[static_cast<std::size_t>(made.use(quarter, site))] > 0.5;
      }
    }
    if (Keeps(problem, used) && made.objective(used) > start) plan.used = std::move(used), best = made.objective(plan.used);
    else proved = false;
  }
  plan.value = ValueOfPlan(problem, plan.used);
  plan.report.method = "integer program";
  plan.report.solver = SolverName();
  plan.report.value = best / kSteps;
  plan.report.bound = proved ? best / kSteps : std::max(best, std::floor(std::min(outcome.bound, kUnbounded) + 1e-3)) / kSteps;
  plan.report.gap = plan.report.bound > 0 ? (plan.report.bound - plan.report.value) / plan.report.bound : 0;
  plan.report.proved_optimal = proved;
  plan.report.stopped = !proved && stop.stop_requested();
  plan.report.nodes = outcome.nodes;
  plan.report.options = plan.report.options_left = static_cast<int>(program.columns.size());
  return plan;
}

}  // namespace geo
