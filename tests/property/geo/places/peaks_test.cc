#include "geo/places/peaks.h"

#include <gtest/gtest.h>

#include "tests/support/random_surface.h"

namespace geo {
namespace {

using support::MakeRandomSurface;
using support::RandomSurface;

std::vector<Peak> Peaks(const RandomSurface& surface, double least_prominence = 0) {
  return FindPeaks(surface.values, surface.frame, least_prominence, 0, NeverStop()).value();
}

TEST(PeaksLaw, ScalingByAPowerOfTwoScalesValuesAndProminencesAndMovesNone) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    if (seed % 10 == 6 || seed % 10 == 8) continue;  // these over- or underflow
    RandomSurface surface = MakeRandomSurface(seed);
    std::vector<Peak> plain = Peaks(surface);
    for (double& value : surface.values) value *= 0.125;
    for (Peak& peak : plain) peak.value *= 0.125, peak.prominence *= 0.125;
    EXPECT_EQ(Peaks(surface), plain) << "seed " << seed;
  }
}

TEST(PeaksLaw, MovedByWholeCellsThePeaksMove) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    RandomSurface surface = MakeRandomSurface(seed);
    std::vector<Peak> here = Peaks(surface);
    surface.frame.south_west.row += 5;
    surface.frame.south_west.column -= 7'000;
    for (Peak& peak : here) peak.cell = {peak.cell.row + 5, peak.cell.column - 7'000};
    EXPECT_EQ(Peaks(surface), here) << "seed " << seed;
  }
}

TEST(PeaksLaw, ProminenceIsOverZeroAndAtMostTheValueAndTheHighestHasAllOfIt) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    const std::vector<Peak> peaks = Peaks(surface);
    const double greatest = *std::max_element(surface.values.begin(), surface.values.end());
    ASSERT_EQ(peaks.empty(), !(greatest > 0)) << "seed " << seed;
    for (const Peak& peak : peaks) {
      EXPECT_GT(peak.prominence, 0) << "seed " << seed;
      EXPECT_LE(peak.prominence, peak.value) << "seed " << seed;
    }
    if (peaks.empty()) continue;
    EXPECT_EQ(peaks[0].value, greatest) << "seed " << seed;
    EXPECT_EQ(peaks[0].prominence, greatest) << "seed " << seed;
  }
}

// Asking for more prominence leaves out, and changes nothing of what stays.
TEST(PeaksLaw, MoreProminenceIsASelection) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const RandomSurface surface = MakeRandomSurface(seed);
    std::vector<Peak> all = Peaks(surface);
    std::erase_if(all, [](const Peak& peak) { return peak.prominence < 1; });
    EXPECT_EQ(Peaks(surface, 1), all) << "seed " << seed;
  }
}

}  // namespace
}  // namespace geo
