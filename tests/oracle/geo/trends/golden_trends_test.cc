// Published vectors, the values of an independent implementation, and every order of a short series counted one by one.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <vector>

#include "geo/trends/mann_kendall.h"
#include "tests/oracle/geo/trends/published_series.h"

namespace geo {
namespace {

using support::kNaN;

void ExpectP(double seen, double expected) { EXPECT_NEAR(seen, expected, 1e-15 + 1e-8 * expected); }

TEST(PublishedTrends, OneToTen) {
  std::vector<double> values(10);
  std::iota(values.begin(), values.end(), 1);
  const TrendStatistic test = MannKendall(values);
  EXPECT_EQ(test.method, TrendMethod::kNormal);
  EXPECT_EQ(test.s, 45);
  EXPECT_DOUBLE_EQ(test.variance, 125);
  EXPECT_NEAR(test.z, 3.935479640, 5e-10);
  EXPECT_NEAR(test.p_value, 8.303070e-05, 5e-12);
  EXPECT_DOUBLE_EQ(test.tau, 1);
  EXPECT_DOUBLE_EQ(SenSlopeOf(values).slope, 1);
}

TEST(PublishedTrends, TwelveValues) {
  const std::vector<double> values{12, 15, 11, 18, 20, 17, 22, 25, 21, 27, 24, 30};
  const TrendStatistic test = MannKendall(values);
  EXPECT_EQ(test.s, 50);
  EXPECT_NEAR(test.variance, 212.6666667, 5e-8);
  EXPECT_NEAR(test.z, 3.360054858, 5e-10);
  EXPECT_NEAR(test.p_value, 7.792700e-04, 5e-11);
  EXPECT_DOUBLE_EQ(SenSlopeOf(values).slope, 1.5);
}

// n = 10 and S = 23 are printed with p = 0.0491: the normal approximation with its correction for continuity. The exact chance of |S| >= 23 is 0.0466.
TEST(PublishedTrends, TenValuesWithScoreTwentyThreeAreNormal) {
  const std::vector<double> values{4, 3, 2, 1, 7, 6, 5, 10, 8, 9};
  const TrendStatistic test = MannKendall(values);
  ASSERT_EQ(test.s, 23);
  EXPECT_NEAR(test.p_value, 0.0491, 5e-5);
  std::vector<int> order(10);
  std::iota(order.begin(), order.end(), 0);
  long as_far = 0, all = 0;
  do {
    int s = 0;
    for (std::size_t j = 1; j < 10; ++j) {
      for (std::size_t i = 0; i < j; ++i) s += order[j] > order[i] ? 1 : -1;
    }
    as_far += std::abs(s) >= 23;
    ++all;
  } while (std::next_permutation(order.begin(), order.end()));
  const double exact = static_cast<double>(as_far) / static_cast<double>(all);
  EXPECT_NEAR(exact, 0.0466, 5e-5);
}

TEST(PublishedTrends, SeriesOf360Values) {
  const TrendStatistic plain = MannKendall(support::kPublishedSeries);
  EXPECT_EQ(plain.s, -1959);
  EXPECT_NEAR(plain.variance, 4889800.333333333, 1e-6);
  EXPECT_NEAR(plain.z, -0.8854562842589916, 1e-12);
  ExpectP(plain.p_value, 0.37591058740506833);
  EXPECT_NEAR(plain.tau, -0.03153167653875869, 1e-15);
  EXPECT_NEAR(SenSlopeOf(support::kPublishedSeries).slope, -0.006369426751592357, 1e-15);
  const TrendStatistic all_lags = HamedRao(support::kPublishedSeries);
  EXPECT_EQ(all_lags.method, TrendMethod::kAutocorrelationCorrected);
  EXPECT_NEAR(all_lags.variance, 259723.81316716125, 1e-5);
  ExpectP(all_lags.p_value, 0.00012203829241275166);
  const TrendStatistic three_lags = HamedRao(support::kPublishedSeries, 3);
  EXPECT_NEAR(three_lags.variance, 14228919.889368296, 1e-4);
  ExpectP(three_lags.p_value, 0.6037112685123898);
  const TrendStatistic seasonal = SeasonalMannKendall(support::kPublishedSeries, 12);
  EXPECT_EQ(seasonal.s, -399);
  EXPECT_NEAR(seasonal.variance, 34702.333333333336, 1e-8);
  ExpectP(seasonal.p_value, 0.03263834596177739);
  EXPECT_NEAR(seasonal.tau, -0.0794979079497908, 1e-15);
  EXPECT_NEAR(SeasonalSenSlope(support::kPublishedSeries, 12).slope, -0.08695652173913043, 1e-15);
}

// All orders of n different values, and their scores.
TEST(ExactTrends, AreTheShareOfAllOrders) {
  for (int n = 2; n <= 8; ++n) {
    std::vector<double> values(static_cast<std::size_t>(n));
    std::iota(values.begin(), values.end(), 1);
    std::vector<std::vector<double>> one_of_score(static_cast<std::size_t>(n * (n - 1) + 1));
    std::vector<long> orders(one_of_score.size(), 0);
    long all = 0;
    do {
      long s = 0;
      for (std::size_t j = 1; j < values.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) s += values[j] > values[i] ? 1 : -1;
      }
      const auto slot = static_cast<std::size_t>(s + n * (n - 1) / 2);
      one_of_score[slot] = values;
      ++orders[slot];
      ++all;
    } while (std::next_permutation(values.begin(), values.end()));
    for (std::size_t slot = 0; slot < orders.size(); ++slot) {
      if (orders[slot] == 0) continue;
      const long s = static_cast<long>(slot) - n * (n - 1) / 2;
      long as_far = 0;
      for (std::size_t other = 0; other < orders.size(); ++other) {
        if (std::labs(static_cast<long>(other) - n * (n - 1) / 2) >= std::labs(s)) as_far += orders[other];
      }
      const TrendStatistic test = MannKendall(one_of_score[slot]);
      EXPECT_EQ(test.method, TrendMethod::kExact);
      EXPECT_EQ(test.s, s);
      EXPECT_NEAR(test.p_value, static_cast<double>(as_far) / static_cast<double>(all), 1e-12) << "n " << n << " S " << s;
    }
  }
}

struct Made {
  int n, seed, ties, memory, slope, season, hole;
};

// x <- (1103515245 x + 12345) mod 2^31; noise (x >> 16) mod ties; level <- (memory level + noise) / (memory + 1) in integers; plus floor(slope i / 10) and a
// season that climbs for half a year; every hole-th value is missing.
std::vector<double> MadeSeries(const Made& made) {
  std::vector<double> values;
  std::int64_t x = made.seed, level = 0;
  for (int i = 0; i < made.n; ++i) {
    x = (std::int64_t{1103515245} * x + 12345) % (std::int64_t{1} << 31);
    level = (made.memory * level + (x >> 16) % made.ties) / (made.memory + 1);
    const int month = i % 12;
    const double value = static_cast<double>(level) + std::floor(made.slope * i / 10.0) + made.season * (month < 6 ? month : 12 - month);
    values.push_back(made.hole > 0 && i % made.hole == made.hole - 1 ? kNaN : value);
  }
  return values;
}

struct Golden {
  Made made;
  double s, variance, z, p, tau, slope;
  double seasonal_s, seasonal_variance, seasonal_z, seasonal_p, seasonal_tau, seasonal_slope;
  double all_lags_variance, all_lags_p, three_lags_variance, three_lags_p;
};

// Printed by golden_trends.py beside this file.
const Golden kGolden[] = {
    {{40, 1, 1000, 0, 0, 0, 0}, 36.0, 7366.666666666667, 0.4077862096248241, 0.6834306388633604, 0.046153846153846156, 1.025, 4.0, 63.99999999999998,
     0.3750000000000001, 0.7076604666545523, 0.08333333333333333, 33.0, 7366.666666666667, 0.6834306388633604, 7366.666666666667, 0.6834306388633604},
    {{60, 2, 20, 0, 1, 0, 0}, 85.0, 24475.0, 0.5369303285644982, 0.5913157405684011, 0.0480225988700565, 0.020833333333333332, 29.0, 192.33333333333331,
     2.018974120471446, 0.04348990941309161, 0.24166666666666667, 0.875, 19353.27661171816, 0.5459683683332783, 24475.0, 0.5913157405684011},
    {{120, 3, 60, 3, 0, 0, 0}, 912.0, 193773.33333333334, 2.0695283109894693, 0.038496537469841385, 0.12773109243697478, 0.0379746835443038, 59.0,
     1482.3333333333335, 1.5064511601172983, 0.13195139582413562, 0.10925925925925926, 0.5, 725746.7422323151, 0.284905382999761, 868634.6456620882,
     0.32834056996744465},
    {{120, 4, 60, 3, 2, 4, 0}, 2658.0, 194085.33333333334, 6.031081475454291, 1.628660539765292e-09, 0.3722689075630252, 0.1794871794871795, 343.0,
     1471.0, 8.91702059480852, 0.0, 0.6351851851851852, 2.133928571428571, 113975.15229708384, 3.552713678800501e-15, 613342.8196772373,
     0.0006921833694017998},
    {{72, 5, 40, 1, -3, 6, 7}, -439.0, 27057.0, -2.662773889284055, 0.007749947091016063, -0.2321523003701745, -0.25, -66.0, 221.33333333333331,
     -4.369079470745153, 1.2477135881816537e-05, -0.5076923076923077, -3.75, 10705.488335497006, 2.303686508797753e-05, 61611.12866297465,
     0.0776322091579893},
    {{36, 6, 5, 2, 0, 1, 0}, 135.0, 5225.666666666667, 1.8536765100583437, 0.06378545427972937, 0.21428571428571427, 0.0625, 21.0, 34.333333333333336,
     3.4132807439314456, 0.0006418578334381753, 0.5833333333333334, 1.0, 3445.42900099742, 0.022437418505313778, 15498.509972901225, 0.28176376384869806},
    {{24, 7, 100, 0, -10, 0, 11}, -21.0, 1255.6666666666667, -0.5644075477973505, 0.5724768033125289, -0.09090909090909091, -0.5, -4.0, 10.0,
     -0.9486832980505138, 0.34278171114791145, -0.4, -27.0, 1440.274100003432, 0.5981962808355443, 1255.6666666666667, 0.5724768033125289},
    {{119, 8, 300, 8, 5, 0, 0}, 4716.0, 189488.0, 10.831555793305377, 0.0, 0.6716991881498362, 0.7777777777777778, 386.0, 1462.0, 10.069016283594374, 0.0,
     0.7269303201506592, 9.25, 198898.81133366062, 0.0, 828065.5898003125, 2.201955511260678e-07},
};

TEST(GoldenTrends, AreThoseOfAnIndependentImplementation) {
  for (const Golden& golden : kGolden) {
    const std::vector<double> values = MadeSeries(golden.made);
    SCOPED_TRACE(golden.made.seed);
    const TrendStatistic plain = MannKendall(values);
    EXPECT_EQ(static_cast<double>(plain.s), golden.s);
    EXPECT_NEAR(plain.variance, golden.variance, 1e-8);
    EXPECT_NEAR(plain.z, golden.z, 1e-12);
    ExpectP(plain.p_value, golden.p);
    EXPECT_NEAR(plain.tau, golden.tau, 1e-14);
    EXPECT_NEAR(SenSlopeOf(values).slope, golden.slope, 1e-12);
    const TrendStatistic seasonal = SeasonalMannKendall(values, 12);
    EXPECT_EQ(static_cast<double>(seasonal.s), golden.seasonal_s);
    EXPECT_NEAR(seasonal.variance, golden.seasonal_variance, 1e-8);
    EXPECT_NEAR(seasonal.z, golden.seasonal_z, 1e-12);
    ExpectP(seasonal.p_value, golden.seasonal_p);
    EXPECT_NEAR(seasonal.tau, golden.seasonal_tau, 1e-14);
    EXPECT_NEAR(SeasonalSenSlope(values, 12).slope, golden.seasonal_slope, 1e-12);
    EXPECT_NEAR(HamedRao(values).variance, golden.all_lags_variance, 1e-9 * golden.all_lags_variance);
    ExpectP(HamedRao(values).p_value, golden.all_lags_p);
    EXPECT_NEAR(HamedRao(values, 3).variance, golden.three_lags_variance, 1e-9 * golden.three_lags_variance);
    ExpectP(HamedRao(values, 3).p_value, golden.three_lags_p);
  }
}

}  // namespace
}  // namespace geo
