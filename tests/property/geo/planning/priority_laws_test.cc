// Laws of the ranking, on towns drawn by chance.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "geo/planning/rank_priorities.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr int kYear = 2025;

// Nine wards in a row, three categories and workstreams over four years; some incidents last for hours, some have no hour, some no position.
DrawnDataset ChanceTown(unsigned seed) {
  std::mt19937 random(seed);
  DrawnDataset town;
  town.add_category("drugs", true);
  town.add_vintage("wards");
  for (int ward = 0; ward < 9; ++ward) town.add_square(0, "W" + std::to_string(ward), 1000.0 * ward, 0, 1000);
  const std::vector<std::string> ids{"anti-social-behaviour", "drugs", "robbery"};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    Workstream stream;
    stream.id = stream.title = "stream-" + std::to_string(i);
    stream.entries = {{ids[i], 1.0 + static_cast<double>(i)}};
    if (i == 2) stream.entries.insert(stream.entries.begin(), {"anti-social-behaviour", 0.5});
    if (i == 1) stream.window = TimeOfWeek{20 * 60, 6 * 60, 0x78};
    if (i != 2) stream.concern = Workstream::Concern{0.3 + 0.3 * static_cast<double>(i), 0.25, 0.8};
    stream.minimum_count = 1 + static_cast<int>(random() % 3);
    town.record().workstreams.push_back(stream);
  }
  for (int n = 0; n < 1500; ++n) {
    const LocalMinute from = DayOf(kYear - 3, 1, 1) * kMinutesPerDay + static_cast<LocalMinute>(random() % (1461 * 1440));
    const int kind = static_cast<int>(random() % 10);
    const LocalMinute to = from + (kind == 0 ? 1440 : kind < 3 ? 1 + static_cast<LocalMinute>(random() % 1400) : 1);
    const GridPoint at = random() % 20 == 0 ? kUnlocated : GridPoint::FromMeters(static_cast<double>((random() % 95) * (random() % 2 == 0 ? 100 : 40)), 500);
    town.add({at, from, to, static_cast<CategoryIndex>(random() % 3), 0});
  }
  return town;
}

PriorityQuery QueryAll(const DatasetSnapshot& data) {
  PriorityQuery query;
  query.period = Period::CalendarYear(kYear);
  for (std::size_t i = 0; i < data.record.workstreams.size(); ++i) query.workstreams.push_back({i, 1.0 + static_cast<double>(i)});
  query.unit = PlaceUnit::kAreas;
  query.listed = 1000;
  query.draws = 40;
  query.capacity_hours = 40;
  return query;
}

PriorityAnswer Ranked(const DatasetSnapshot& data, const PriorityQuery& query) {
  auto answer = RankPriorities(data, query, NeverStop());
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
  return std::move(answer.value());
}

void ExpectSame(const PriorityAnswer& one, const PriorityAnswer& other) {
  ASSERT_EQ(one.candidates.size(), other.candidates.size());
  for (std::size_t i = 0; i < one.candidates.size(); ++i) {
    const Candidate &a = one.candidates[i], &b = other.candidates[i];
    ASSERT_EQ(a.place, b.place) << i;
    ASSERT_EQ(a.block, b.block) << i;
    ASSERT_EQ(a.rank, b.rank) << i;
    ASSERT_EQ(a.rank_low, b.rank_low) << i;
    ASSERT_EQ(a.rank_high, b.rank_high) << i;
    ASSERT_NEAR(a.score, b.score, 1e-9) << i;
  }
}

class PriorityLaws : public testing::TestWithParam<unsigned> {};

TEST_P(PriorityLaws, PointsAddUpToTheScore) {
  const auto snapshot = ChanceTown(GetParam()).build();
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], QueryAll(snapshot->datasets[0]));
  ASSERT_FALSE(answer.candidates.empty());
  for (const Candidate& candidate : answer.candidates) {
    double sum = 0;
    for (const WorkstreamScore& stream : candidate.workstreams) {
      for (const double points : stream.points) sum += points;
    }
    EXPECT_NEAR(candidate.score, sum, 1e-12);
    EXPECT_GE(candidate.score, 0);
    EXPECT_LE(candidate.score, 100);
  }
}

TEST_P(PriorityLaws, OneThatAnotherEqualsOrPassesInEveryPartNeverScoresMore) {
  const auto snapshot = ChanceTown(GetParam()).build();
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], QueryAll(snapshot->datasets[0]));
  int dominated = 0;
  const auto verdict = [](Verdict v) { return v == Verdict::kHigher ? 2 : v == Verdict::kLower ? 0 : 1; };
  const auto passes = [&](const Candidate& a, const Candidate& b) {
    std::map<std::size_t, const WorkstreamScore*> of_a;
    for (const auto& s : a.workstreams) of_a[s.workstream] = &s;
    for (const auto& s : b.workstreams) {
      if (s.volume_percentile == 0) continue;
      const auto found = of_a.find(s.workstream);
      if (found == of_a.end()) return false;
      const WorkstreamScore& t = *found->second;
      if (t.volume_percentile < s.volume_percentile || t.harm_percentile < s.harm_percentile || t.years_hot < s.years_hot || verdict(t.trend) < verdict(s.trend)) return false;
    }
    return true;
  };
  for (std::size_t i = 0; i < answer.candidates.size(); ++i) {
    for (std::size_t j = 0; j < answer.candidates.size(); ++j) {
      if (i == j || !passes(answer.candidates[i], answer.candidates[j])) continue;
      ++dominated;
      EXPECT_LE(answer.candidates[i].rank, answer.candidates[j].rank) << i << " passes " << j;
      EXPECT_LE(answer.candidates[i].rank_low, answer.candidates[j].rank_low);
      EXPECT_LE(answer.candidates[i].rank_high, answer.candidates[j].rank_high);
    }
  }
  EXPECT_GT(dominated, 0);
}

TEST_P(PriorityLaws, AllWeightsTimesANumberChangeNothing) {
  const auto snapshot = ChanceTown(GetParam()).build();
  const PriorityQuery query = QueryAll(snapshot->datasets[0]);
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], query);
  for (const double factor : {0.001, 3.0, 7.7}) {
    PriorityQuery streams = query, parts = query;
    for (auto& chosen : streams.workstreams) chosen.weight *= factor;
    for (double& part : parts.part_weights) part *= factor;
    ExpectSame(answer, Ranked(snapshot->datasets[0], streams));
    ExpectSame(answer, Ranked(snapshot->datasets[0], parts));
  }
}

TEST_P(PriorityLaws, AWorkstreamWithoutIncidentsChangesNothing) {
  DrawnDataset town = ChanceTown(GetParam());
  const auto snapshot = town.build();
  const PriorityAnswer answer = Ranked(snapshot->datasets[0], QueryAll(snapshot->datasets[0]));
  town.add_category("theft", true);
  Workstream empty;
  empty.id = empty.title = "stream-9";
  empty.entries = {{"theft", 5}};
  empty.concern = Workstream::Concern{0.9, 0.8, 1};
  town.record().workstreams.push_back(empty);
  const auto with = town.build();
  ExpectSame(answer, Ranked(with->datasets[0], QueryAll(with->datasets[0])));
}

TEST_P(PriorityLaws, BlocksPartitionTheIncidentsOfThePlaces) {
  const auto snapshot = ChanceTown(GetParam()).build();
  const DatasetSnapshot& data = snapshot->datasets[0];
  PriorityQuery query = QueryAll(data);
  query.draws = 0;
  for (const HourBlocks blocks : {HourBlocks{6, 8}, HourBlocks{0, 1}, HourBlocks{5, 24}}) {
    query.blocks = blocks;
    query.listed = 100'000;
    const PriorityAnswer answer = Ranked(data, query);
    std::vector<double> in_blocks(query.workstreams.size());
    double covered = 0;
    for (const Candidate& candidate : answer.candidates) {
      for (const WorkstreamScore& stream : candidate.workstreams) {
        if (!stream.under_minimum) in_blocks[stream.workstream] += stream.incidents;
      }
    }
    for (const Assignment& assignment : answer.assigned) covered += assignment.covered;
    const CoverageOfPlan& coverage = *answer.coverage;
    EXPECT_NEAR(covered, coverage.covered, 1e-9);
    EXPECT_NEAR(coverage.covered + coverage.elsewhere + coverage.outside + coverage.unlocated + coverage.hour_unknown, coverage.targeted, 1e-9);
    for (std::size_t i = 0; i < in_blocks.size(); ++i) {
      // By hand: every row's own share of the window, in wards with enough of them.
      IncidentFilter filter = FilterAll(data, query.period);
      filter.window = data.record.workstreams[i].window;
      std::map<AreaIndex, std::pair<int, double>> by_ward;
      for (std::size_t row = 0; row < data.incidents.size(); ++row) {
        const std::string& category = data.record.categories[data.incidents.category[row]].id;
        const auto& entries = data.record.workstreams[i].entries;
        if (std::none_of(entries.begin(), entries.end(), [&](const auto& e) { return e.category == category; })) continue;
        if (!query.period.contains(DayOfMinute(data.incidents.from_minute[row])) || data.vintages[0].area_of[row] >= 9) continue;
        const double share = filter.window.always() ? 1 : WindowShare(filter.window, data.incidents.from_minute[row], data.incidents.to_minute[row]);
        if (share == 0) continue;
        ++by_ward[data.vintages[0].area_of[row]].first;
        if (data.incidents.hour_known(row)) by_ward[data.vintages[0].area_of[row]].second += share;
      }
      double expected = 0;
      for (const auto& [ward, sums] : by_ward) expected += sums.first >= data.record.workstreams[i].minimum_count ? sums.second : 0;
      EXPECT_NEAR(in_blocks[i], expected, 1e-9) << "workstream " << i;
    }
  }
}

TEST_P(PriorityLaws, TheSameAtAnyNumberOfThreads) {
  const auto snapshot = ChanceTown(GetParam()).build();
  PriorityQuery query = QueryAll(snapshot->datasets[0]);
  const PriorityAnswer one = Ranked(snapshot->datasets[0], query);
  query.threads = 3;
  ExpectSame(one, Ranked(snapshot->datasets[0], query));
}

INSTANTIATE_TEST_SUITE_P(Towns, PriorityLaws, testing::Range(1u, 9u));

// 26 October 2025 has 25 hours and 30 March 23; the local clock shows 24 and 23 of them, and every incident is in exactly one block.
TEST(PriorityLawsOfClocks, DaysOnWhichClocksChangeLoseAndDoubleNothing) {
  for (const LocalDay day : {DayOf(2025, 3, 30), DayOf(2025, 10, 26)}) {
    std::vector<BlockShare> shares;
    for (const HourBlocks blocks : {HourBlocks{6, 8}, HourBlocks{0, 1}, HourBlocks{2, 6}}) {
      for (int length : {1, 61, 179, 1439}) {
        for (LocalMinute from = (day - 1) * kMinutesPerDay; from < (day + 2) * kMinutesPerDay; from += 13) {
          SpreadOverBlocks(blocks, TimeWindow{}, from, from + length, shares);
          double sum = 0;
          for (const BlockShare& share : shares) sum += share.share;
          ASSERT_NEAR(sum, 1, 1e-12);
        }
      }
    }
  }
}

}  // namespace
}  // namespace geo
