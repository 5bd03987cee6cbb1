#include "geo/placement/exact_cover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "geo/placement/cover_alternatives.h"
#include "geo/placement/cover_bound.h"
#include "geo/placement/cover_frontier.h"
#include "geo/placement/cover_state.h"
#include "geo/placement/greedy_cover.h"
#include "tests/support/drawn_cover.h"

namespace geo {
namespace {

using testing::ElementsAre;

// The guide's: A sees 1 to 4, which weigh 3 each; B sees 1, 2 and 5, C sees 3, 4 and 6; 5 and 6 weigh 2.
CoverProblem GuideProblem() {
  CoverProblem problem;
  for (const int weight : {3, 3, 3, 3, 2, 2}) problem.weights.push_back(weight * kMillionths);
  for (const std::vector<std::uint32_t>& sees : {std::vector<std::uint32_t>{0, 1, 2, 3}, {0, 1, 4}, {2, 3, 5}}) {
    CoverOption option;
    option.site = static_cast<std::int32_t>(problem.options.size());
    option.cost_pence = 100;
    option.sees = sees;
    problem.options.push_back(option);
  }
  return problem;
}

double Best(const CoverProblem& problem) {
  const auto solution = SolveCover(problem, {}, NeverStop());
  EXPECT_TRUE(solution) << solution.error().message;
  EXPECT_TRUE(solution->report.proved_optimal);
  EXPECT_EQ(solution->report.gap, 0);
  return solution->report.value;
}

TEST(SolveCover, VectorsOfTheGuide) {
  CoverProblem problem = GuideProblem();
  problem.most_picks = 1;
  EXPECT_EQ(Best(problem), 12);
  problem.most_picks = 2;
  EXPECT_EQ(Best(problem), 16);
  EXPECT_THAT(SolveCover(problem, {}, NeverStop())->choice, ElementsAre(1, 2));
  problem.options[0].locked = true;  // A stands; of two in all, one is new
  problem.most_picks = 1;
  EXPECT_EQ(Best(problem), 14);
  EXPECT_THAT(SolveCover(problem, {}, NeverStop())->choice, ElementsAre(0, 1)) << "of equals the earlier";
}

TEST(SolveCover, GreedyAloneStopsShortAndSwapsMendIt) {
  CoverProblem problem = GuideProblem();
  problem.most_picks = 2;
  const CoverIncidence incidence(problem);
  CoverState state(problem, incidence);
  state.add(0);
  EXPECT_EQ(WeightOf(state.value()), 12);
  EXPECT_EQ(WeightOf(state.gain(1)), 2);
  state.add(1);
  EXPECT_EQ(WeightOf(state.value()), 14);
  EXPECT_EQ(WeightOf(state.loss(0)), 6);
  state.remove(0);
  EXPECT_EQ(WeightOf(state.gain(2)), 8);
  EXPECT_EQ(ValueOf(problem, *GreedyCover(problem, incidence, NeverStop())), ValueOf(problem, {1, 2}));
}

TEST(SolveCover, MorePicksThanCandidatesTakesAllOfUse) {
  CoverProblem problem = GuideProblem();
  problem.most_picks = 50;
  const auto solution = SolveCover(problem, {}, NeverStop()).value();
  EXPECT_EQ(solution.report.value, 16);
  EXPECT_EQ(solution.choice.size(), 2u) << "the third would add nothing";
  problem.most_picks = 0;
  EXPECT_EQ(Best(problem), 0);
}

TEST(SolveCover, PicksAreToldInTheOrderOfWhatTheyAdd) {
  CoverProblem problem = GuideProblem();
  const auto order = OrderPicks(problem, CoverIncidence(problem), {0, 1, 2});
  ASSERT_EQ(order.size(), 3u);
  EXPECT_EQ(order[0].option, 0u);
  EXPECT_EQ(WeightOf(order[0].gain), 12);
  EXPECT_EQ(order[1].option, 1u);
  EXPECT_EQ(WeightOf(order[2].cumulative), 16);
}

TEST(SolveCover, HalfTheTimeTwiceIsAllTheTime) {
  CoverProblem problem;
  problem.weights = {8 * kMillionths, 2 * kMillionths};
  problem.options = {{0, 0, 500, false, {0}}, {1, 0, 500, false, {0, 1}}, {2, 0, 1000, false, {1}}};
  problem.most_picks = 1;
  EXPECT_EQ(Best(problem), 5);
  problem.most_picks = 2;
  EXPECT_EQ(Best(problem), 9);
  problem.most_picks = 3;
  EXPECT_EQ(Best(problem), 10);
}

TEST(SolveCover, MoneyIsKeptAndCheapPairsBeatOneDear) {
  CoverProblem problem = GuideProblem();
  problem.options[0].cost_pence = 200;
  problem.budget_pence = 200;
  EXPECT_EQ(Best(problem), 16);
  problem.budget_pence = 199;
  EXPECT_EQ(Best(problem), 8);
  problem.budget_pence = 0;
  EXPECT_EQ(Best(problem), 0);
}

TEST(SolveCover, BackupOfNamedDemand) {
  CoverProblem problem = GuideProblem();
  problem.most_picks = 2;
  problem.requirements.push_back({"the corner", {0, 1}, 2, 1});
  const auto solution = SolveCover(problem, {}, NeverStop()).value();
  EXPECT_THAT(solution.choice, ElementsAre(0, 1));
  EXPECT_EQ(solution.report.value, 14);
  EXPECT_TRUE(solution.report.proved_optimal);
  problem.requirements[0].demands = {0, 1, 2};
  problem.requirements[0].least_share = 0.6;
  EXPECT_EQ(Best(problem), 14) << "two of three are enough";
  problem.requirements[0].least_share = 0.7;
  const auto refused = SolveCover(problem, {}, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_EQ(refused.error().reason, "REQUIREMENTS_NOT_MET");
  EXPECT_EQ(refused.error().message, "no choice of 2 cameras meets all of 1 requirements at once; allow more cameras or money, or lower their shares");
  problem.requirements[0].times = 3;
  EXPECT_EQ(SolveCover(problem, {}, NeverStop()).error().message,
            "the corner asks for 70.0 % of its weight in view of 3 cameras; all sites and bearings together give 0.0 %: lower its share or add sites near it");
}

CoverProblem LargeProblem(unsigned seed) {
  std::mt19937 random(seed);
  support::DrawnCover how;
  how.sites = 120;
  how.bearings = 3;
  how.demands = 900;
  how.reach = 25;
  how.whole_weights = false;
  CoverProblem problem = support::DrawCover(random, how);
  problem.most_picks = 25;
  return problem;
}

// Where nothing limits money, what sites cost is no part of the bound: pounds in pence once made its steps too short to get anywhere.
TEST(BoundCover, CostsWithoutABudgetChangeNothing) {
  CoverProblem problem = LargeProblem(7);
  problem.budget_pence.reset();
  problem.most_picks = 5;
  for (CoverOption& option : problem.options) option.cost_pence = 0;
  const CoverUnits known = ValueOf(problem, *GreedyCover(problem, CoverIncidence(problem), NeverStop()));
  const CoverUnits free = BoundCover(problem, known, 300, NeverStop()).bound;
  for (CoverOption& option : problem.options) option.cost_pence = 450'000;
  EXPECT_EQ(BoundCover(problem, known, 300, NeverStop()).bound, free);
  EXPECT_LE(free, CoverableBy(problem));
  EXPECT_LT(static_cast<double>(free), 1.1 * static_cast<double>(known));
}

// Two that look there half of the time are one; for backup their shares count beyond one.
TEST(SolveCover, RequirementsOfCamerasThatTourAreMetByTime) {
  CoverProblem problem;
  problem.weights = {kMillionths};
  for (int site = 0; site < 4; ++site) problem.options.push_back({site, 0, 500, false, {0}});
  problem.most_picks = 4;
  problem.requirements.push_back({"the corner", {0}, 1, 1});
  EXPECT_EQ(SolveCover(problem, {}, NeverStop())->choice.size(), 2u);
  problem.requirements[0].times = 2;
  problem.requirements[0].least_share = 0.5;
  EXPECT_EQ(SolveCover(problem, {}, NeverStop())->choice.size(), 3u);
  EXPECT_EQ(SharePerRequirement(problem, problem.requirements[0], {0, 1, 2}), 0.5);
  EXPECT_EQ(SharePerRequirement(problem, problem.requirements[0], {0, 1}), 0);
  problem.requirements[0].least_share = 1;
  EXPECT_EQ(SolveCover(problem, {}, NeverStop())->choice.size(), 4u);
  problem.most_picks = 3;
  EXPECT_EQ(SolveCover(problem, {}, NeverStop()).error().reason, "REQUIREMENTS_NOT_MET");
  problem.options[3].locked = true;
  problem.options[3].share = 700;
  problem.requirements[0].least_share = 0.7;  // 500 x 2 + 700
  EXPECT_EQ(SolveCover(problem, {}, NeverStop())->choice.size(), 3u);
}

// Stops after so many questions.
class StopAfter final : public StopSignal {
 public:
  StopAfter(std::int64_t questions, ErrorCode code) : left_(questions), code_(code) {}
  bool stop_requested() const override { return left_.fetch_sub(1) <= 0; }
  Error reason() const override { return {code_, "", "STOPPED", "the test stops"}; }
  void progressed(std::string_view stage, std::int64_t done, std::int64_t of) const override {
    if (stage != "cover") return;
    EXPECT_GE(done, 0);
    EXPECT_LE(done, of);
  }

 private:
  mutable std::atomic<std::int64_t> left_;
  ErrorCode code_;
};

TEST(SolveCover, ADeadlineGivesTheBestSoFarWithItsGap) {
  const CoverProblem problem = LargeProblem(1);
  int with_gap = 0;
  CoverUnits least_bound = problem.total(), most_value = 0;
  for (const std::int64_t questions : {60, 300, 700, 900, 1'500, 3'000}) {
    const auto solution = SolveCover(problem, {}, StopAfter(questions, ErrorCode::kDeadlineExceeded));
    ASSERT_TRUE(solution) << questions;
    EXPECT_TRUE(Keeps(problem, solution->choice));
    EXPECT_EQ(ValueOf(problem, solution->choice), solution->value);
    EXPECT_EQ(solution->report.stopped, !solution->report.proved_optimal);
    EXPECT_NEAR(solution->report.gap, (solution->report.bound - solution->report.value) / solution->report.bound, 1e-12);
    with_gap += solution->report.gap > 0;
    least_bound = std::min(least_bound, solution->bound);
    most_value = std::max(most_value, solution->value);
  }
  EXPECT_GE(with_gap, 4);
  EXPECT_GE(least_bound, most_value) << "every bound holds for every choice";
}

TEST(SolveCover, ACancelledSearchIsAnError) {
  for (const std::int64_t questions : {0, 5, 100, 800, 2'000}) {
    const auto solution = SolveCover(LargeProblem(2), {}, StopAfter(questions, ErrorCode::kCancelled));
    ASSERT_FALSE(solution) << questions;
    EXPECT_EQ(solution.error().code, ErrorCode::kCancelled);
  }
}

TEST(SolveCover, TellsIncumbentAndBoundAsItGoes) {
  std::vector<CoverProgress> told;
  CoverSearch search;
  search.progress = [&](const CoverProgress& progress) { told.push_back(progress); };
  // Long enough to be told of, short enough for a test.
  (void)SolveCover(LargeProblem(3), search, StopAfter(5'000, ErrorCode::kDeadlineExceeded));
  ASSERT_FALSE(told.empty());
  for (const CoverProgress& progress : told) EXPECT_LE(progress.value, progress.bound);
}

TEST(SolveCover, SaysNothingOnStandardOutput) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  (void)SolveCover(LargeProblem(4), {}, StopAfter(3'000, ErrorCode::kDeadlineExceeded));
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(SolveCover, WithoutASolverTheBoundStillHolds) {
  CoverSearch quick;
  quick.exact = false;
  const auto solution = SolveCover(LargeProblem(5), quick, NeverStop()).value();
  EXPECT_TRUE(solution.report.solver.empty());
  EXPECT_GE(solution.bound, solution.value);
  EXPECT_LT(solution.report.gap, 0.2);
}

TEST(FindAlternatives, ListsEverySetWithinTheShare) {
  // Six sites that see one demand each: 10, 10, 10, 9.95, 9, 1; two of them are chosen.
  CoverProblem problem;
  for (const double weight : {10.0, 10.0, 10.0, 9.95, 9.0, 1.0}) {
    CoverOption option;
    option.site = static_cast<std::int32_t>(problem.options.size());
    option.sees = {static_cast<std::uint32_t>(problem.options.size())};
    problem.weights.push_back(MillionthsOf(weight));
    problem.options.push_back(option);
  }
  problem.most_picks = 2;
  const CoverWork work = PrepareCover(problem, NeverStop());
  const auto best = SolveCover(problem, work, {}, NeverStop()).value();
  EXPECT_THAT(best.choice, ElementsAre(0, 1));
  const auto all = FindAlternatives(problem, work, best, 50, 0.01, NeverStop()).value();
  EXPECT_TRUE(all.complete);
  ASSERT_EQ(all.sets.size(), 5u);  // two more of 20, three of 19.95
  EXPECT_EQ(all.sets[0].report.value, 20);
  EXPECT_EQ(all.sets[1].report.value, 20);
  EXPECT_EQ(all.sets[2].report.value, 19.95);
  EXPECT_EQ(all.sets[4].report.value, 19.95);
  const auto few = FindAlternatives(problem, work, best, 2, 0.01, NeverStop()).value();
  EXPECT_EQ(few.sets.size(), 2u);
  EXPECT_FALSE(few.complete);
  EXPECT_TRUE(FindAlternatives(problem, work, best, 50, 0, NeverStop())->complete);
  EXPECT_EQ(FindAlternatives(problem, work, best, 50, 0, NeverStop())->sets.size(), 2u) << "only those that are equal";
}

TEST(TraceFrontier, CoverNeverFallsAsMoneyGrows) {
  CoverProblem problem = GuideProblem();
  problem.budget_pence = 300;
  const auto frontier = TraceFrontier(problem, 3, true, NeverStop()).value();
  ASSERT_EQ(frontier.size(), 3u);
  EXPECT_EQ(frontier[0].value, 12);
  EXPECT_EQ(frontier[1].value, 16);
  EXPECT_EQ(frontier[2].value, 16);
  EXPECT_EQ(frontier[2].spend_pence, 200) << "what adds nothing costs nothing";
  CoverProblem picks = GuideProblem();
  picks.most_picks = 2;
  const auto by_picks = TraceFrontier(picks, 10, true, NeverStop()).value();
  ASSERT_EQ(by_picks.size(), 3u);
  EXPECT_EQ(by_picks[0].value, 0);
  EXPECT_EQ(by_picks[1].value, 12);
  EXPECT_EQ(by_picks[2].value, 16);
}

}  // namespace
}  // namespace geo
