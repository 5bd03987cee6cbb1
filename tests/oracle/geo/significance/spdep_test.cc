// What R's spdep makes of the same values and neighbours: spdep_values.csv, written by spdep_values.R. WARDWATCH_RERUN_R=1 runs the script again and compares
// the files.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "geo/significance/getis_ord.h"
#include "geo/significance/moran.h"
#include "tests/support/paths.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

const NeverStop kNever;
const std::string kFolder = std::string(WARDWATCH_REPOSITORY) + "/tests/oracle/geo/significance/";

using Table = std::map<std::string, std::vector<std::pair<std::size_t, double>>>;

Table ReadTable(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  Table table;
  while (std::getline(in, line)) {
    const std::size_t first = line.find(','), second = line.find(',', first + 1);
    table[line.substr(0, first)].emplace_back(std::stoul(line.substr(first + 1, second - first - 1)), std::stod(line.substr(second + 1)));
  }
  return table;
}

const Table& Golden() {
  static const Table table = ReadTable(kFolder + "spdep_values.csv");
  return table;
}

std::vector<double> Column(const std::string& name) {
  std::vector<double> values;
  for (const auto& [index, value] : Golden().at(name)) values.push_back(value);
  return values;
}

Neighbours Links(const std::string& name, std::size_t size) {
  std::vector<std::vector<std::uint32_t>> lists(size);
  for (const auto& [index, value] : Golden().at(name)) lists.at(index - 1).push_back(static_cast<std::uint32_t>(value) - 1);
  return NeighboursFromLists(lists);
}

void ExpectScores(const std::vector<LocalZ>& scores, const std::string& name) {
  const std::vector<double> expected = Column(name);
  ASSERT_EQ(scores.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(scores[i].status, LocalStatus::kDefined);
    EXPECT_NEAR(scores[i].z, expected[i], 2e-12) << name << " " << i;
  }
}

class Columbus : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Spdep, Columbus, testing::Values("columbus", "columbus_queen"), [](const auto& row) { return row.param; });

TEST_P(Columbus, GetisOrd) {
  const std::vector<double> values = Column(GetParam() + ".values");
  const Neighbours neighbours = Links(GetParam() + ".neighbours", values.size());
  for (const bool standardised : {false, true}) {
    const std::string style = standardised ? ".W" : ".B";
    ExpectScores(GetisOrd(values, neighbours, {.self = false, .row_standardised = standardised}, kNever).value(), GetParam() + ".gi" + style);
    ExpectScores(GetisOrd(values, neighbours, {.self = true, .row_standardised = standardised}, kNever).value(), GetParam() + ".gistar" + style);
  }
}

TEST_P(Columbus, GlobalMoran) {
  const std::vector<double> values = Column(GetParam() + ".values");
  const Neighbours neighbours = Links(GetParam() + ".neighbours", values.size());
  for (const bool standardised : {false, true}) {
    const GlobalMoran moran = MoransI(values, neighbours, standardised, kNever).value();
    const std::string name = GetParam() + ".moran." + (standardised ? "W" : "B");
    const std::vector<double> randomisation = Column(name + ".randomisation"), normality = Column(name + ".normality");  // I, E, variance, z, p
    EXPECT_NEAR(moran.i, randomisation[0], 1e-13);
    EXPECT_NEAR(moran.expected, randomisation[1], 1e-15);
    EXPECT_NEAR(moran.variance_randomisation, randomisation[2], 1e-14);
    EXPECT_NEAR(moran.z, randomisation[3], 1e-11);
    EXPECT_NEAR(moran.p / randomisation[4], 1, 1e-10);
    EXPECT_NEAR(moran.variance_normality, normality[2], 1e-14);
    EXPECT_NEAR(TwoSidedP((moran.i - moran.expected) / std::sqrt(moran.variance_normality)) / normality[4], 1, 1e-10);
  }
}

TEST_P(Columbus, LocalMoran) {
  const std::vector<double> values = Column(GetParam() + ".values");
  const Neighbours neighbours = Links(GetParam() + ".neighbours", values.size());
  const int permutations = 99'999;
  const std::vector<LocalMoranValue> local = LocalMoran(values, neighbours, {.permutations = permutations, .threads = 2}, kNever).value();
  const std::vector<LocalMoranValue> less_1 = LocalMoran(values, neighbours, {.permutations = 99, .divide_by_n_less_1 = true}, kNever).value();
  const std::vector<double> i_by_n = Column(GetParam() + ".localmoran"), i_less_1 = Column(GetParam() + ".localmoran_less1"),
                            p = Column(GetParam() + ".pseudo_p");
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_NEAR(local[i].i, i_by_n[i], 1e-13);
    EXPECT_NEAR(less_1[i].i, i_less_1[i], 1e-13);
    // R ran 9,999 draws: 5 standard errors of its doubled tail, and a little where a tail is all but empty.
    const double tail = local[i].p / 2;
    EXPECT_NEAR(local[i].p, p[i], 2 * 5 * std::sqrt(tail * (1 - tail) / 9'999 * 1.1) + 5e-4) << i;
  }
}

// Getis and Ord 1996, spatial autocorrelation of a 16 x 16 remotely sensed image; the published z of one cell at three distances is in the help of spdep.
TEST(Spdep, GetisOrdImage) {
  const std::vector<double> x = Column("getisord.x"), y = Column("getisord.y"), values = Column("getisord.values");
  std::vector<GridPoint> points;
  for (std::size_t i = 0; i < x.size(); ++i) points.push_back(GridPoint::FromMeters(x[i], y[i]));
  for (const int distance : {30, 60, 90, 120, 150}) {
    const Neighbours neighbours = PointsWithinDistance(points, distance * 1'000, 1'000'000, kNever).value();
    const std::vector<LocalZ> star = GetisOrd(values, neighbours, {.self = true}, kNever).value(),
                              plain = GetisOrd(values, neighbours, {.self = false}, kNever).value();
    ExpectScores(star, "getisord.gistar." + std::to_string(distance));
    ExpectScores(plain, "getisord.gi." + std::to_string(distance));
    const std::map<int, double> published = {{30, 1.221979}, {90, 1.986135}, {150, 1.237454}};
    const auto at = published.find(distance);
    if (at != published.end()) {
      EXPECT_NEAR(plain[119].z, at->second, 5e-7);
    }
    // The paper prints 1.447943: it takes n - 1 in the variance.
    if (distance == 30) {
      EXPECT_NEAR(star[119].z, 1.45078, 5e-6);
      EXPECT_NEAR(star[119].z * std::sqrt(255.0 / 256.0), 1.447943, 5e-7);
    }
  }
}

TEST(Spdep, ScriptStillGivesTheCommittedValues) {
  if (std::getenv("WARDWATCH_RERUN_R") == nullptr) GTEST_SKIP() << "set WARDWATCH_RERUN_R=1 to run spdep_values.R again";
  if (std::system("Rscript -e 'library(spdep); library(spData)' > /dev/null 2>&1") != 0) GTEST_SKIP() << "Rscript, spdep or spData is not installed";
  const support::ScratchFolder scratch;
  const std::string path = (scratch.path() / "values.csv").string();
  ASSERT_EQ(std::system(("Rscript " + kFolder + "spdep_values.R " + path).c_str()), 0);
  const Table again = ReadTable(path);
  ASSERT_EQ(again.size(), Golden().size());
  for (const auto& [name, values] : Golden()) {
    const auto& fresh = again.at(name);
    ASSERT_EQ(fresh.size(), values.size()) << name;
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_EQ(fresh[i].first, values[i].first) << name;
      EXPECT_NEAR(fresh[i].second, values[i].second, 1e-12 * std::max(1.0, std::abs(values[i].second))) << name << " " << i;
    }
  }
}

}  // namespace
}  // namespace geo
