#include "geo/significance/moran.h"

#include <gtest/gtest.h>

#include <atomic>
#include <limits>

namespace geo {
namespace {

const NeverStop kNever;

Neighbours RookLattice(int rows, int columns) {
  std::vector<CellId> cells;
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) cells.push_back({row, column});
  }
  return CellsWithinRings(cells, CellGrid(CellShape::kSquare, 1'000), 1, Adjacency::kRook, 1'000'000, kNever).value();
}

const std::vector<double> kOneToNine = {1, 2, 3, 4, 5, 6, 7, 8, 9};

// Recomputed in R from Anselin's formula, with both conventions of the second moment.
TEST(LocalMoran, GivesTheHandVectorOnTheThreeByThreeLattice) {
  const std::vector<double> by_n = {1.2, 0.9, 0.3, 0.1, 0, 0.1, 0.3, 0.9, 1.2};
  const std::vector<LocalMoranValue> local = LocalMoran(kOneToNine, RookLattice(3, 3), {}, kNever).value();
  const std::vector<LocalMoranValue> less_1 = LocalMoran(kOneToNine, RookLattice(3, 3), {.divide_by_n_less_1 = true}, kNever).value();
  double mean = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_NEAR(local[i].i, by_n[i], 1e-14);
    EXPECT_NEAR(less_1[i].i, by_n[i] * 8 / 9, 1e-14);
    EXPECT_EQ(local[i].status, LocalStatus::kDefined);
    EXPECT_EQ(local[i].p, less_1[i].p);
    mean += local[i].i / 9;
  }
  EXPECT_NEAR(mean, 0.5555555556, 1e-10);
  EXPECT_EQ(local[0].quadrant, LocalMoranClass::kLowLow);
  EXPECT_EQ(local[8].quadrant, LocalMoranClass::kHighHigh);
  EXPECT_EQ(local[4].quadrant, LocalMoranClass::kNotSignificant);
  EXPECT_EQ(local[4].p, 1);
}

// Published in the tests of PySAL's esda: binary weights on this lattice.
TEST(MoransI, GivesThePublishedVariancesOfTheThreeByThreeLattice) {
  const GlobalMoran moran = MoransI(kOneToNine, RookLattice(3, 3), false, kNever).value();
  EXPECT_NEAR(moran.variance_randomisation, 0.059687500000000004, 1e-15);
  EXPECT_NEAR(moran.variance_normality, 0.053125000000000006, 1e-15);
  EXPECT_EQ(moran.expected, -0.125);
  // With each row's weights adding up to 1, the global I is the mean of the local ones.
  EXPECT_NEAR(MoransI(kOneToNine, RookLattice(3, 3), true, kNever)->i, 0.5555555556, 1e-10);
}

TEST(LocalMoran, KnowsTheFourQuadrants) {
  const std::vector<LocalMoranValue> local =
      LocalMoran(std::vector<double>{9, 9, 1, 1, 9, 1}, NeighboursFromLists({{1}, {0}, {3}, {2}, {5}, {4}}), {}, kNever).value();
  EXPECT_EQ(local[0].quadrant, LocalMoranClass::kHighHigh);
  EXPECT_EQ(local[2].quadrant, LocalMoranClass::kLowLow);
  EXPECT_EQ(local[4].quadrant, LocalMoranClass::kHighLow);
  EXPECT_EQ(local[5].quadrant, LocalMoranClass::kLowHigh);
}

TEST(LocalMoran, SaysWhyThereIsNoValue) {
  using enum LocalStatus;
  const auto check = [](std::vector<double> values, std::vector<std::vector<std::uint32_t>> lists, std::vector<LocalStatus> expected) {
    const std::vector<LocalMoranValue> local = LocalMoran(values, NeighboursFromLists(lists), {}, kNever).value();
    ASSERT_EQ(local.size(), expected.size());
    for (std::size_t i = 0; i < local.size(); ++i) {
      EXPECT_EQ(local[i].status, expected[i]) << i;
      if (expected[i] != kDefined) {
        EXPECT_EQ(local[i].i, 0);
        EXPECT_EQ(local[i].p, 1);
      }
    }
  };
  check({}, {}, {});
  check({1}, {{}}, {kTooFew});
  check({1, 2}, {{1}, {0}}, {kTooFew, kTooFew});
  check({4, 4, 4, 4}, {{1}, {0}, {}, {}}, {kNoVariance, kNoVariance, kNoNeighbours, kNoNeighbours});
  check({1, 2, 3}, {{1, 2}, {0}, {0}}, {kWholeSet, kDefined, kDefined});
}

// From the one value unlike the rest every draw looks the same.
TEST(LocalMoran, EveryDrawTiesForTheLoneValue) {
  const std::vector<LocalMoranValue> local =
      LocalMoran(std::vector<double>{0.1, 0.1, 0.7, 0.1, 0.1}, NeighboursFromLists({{1}, {2}, {3, 4}, {4}, {0}}), {}, kNever).value();
  EXPECT_EQ(local[2].status, LocalStatus::kDefined);
  EXPECT_EQ(local[2].p, 1);
}

TEST(LocalMoran, RefusesPermutationsOutOfRange) {
  for (const int permutations : {0, 98, 100'000}) {
    const auto refused = LocalMoran(kOneToNine, RookLattice(3, 3), {.permutations = permutations}, kNever);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().field, "significance.permutations");
  }
}

TEST(MoransI, SaysWhyThereIsNoValue) {
  using enum LocalStatus;
  const auto status = [](std::vector<double> values, std::vector<std::vector<std::uint32_t>> lists) {
    const GlobalMoran moran = MoransI(values, NeighboursFromLists(lists), true, kNever).value();
    EXPECT_TRUE(moran.status == kDefined || (moran.i == 0 && moran.z == 0 && moran.p == 1));
    return moran.status;
  };
  EXPECT_EQ(status({}, {}), kTooFew);
  EXPECT_EQ(status({1, 2, 3}, {{1}, {2}, {0}}), kTooFew);
  EXPECT_EQ(status({1, 2, 3, 4}, {{}, {}, {}, {}}), kNoNeighbours);
  EXPECT_EQ(status({5, 5, 5, 5}, {{1}, {2}, {3}, {0}}), kNoVariance);
  EXPECT_EQ(status({1, 2, 3, 4}, {{1, 2, 3}, {2, 3}, {3}, {}}), kWholeSet);
  // On a ring, wherever the one high value stands, I is the same.
  EXPECT_EQ(status({0, 0, 1, 0, 0, 0}, {{1}, {2}, {3}, {4}, {5}, {0}}), kNoVariance);
  EXPECT_EQ(status({0, 0, 1, 1, 0, 0}, {{1}, {2}, {3}, {4}, {5}, {0}}), kDefined);
}

TEST(MoransI, IsolatesTakeNoPartAndAreCounted) {
  const GlobalMoran with = MoransI(std::vector<double>{3, 1, 1000, 4, 1, 5}, NeighboursFromLists({{1}, {3}, {}, {4}, {5}, {}}), true, kNever).value();
  const GlobalMoran without = MoransI(std::vector<double>{3, 1, 4, 1, 5}, NeighboursFromLists({{1}, {2}, {3}, {4}, {}}), true, kNever).value();
  EXPECT_EQ(with.n, 5);
  EXPECT_EQ(with.isolates, 1);
  EXPECT_NEAR(with.i, without.i, 1e-14);
  EXPECT_NEAR(with.z, without.z, 1e-13);
}

class Watcher final : public StopSignal {
 public:
  explicit Watcher(std::int64_t stop_at) : stop_at_(stop_at) {}
  bool stop_requested() const override { return last_ >= stop_at_; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "the caller went away"}; }
  void progressed(std::string_view stage, std::int64_t done, std::int64_t of) const override {
    EXPECT_EQ(stage, "permutations");
    EXPECT_LE(done, of);
    ++reports_;
    last_ = done;
    of_ = of;
  }
  mutable std::atomic<std::int64_t> reports_{0}, last_{0}, of_{0};

 private:
  std::int64_t stop_at_;
};

TEST(LocalMoran, ReportsEveryHundredthAndStopsWhenAsked) {
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) values.push_back(i % 7);
  const Neighbours lattice = RookLattice(20, 20);
  const Watcher patient(std::numeric_limits<std::int64_t>::max());
  ASSERT_TRUE(LocalMoran(values, lattice, {.permutations = 999}, patient));
  EXPECT_GE(patient.reports_, 100);
  EXPECT_EQ(patient.last_, patient.of_);
  EXPECT_EQ(patient.of_, 400 * 999);
  for (const int threads : {1, 4}) {
    const Watcher leaving(40'000);
    const auto stopped = LocalMoran(values, lattice, {.permutations = 999, .threads = threads}, leaving);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
    EXPECT_LT(leaving.last_, 60'000);
  }
}

// A corner of tens on a map of zeros: 999 permutations cannot tell how rare it is.
TEST(LocalMoran, CellsThatFewPermutationsReachGoOn) {
  std::vector<double> values(400, 0);
  for (const std::size_t i : {0, 1, 2, 20, 21, 22, 40, 41, 42}) values[i] = 10 + static_cast<double>(i);
  const Neighbours lattice = RookLattice(20, 20);
  const auto few = LocalMoran(values, lattice, {.permutations = 999}, kNever).value();
  const auto many = LocalMoran(values, lattice, {.permutations = 999, .most_permutations = 20'000}, kNever).value();
  EXPECT_EQ(few[21].p, 0.002);
  EXPECT_LT(many[21].p, 0.001);
  int alike = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_GE(many[i].p, 2.0 / 20'001);
    alike += few[i].p >= 0.022 && few[i].p == many[i].p ? 1 : 0;
  }
  EXPECT_GT(alike, 350) << "the others are as they were";
  EXPECT_EQ(LocalMoran(values, lattice, {.most_permutations = 100'000}, kNever).error().field, "significance.permutations");
}

}  // namespace
}  // namespace geo
