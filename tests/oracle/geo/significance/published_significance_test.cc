// Values that others have published, on the data that they published them for.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "geo/significance/getis_ord.h"
#include "geo/significance/moran.h"
#include "tests/support/dbf_table.h"
#include "tests/support/gal_file.h"
#include "tests/support/paths.h"
#include "tests/support/shared_file.h"

namespace geo {
namespace {

const NeverStop kNever;

std::string Reference(const std::string& name) { return support::ReadSharedFile("hotspot-reference/" + name); }
bool HasReference() { return std::filesystem::exists(std::string(WARDWATCH_SHARED_DATA) + "/hotspot-reference/known_results.json"); }
constexpr const char* kAbsent = "no reference data beside the checkout";

void ExpectLinks(const std::vector<std::vector<std::uint32_t>>& lists, std::size_t size) {
  ASSERT_EQ(lists.size(), size);
  for (std::size_t i = 0; i < size; ++i) ASSERT_FALSE(lists[i].empty()) << i;
}

// Tests of PySAL's esda: row-standardised, one-tailed p by the variance under normality.
TEST(PublishedSignificance, SaintLouisHomicides) {
  if (!HasReference()) GTEST_SKIP() << kAbsent;
  const std::vector<double> rate = support::DbfNumbers(Reference("stl/stl_hom.dbf"), "HR8893");
  const auto lists = support::ReadGal(Reference("stl/stl.gal"));
  ASSERT_NO_FATAL_FAILURE(ExpectLinks(lists, rate.size()));
  const GlobalMoran moran = MoransI(rate, NeighboursFromLists(lists), true, kNever).value();
  EXPECT_NEAR(moran.i, 0.2436558262177166, 1e-14);
  EXPECT_NEAR(TwoSidedP((moran.i - moran.expected) / std::sqrt(moran.variance_normality)) / 2, 0.00013573931385468807, 1e-16);
}

TEST(PublishedSignificance, SuddenInfantDeathsOfNorthCarolina) {
  if (!HasReference()) GTEST_SKIP() << kAbsent;
  const std::string table = Reference("sids2/sids2.dbf");
  const auto lists = support::ReadGal(Reference("sids2/sids2.gal"), support::DbfColumn(table, "FIPSNO"));
  const std::vector<double> rate = support::DbfNumbers(table, "SIDR74");
  ASSERT_NO_FATAL_FAILURE(ExpectLinks(lists, rate.size()));
  const Neighbours neighbours = NeighboursFromLists(lists);
  const GlobalMoran moran = MoransI(rate, neighbours, true, kNever).value();
  EXPECT_NEAR(moran.i, 0.24772519320480135, 1e-14);
  EXPECT_NEAR(TwoSidedP((moran.i - moran.expected) / std::sqrt(moran.variance_normality)) / 2, 5.791653907449845e-05, 1e-16);
  // The published rate-adjusted I (Assuncao and Reis 1999): each rate less the overall one, over its own standard error.
  const std::vector<double> events = support::DbfNumbers(table, "SID79"), births = support::DbfNumbers(table, "BIR79");
  double all_events = 0, all_births = 0, spread = 0;
  for (std::size_t i = 0; i < events.size(); ++i) all_events += events[i], all_births += births[i];
  const double overall = all_events / all_births;
  for (std::size_t i = 0; i < events.size(); ++i) spread += births[i] * std::pow(events[i] / births[i] - overall, 2) / all_births;
  const double between = spread - overall / (all_births / static_cast<double>(births.size()));
  std::vector<double> adjusted;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const double own = between + overall / births[i];
    adjusted.push_back((events[i] / births[i] - overall) / std::sqrt(own > 0 ? own : overall / births[i]));
  }
  EXPECT_NEAR(MoransI(adjusted, neighbours, true, kNever)->i, 0.166223436, 1e-9);
}

TEST(PublishedSignificance, ColumbusCrime) {
  if (!HasReference()) GTEST_SKIP() << kAbsent;
  const std::vector<double> crime = support::DbfNumbers(Reference("columbus/columbus.dbf"), "CRIME");
  const auto lists = support::ReadGal(Reference("columbus/columbus.gal"));
  ASSERT_NO_FATAL_FAILURE(ExpectLinks(lists, crime.size()));
  EXPECT_NEAR(MoransI(crime, NeighboursFromLists(lists), true, kNever)->i, 0.5001885571828611, 1e-9);
}

}  // namespace
}  // namespace geo
