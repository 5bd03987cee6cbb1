// Hand and published vectors of the formula rules, and of the statistics below them.
#include "geo/density/bandwidth_formulas.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "geo/density/frequency_statistics.h"

namespace geo {
namespace {

struct Incidents {
  std::vector<GridPoint> at;
  std::vector<double> weight;
  WeightedPoints points() const { return {at, weight}; }
};

// Six points in metres, at an offset that must not cost digits.
Incidents SixPoints(double offset_m = 0, double weight = 1) {
  Incidents incidents;
  for (const auto& [x, y] : {std::pair{10, 10}, {20, 10}, {40, 10}, {15, 20}, {30, 20}, {30, 30}}) {
    incidents.at.push_back(GridPoint::FromMeters(offset_m + x, offset_m + y));
    incidents.weight.push_back(weight);
  }
  return incidents;
}

TEST(FrequencyStatistics, OneToTen) {
  const std::vector<double> value = {3, 1, 2, 10, 9, 8, 4, 5, 7, 6}, once(10, 1.0);
  EXPECT_DOUBLE_EQ(FrequencyMean(value, once), 5.5);
  EXPECT_DOUBLE_EQ(FrequencyVariance(value, once), 55.0 / 6);
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, once, 0.25), 3.25);
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, once, 0.75), 7.75);
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, once, 0), 1);
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, once, 1), 10);
  // R's bw.nrd0 and bw.nrd, and MASS::bandwidth.nrd, of 1:10.
  const double sd = std::sqrt(FrequencyVariance(value, once)), iqr = 4.5, n5 = std::pow(10, -0.2);
  EXPECT_NEAR(0.9 * std::min(sd, iqr / 1.34) * n5, 1.719286405, 5e-10);
  EXPECT_NEAR(1.06 * std::min(sd, iqr / 1.34) * n5, 2.024937321, 5e-10);
  EXPECT_NEAR(4 * 1.06 * std::min(sd, iqr / 1.34) * n5, 8.099749284, 5e-10);
}

TEST(FrequencyStatistics, AFrequencyIsSoManyObservations) {
  const std::vector<double> value = {4, -1, 2.5}, frequency = {2, 5, 3};
  const std::vector<double> expanded = {4, 4, -1, -1, -1, -1, -1, 2.5, 2.5, 2.5}, once(10, 1.0);
  EXPECT_DOUBLE_EQ(FrequencyMean(value, frequency), FrequencyMean(expanded, once));
  EXPECT_DOUBLE_EQ(FrequencyVariance(value, frequency), FrequencyVariance(expanded, once));
  for (int k = 0; k <= 90; ++k) EXPECT_DOUBLE_EQ(FrequencyQuantile(value, frequency, k / 90.0), FrequencyQuantile(expanded, once, k / 90.0)) << k;
}

TEST(FrequencyStatistics, FractionsStandAtTheMiddleOfTheirRun) {
  // Runs [0, 1.5), [1.5, 3.5), [3.5, 4): middles, in ranks of whole observations, 0.25, 2, 3.25.
  const std::vector<double> value = {10, 20, 40}, frequency = {1.5, 2, 0.5};
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, frequency, 0), 10);
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, frequency, 2.0 / 3), 20);
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, frequency, 0.5), 10 + 10 * (1.5 - 0.25) / 1.75);
  EXPECT_DOUBLE_EQ(FrequencyQuantile(value, frequency, 1), 20 + 20 * (3 - 2) / 1.25);
}

TEST(FrequencyStatistics, AnOffsetCostsNoDigits) {
  const std::vector<double> value = {1e9 + 1, 1e9 + 2, 1e9 + 4}, once(3, 1.0);
  EXPECT_DOUBLE_EQ(FrequencyVariance(value, once), 7.0 / 3);
  const std::vector<double> same(5, 1e9 + 0.1), five(5, 1.0);
  EXPECT_EQ(FrequencyVariance(same, five), 0);
}

TEST(BandwidthFormulas, SixPointsAnywhere) {
  for (const double offset_m : {0.0, 570'000.0, -1'900'000.0}) {
    const IncidentSpread spread = SpreadOf(SixPoints(offset_m).points());
    EXPECT_NEAR(std::sqrt(FrequencyVariance(spread.east_m, spread.incidents)) * std::pow(6, -1.0 / 6), 8.266289979, 5e-10);
    EXPECT_NEAR(std::sqrt(FrequencyVariance(spread.north_m, spread.incidents)) * std::pow(6, -1.0 / 6), 6.057068643, 5e-10);
    EXPECT_NEAR(ScottSd(spread), std::sqrt(8.266289979 * 6.057068643), 5e-10);
    EXPECT_NEAR(ScottSd(spread), 7.076, 5e-4);
    EXPECT_NEAR(ReferenceSd(spread), std::sqrt((8.266289979 * 8.266289979 + 6.057068643 * 6.057068643) / 2), 5e-10);
    EXPECT_NEAR(ArcGisRadius(spread), 7.931379939, 5e-10);
    // Axes 10 15 20 30 30 40 and 10 10 10 20 20 30: sd 11.143, 8.165; quartiles 16.25, 30 and 10, 20.
    EXPECT_NEAR(SilvermanSd(spread), 0.9 * std::sqrt(13.75 / 1.34 * (10 / 1.34)) * std::pow(6, -0.2), 1e-9);
  }
}

TEST(BandwidthFormulas, DoubledIncidentsAreThoseOfTheExpandedData) {
  Incidents twice = SixPoints();
  for (const GridPoint p : SixPoints().at) twice.at.push_back(p);
  twice.weight.assign(12, 1);
  const IncidentSpread merged = SpreadOf(SixPoints(0, 2).points()), expanded = SpreadOf(twice.points());
  EXPECT_DOUBLE_EQ(SilvermanSd(merged), SilvermanSd(expanded));
  EXPECT_DOUBLE_EQ(ScottSd(merged), ScottSd(expanded));
  EXPECT_DOUBLE_EQ(ReferenceSd(merged), ReferenceSd(expanded));
  EXPECT_DOUBLE_EQ(ArcGisRadius(merged), ArcGisRadius(expanded));
}

TEST(BandwidthFormulas, QuartilesThatCoincideLeaveTheStandardDeviation) {
  Incidents incidents;
  for (int i = 0; i < 9; ++i) incidents.at.push_back(GridPoint::FromMeters(i == 0 ? -30 : i == 8 ? 50 : 7, i == 0 ? 90 : 7));
  incidents.weight.assign(9, 1);
  const IncidentSpread spread = SpreadOf(incidents.points());
  const double sds = std::sqrt(FrequencyVariance(spread.east_m, spread.incidents) * FrequencyVariance(spread.north_m, spread.incidents));
  EXPECT_DOUBLE_EQ(SilvermanSd(spread), 0.9 * std::sqrt(sds) * std::pow(9, -0.2));
}

}  // namespace
}  // namespace geo
