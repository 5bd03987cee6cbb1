// Second implementations, straight from the formulas in long double, over seeded random input; and rational arithmetic for values far from zero.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/significance/getis_ord.h"
#include "geo/significance/moran.h"
#include "tests/support/ragged_areas.h"
#include "tests/support/slow_significance.h"

namespace geo {
namespace {

const NeverStop kNever;

enum class Kind { kCounts, kWeights, kFarAway, kGiant };

std::vector<double> Values(std::size_t size, Kind kind, support::SplitMix& random) {
  std::vector<double> values(size);
  for (double& value : values) {
    const auto whole = static_cast<double>(random.next() % 6 * (random.next() % 4));
    value = kind == Kind::kCounts ? whole : kind == Kind::kFarAway ? 1e9 + random.unit() : kind == Kind::kWeights ? whole * 1.7 + random.unit() : whole + 0.1;
  }
  if (kind == Kind::kGiant) values[random.next() % size] = 1e9;
  return values;
}

Neighbours RandomLinks(std::size_t size, double share, support::SplitMix& random) {
  std::vector<std::vector<std::uint32_t>> lists(size);
  for (std::uint32_t i = 0; i < size; ++i) {
    for (std::uint32_t j = 0; j < i; ++j) {
      if (random.unit() < share) lists[i].push_back(j);
    }
  }
  return NeighboursFromLists(lists);
}

// The error of all z is measured against the largest, as the header says.
void ExpectSame(const std::vector<LocalZ>& scores, const std::vector<long double>& slow, const std::string& what) {
  ASSERT_EQ(scores.size(), slow.size());
  long double largest = 0, error = 0;
  for (std::size_t i = 0; i < slow.size(); ++i) {
    ASSERT_TRUE(std::isfinite(scores[i].z)) << what << " " << i;
    if (scores[i].status != LocalStatus::kDefined) continue;
    ASSERT_FALSE(std::isnan(slow[i])) << what << " " << i;
    largest = std::max(largest, std::abs(slow[i]));
    error = std::max(error, std::abs(scores[i].z - slow[i]));
  }
  EXPECT_LE(error, 1e-12L * largest) << what;
}

TEST(GetisOrdOracle, ListFormAgreesWithTheFormula) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    support::SplitMix random(seed);
    const std::size_t size = 3 + random.next() % 80;
    const Neighbours neighbours = RandomLinks(size, 0.02 + 0.5 * random.unit() * random.unit(), random);
    for (const Kind kind : {Kind::kCounts, Kind::kWeights, Kind::kFarAway, Kind::kGiant}) {
      const std::vector<double> values = Values(size, kind, random);
      for (const bool self : {true, false}) {
        for (const bool standardised : {true, false}) {
          const std::vector<LocalZ> scores = GetisOrd(values, neighbours, {.self = self, .row_standardised = standardised}, kNever).value();
          ExpectSame(scores, support::SlowGetisOrd(values, neighbours, self, standardised),
                     "seed " + std::to_string(seed) + " kind " + std::to_string(static_cast<int>(kind)) + (self ? " Gi*" : " Gi"));
        }
      }
    }
  }
}

// The formula, cell by cell over the raster.
std::vector<long double> SlowRaster(const std::vector<double>& values, const std::vector<std::uint8_t>& analysed, const RasterFrame& frame,
                                    const GetisOrdRaster& how) {
  std::vector<double> taken;
  std::vector<std::size_t> place;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!analysed[i]) continue;
    taken.push_back(values[i]);
    place.push_back(i);
  }
  std::vector<long double> z(values.size());
  for (std::size_t i = 0; i < taken.size(); ++i) {
    z[place[i]] = support::SlowGetisOrd(taken, i, how.self, [&](std::size_t a, std::size_t b) -> long double {
      const CellId from = frame.cell_at(place[a]), to = frame.cell_at(place[b]);
      const int rows = std::abs(from.row - to.row), columns = std::abs(from.column - to.column);
      const bool near = how.neighbourhood == RasterNeighbourhood::kBox ? std::max(rows, columns) <= static_cast<int>(how.radius_cells)
                                                                       : rows * rows + columns * columns <= how.radius_cells * how.radius_cells;
      return near ? 1 : 0;
    });
  }
  return z;
}

TEST(GetisOrdOracle, RasterFormAgreesWithTheFormula) {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    support::SplitMix random(seed);
    const RasterFrame frame{1'000, {-3, 5}, static_cast<std::int32_t>(1 + random.next() % 12), static_cast<std::int32_t>(1 + random.next() % 12)};
    std::vector<std::uint8_t> analysed(frame.size());
    const double share = seed % 3 == 0 ? 1 : random.unit();
    for (std::uint8_t& mark : analysed) mark = random.unit() < share;
    for (const Kind kind : {Kind::kCounts, Kind::kWeights, Kind::kFarAway, Kind::kGiant}) {
      const std::vector<double> values = Values(frame.size(), kind, random);
      for (const double radius : {0.0, 1.0, 1.5, 2.0, 3.7, 30.0}) {
        for (const RasterNeighbourhood shape : {RasterNeighbourhood::kBox, RasterNeighbourhood::kDisc}) {
          for (const bool self : {true, false}) {
            const GetisOrdRaster how{.neighbourhood = shape, .radius_cells = radius, .self = self};
            ExpectSame(GetisOrdOnRaster(values, analysed, frame, how, kNever).value(), SlowRaster(values, analysed, frame, how),
                       "seed " + std::to_string(seed));
          }
        }
      }
    }
  }
}

// More rows than one strip, wide enough for sums along rows to lose digits if they could.
TEST(GetisOrdOracle, RasterFormAgreesWithTheFormulaFarDownALargeRaster) {
  const RasterFrame frame{1'000, {0, 0}, 3'000, 300};
  support::SplitMix random(20240502);
  std::vector<double> values(frame.size());
  for (double& value : values) value = 1e9 + 1000 * random.unit() * random.unit();
  values[1'500] = 4e9;
  support::Quad mean = 0, squares = 0;
  const long double n = static_cast<long double>(frame.size());
  for (const double value : values) mean += value;
  mean /= n;
  for (const double value : values) squares += (value - mean) * (value - mean);
  const auto variance = static_cast<long double>(squares / n);
  for (const RasterNeighbourhood shape : {RasterNeighbourhood::kBox, RasterNeighbourhood::kDisc}) {
    const std::vector<LocalZ> scores =
        GetisOrdOnRaster(values, std::vector<std::uint8_t>(frame.size(), 1), frame, {.neighbourhood = shape, .radius_cells = 3}, kNever).value();
    long double largest = 0, error = 0;
    for (int check = 0; check < 3'000; ++check) {
      const std::size_t i = check < 8 ? 1'500 + static_cast<std::size_t>(check) : random.next() % frame.size();
      const CellId cell = frame.cell_at(i);
      long double sum = 0, k = 0;
      for (int dy = -3; dy <= 3; ++dy) {
        for (int dx = -3; dx <= 3; ++dx) {
          if (shape == RasterNeighbourhood::kDisc && dx * dx + dy * dy > 9) continue;
          if (!frame.contains({cell.row + dy, cell.column + dx})) continue;
          sum += static_cast<long double>(values[frame.index_of({cell.row + dy, cell.column + dx})] - mean);
          ++k;
        }
      }
      const long double z = sum / std::sqrt(variance * k * (n - k) / (n - 1));
      largest = std::max(largest, std::abs(z));
      error = std::max(error, std::abs(z - scores[i].z));
    }
    EXPECT_LE(error, 1e-12L * largest);
  }
}

TEST(MoranOracle, GlobalAgreesWithTheFormula) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    support::SplitMix random(seed);
    const std::size_t size = 5 + random.next() % 60;
    const double share = 0.9 * random.unit();
    std::vector<std::vector<std::uint32_t>> ring(size);  // nobody alone: the slow one knows no isolates
    for (std::uint32_t i = 0; i < size; ++i) ring[i] = {static_cast<std::uint32_t>((i + 1) % size)};
    for (std::uint32_t i = 0; i < size; ++i) {
      for (std::uint32_t j = 0; j < i; ++j) {
        if (random.unit() < share) ring[i].push_back(j);
      }
    }
    const Neighbours neighbours = NeighboursFromLists(ring);
    for (const Kind kind : {Kind::kCounts, Kind::kWeights, Kind::kFarAway}) {
      const std::vector<double> values = Values(size, kind, random);
      for (const bool standardised : {true, false}) {
        const GlobalMoran moran = MoransI(values, neighbours, standardised, kNever).value();
        if (moran.status != LocalStatus::kDefined) continue;
        const support::SlowMoran slow = support::SlowGlobalMoran(values, neighbours, standardised);
        EXPECT_NEAR(moran.i, static_cast<double>(slow.i), 1e-12) << seed;
        EXPECT_NEAR(moran.variance_normality, static_cast<double>(slow.variance_normality), 1e-13) << seed;
        EXPECT_NEAR(moran.variance_randomisation, static_cast<double>(slow.variance_randomisation), 1e-13) << seed;
        EXPECT_NEAR(moran.z, static_cast<double>((slow.i - slow.expected) / std::sqrt(slow.variance_randomisation)), 1e-9) << seed;
      }
    }
  }
}

// The same question asked of another generator by whole shuffles. Standard error of a difference of two tail shares: sqrt(2 t (1 - t) / R), doubled with the
// tail.
TEST(MoranOracle, PseudoPAgreesWithShufflingWithinItsError) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    support::SplitMix random(seed);
    const std::size_t size = 12 + random.next() % 40;
    const Neighbours neighbours = RandomLinks(size, 0.1 + 0.15 * static_cast<double>(seed), random);
    const std::vector<double> values = Values(size, seed % 2 == 0 ? Kind::kCounts : Kind::kWeights, random);
    const int permutations = 9'999;
    for (const bool less_1 : {false, true}) {
      const std::vector<LocalMoranValue> local =
          LocalMoran(values, neighbours, {.permutations = permutations, .seed = seed, .divide_by_n_less_1 = less_1, .threads = 2}, kNever).value();
      std::mt19937_64 twister(seed + 99);
      for (std::size_t i = 0; i < size; ++i) {
        if (local[i].status != LocalStatus::kDefined) continue;
        EXPECT_NEAR(local[i].i, static_cast<double>(support::SlowLocalMoran(values, neighbours, i, less_1)), 1e-12);
        std::vector<double> others;
        for (std::size_t j = 0; j < size; ++j) {
          if (j != i) others.push_back(values[j]);
        }
        long double observed = 0;
        for (const std::uint32_t j : neighbours[i]) observed += values[j];
        int low = 0, high = 0;
        for (int permutation = 0; permutation < permutations; ++permutation) {
          std::shuffle(others.begin(), others.end(), twister);
          long double sum = 0;
          for (std::size_t k = 0; k < neighbours[i].size(); ++k) sum += others[k];
          low += sum <= observed + 1e-9L;
          high += sum >= observed - 1e-9L;
        }
        const double p = std::min(1.0, 2.0 * (std::min(low, high) + 1) / (permutations + 1)), tail = p / 2;
        EXPECT_NEAR(local[i].p, p, 2 * 5 * std::sqrt(2 * tail * (1 - tail) / permutations) + 1e-3) << seed << " " << i;
      }
    }
  }
}

}  // namespace
}  // namespace geo
