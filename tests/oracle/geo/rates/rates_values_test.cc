// What R's own tests and distributions say: rates_values.csv, written by rates_values.R. WARDWATCH_RERUN_R=1 runs the script again and compares the files.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "geo/rates/change_of_changes.h"
#include "geo/rates/dispersion.h"
#include "geo/rates/e_test.h"
#include "geo/rates/funnel.h"
#include "geo/rates/gamma_draw.h"
#include "geo/rates/rate_ratio_test.h"
#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

const std::string kFolder = std::string(WARDWATCH_REPOSITORY) + "/tests/oracle/geo/rates/";

struct Row {
  std::string text;
  std::vector<double> arguments, values;
};

std::vector<Row> RowsOf(const std::string& what) {
  std::ifstream in(kFolder + "rates_values.csv");
  std::vector<Row> rows;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(what + ",")) continue;
    std::istringstream fields(line.substr(what.size() + 1));
    std::vector<double> numbers;
    for (std::string field; std::getline(fields, field, ',');) numbers.push_back(field == "Inf" ? INFINITY : std::stod(field));
    rows.push_back({line, {numbers.begin(), numbers.begin() + 4}, {numbers.begin() + 4, numbers.end()}});
  }
  return rows;
}

std::int64_t CountAt(const Row& row, std::size_t argument) { return static_cast<std::int64_t>(row.arguments[argument]); }

// Also where both are infinite.
void ExpectClose(double actual, double expected, double relative, const std::string& where) {
  if (std::isinf(expected)) {
    EXPECT_EQ(actual, expected) << where;
  } else {
    EXPECT_NEAR(actual, expected, relative * std::abs(expected) + 1e-300) << where;
  }
}

TEST(RatesAgainstR, FisherAndItsInterval) {
  const std::vector<Row> rows = RowsOf("fisher");
  ASSERT_EQ(rows.size(), 40U);
  for (const Row& row : rows) {
    const RatioOfRatios ours = CompareChanges(CountAt(row, 0), CountAt(row, 1), CountAt(row, 2), CountAt(row, 3));
    ExpectClose(ours.p_value, row.values[0], 1e-9, row.text);
    ExpectClose(ours.low, row.values[1], 1e-8, row.text);
    // R puts an interval of everything where a margin is 0; so do we.
    ExpectClose(ours.high, row.values[2], 1e-8, row.text);
  }
}

TEST(RatesAgainstR, BinomialAndItsInterval) {
  const std::vector<Row> rows = RowsOf("binomial");
  ASSERT_EQ(rows.size(), 30U);
  for (const Row& row : rows) {
    const RateRatio ours = CompareRates(CountAt(row, 0), row.arguments[1], CountAt(row, 2), row.arguments[3]);
    ExpectClose(ours.p_value, row.values[0], 1e-9, row.text);
    ExpectClose(ours.low, row.values[1], 1e-8, row.text);
    ExpectClose(ours.high, row.values[2], 1e-8, row.text);
  }
}

TEST(RatesAgainstR, ETestFunnelAndWidening) {
  const std::vector<Row> tests = RowsOf("e_test"), funnels = RowsOf("funnel"), widened = RowsOf("widened");
  ASSERT_EQ(tests.size(), 8U);
  ASSERT_EQ(funnels.size(), 10U);
  ASSERT_EQ(widened.size(), 12U);
  for (const Row& row : tests) {
    EXPECT_NEAR(ETest(CountAt(row, 0), row.arguments[1], CountAt(row, 2), row.arguments[3]).value(), row.values[0], 1e-12) << row.text;
  }
  for (const Row& row : funnels) {
    const FunnelLimits ours = FunnelLimitsAt(row.arguments[0]);
    const double limits[] = {ours.low_998, ours.low_95, ours.high_95, ours.high_998};
    for (int i = 0; i < 4; ++i) EXPECT_NEAR(limits[i], row.values[static_cast<std::size_t>(i)], 1e-6) << row.text << " limit " << i;
  }
  for (const Row& row : widened) ExpectClose(WidenedPValue(row.arguments[0], row.arguments[1]), row.values[0], 1e-9, row.text);
}

// 40,000 draws: a share of 5 % has a standard error of 0.11 points, one of 50 % of 0.25; five of them are allowed.
TEST(RatesAgainstR, GammaDrawsMeetTheQuantiles) {
  const std::vector<Row> rows = RowsOf("gamma");
  ASSERT_EQ(rows.size(), 4U);
  constexpr std::uint64_t kSeed = 5;
  constexpr int kDraws = 40'000;
  for (const Row& row : rows) {
    std::vector<int> under(3);
    for (int draw = 0; draw < kDraws; ++draw) {
      CounterRandom random(kSeed, 3, static_cast<std::uint32_t>(draw));
      const double log_draw = LogGammaDraw(random, row.arguments[0]);
      for (std::size_t i = 0; i < 3; ++i) under[i] += log_draw <= std::log(row.values[i]);
    }
    const double chance[] = {0.05, 0.5, 0.95};
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(under[i] / double{kDraws}, chance[i], 5 * std::sqrt(chance[i] * (1 - chance[i]) / kDraws))
          << row.text << " seed " << kSeed << " quantile " << i;
    }
  }
}

TEST(RatesAgainstR, TheScriptWritesTheFile) {
  if (std::getenv("WARDWATCH_RERUN_R") == nullptr) GTEST_SKIP() << "WARDWATCH_RERUN_R=1 runs R again";
  const support::ScratchFolder scratch;
  const std::string again = (scratch.path() / "again.csv").string();
  ASSERT_EQ(std::system(("Rscript '" + kFolder + "rates_values.R' > '" + again + "' 2> /dev/null").c_str()), 0);
  const auto read = [](const std::string& path) {
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  EXPECT_EQ(read(again), read(kFolder + "rates_values.csv"));
}

}  // namespace
}  // namespace geo
