// Questions about Medway's wards in 2022 and 2025 against counts made one incident at a time, and against sums that must come out.
#include <gtest/gtest.h>

#include <numeric>

#include "geo/change/rise_check.h"
#include "geo/change/ward_comparison.h"
#include "geo/change/ward_ranking.h"
#include "geo/change/years_comparison.h"
#include "tests/support/medway_years.h"

namespace geo {
namespace {

const Period k2022 = Period::CalendarYear(2022), k2025 = Period::CalendarYear(2025);

struct Counted {
  std::vector<std::int64_t> wards;
  std::int64_t elsewhere = 0;  // in no ward, or nowhere
  std::int64_t in_wards() const { return std::accumulate(wards.begin(), wards.end(), std::int64_t{0}); }
};

class MedwayWards : public testing::TestWithParam<std::size_t> {
 protected:
  static void SetUpTestSuite() { snapshot_ = support::MedwayYears(); }
  static void TearDownTestSuite() { snapshot_.reset(); }
  void SetUp() override {
    if (!snapshot_) GTEST_SKIP() << "the shared data is not beside this checkout";
  }
  const DatasetSnapshot& data() const { return snapshot_->datasets[0]; }
  Counted recount(Period period) const {
    const AreaSet& areas = data().vintages[GetParam()].areas;
    Counted counted;
    counted.wards.resize(areas.areas().size());
    for (std::size_t row = 0; row < data().incidents.size(); ++row) {
      if (!period.contains(DayOfMinute(data().incidents.from_minute[row]))) continue;
      const GridPoint at = data().incidents.at[row];
      const AreaIndex area = at == kUnlocated ? kOutside : areas.locate(at);
      ++(area < counted.wards.size() ? counted.wards[area] : counted.elsewhere);
    }
    return counted;
  }

 private:
  static inline std::shared_ptr<const Snapshot> snapshot_;
};

TEST_P(MedwayWards, AreCountedAsOneByOneAndAddUp) {
  const Counted before = recount(k2022), after = recount(k2025);
  ASSERT_GT(before.in_wards(), 20'000);
  WardQuery query;
  query.filter = FilterAll(data(), k2022);
  query.before = k2022;
  query.after = k2025;
  query.vintage = GetParam();
  const WardAnswer answer = CompareWards(data(), query, NeverStop()).value();
  YearsQuery years;
  years.filter = query.filter;
  years.periods = {k2022, k2025};
  years.vintage = GetParam();
  years.denominator = "km2";
  const YearsAnswer both = CompareYears(data(), years, NeverStop()).value();
  ASSERT_EQ(answer.rows.size(), before.wards.size() + 3);
  for (std::size_t i = 0; i < before.wards.size(); ++i) {
    EXPECT_EQ(answer.rows[i].before.incidents, before.wards[i]);
    EXPECT_EQ(answer.rows[i].after.incidents, after.wards[i]);
    EXPECT_EQ(both.rows[i].cells[1].incidents, after.wards[i]);
    EXPECT_EQ(both.rows[i].cells[1].from_previous->verdict, answer.rows[i].change.verdict);
  }
  const WardRow& total = answer.rows.back();
  EXPECT_EQ(total.before.incidents, before.in_wards() + before.elsewhere);
  EXPECT_EQ(total.after.incidents, after.in_wards() + after.elsewhere);
}

TEST_P(MedwayWards, AreRankedByWhatTheyHoldOnTheirGround) {
  const Counted counted = recount(k2025);
  RankQuery query;
  query.filter = FilterAll(data(), k2025);
  query.vintage = GetParam();
  query.denominators = {"km2"};
  const RankAnswer answer = RankWards(data(), query, NeverStop()).value();
  double expected = 0;
  for (std::size_t i = 0; i < answer.wards.size(); ++i) {
    const RankedWard& ward = answer.wards[i];
    EXPECT_EQ(ward.incidents, counted.wards[i]);
    expected += *ward.expected;
    int denser = 0;
    for (const RankedWard& other : answer.wards) denser += *other.denominators[0].rate.rate > *ward.denominators[0].rate.rate ? 1 : 0;
    EXPECT_EQ(ward.denominators[0].rank->rank, denser + 1);
    EXPECT_LE(ward.denominators[0].rank->low, denser + 1);
    EXPECT_GE(ward.denominators[0].rank->high, denser + 1);
    if (ward.funnel_class == FunnelClass::kAbove998) {
      EXPECT_GT(ward.incidents, ward.limits.high_998);
    }
  }
  EXPECT_NEAR(expected, static_cast<double>(counted.in_wards()), 1e-6);
}

TEST_P(MedwayWards, APlaceItsPeersAndTheRestAddUp) {
  const Counted before = recount(k2022), after = recount(k2025);
  RiseQuery query;
  query.filter = FilterAll(data(), k2022);
  query.before = k2022;
  query.after = k2025;
  query.vintage = GetParam();
  query.place = {3};
  for (AreaIndex area = 0; area < before.wards.size(); ++area) {
    if (area != 3) query.peers.push_back(area);
  }
  const RiseAnswer answer = CheckRise(data(), query, NeverStop()).value();
  EXPECT_EQ(answer.before.incidents, before.wards[3]);
  EXPECT_EQ(answer.after.incidents, after.wards[3]);
  int seen = 0;
  for (const RiseComparison& other : answer.comparisons) {
    if (other.kind == RiseComparison::Kind::kPeers) {
      EXPECT_EQ(other.before.incidents, before.in_wards() - before.wards[3]);
      EXPECT_EQ(other.after.incidents, after.in_wards() - after.wards[3]);
      ++seen;
    }
    if (other.kind == RiseComparison::Kind::kRest) {
      EXPECT_EQ(other.after.incidents, after.in_wards() + after.elsewhere - after.wards[3]);
      ++seen;
    }
  }
  EXPECT_EQ(seen, 2);
}

INSTANTIATE_TEST_SUITE_P(BothVintages, MedwayWards, testing::Values(std::size_t{0}, std::size_t{1}));

}  // namespace
}  // namespace geo
