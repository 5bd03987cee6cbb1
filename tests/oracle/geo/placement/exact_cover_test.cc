// The best choice against every choice tried, and on larger problems against a second solver (GLPK's glpsol, where it is installed).
#include "geo/placement/exact_cover.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "geo/placement/cover_bound.h"
#include "geo/placement/greedy_cover.h"
#include "tests/support/drawn_cover.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

using support::BestByTryingAll;
using support::DrawCover;
using support::DrawnCover;

DrawnCover Kind(unsigned seed) {
  DrawnCover how;
  how.sites = 3 + static_cast<int>(seed % 4);
  how.bearings = 1 + static_cast<int>(seed % 3);
  how.demands = 5 + static_cast<int>(seed % 30);
  how.shares = seed % 3 == 1;
  how.whole_weights = seed % 4 != 3;
  how.budget = seed % 5 >= 3;
  how.locked = seed % 2 == 1;
  how.requirements = seed % 7 >= 4;
  return how;
}

TEST(ExactCoverOracle, BestOfAThousandIsBestByTryingAll) {
  int infeasible = 0, by_program = 0, greedy_short = 0;
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    std::mt19937 random(seed);
    const CoverProblem problem = DrawCover(random, Kind(seed));
    const auto best = BestByTryingAll(problem);
    const auto solution = SolveCover(problem, {}, NeverStop());
    if (!best) {
      ++infeasible;
      ASSERT_FALSE(solution) << "seed " << seed;
      EXPECT_EQ(solution.error().reason, "REQUIREMENTS_NOT_MET");
      continue;
    }
    ASSERT_TRUE(solution) << "seed " << seed << ": " << solution.error().message;
    ASSERT_TRUE(Keeps(problem, solution->choice)) << "seed " << seed;
    ASSERT_EQ(ValueOf(problem, solution->choice), solution->value) << "seed " << seed;
    ASSERT_TRUE(solution->report.proved_optimal) << "seed " << seed;
    ASSERT_GE(solution->bound, *best) << "seed " << seed;
    if (Kind(seed).whole_weights) {
      ASSERT_EQ(solution->value, *best) << "seed " << seed;
    } else {
      ASSERT_GE(solution->value, *best - problem.total() / 100'000'000 - 1) << "seed " << seed;
    }
    by_program += solution->report.method == "integer program";
    const auto greedy = GreedyCover(problem, CoverIncidence(problem), NeverStop());
    greedy_short += greedy && ValueOf(problem, *greedy) < *best;
  }
  EXPECT_GT(infeasible, 20);
  EXPECT_GT(by_program, 100);
  EXPECT_GT(greedy_short, 3);
}

TEST(ExactCoverOracle, MultipliersNeverBoundTooLow) {
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    std::mt19937 random(seed + 5'000);
    const CoverProblem problem = DrawCover(random, Kind(seed));
    for (const int rounds : {1, 3, 60}) {
      const auto best = BestByTryingAll(problem);
      if (!best) continue;
      const CoverBoundResult bound = BoundCover(problem, *best * 9 / 10, rounds, NeverStop());
      ASSERT_GE(bound.bound, *best) << "seed " << seed;
      std::vector<std::int64_t> with(problem.options.size(), -1);
      support::ForEachChoice(problem, [&](const std::vector<int>& choice, std::int64_t value) {
        for (const int option : choice) {
          if (option >= 0) with[static_cast<std::size_t>(option)] = std::max(with[static_cast<std::size_t>(option)], value);
        }
      });
      for (std::size_t option = 0; option < with.size(); ++option) {
        if (problem.options[option].locked) continue;
        ASSERT_GE(bound.with_option[option], with[option]) << "seed " << seed << " option " << option;
      }
    }
  }
}

// The problem as the textbook writes it, in CPLEX's LP format: y is an option, x the share of a demand in view.
std::string TextbookProgram(const CoverProblem& problem) {
  std::ostringstream lp;
  lp.precision(17);
  lp << "Maximize\n obj:";
  for (std::size_t i = 0; i < problem.weights.size(); ++i) lp << " + " << static_cast<double>(problem.weights[i]) / kMillionths << " x" << i << "\n";
  lp << "Subject To\n";
  for (std::uint32_t i = 0; i < problem.weights.size(); ++i) {
    lp << " see" << i << ": x" << i;
    for (std::size_t o = 0; o < problem.options.size(); ++o) {
      const auto& sees = problem.options[o].sees;
      if (std::find(sees.begin(), sees.end(), i) != sees.end()) lp << " - " << problem.options[o].share / 1000.0 << " y" << o << "\n";
    }
    lp << " <= 0\n";
  }
  for (int site = 0; site < problem.sites(); ++site) {
    lp << " site" << site << ":";
    for (std::size_t o = 0; o < problem.options.size(); ++o) lp << (problem.options[o].site == site ? " + y" + std::to_string(o) : "");
    lp << " <= 1\n";
  }
  const auto free_sum = [&](const char* name, auto&& coefficient, double limit) {
    lp << " " << name << ": 0 x0";
    for (std::size_t o = 0; o < problem.options.size(); ++o) {
      if (!problem.options[o].locked) lp << " + " << coefficient(problem.options[o]) << " y" << o << "\n";
    }
    lp << " <= " << limit << "\n";
  };
  if (problem.most_picks)
    free_sum(
        "picks", [](const CoverOption&) { return 1; }, *problem.most_picks);
  if (problem.budget_pence)
    free_sum(
        "money", [](const CoverOption& option) { return option.cost_pence; }, static_cast<double>(*problem.budget_pence));
  lp << "Bounds\n";
  for (std::size_t i = 0; i < problem.weights.size(); ++i) lp << " x" << i << " <= 1\n";
  for (std::size_t o = 0; o < problem.options.size(); ++o) lp << (problem.options[o].locked ? " y" + std::to_string(o) + " = 1\n" : "");
  lp << "Binary\n";
  for (std::size_t o = 0; o < problem.options.size(); ++o) lp << (problem.options[o].locked ? "" : " y" + std::to_string(o) + "\n");
  lp << "End\n";
  return lp.str();
}

// What glpsol finds; nothing where it is not installed.
std::optional<double> SolveWithGlpk(const CoverProblem& problem) {
  if (std::system("command -v glpsol >/dev/null 2>&1") != 0) return std::nullopt;
  const support::ScratchFolder folder;
  folder.write("cover.lp", TextbookProgram(problem));
  const std::string path = folder.path().string();
  const std::string command = "glpsol --lp '" + path + "/cover.lp' --write '" + path + "/cover.sol' >/dev/null 2>&1";
  if (std::system(command.c_str()) != 0) return std::nullopt;
  std::ifstream file(path + "/cover.sol");
  for (std::string line; std::getline(file, line);) {  // "s mip ROWS COLUMNS STATUS OBJECTIVE"
    std::istringstream words(line);
    std::string s, kind, status;
    long rows = 0, columns = 0;
    double objective = 0;
    if (words >> s >> kind >> rows >> columns >> status >> objective && s == "s" && kind == "mip" && status == "o") return objective;
  }
  return std::nullopt;
}

TEST(ExactCoverOracle, ASecondSolverFindsTheSame) {
  int by_program = 0;
  for (unsigned seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    DrawnCover how;
    how.sites = 25 + static_cast<int>(seed);
    how.bearings = 4;
    how.demands = 150 + 5 * static_cast<int>(seed);
    how.reach = 12;
    how.budget = seed % 3 == 1;
    how.shares = seed % 3 == 2;
    how.locked = seed % 2 == 0;
    CoverProblem problem = DrawCover(random, how);
    if (problem.most_picks) problem.most_picks = 2 + static_cast<int>(seed % 6);
    const auto found = SolveWithGlpk(problem);
    if (!found) GTEST_SKIP() << "glpsol is not installed, or did not answer";
    const auto solution = SolveCover(problem, {}, NeverStop());
    ASSERT_TRUE(solution);
    EXPECT_TRUE(solution->report.proved_optimal);
    EXPECT_NEAR(solution->report.value, *found, 1e-6 * *found) << "seed " << seed;
    by_program += solution->report.method == "integer program";
  }
  EXPECT_GT(by_program, 5);
}

}  // namespace
}  // namespace geo
