#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "geo/change/rank_label.h"
#include "geo/change/ward_ranking.h"
#include "geo/rates/empirical_bayes.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

using testing::HasSubstr;

const Period k2022 = Period::CalendarYear(2022);
GridPoint InWard(int ward) { return GridPoint::FromMeters(500'500 + 1000 * ward, 200'500); }

// Wards A, B, C ... in a row of square kilometres, so many incidents a month in each and so many residents; 0 residents: none known.
DrawnDataset Wards(const std::vector<int>& monthly, const std::vector<double>& residents) {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  for (std::size_t i = 0; i < monthly.size(); ++i) {
    const std::string code(1, static_cast<char>('A' + i));
    drawn.add_square(wards, code, 500'000 + 1000.0 * static_cast<double>(i), 200'000, 1000);
    if (residents[i] > 0) drawn.add_residents(wards, code, 2022, residents[i]);
    drawn.add_monthly(k2022, monthly[i], InWard(static_cast<int>(i)));
  }
  return drawn;
}

Result<RankAnswer> Rank(const DrawnDataset& drawn, const std::vector<std::string>& denominators = {}, Spread spread = Spread::kWidened, int draws = 2000) {
  const auto snapshot = drawn.build();
  RankQuery query;
  query.filter = FilterAll(snapshot->datasets[0], k2022);
  query.denominators = denominators;
  query.spread = spread;
  query.draws = draws;
  return RankWards(snapshot->datasets[0], query, NeverStop());
}

TEST(RankWards, ExpectsTheRateOfTheWhole) {
  DrawnDataset drawn = Wards({30, 10, 20}, {2000, 2000, 4000});
  drawn.add_monthly(k2022, 3, GridPoint::FromMeters(600'000, 300'000));
  drawn.add_monthly(k2022, 1, kUnlocated);
  const RankAnswer answer = Rank(drawn).value();
  EXPECT_EQ(answer.denominators, (std::vector<std::string>{"residents", "km2"}));
  ASSERT_EQ(answer.wards.size(), 3U);
  // 720 incidents among 8,000 people.
  EXPECT_NEAR(answer.wards[0].expected.value(), 180, 1e-9);
  EXPECT_NEAR(answer.wards[0].ratio.value(), 2, 1e-12);
  EXPECT_NEAR(answer.wards[2].expected.value(), 360, 1e-9);
  const FunnelLimits limits = FunnelLimitsAt(180);
  EXPECT_NEAR(answer.wards[0].limits.high_998, limits.high_998, 1e-9);  // three wards are too few to widen
  EXPECT_FALSE(answer.widened);
  EXPECT_EQ(answer.wards[0].funnel_class, FunnelClass::kAbove998);
  EXPECT_EQ(answer.wards[1].funnel_class, FunnelClass::kBelow998);
  EXPECT_EQ(answer.wards[2].funnel_class, FunnelClass::kBelow998);
  EXPECT_EQ(answer.outside, 36);
  EXPECT_EQ(answer.unlocated, 12);
  EXPECT_EQ(answer.incidents, 720 + 48);
  EXPECT_EQ(answer.located, 720 + 36);
  const DenominatorRank& by_people = answer.wards[0].denominators[0];
  EXPECT_NEAR(by_people.rate.rate.value(), 360 / 2.0 * 365.25 / 365, 1e-9);
  EXPECT_EQ(by_people.rank->rank, 1);
  EXPECT_NEAR(by_people.ratio.value(), 2, 1e-12);
  EXPECT_NEAR(answer.wards[0].denominators[1].ratio.value(), 1.5, 1e-12);
}

TEST(RankWards, SmoothsTowardsTheWhole) {
  const std::vector<double> residents{500, 4000, 2500, 6000};
  const RankAnswer answer = Rank(Wards({1, 9, 2, 20}, residents)).value();
  const SmoothedRates expected = SmoothRates(std::vector<double>{12, 108, 24, 240}, residents);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(answer.wards[i].denominators[0].smoothed_rate.value(), expected.rate[i] * 1000 * 365.25 / 365, 1e-9) << i;
  }
}

// Spread by 2 (sqrt O - sqrt E) of +-z, twelve wards: the factor is z squared but for the two drawn in, and the limits widen by its root.
TEST(RankWards, WidensWhereWardsVaryMoreThanCounts) {
  std::vector<int> monthly;
  for (int i = 0; i < 12; ++i) monthly.push_back(i % 2 == 0 ? 12 : 28);
  const RankAnswer answer = Rank(Wards(monthly, std::vector<double>(12, 1000))).value();
  const double low = 2 * (std::sqrt(144.0) - std::sqrt(240.0)), high = 2 * (std::sqrt(336.0) - std::sqrt(240.0));
  EXPECT_NEAR(answer.dispersion.factor.value(), (low * low + high * high) / 2, 1e-9);
  EXPECT_TRUE(answer.widened);
  for (const RankedWard& ward : answer.wards) EXPECT_EQ(ward.funnel_class, FunnelClass::kWithin);
  EXPECT_NEAR(answer.wards[0].limits.high_95 - 240, std::sqrt(*answer.dispersion.factor) * (FunnelLimitsAt(240).high_95 - 240), 1e-9);
  const RankAnswer poisson = Rank(Wards(monthly, std::vector<double>(12, 1000)), {}, Spread::kPoisson).value();
  EXPECT_FALSE(poisson.widened);
  EXPECT_EQ(poisson.wards[0].funnel_class, FunnelClass::kBelow998);
  EXPECT_EQ(poisson.wards[1].funnel_class, FunnelClass::kAbove998);
  EXPECT_LT(poisson.wards[1].denominators[0].rank->high - poisson.wards[1].denominators[0].rank->low,
            answer.wards[1].denominators[0].rank->high - answer.wards[1].denominators[0].rank->low);
}

TEST(RankWards, LabelsWhatARankIsWorth) {
  // A: many by people and by ground; B: many by people, few by ground; the rest between; H: nearly none.
  const RankAnswer answer = Rank(Wards({400, 40, 100, 110, 200, 80, 300, 1}, {2000, 220, 2000, 2000, 2000, 2000, 2000, 2000})).value();
  EXPECT_EQ(answer.wards[0].label, RankLabel::kRobust);
  EXPECT_EQ(answer.wards[1].label, RankLabel::kDependsOnDenominator);
  EXPECT_EQ(answer.wards[7].label, RankLabel::kNotRankable);  // 12 incidents
  EXPECT_THAT(ExplainRank(answer.wards[1], answer), HasSubstr("more than twofold apart; depends on denominator."));
  EXPECT_THAT(ExplainRank(answer.wards[0], answer), HasSubstr("4,800 incidents where"));
  EXPECT_THAT(ExplainRank(answer.wards[0], answer), HasSubstr("above the 99.8 % limit; rank 1 (1 to 1) by residents, 1 (1 to 1) by km2; robust."));
  EXPECT_THAT(ExplainRank(answer.wards[7], answer), HasSubstr("; not rankable."));
}

TEST(RankWards, EqualWardsCannotBeRanked) {
  const RankAnswer answer = Rank(Wards({10, 10, 10, 10, 10, 10}, std::vector<double>(6, 900))).value();
  for (const RankedWard& ward : answer.wards) {
    EXPECT_EQ(ward.label, RankLabel::kNotRankable);
    EXPECT_EQ(ward.funnel_class, FunnelClass::kWithin);
  }
}

RankedWard WardOf(std::int64_t incidents, const std::vector<std::optional<RankRange>>& ranges) {
  RankedWard ward;
  ward.incidents = incidents;
  for (const auto& range : ranges) ward.denominators.push_back({{}, {}, {}, range});
  return ward;
}

TEST(RankLabel, FollowsItsOrder) {
  const std::vector<int> areas{10, 10, 4};
  EXPECT_EQ(LabelOf(WardOf(500, {std::nullopt, std::nullopt, std::nullopt}), areas), RankLabel::kNone);
  EXPECT_EQ(LabelOf(WardOf(500, {RankRange{2, 1, 3}, RankRange{4, 3, 7}, std::nullopt}), areas), RankLabel::kRobust);
  EXPECT_EQ(LabelOf(WardOf(500, {RankRange{2, 1, 3}, RankRange{4, 4, 8}, std::nullopt}), areas), RankLabel::kDependsOnDenominator);
  EXPECT_EQ(LabelOf(WardOf(500, {RankRange{2, 1, 3}, RankRange{4, 4, 9}, std::nullopt}), areas), RankLabel::kNotRankable);  // 6 of 10
  EXPECT_EQ(LabelOf(WardOf(19, {RankRange{2, 2, 2}, RankRange{2, 2, 2}, std::nullopt}), areas), RankLabel::kNotRankable);
  EXPECT_EQ(LabelOf(WardOf(500, {RankRange{2, 1, 3}, std::nullopt, RankRange{2, 1, 2}}), areas), RankLabel::kRobust);
  EXPECT_EQ(LabelOf(WardOf(500, {RankRange{2, 1, 3}, std::nullopt, RankRange{2, 1, 3}}), areas), RankLabel::kNotRankable);  // 3 of 4
  EXPECT_STREQ(RankLabelWord(RankLabel::kDependsOnDenominator), "depends on denominator");
}

TEST(RankWards, LeavesOutWhoHasNoValue) {
  const DrawnDataset drawn = Wards({30, 10, 20}, {2000, 0, 4000});
  // Residents are not known everywhere: only the ground is used unasked.
  EXPECT_EQ(Rank(drawn).value().denominators, (std::vector<std::string>{"km2"}));
  const RankAnswer answer = Rank(drawn, {"residents", "km2"}).value();
  EXPECT_FALSE(answer.wards[1].expected.has_value());
  EXPECT_EQ(answer.wards[1].funnel_class, FunnelClass::kNone);
  EXPECT_FALSE(answer.wards[1].denominators[0].rank.has_value());
  EXPECT_EQ(answer.wards[1].denominators[1].rank->rank, 3);
  EXPECT_EQ(answer.wards[2].denominators[0].rank->rank, 2);
  EXPECT_NEAR(answer.wards[0].expected.value() + answer.wards[2].expected.value(), 600, 1e-9);
  EXPECT_THAT(ExplainRank(answer.wards[1], answer), HasSubstr("none expected, for it has no value of residents; rank 3"));
}

TEST(RankWards, SaysNothingOfAWholeWithoutIncidents) {
  DrawnDataset drawn = Wards({0, 0}, {500, 700});
  drawn.add_monthly(k2022, 1, kUnlocated);
  const RankAnswer answer = Rank(drawn).value();
  for (const RankedWard& ward : answer.wards) {
    EXPECT_EQ(ward.expected.value(), 0.0);
    EXPECT_FALSE(ward.ratio.has_value());
    EXPECT_EQ(ward.funnel_class, FunnelClass::kWithin);
    EXPECT_EQ(ward.label, RankLabel::kNotRankable);
  }
}

TEST(RankWards, RefusesWhatItCannotAnswer) {
  const DrawnDataset drawn = Wards({30, 10}, {0, 0});
  const auto refused = [](const Result<RankAnswer>& answer) { return answer.error().field + " " + answer.error().reason; };
  EXPECT_EQ(refused(Rank(drawn, {"residents"})), "denominators[0] NO_SUCH_DENOMINATOR");
  EXPECT_EQ(refused(Rank(drawn, {"km2", "km2"})), "denominators[1] OUT_OF_RANGE");
  EXPECT_EQ(refused(Rank(drawn, {}, Spread::kWidened, 99)), "draws OUT_OF_RANGE");
  EXPECT_EQ(refused(Rank(drawn, {}, Spread::kWidened, 100'001)), "draws OUT_OF_RANGE");

  const DrawnDataset half = Wards({30, 10}, {800, 0});
  const auto snapshot = half.build();
  RankQuery query;
  query.filter = FilterAll(snapshot->datasets[0], k2022);
  query.filter.areas = IncidentFilter::AreaFilter{0, {1}};
  query.denominators = {"residents"};
  EXPECT_EQ(refused(RankWards(snapshot->datasets[0], query, NeverStop())), "denominators NO_DENOMINATOR");
  query.vintage = 1;
  EXPECT_EQ(refused(RankWards(snapshot->datasets[0], query, NeverStop())), "vintage NO_SUCH_VINTAGE");
  query.vintage = 0;
  query.filter.period = Period::CalendarYear(1990);
  EXPECT_EQ(refused(RankWards(snapshot->datasets[0], query, NeverStop())), "period NO_DATA");
  query.filter.period = {k2022.begin, k2022.begin};
  EXPECT_EQ(refused(RankWards(snapshot->datasets[0], query, NeverStop())), "period OUT_OF_RANGE");
}

}  // namespace
}  // namespace geo
