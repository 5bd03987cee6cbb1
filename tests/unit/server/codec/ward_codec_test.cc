#include "server/codec/ward_codec.h"

#include "tests/unit/server/codec/town_request.h"

namespace server {
namespace {

using namespace town_request;
using wardwatch::v1::CompareWardsRequest;

const std::string kBase = "dataset: 'datasets/town' before { calendar_year: 2022 } after { calendar_year: 2023 } ";

TEST(DecodeCompareWards, WhatIsLeftOutIsWidenedByResidentsUndivided) {
  const auto call = DecodeCompareWards(Parsed<CompareWardsRequest>(kBase), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_FALSE(call->query.by_category);
  EXPECT_TRUE(call->query.denominators.empty());
  EXPECT_EQ(call->query.spread, geo::Spread::kWidened);
  EXPECT_EQ(ValueOf(call->parameters, "by_category"), "false");
  EXPECT_EQ(ValueOf(call->parameters, "denominators"), "residents");
  EXPECT_EQ(ValueOf(call->parameters, "spread"), "widened");
  EXPECT_EQ(ValueOf(call->parameters, "false_discovery_rate"), "0.05");
  EXPECT_EQ(ValueOf(call->parameters, "vintage"), "wards-2022");
}

TEST(DecodeCompareWards, AllThatMayBeSaid) {
  const auto call = DecodeCompareWards(
      Parsed<CompareWardsRequest>(kBase + "vintage: 'wards-2015' false_discovery_rate: 0.1 by_category: true denominators: 'km2' spread: SPREAD_POISSON"),
      Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.vintage, 0U);
  EXPECT_EQ(call->query.false_discovery_rate, 0.1);
  EXPECT_TRUE(call->query.by_category);
  EXPECT_EQ(call->query.denominators, std::vector<std::string>{"km2"});
  EXPECT_EQ(call->query.spread, geo::Spread::kPoisson);
  EXPECT_EQ(ValueOf(call->parameters, "denominators"), "residents,km2");
  EXPECT_EQ(ValueOf(call->parameters, "spread"), "Poisson");
}

TEST(DecodeCompareWards, RefusesByName) {
  ExpectRefused<CompareWardsRequest>(kBase,
                                     {
                                         {"denominators: 'workday'", "denominators[0]", "NO_SUCH_DENOMINATOR", "km2"},
                                         {"denominators: 'km2' denominators: 'km2'", "denominators[1]", "REPEATED", "once"},
                                         {"denominators: 'residents'", "denominators[0]", "NOT_TOGETHER", "already"},
                                         {"denominators: ''", "denominators[0]", "MISSING", "measure"},
                                         {"denominators: ['a','b','c','d','e','f','g','h','i']", "denominators", "TOO_MANY", "at most 8"},
                                         {"spread: 9", "spread", "UNKNOWN_VALUE", "SPREAD_POISSON (2)"},
                                         {"false_discovery_rate: 0.6", "false_discovery_rate", "OUT_OF_RANGE", "over 0 to 0.5"},
                                     },
                                     DecodeCompareWards);
}

}  // namespace
}  // namespace server
