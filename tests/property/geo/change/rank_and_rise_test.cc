// Laws that RankWards and CheckRise keep whatever the data.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "geo/change/rise_check.h"
#include "geo/change/ward_ranking.h"
#include "tests/support/drawn_dataset.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

constexpr std::size_t kWards = 5;
const Period k2021 = Period::CalendarYear(2021), k2022 = Period::CalendarYear(2022);

struct Drawn {
  std::vector<int> before, after, residents;  // monthly counts; the last two places are outside and unlocated
};
Drawn AnyWards() {
  Drawn drawn;
  for (std::size_t i = 0; i < kWards + 2; ++i) {
    drawn.before.push_back(*rc::gen::inRange(1, 12));
    drawn.after.push_back(*rc::gen::inRange(1, 12));
    drawn.residents.push_back(*rc::gen::inRange(100, 9000));
  }
  return drawn;
}

// Ward i of `wards` is named by labels[i].
DrawnDataset Draw(const Drawn& wards, const std::vector<int>& labels) {
  DrawnDataset drawn;
  const std::size_t vintage = drawn.add_vintage("wards");
  for (std::size_t i = 0; i < kWards + 2; ++i) {
    const double easting = 500'000 + 1000.0 * static_cast<double>(i);
    const std::string code = i < kWards ? "W" + std::to_string(labels[i]) : "";
    if (i < kWards) drawn.add_square(vintage, code, easting, 200'000, 1000);
    if (i < kWards) drawn.add_residents(vintage, code, 2022, wards.residents[i]);
    const GridPoint at = i == kWards + 1 ? kUnlocated : GridPoint::FromMeters(easting + 500, 200'500);
    drawn.add_monthly(k2021, wards.before[i], at);
    drawn.add_monthly(k2022, wards.after[i], at, static_cast<CategoryIndex>(i % 2));
  }
  return drawn;
}
const std::vector<int> kInOrder{0, 1, 2, 3, 4}, kOther{3, 0, 4, 1, 2};

RankAnswer Rank(const Drawn& wards, const std::vector<int>& labels) {
  const auto snapshot = Draw(wards, labels).build();
  RankQuery query;
  query.filter = FilterAll(snapshot->datasets[0], k2022);
  query.draws = 100;
  return RankWards(snapshot->datasets[0], query, NeverStop()).value();
}

bool Near(double a, double b) { return std::abs(a - b) <= 1e-9 * (1 + std::abs(a)); }

RC_GTEST_PROP(RankWardsLaws, ExpectedAddsUpToWhatHappened, ()) {
  const RankAnswer answer = Rank(AnyWards(), kInOrder);
  double expected = 0;
  std::int64_t incidents = 0;
  for (const RankedWard& ward : answer.wards) {
    expected += *ward.expected;
    incidents += ward.incidents;
    RC_ASSERT(ward.limits.low_998 <= ward.limits.low_95 && ward.limits.high_95 <= ward.limits.high_998);
  }
  RC_ASSERT(Near(expected, static_cast<double>(incidents)));
  RC_ASSERT(incidents + answer.outside + answer.unlocated == answer.incidents);
}

// All but the draws, which go by the order of the codes.
RC_GTEST_PROP(RankWardsLaws, NamesAreOfNoMatter, ()) {
  const Drawn wards = AnyWards();
  const RankAnswer one = Rank(wards, kInOrder), other = Rank(wards, kOther);
  RC_ASSERT(Near(*one.dispersion.factor, *other.dispersion.factor));
  for (std::size_t i = 0; i < kWards; ++i) {
    const RankedWard &a = one.wards[i], &b = other.wards[static_cast<std::size_t>(kOther[i])];
    RC_ASSERT(a.incidents == b.incidents && a.funnel_class == b.funnel_class);
    RC_ASSERT(Near(*a.expected, *b.expected) && Near(a.limits.high_95, b.limits.high_95));
    for (std::size_t d = 0; d < a.denominators.size(); ++d) {
      RC_ASSERT(a.denominators[d].rank->rank == b.denominators[d].rank->rank);
      RC_ASSERT(Near(*a.denominators[d].smoothed_rate, *b.denominators[d].smoothed_rate));
    }
  }
}

RiseAnswer Check(const DatasetSnapshot& data, Period before, Period after) {
  RiseQuery query;
  query.filter = FilterAll(data, after);
  query.before = before;
  query.after = after;
  query.place = {0, 2};
  query.peers = {1, 3, 4};
  return CheckRise(data, query, NeverStop()).value();
}

// Every incident is in the place or in the rest; sources and categories add up to the place, peers one by one to the peers together.
RC_GTEST_PROP(CheckRiseLaws, PartsAddUp, ()) {
  const auto snapshot = Draw(AnyWards(), kInOrder).build();
  const RiseAnswer answer = Check(snapshot->datasets[0], k2021, k2022);
  std::int64_t rest = 0, peers = 0, each_peer = 0, categories = 0;
  for (const RiseComparison& part : answer.comparisons) {
    const std::int64_t both = part.before.incidents + part.after.incidents;
    if (part.kind == RiseComparison::Kind::kRest) rest += both;
    if (part.kind == RiseComparison::Kind::kPeers) peers += both;
    if (part.kind == RiseComparison::Kind::kPeer) each_peer += both;
    if (part.kind == RiseComparison::Kind::kCategory) categories += both;
  }
  const std::int64_t place = answer.before.incidents + answer.after.incidents;
  RC_ASSERT(place + rest == answer.incidents);
  RC_ASSERT(peers == each_peer);
  RC_ASSERT(categories == 0 || categories == place);
}

RC_GTEST_PROP(CheckRiseLaws, SwappedPeriodsMirror, ()) {
  const auto snapshot = Draw(AnyWards(), kInOrder).build();
  const RiseAnswer one = Check(snapshot->datasets[0], k2021, k2022), other = Check(snapshot->datasets[0], k2022, k2021);
  const auto mirrored = [](Verdict verdict) { return verdict == Verdict::kHigher ? Verdict::kLower : verdict == Verdict::kLower ? Verdict::kHigher : verdict; };
  RC_ASSERT(one.change.p_value == other.change.p_value);
  RC_ASSERT(one.change.verdict == mirrored(other.change.verdict));
  RC_ASSERT(one.peers_as_extreme == other.peers_as_extreme);
  RC_ASSERT(one.comparisons.size() == other.comparisons.size());
  for (std::size_t i = 0; i < one.comparisons.size(); ++i) {
    RC_ASSERT(one.comparisons[i].change.verdict == mirrored(other.comparisons[i].change.verdict));
    if (one.comparisons[i].against) {
      RC_ASSERT(Near(one.comparisons[i].against->p_value, other.comparisons[i].against->p_value));
    }
  }
}

}  // namespace
}  // namespace geo
