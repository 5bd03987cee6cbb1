#include "server/codec/rank_codec.h"

#include "tests/unit/server/codec/town_request.h"

namespace server {
namespace {

using namespace town_request;
using wardwatch::v1::RankWardsRequest;
using wardwatch::v1::RankWardsResponse;

const std::string kBase = "dataset: 'datasets/town' period { calendar_year: 2023 } ";

TEST(DecodeRankWards, WhatIsLeftOut) {
  const auto call = DecodeRankWards(Parsed<RankWardsRequest>(kBase), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_TRUE(call->query.denominators.empty());  // geo chooses, by what the vintage has
  EXPECT_EQ(call->query.draws, 2000);
  EXPECT_EQ(call->query.seed, 1U);
  EXPECT_EQ(call->query.filter.period, geo::Period::CalendarYear(2023));
  EXPECT_EQ(ValueOf(call->parameters, "draws"), "2000");
}

TEST(DecodeRankWards, AllThatMayBeSaid) {
  const auto call = DecodeRankWards(
      Parsed<RankWardsRequest>(kBase + "vintage: 'wards-2022' denominators: 'km2' denominators: 'residents' spread: SPREAD_POISSON draws: 100 seed: 5"),
      Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_THAT(call->query.denominators, ::testing::ElementsAre("km2", "residents"));
  EXPECT_EQ(call->query.draws, 100);
  EXPECT_EQ(call->query.seed, 5U);
}

TEST(DecodeRankWards, RefusesByName) {
  ExpectRefused<RankWardsRequest>(kBase,
                                  {
                                      {"draws: 99", "draws", "OUT_OF_RANGE", "100 to 100000"},
                                      {"draws: 100001", "draws", "OUT_OF_RANGE", "100001"},
                                      {"seed: -9", "seed", "OUT_OF_RANGE", "-9"},
                                      {"denominators: 'sheep'", "denominators[0]", "NO_SUCH_DENOMINATOR", "km2"},
                                      {"filter { areas { vintage: 'wards-2015' codes: 'W01' } }", "filter.areas.vintage", "OUT_OF_RANGE", "the ranking"},
                                  },
                                  DecodeRankWards);
}

TEST(EncodeRankWards, WithoutADenominatorThereIsNoRateAndNoLimit) {
  const auto call = DecodeRankWards(Parsed<RankWardsRequest>(kBase), Town());
  ASSERT_TRUE(call);
  geo::RankAnswer answer;
  answer.denominators = {"residents"};
  answer.outside = 4;
  answer.unlocated = 3;
  geo::RankedWard known, unknown;
  known.area = 0;
  known.incidents = 30;
  known.expected = 20;
  known.ratio = 1.5;
  known.limits = {8, 12, 29.5, 35};
  known.funnel_class = geo::FunnelClass::kAbove95;
  known.denominators.push_back({.rate = {"residents", 5000.0, 2023, 1000, 6.0, 4.0, 8.5}, .smoothed_rate = 5.0, .rank = geo::RankRange{1, 1, 2}});
  known.label = geo::RankLabel::kRobust;
  unknown.area = 1;
  unknown.denominators.push_back({.rate = {"residents", std::nullopt, 0, 1000, std::nullopt, 0, 0}});
  answer.wards = {known, unknown};
  RankWardsResponse response;
  ASSERT_EQ(EncodeRankWards(*call, geo::Disclose(answer, geo::Role::kAnalyst), response), 2);
  EXPECT_EQ(response.not_in_areas().exact(), 7);
  EXPECT_EQ(response.wards(0).area_code(), "E01");
  EXPECT_EQ(response.wards(0).funnel_class(), wardwatch::v1::FUNNEL_CLASS_ABOVE_95);
  EXPECT_EQ(response.wards(0).limits_998().low(), 8);
  EXPECT_EQ(response.wards(0).limits_95().high(), 29.5);
  EXPECT_EQ(response.wards(0).label(), wardwatch::v1::RANK_LABEL_ROBUST);
  EXPECT_EQ(response.wards(0).denominators(0).smoothed_rate_per_year(), 5);
  EXPECT_FALSE(response.wards(1).has_expected());
  EXPECT_FALSE(response.wards(1).has_limits_95());
  EXPECT_FALSE(response.wards(1).denominators(0).rate().has_value());
  EXPECT_FALSE(response.wards(1).denominators(0).rate().has_rate_per_year());
  EXPECT_FALSE(response.wards(1).denominators(0).has_rank());
  EXPECT_EQ(response.wards(1).label(), wardwatch::v1::RANK_LABEL_UNSPECIFIED);
  bool found = false;
  for (const auto& parameter : response.context().parameters()) found |= parameter.name() == "denominators" && parameter.value() == "residents";
  EXPECT_TRUE(found) << "what the answer used is not echoed";
}

}  // namespace
}  // namespace server
