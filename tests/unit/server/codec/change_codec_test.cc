#include "server/codec/change_codec.h"

#include <gtest/gtest.h>

#include <limits>

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(EncodeChange, EveryFieldThatIsKnown) {
  geo::Change change;
  change.difference = -3;
  change.ratio = 0.9;
  change.ratio_low = 0.5;
  change.ratio_high = 1.4;
  change.percent = -10.0;
  change.p_value = 0.01;
  change.e_test_p_value = 0.011;
  change.poisson_z = -2.5;
  change.widened_p_value = 0.02;
  change.q_value = 0.04;
  change.verdict = geo::Verdict::kLower;
  v1::Change out;
  EncodeChange({change, geo::WardRow::Kind::kArea, 30, 27}, "told", out);
  EXPECT_EQ(out.difference().exact(), -3);
  EXPECT_EQ(out.ratio(), 0.9);
  EXPECT_EQ(out.ratio_interval().low(), 0.5);
  EXPECT_EQ(out.ratio_interval().high(), 1.4);
  EXPECT_EQ(out.percent(), -10);
  EXPECT_EQ(out.p_value(), 0.01);
  EXPECT_EQ(out.e_test_p_value(), 0.011);
  EXPECT_EQ(out.poisson_z(), -2.5);
  EXPECT_EQ(out.widened_p_value(), 0.02);
  EXPECT_EQ(out.q_value(), 0.04);
  EXPECT_EQ(out.verdict(), v1::VERDICT_LOWER);
  EXPECT_EQ(out.explanation(), "told");
}

TEST(EncodeChange, WhatTheDataDoesNotSayIsAbsent) {
  geo::Change change;
  change.ratio_high = kInfinite;
  v1::Change from_nothing, nothing;
  EncodeChange({change, geo::WardRow::Kind::kArea, 0, 4}, "", from_nothing);
  EXPECT_FALSE(from_nothing.has_ratio());
  EXPECT_FALSE(from_nothing.has_percent());
  EXPECT_FALSE(from_nothing.has_e_test_p_value());
  ASSERT_TRUE(from_nothing.has_ratio_interval());
  EXPECT_FALSE(from_nothing.ratio_interval().has_high());  // nothing bounds it
  EncodeChange({change, geo::WardRow::Kind::kArea, 0, 0}, "", nothing);
  EXPECT_FALSE(nothing.has_ratio_interval());
}

TEST(EncodeVerdict, NoneOnWhatIsNoPlace) {
  for (const auto kind : {geo::WardRow::Kind::kOutside, geo::WardRow::Kind::kUnlocated}) {
    EXPECT_EQ(EncodeVerdict(kind, geo::Verdict::kHigher), v1::VERDICT_UNSPECIFIED);
  }
  EXPECT_EQ(EncodeVerdict(geo::WardRow::Kind::kTotal, geo::Verdict::kNotComparable), v1::VERDICT_NOT_COMPARABLE);
  EXPECT_EQ(EncodeVerdict(geo::WardRow::Kind::kArea, geo::Verdict::kTooFewToSay), v1::VERDICT_TOO_FEW_TO_SAY);
  EXPECT_EQ(EncodeVerdict(geo::Verdict::kNoClearChange), v1::VERDICT_NO_CLEAR_CHANGE);
}

TEST(EncodePeriodCount, RatesByEveryDenominator) {
  geo::PeriodCount count;
  count.incidents = 12;
  count.crimes = 9;
  count.weight = 11.5;
  count.other_rates = {{"km2", 2.0, 0, 1, 6.0, 3.1, 10.5}, {"workday", std::nullopt, 0, 1000, std::nullopt, 0, 0}};
  v1::PeriodCount out;
  EncodePeriodCount(count, out);
  EXPECT_EQ(out.crimes().exact(), 9);
  EXPECT_FALSE(out.has_residents());
  EXPECT_FALSE(out.has_rate_per_1000_per_year());
  EXPECT_FALSE(out.has_rate_interval());
  ASSERT_EQ(out.other_rates_size(), 2);
  EXPECT_EQ(out.other_rates(0).rate_per_year(), 6);
  EXPECT_EQ(out.other_rates(0).interval().high(), 10.5);
  EXPECT_EQ(out.other_rates(0).per(), 1);
  EXPECT_EQ(out.other_rates(1).denominator(), "workday");
  EXPECT_FALSE(out.other_rates(1).has_value());
  EXPECT_FALSE(out.other_rates(1).has_rate_per_year());
  EXPECT_FALSE(out.other_rates(1).has_interval());
}

TEST(EncodeDispersion, IsAppliedOnlyWhereItWidens) {
  const auto applied = [](std::optional<double> factor, int areas, bool widened) {
    v1::Dispersion out;
    EncodeDispersion({factor, areas}, widened, out);
    EXPECT_EQ(out.has_factor(), factor.has_value());
    EXPECT_EQ(out.areas(), areas);
    return out.applied();
  };
  EXPECT_TRUE(applied(1.5, 24, true));
  EXPECT_FALSE(applied(1.5, 24, false));
  EXPECT_FALSE(applied(1.5, 9, true));
  EXPECT_FALSE(applied(0.8, 24, true));
  EXPECT_FALSE(applied(std::nullopt, 1, true));
  EXPECT_NE(WideningMethod({1.5, 24}, true), "");
  EXPECT_EQ(WideningMethod({1.5, 24}, false), "");
  EXPECT_EQ(WideningMethod({0.8, 24}, true), "");
}

}  // namespace
}  // namespace server
