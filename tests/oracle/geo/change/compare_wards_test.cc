// CompareWards against loops over every row, and the false discovery rule against its definition by ranks.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/significance/benjamini_hochberg.h"
#include "geo/rates/rate_ratio_test.h"
#include "geo/change/ward_comparison.h"
#include "tests/support/drawn_dataset.h"

namespace geo {
namespace {

constexpr unsigned kSeed = 1995;
constexpr int kSide = 4;  // wards in a square of 4 x 4, 1 km each

struct SlowCount {
  std::int64_t incidents = 0, crimes = 0;
  double weight = 0;
};

// Rows 0..15 the wards in order of code, 16 outside, 17 unlocated. No position lies on an edge, so that which ward holds it needs no rule.
std::vector<SlowCount> Count(const DatasetSnapshot& data, const WardQuery& query, Period period) {
  std::vector<SlowCount> counts(kSide * kSide + 2);
  const IncidentColumns& rows = data.incidents;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool in_period = rows.from_minute[i] >= period.begin * kMinutesPerDay && rows.from_minute[i] < period.end * kMinutesPerDay;
    const auto& kept = query.filter.categories;
    if (!in_period || std::find(kept.begin(), kept.end(), rows.category[i]) == kept.end()) continue;
    const double weight = query.filter.window.always() ? 1 : WindowShare(query.filter.window, rows.from_minute[i], rows.to_minute[i]);
    if (weight == 0) continue;
    std::size_t slot = kSide * kSide;
    const double column = std::floor((rows.at[i].easting_m() - 500'000) / 1000), row = std::floor((rows.at[i].northing_m() - 200'000) / 1000);
    if (rows.at[i] == kUnlocated) slot = kSide * kSide + 1;
    else if (column >= 0 && column < kSide && row >= 0 && row < kSide) slot = static_cast<std::size_t>(row * kSide + column);
    ++counts[slot].incidents;
    counts[slot].crimes += data.record.categories[rows.category[i]].crime ? 1 : 0;
    counts[slot].weight += weight;
  }
  return counts;
}

DrawnDataset Draw(std::mt19937& random) {
  DrawnDataset drawn;
  const std::size_t wards = drawn.add_vintage("wards");
  for (int w = 0; w < kSide * kSide; ++w)
    drawn.add_square(wards, std::string("W") + static_cast<char>('a' + w), 500'000 + 1000 * (w % kSide), 200'000 + 1000 * (w / kSide), 1000);
  for (int i = 0; i < 6000; ++i) {
    DrawnIncident incident;
    // Odd millimetres never lie on an edge; towards the south-west there is more, and a margin of 1 km lies outside.
    const auto towards = [&] { return static_cast<std::int32_t>(std::min(random() % 6'000'000, random() % 6'000'000)) / 2 * 2 + 1; };
    incident.at = {499'000'000 + towards(), 199'000'000 + towards()};
    if (random() % 30 == 0) incident.at = kUnlocated;
    incident.from = DayOf(2021, 1, 1) * kMinutesPerDay + static_cast<LocalMinute>(random() % (730 * kMinutesPerDay));
    incident.to = incident.from + (1 << random() % 12);
    incident.category = static_cast<CategoryIndex>(random() % 2);
    drawn.add(incident);
  }
  return drawn;
}

// By definition: the largest rank k with p(k) <= k * rate / n; all up to it are discoveries.
std::vector<bool> Discoveries(const std::vector<double>& p, double rate) {
  std::vector<double> sorted = p;
  std::sort(sorted.begin(), sorted.end());
  double bar = -1;
  for (std::size_t k = 1; k <= sorted.size(); ++k) {
    if (sorted[k - 1] <= static_cast<double>(k) * rate / static_cast<double>(sorted.size())) bar = sorted[k - 1];
  }
  std::vector<bool> found;
  for (const double value : p) found.push_back(value <= bar);
  return found;
}

TEST(CompareWardsOracle, CountsAsALoopOverEveryRowDoes) {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 8; ++round) {
    SCOPED_TRACE(testing::Message() << "seed " << kSeed << " round " << round);
    const auto snapshot = Draw(random).build();
    const DatasetSnapshot& data = snapshot->datasets[0];
    WardQuery query;
    query.before = {DayOf(2021, 1, 1), DayOf(2021, 12, 1)};
    query.after = Period::CalendarYear(2022);
    query.filter = FilterAll(data, query.after);
    if (round % 2 == 1) query.filter.window = TimeOfWeek{1024, 512, 0x55};
    if (round % 4 >= 2) query.filter.categories = {0};
    query.false_discovery_rate = 0.3;
    query.spread = round < 4 ? Spread::kPoisson : Spread::kWidened;
    const WardAnswer answer = CompareWards(data, query, NeverStop()).value();
    const auto before = Count(data, query, query.before), after = Count(data, query, query.after);
    ASSERT_EQ(answer.rows.size(), before.size() + 1);
    std::vector<double> p;
    for (std::size_t i = 0; i < before.size(); ++i) {
      const WardRow& row = answer.rows[i];
      EXPECT_EQ(row.before.incidents, before[i].incidents) << i;
      EXPECT_EQ(row.after.incidents, after[i].incidents) << i;
      EXPECT_EQ(row.after.crimes, after[i].crimes) << i;
      EXPECT_EQ(row.after.weight, after[i].weight) << i;  // shares of powers of two: sums are exact
      EXPECT_EQ(row.change.p_value, CompareRates(before[i].incidents, 334, after[i].incidents, 365).p_value);
      if (i < kSide * kSide && before[i].incidents + after[i].incidents >= 20) p.push_back(row.change.widened_p_value);
      EXPECT_TRUE(answer.widened ? row.change.widened_p_value >= row.change.p_value : row.change.widened_p_value == row.change.p_value) << i;
    }
    EXPECT_TRUE(round >= 4 || !answer.widened);
    EXPECT_EQ(answer.tests_made, static_cast<int>(p.size()));
    const std::vector<bool> found = Discoveries(p, query.false_discovery_rate);
    std::size_t next = 0;
    for (std::size_t i = 0; i < kSide * kSide; ++i) {
      if (before[i].incidents + after[i].incidents < 20) continue;
      const Verdict verdict = answer.rows[i].change.verdict;
      EXPECT_EQ(verdict == Verdict::kHigher || verdict == Verdict::kLower, found[next++]) << i;
    }
  }
}

TEST(AdjustForFalseDiscoveryOracle, RejectsByTheLargestPassingRank) {
  std::mt19937 random(kSeed + 1);
  int discoveries = 0;
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> p(random() % 40);
    for (double& value : p) value = std::pow(static_cast<double>(random() % 1000) / 1000, 3);  // ties, zeros, and many small ones
    const double rate = 0.01 + static_cast<double>(random() % 490) / 1001;
    const std::vector<double> q = AdjustForFalseDiscovery(p);
    const std::vector<bool> found = Discoveries(p, rate);
    for (std::size_t i = 0; i < p.size(); ++i) {
      ASSERT_EQ(q[i] <= rate, found[i]) << "seed " << kSeed + 1 << " round " << round;
      discoveries += found[i] ? 1 : 0;
    }
  }
  EXPECT_GT(discoveries, 1000);
}

}  // namespace
}  // namespace geo
