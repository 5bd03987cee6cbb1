#include "geo/placement/plan_redeployables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "geo/placement/redeploy_program.h"
#include "geo/placement/seasonal_expectation.h"
#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using support::DrawnStreet;

TEST(NegativeBinomialQuantile, AsTheDistributionsSay) {
  constexpr double kPoisson = std::numeric_limits<double>::infinity();
  // R: qpois(c(.025, .975), 10) is 5 17; qpois(.975, 1000) is 1062; qnbinom(c(.025, .975), size = 3, mu = 10) is 1 27.
  EXPECT_EQ(NegativeBinomialQuantile(10, kPoisson, 0.025), 4);
  EXPECT_EQ(NegativeBinomialQuantile(10, kPoisson, 0.975), 17);
  EXPECT_EQ(NegativeBinomialQuantile(1000, kPoisson, 0.975), 1062);
  EXPECT_EQ(NegativeBinomialQuantile(0, 3, 0.975), 0);
  // Size 1 is geometric: P(X <= k) = 1 - q^(k + 1), q = mu / (mu + 1).
  for (const double tail : {0.025, 0.5, 0.975}) {
    EXPECT_EQ(NegativeBinomialQuantile(9, 1, tail), std::max(0.0, std::ceil(std::log1p(-tail) / std::log(0.9) - 1)));
  }
}

TEST(ExpectSeasons, DrawsSitesTowardsTheWhole) {
  SeasonalHistory history;
  history.counts = {40, 0, 20};
  for (std::size_t season = 0; season < kSeasons; ++season) history.season_days[season] = 90;
  history.season_counts[0] = 30;
  history.season_counts[1] = 10;
  history.season_counts[2] = 10;
  history.season_counts[3] = 10;
  const SeasonalExpectation out = ExpectSeasons(history);
  EXPECT_NEAR(out.season_factor[0], 2, 1e-12);
  EXPECT_NEAR(out.season_factor[1], 2.0 / 3, 1e-12);
  EXPECT_GT(out.rate[1], 0) << "nothing was seen, something is expected";
  EXPECT_LT(out.rate[0], 40.0 / 360);
  EXPECT_NEAR(out.rate[2], 20.0 / 360, 1e-12) << "the mean stays";
  double year = 0;
  for (std::size_t season = 0; season < kSeasons; ++season) year += out.expected(0, season, 90);
  EXPECT_NEAR(year, out.rate[0] * 360, 1e-9);
  const CountInterval interval = out.interval(0, 0, 90);
  EXPECT_LT(interval.low, out.expected(0, 0, 90));
  EXPECT_GT(interval.high, out.expected(0, 0, 90));
  EXPECT_EQ(ExpectSeasons({{0, 0}, {}, {1, 1, 1, 1}}).expected(0, 0, 90), 0);
}

// Every plan tried: quarters x subsets of sites.
double BestPlanByTryingAll(const RedeployProblem& problem) {
  const std::size_t sites = problem.occupied.size(), quarters = problem.expected.size();
  double best = -1e9;
  std::vector<unsigned> sets(quarters);
  for (;;) {
    std::vector<std::vector<std::uint8_t>> used(quarters, std::vector<std::uint8_t>(sites));
    std::int64_t spend = 0;
    bool keeps = true;
    for (std::size_t q = 0; q < quarters; ++q) {
      std::size_t units = 0;
      for (std::size_t s = 0; s < sites; ++s) {
        used[q][s] = sets[q] >> s & 1;
        units += used[q][s];
        const bool before = q == 0 ? problem.occupied[s] != 0 : used[q - 1][s] != 0;
        if (used[q][s] != 0 && !before) spend += problem.move_cost_pence[s];
      }
      keeps = keeps && units <= problem.units;
      for (const auto& [one, other] : problem.overlaps) keeps = keeps && !(used[q][one] != 0 && used[q][other] != 0);
    }
    if (keeps && (!problem.budget_pence || spend <= *problem.budget_pence)) best = std::max(best, ValueOfPlan(problem, used));
    std::size_t q = 0;
    while (q < quarters && ++sets[q] == 1u << sites) sets[q++] = 0;
    if (q == quarters) return best;
  }
}

TEST(SolveRedeployment, IsBestByTryingAll) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    std::mt19937 random(seed);
    RedeployProblem problem;
    problem.units = 1 + random() % 3;
    for (int site = 0; site < 4; ++site) {
      problem.occupied.push_back(site < static_cast<int>(problem.units) && random() % 2 == 0);
      problem.move_cost_pence.push_back(100 * static_cast<int>(random() % 4));
    }
    for (int quarter = 0; quarter < 3; ++quarter) {
      std::vector<double> expected;
      for (int site = 0; site < 4; ++site) expected.push_back(static_cast<double>(random() % 20));
      problem.expected.push_back(expected);
    }
    if (random() % 2 == 0) problem.budget_pence = 100 * static_cast<int>(random() % 6);
    if (random() % 2 == 0) problem.least_gain_per_move = static_cast<double>(random() % 5);
    if (random() % 3 == 0) problem.overlaps = {{0, 1}, {2, 3}};
    const auto plan = SolveRedeployment(problem, NeverStop()).value();
    EXPECT_TRUE(plan.report.proved_optimal) << seed;
    EXPECT_NEAR(plan.value, BestPlanByTryingAll(problem), 0.02) << "seed " << seed;  // a step for every move
  }
}

// A is busy in the first half of the year, B in the second, C never; C holds the unit now.
struct Town {
  DrawnStreet street = support::DrawStreet(R"(
.9.......9.......1
..................
.A.......B.......C
)");
  RedeployQuery query;
  Town() {
    auto& points = street.scene.demand.points;
    const auto drawn = points;
    points.clear();
    for (int year = 2023; year < 2026; ++year) {
      for (int month = 1; month <= 12; ++month) {
        for (std::size_t i = 0; i < drawn.size(); ++i) {
          const int busy = i == 2 ? 1 : (i == 0) == (month <= 6) ? 12 : 1;
          for (int n = 0; n < busy; ++n) {
            DemandPoint point = drawn[i];
            point.weight = 1;
            points.push_back(point);
            query.days.push_back(DayOf(year, month, 1 + n));
          }
        }
      }
    }
    query.sites = street.sites;
    query.units = {{"unit-1", "C"}};
    query.bearings_deg = {0};
    query.level = "detect";
    query.history = {DayOf(2023, 1, 1), DayOf(2026, 1, 1)};
    query.first_month = Month::Of(2026, 1);
  }
};

TEST(PlanRedeployables, UnitsGoWhereTheYearIsBusy) {
  Town town;
  const auto answer = PlanRedeployables(town.street.scene, town.query, NeverStop()).value();
  ASSERT_EQ(answer.deployments.size(), 4u);
  // Seasons are shared by all sites, so that over the year A and B are equally busy: one move, and no more.
  EXPECT_EQ(answer.moves, 1);
  EXPECT_TRUE(answer.deployments[0].moved);
  EXPECT_FALSE(answer.deployments[1].moved);
  EXPECT_EQ(answer.spend_pence, 100'000);
  EXPECT_NEAR(answer.expected, 78, 4) << "of 6 x 13 a year";
  EXPECT_LT(answer.staying, 20);
  EXPECT_EQ(FormatPeriod(answer.deployments[1].period), "2026-04-01/2026-07-01");
  EXPECT_EQ(answer.deployments[1].review_on, DayOf(2026, 7, 1));
  EXPECT_LT(answer.deployments[0].interval.low, answer.deployments[0].expected);
  EXPECT_TRUE(answer.certificate.solver->proved_optimal);
}

TEST(PlanRedeployables, AMoveHasToBeWorthItAndPaidFor) {
  Town town;
  town.query.least_gain_per_move = 100;
  auto answer = PlanRedeployables(town.street.scene, town.query, NeverStop()).value();
  EXPECT_EQ(answer.moves, 0);
  EXPECT_EQ(answer.deployments[0].site, "C");
  EXPECT_EQ(answer.expected, answer.staying);
  town.query.least_gain_per_move = 0;
  town.query.move_budget_pence = 99'999;
  answer = PlanRedeployables(town.street.scene, town.query, NeverStop()).value();
  EXPECT_EQ(answer.moves, 0);
  town.query.units = {{"unit-1", "C"}, {"unit-2", std::nullopt}};
  town.query.move_budget_pence = 200'000;
  answer = PlanRedeployables(town.street.scene, town.query, NeverStop()).value();
  EXPECT_EQ(answer.moves, 2);
  EXPECT_EQ(answer.deployments.size(), 8u);
}

TEST(PlanRedeployables, StandingCamerasComeFirst) {
  Town town;
  ExistingCamera standing;
  standing.id = "cam-1";
  standing.at = town.street.at(1, 0);  // where A is
  town.street.scene.cameras = {standing};
  const auto answer = PlanRedeployables(town.street.scene, town.query, NeverStop()).value();
  EXPECT_EQ(answer.deployments[0].site, "B");
}

TEST(PlanRedeployables, Refusals) {
  const auto reason = [](auto&& change) {
    Town town;
    change(town);
    const auto answer = PlanRedeployables(town.street.scene, town.query, NeverStop());
    return answer ? std::string("answered") : answer.error().reason;
  };
  EXPECT_EQ(reason([](Town& town) { town.query.units.clear(); }), "NO_UNITS");
  EXPECT_EQ(reason([](Town& town) { town.query.sites.clear(); }), "NO_CANDIDATES");
  EXPECT_EQ(reason([](Town& town) { town.query.units[0].at = "Z"; }), "NO_SUCH_SITE");
  EXPECT_EQ(reason([](Town& town) { town.query.units.push_back({"unit-2", "C"}); }), "SITE_TAKEN_TWICE");
  EXPECT_EQ(reason([](Town& town) { town.query.history.begin = DayOf(2025, 6, 1); }), "HISTORY_TOO_SHORT");
  EXPECT_EQ(reason([](Town& town) { town.query.days.pop_back(); }), "OUT_OF_RANGE");
  EXPECT_EQ(reason([](Town& town) { town.query.quarters = 9; }), "OUT_OF_RANGE");
  EXPECT_EQ(reason([](Town& town) { town.street.scene.demand.snapped = true; }), "SNAPPED_POINTS");
}

}  // namespace
}  // namespace geo
