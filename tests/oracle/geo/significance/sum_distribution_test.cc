// The counted distribution against going through every choice, and through it the exact p of the list form and the raster form.
#include "geo/significance/sum_distribution.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <map>

#include "geo/significance/getis_ord_exact_p.h"
#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

const NeverStop kNever;

// By k: sum -> number of choices of k values with that sum.
std::vector<std::map<std::int64_t, double>> EveryChoice(const std::vector<std::int64_t>& values) {
  std::vector<std::map<std::int64_t, double>> choices(values.size() + 1);
  for (std::size_t set = 0; set < std::size_t{1} << values.size(); ++set) {
    std::int64_t sum = 0;
    for (std::size_t j = 0; j < values.size(); ++j) sum += (set >> j & 1) ? values[j] : 0;
    ++choices[static_cast<std::size_t>(std::popcount(set))][sum];
  }
  return choices;
}

double Share(const std::map<std::int64_t, double>& choices, std::int64_t low, std::int64_t high) {
  double within = 0, all = 0;
  for (const auto& [sum, count] : choices) {
    all += count;
    if (sum >= low && sum <= high) within += count;
  }
  return within / all;
}

TEST(SumDistribution, AgreesWithEveryChoice) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    support::SplitMix random(seed);
    std::vector<std::int64_t> values(3 + random.next() % 12);
    for (std::int64_t& value : values) value = static_cast<std::int64_t>(random.next() % (seed % 2 == 0 ? 4 : 30));
    std::map<std::int64_t, std::int64_t> times;
    std::int64_t all = 0;
    for (const std::int64_t value : values) ++times[value], all += value;
    std::vector<ValueGroup> groups;
    for (const auto& [value, count] : times) groups.push_back({value, count});
    const auto choices = EveryChoice(values);
    const auto most = static_cast<std::int64_t>(1 + random.next() % (values.size() - 1));
    for (const std::int64_t largest : {std::int64_t{0}, all / 4, all / 2, all, all + 3}) {
      const SumDistribution made = SumDistribution::Build(groups, most, largest, kNever).value();
      for (std::int64_t k = 0; k <= most; ++k) {
        ASSERT_TRUE(made.covers(k));
        for (std::int64_t s = 0; s <= largest; ++s) {
          const double low = Share(choices[static_cast<std::size_t>(k)], 0, s), high = Share(choices[static_cast<std::size_t>(k)], s, all);
          ASSERT_NEAR(made.at_most(k, s), low, 1e-12 * low) << "seed " << seed << " k " << k << " s " << s << " of " << largest;
          ASSERT_NEAR(made.at_least(k, s), high, 1e-12 * high) << "seed " << seed << " k " << k << " s " << s << " of " << largest;
        }
      }
    }
  }
}

// Ten marked of a hundred thousand: the hypergeometric distribution, far into its tail.
TEST(SumDistribution, KeepsItsDigitsInTheTail) {
  const double marked = 10, size = 100'000, drawn = 9;
  const SumDistribution made = SumDistribution::Build(std::vector<ValueGroup>{{0, 99'990}, {1, 10}}, 9, 9, kNever).value();
  const auto log_choose = [](double n, double k) { return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1); };
  double high = 0;
  for (int s = 9; s >= 0; --s) {
    high += std::exp(log_choose(marked, s) + log_choose(size - marked, drawn - s) - log_choose(size, drawn));
    EXPECT_NEAR(made.at_least(9, s) / high, 1, 1e-8) << s;
  }
  EXPECT_LT(made.at_least(9, 9), 1e-37);
}

TEST(GetisOrdExactP, IsTheShareOfAllArrangements) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    support::SplitMix random(seed);
    const RasterFrame frame{1'000, {4, -2}, 4, 4};
    std::vector<double> values(frame.size());
    std::vector<std::uint8_t> analysed(frame.size());
    std::vector<CellId> cells;
    std::vector<double> listed;
    std::vector<std::int64_t> steps;
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = static_cast<double>(random.next() % 3 * (random.next() % 4)) * 5 - 7;  // any whole numbers, also below zero
      analysed[i] = seed % 2 == 0 || random.unit() < 0.8;
      if (!analysed[i]) continue;
      cells.push_back(frame.cell_at(i));
      listed.push_back(values[i]);
      steps.push_back(static_cast<std::int64_t>(values[i]));
    }
    const auto choices = EveryChoice(steps);
    const Neighbours queen = CellsWithinRings(cells, CellGrid(CellShape::kSquare, 1'000), 1, Adjacency::kQueen, 1'000, kNever).value();
    const std::vector<LocalZ> scores = GetisOrd(listed, queen, {}, kNever).value();
    const GetisOrdP list = GetisOrdExactP(listed, queen, scores, kGetisOrdWork, kNever).value();
    const GetisOrdP raster =
        GetisOrdExactPOnRaster(values, analysed, frame, {}, GetisOrdOnRaster(values, analysed, frame, {}, kNever).value(), kGetisOrdWork, kNever).value();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      EXPECT_EQ(list.p[i], raster.p[frame.index_of(cells[i])]);
      if (scores[i].status != LocalStatus::kDefined) {
        EXPECT_EQ(list.p[i], 1);
        continue;
      }
      std::int64_t sum = steps[i];
      for (const std::uint32_t j : queen[i]) sum += steps[j];
      const auto& all = choices[queen[i].size() + 1];
      const double expected = std::min(1.0, 2 * std::min(Share(all, -1'000'000, sum), Share(all, sum, 1'000'000)));
      EXPECT_NEAR(list.p[i], expected, 1e-12 * expected) << "seed " << seed << " " << i;
    }
    EXPECT_EQ(list.by_normal, 0);
    // Fractions, and work beyond the limit, have the normal p.
    std::vector<double> halves = listed;
    halves[0] += 0.5;
    const std::vector<LocalZ> half_scores = GetisOrd(halves, queen, {}, kNever).value();
    const GetisOrdP normal = GetisOrdExactP(halves, queen, half_scores, kGetisOrdWork, kNever).value(),
                    costly = GetisOrdExactP(listed, queen, scores, 1, kNever).value();
    EXPECT_EQ(normal.exact, 0);
    EXPECT_EQ(costly.exact, 0);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      EXPECT_EQ(normal.p[i], half_scores[i].status == LocalStatus::kDefined ? TwoSidedP(half_scores[i].z) : 1);
      EXPECT_EQ(costly.p[i], scores[i].status == LocalStatus::kDefined ? TwoSidedP(scores[i].z) : 1);
    }
  }
}

}  // namespace
}  // namespace geo
