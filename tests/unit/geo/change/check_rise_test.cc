#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "geo/change/rise_check.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;
using Kind = RiseComparison::Kind;

const Period k2021 = Period::CalendarYear(2021), k2022 = Period::CalendarYear(2022);
constexpr int kWards = 14;
GridPoint InWard(int ward) { return GridPoint::FromMeters(500'500 + 1000 * ward, 200'500); }

// Fourteen wards in a row, W00 the place; so many incidents a month in the place and in each peer, in both years.
DrawnDataset Wards(int place_before, int place_after, int peer_before, int peer_after) {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  for (int i = 0; i < kWards; ++i) {
    drawn.add_square(wards, (i < 10 ? "W0" : "W") + std::to_string(i), 500'000 + 1000.0 * i, 200'000, 1000);
    drawn.add_monthly(k2021, i == 0 ? place_before : peer_before, InWard(i));
    drawn.add_monthly(k2022, i == 0 ? place_after : peer_after, InWard(i));
  }
  return drawn;
}

RiseQuery Ask(const DatasetSnapshot& data) {
  RiseQuery query;
  query.filter = FilterAll(data, k2022);
  query.before = k2021;
  query.after = k2022;
  query.place = {0};
  for (AreaIndex i = 1; i < kWards; ++i) query.peers.push_back(i);
  return query;
}

RiseAnswer Check(const DrawnDataset& drawn) {
  const auto snapshot = drawn.build();
  return CheckRise(snapshot->datasets[0], Ask(snapshot->datasets[0]), NeverStop()).value();
}

const RiseComparison& Find(const RiseAnswer& answer, Kind kind, std::size_t index = 0) {
  return *std::find_if(answer.comparisons.begin(), answer.comparisons.end(), [&](const auto& c) { return c.kind == kind && c.index == index; });
}

TEST(CheckRise, TellsARiseOfThePlaceAlone) {
  DrawnDataset drawn = Wards(30, 40, 20, 20);
  drawn.add_monthly({k2021.begin, k2022.end}, 2, kUnlocated);
  const RiseAnswer answer = Check(drawn);
  EXPECT_EQ(answer.before.incidents, 360);
  EXPECT_EQ(answer.after.incidents, 480);
  EXPECT_EQ(answer.change.verdict, Verdict::kHigher);
  EXPECT_EQ(answer.change.q_value, answer.change.p_value);
  EXPECT_EQ(answer.tests_made, 1);
  EXPECT_EQ(answer.peers_as_extreme.value(), 0.0);
  const RiseComparison& peers = Find(answer, Kind::kPeers);
  EXPECT_EQ(peers.before.incidents, 13 * 240);
  EXPECT_EQ(peers.after.incidents, 13 * 240);
  EXPECT_EQ(peers.change.verdict, Verdict::kNoClearChange);
  EXPECT_NEAR(peers.against->ratio.value(), 4.0 / 3, 1e-12);
  EXPECT_LT(peers.against->p_value, 0.001);
  EXPECT_EQ(Find(answer, Kind::kRest).before.incidents, 13 * 240 + 24);
  EXPECT_EQ(Find(answer, Kind::kPeer, 5).before.incidents, 240);
  EXPECT_NEAR(Find(answer, Kind::kPeer, 5).against->ratio.value(), 4.0 / 3, 1e-12);
  ASSERT_EQ(answer.comparisons.size(), 2U + 13U);  // one source, one category: neither says more
  ASSERT_EQ(answer.reasons.size(), 5U);
  EXPECT_EQ(answer.reasons[4], "Only this place was tested: picked out of 14 for standing out, it should pass the comparison of them all.");
  EXPECT_THAT(answer.reasons[0], StartsWith("360 to 480 incidents: higher; p "));
  EXPECT_THAT(answer.reasons[1], AllOf(StartsWith("The peers together went from 3,120 to 3,120: the place's ratio is 1.33 times that (95 % 1.1"),
                                       HasSubstr("a difference beyond chance.")));
  EXPECT_EQ(answer.reasons[2], "0 of 13 peers rose at least as much.");
  EXPECT_THAT(answer.reasons[3], StartsWith("Everything else went from 3,144 to 3,144: "));
  EXPECT_EQ(answer.incidents, 360 + 480 + 2 * 3120 + 48);
  EXPECT_EQ(answer.located, answer.incidents - 48);
}

TEST(CheckRise, TellsARiseThatAllShare) {
  const RiseAnswer answer = Check(Wards(30, 40, 21, 28));
  EXPECT_EQ(answer.change.verdict, Verdict::kHigher);
  EXPECT_EQ(answer.peers_as_extreme.value(), 1.0);
  const RatioOfRatios& against = *Find(answer, Kind::kPeers).against;
  EXPECT_NEAR(against.ratio.value(), 1, 1e-12);
  EXPECT_EQ(against.p_value, 1.0);
  EXPECT_THAT(answer.reasons, Contains(HasSubstr("the place's ratio is 1.00 times that")));
  EXPECT_THAT(answer.reasons, Contains("13 of 13 peers rose at least as much."));
}

// Half of the peers rise and half fall by more than chance: a rise of the same size is what places here do.
TEST(CheckRise, WidensByHowMuchPeersVary) {
  DrawnDataset drawn = Wards(30, 40, 0, 0);
  for (int i = 1; i < kWards; ++i) {
    drawn.add_monthly(k2021, i % 2 == 0 ? 20 : 30, InWard(i));
    drawn.add_monthly(k2022, i % 2 == 0 ? 30 : 20, InWard(i));
  }
  const RiseAnswer answer = Check(drawn);
  EXPECT_GT(answer.dispersion.widening(), 4);
  EXPECT_LT(answer.change.p_value, 0.001);
  EXPECT_GT(answer.change.widened_p_value, 0.05);
  EXPECT_EQ(answer.change.q_value, answer.change.widened_p_value);
  EXPECT_EQ(answer.change.verdict, Verdict::kNoClearChange);
  EXPECT_THAT(answer.reasons[0], HasSubstr("because the peers vary"));
  EXPECT_NEAR(answer.peers_as_extreme.value(), 6.0 / 13, 1e-12);
}

TEST(CheckRise, ShowsTheSourceAndCategoryThatRise) {
  DrawnDataset drawn = Wards(30, 30, 20, 20);
  const auto council = drawn.add_source("council", TimeKnowledge::kClock);
  drawn.add_monthly(k2021, 10, InWard(0), 1, council);
  drawn.add_monthly(k2022, 30, InWard(0), 1, council);
  drawn.add_monthly({k2021.begin, k2022.end}, 20, InWard(1), 1, council);
  const RiseAnswer answer = Check(drawn);
  EXPECT_EQ(answer.change.verdict, Verdict::kHigher);
  EXPECT_EQ(Find(answer, Kind::kSource, 0).change.verdict, Verdict::kNoClearChange);
  EXPECT_EQ(Find(answer, Kind::kSource, council).change.verdict, Verdict::kHigher);
  EXPECT_FALSE(Find(answer, Kind::kSource, council).against.has_value());
  EXPECT_EQ(answer.after.crimes, 360);  // anti-social behaviour is no crime
  EXPECT_EQ(Find(answer, Kind::kCategory, 1).after.crimes, 0);
  EXPECT_THAT(answer.reasons, Contains("By source: council 120 to 360 (higher), police 360 to 360 (no clear change): only council shows it."));
  EXPECT_THAT(answer.reasons,
              Contains("By category: anti-social-behaviour 120 to 360 (higher), robbery 360 to 360 (no clear change): only anti-social-behaviour shows it."));
}

// A new app of the council in 2022: the council's rise is a change of recording, and so the whole is not comparable; the police records are.
TEST(CheckRise, PutsBreaksFirst) {
  DrawnDataset drawn = Wards(30, 45, 20, 20);
  const auto council = drawn.add_source("council", TimeKnowledge::kClock);
  drawn.add_monthly(k2021, 10, InWard(0), 1, council);
  drawn.add_monthly(k2022, 30, InWard(0), 1, council);
  drawn.record().breaks.push_back({"council-app", "council", {}, {k2022.begin, k2022.begin + 1}, "a new app"});
  const RiseAnswer answer = Check(drawn);
  ASSERT_EQ(answer.breaks.size(), 1U);
  EXPECT_EQ(answer.change.verdict, Verdict::kNotComparable);
  EXPECT_EQ(answer.reasons[0], "Recording break crossed: council-app.");
  EXPECT_EQ(Find(answer, Kind::kSource, council).change.verdict, Verdict::kNotComparable);
  EXPECT_EQ(Find(answer, Kind::kSource, 0).change.verdict, Verdict::kHigher);
  EXPECT_EQ(Find(answer, Kind::kPeers).change.verdict, Verdict::kNotComparable);
  EXPECT_THAT(answer.reasons, Contains("By source: council 120 to 360 (not comparable), police 360 to 540 (higher): only police shows it."));
}

TEST(CheckRise, TakesSeveralAreasTogether) {
  const auto snapshot = Wards(30, 40, 20, 20).build();
  RiseQuery query = Ask(snapshot->datasets[0]);
  query.place = {0, 3};
  query.peers = {1, 2};
  const RiseAnswer answer = CheckRise(snapshot->datasets[0], query, NeverStop()).value();
  EXPECT_EQ(answer.before.incidents, 360 + 240);
  EXPECT_EQ(Find(answer, Kind::kPeers).before.incidents, 480);
  EXPECT_EQ(Find(answer, Kind::kRest).before.incidents, 12 * 240);
  query.peers.clear();
  const RiseAnswer alone = CheckRise(snapshot->datasets[0], query, NeverStop()).value();
  EXPECT_FALSE(alone.peers_as_extreme.has_value());
  EXPECT_EQ(alone.comparisons.size(), 1U);
  EXPECT_EQ(alone.comparisons[0].kind, Kind::kRest);
}

TEST(CheckRise, SaysTooFewToSay) {
  DrawnDataset drawn = Wards(0, 1, 20, 20);
  const RiseAnswer answer = Check(drawn);
  EXPECT_EQ(answer.change.verdict, Verdict::kTooFewToSay);
  EXPECT_EQ(answer.tests_made, 0);
  EXPECT_FALSE(answer.change.ratio.has_value());
  EXPECT_THAT(answer.reasons[1], HasSubstr("too few to say how"));
}

TEST(CheckRise, RefusesWhatIsNoPlaceOrPeer) {
  const auto snapshot = Wards(30, 40, 20, 20).build();
  const auto refused = [&](const auto& change) {
    RiseQuery query = Ask(snapshot->datasets[0]);
    change(query);
    const auto answer = CheckRise(snapshot->datasets[0], query, NeverStop());
    return answer ? std::string("answered") : answer.error().field + " " + answer.error().reason;
  };
  EXPECT_EQ(refused([](RiseQuery&) {}), "answered");
  EXPECT_EQ(refused([](RiseQuery& q) { q.place.clear(); }), "place OUT_OF_RANGE");
  EXPECT_EQ(refused([](RiseQuery& q) { q.place = {99}; }), "place OUT_OF_RANGE");
  EXPECT_EQ(refused([](RiseQuery& q) { q.peers = {0, 1}; }), "peers OUT_OF_RANGE");
  EXPECT_EQ(refused([](RiseQuery& q) { q.peers = {2, 2}; }), "peers OUT_OF_RANGE");
  EXPECT_EQ(refused([](RiseQuery& q) { q.after = {k2021.begin + 5, k2022.end}; }), "after OUT_OF_RANGE");
  EXPECT_EQ(refused([](RiseQuery& q) { q.before = Period::CalendarYear(1990); }), "before NO_DATA");
  EXPECT_EQ(refused([](RiseQuery& q) { q.vintage = 4; }), "vintage NO_SUCH_VINTAGE");
  EXPECT_EQ(refused([](RiseQuery& q) { q.false_discovery_rate = 0; }), "false_discovery_rate OUT_OF_RANGE");
}

}  // namespace
}  // namespace geo
