#include "geo/places/peaks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/support/random_surface.h"

namespace geo {
namespace {

using support::MakeRandomSurface;
using support::RandomSurface;

// Cells reached from `from` over cells with value >= level, corner to corner too.
std::vector<std::size_t> Flood(const RandomSurface& surface, std::size_t from, double level) {
  std::vector<bool> wet(surface.values.size());
  std::vector<std::size_t> reached = {from};
  wet[from] = true;
  const std::int64_t rows = surface.frame.rows, columns = surface.frame.columns;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const auto row = static_cast<std::int64_t>(reached[i]) / columns, column = static_cast<std::int64_t>(reached[i]) % columns;
    for (std::int64_t r = row - 1; r <= row + 1; ++r) {
      for (std::int64_t c = column - 1; c <= column + 1; ++c) {
        if (r < 0 || c < 0 || r >= rows || c >= columns) continue;
        const auto next = static_cast<std::size_t>(r * columns + c);
        if (wet[next] || surface.values[next] < level) continue;
        wet[next] = true;
        reached.push_back(next);
      }
    }
  }
  return reached;
}

// By the words of the header: a cell is a top when its plateau has no higher neighbour and no cell of lower id; its prominence is its value less the highest
// level at which a flood from it meets a higher top (or an equal one of lower id); tried at every distinct value.
std::vector<Peak> SlowPeaks(const RandomSurface& surface) {
  const std::vector<double>& values = surface.values;
  std::vector<double> levels = values;
  std::sort(levels.begin(), levels.end(), std::greater<>());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  std::vector<Peak> peaks;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(values[i] > 0)) continue;
    const auto beats = [&](std::size_t j) { return values[j] > values[i] || (values[j] == values[i] && j < i); };
    const std::vector<std::size_t> plateau = Flood(surface, i, values[i]);
    if (std::any_of(plateau.begin(), plateau.end(), beats)) continue;
    Peak peak{surface.frame.cell_at(i), values[i], values[i]};
    for (const double level : levels) {
      if (level >= values[i]) continue;
      if (!(level > 0)) break;
      const std::vector<std::size_t> land = Flood(surface, i, level);
      if (std::any_of(land.begin(), land.end(), beats)) {
        peak.prominence = values[i] - level;
        break;
      }
    }
    peaks.push_back(peak);
  }
  std::sort(peaks.begin(), peaks.end(), [](const Peak& a, const Peak& b) { return a.value != b.value ? a.value > b.value : a.cell < b.cell; });
  return peaks;
}

TEST(PeaksOracle, AreThoseOfFloods) {
  std::size_t found = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    if (surface.values.size() > 250) continue;
    const Result<std::vector<Peak>> peaks = FindPeaks(surface.values, surface.frame, 0, 0, NeverStop());
    ASSERT_TRUE(peaks);
    const std::vector<Peak> slow = SlowPeaks(surface);
    ASSERT_EQ(peaks->size(), slow.size()) << "seed " << seed;
    for (std::size_t i = 0; i < slow.size(); ++i) {
      ASSERT_TRUE((*peaks)[i] == slow[i]) << "seed " << seed << " peak " << i << ": " << (*peaks)[i].cell.row << "," << (*peaks)[i].cell.column
                                          << " prominence " << (*peaks)[i].prominence << ", by floods " << slow[i].cell.row << "," << slow[i].cell.column << " "
                                          << slow[i].prominence;
    }
    found += slow.size();
  }
  EXPECT_GT(found, 1'000u);
}

// Greedy from the top, every pair looked at.
TEST(PeaksOracle, ApartAreThoseOfEveryPair) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    const std::vector<Peak> all = FindPeaks(surface.values, surface.frame, 0, 0, NeverStop()).value();
    for (const std::int64_t cells_tenths : {7, 10, 25, 60, 200}) {
      const std::int64_t apart_mm = cells_tenths * surface.frame.cell_mm / 10;
      std::vector<Peak> slow;
      for (const Peak& peak : all) {
        const bool alone = std::none_of(slow.begin(), slow.end(), [&](const Peak& kept) {
          const std::int64_t dx = (std::int64_t{kept.cell.column} - peak.cell.column) * surface.frame.cell_mm;
          const std::int64_t dy = (std::int64_t{kept.cell.row} - peak.cell.row) * surface.frame.cell_mm;
          return dx * dx + dy * dy <= apart_mm * apart_mm;
        });
        if (alone) slow.push_back(peak);
      }
      EXPECT_EQ(*FindPeaks(surface.values, surface.frame, 0, apart_mm, NeverStop()), slow) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace geo
