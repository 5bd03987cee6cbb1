// The order in which rows and files arrive is of no account.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/support/load_case.h"

namespace {

using support::LoadCase;
using support::TableRow;

constexpr unsigned kSeed = 20240502;

// 1,200 rows over three files, with copies and conflicts of references among them.
std::vector<std::string> Rows() {
  std::vector<std::string> rows;
  for (int i = 0; i < 1200; ++i) rows.push_back(TableRow(i));
  for (int i = 0; i < 60; i += 3) rows.push_back(TableRow(i));
  return rows;
}

void WriteThreeFiles(LoadCase& load_case, const std::vector<std::string>& rows) {
  std::string files[3] = {support::kTableHeader, support::kTableHeader, support::kTableHeader};
  for (std::size_t i = 0; i < rows.size(); ++i) files[i % 3] += rows[i];
  for (int f = 0; f < 3; ++f) load_case.write("f" + std::to_string(f) + ".csv", files[f]);
}

// What is known of the rows without where they stood.
std::multiset<std::tuple<geo::GridPoint, geo::LocalMinute, geo::LocalMinute, int, std::string>> Contents(const LoadCase& load_case) {
  std::multiset<std::tuple<geo::GridPoint, geo::LocalMinute, geo::LocalMinute, int, std::string>> contents;
  const auto stored = geo::ReadStore(load_case.store());
  EXPECT_TRUE(stored);
  const auto& c = (*stored)[0].incidents;
  for (std::size_t i = 0; i < c.size(); ++i) contents.emplace(c.at[i], c.from_minute[i], c.to_minute[i], c.category[i], c.places[c.place[i]]);
  return contents;
}

TEST(LoadProperty, F9_ShuffledRowsKeepTheSameIncidentsAndTallies) {
  LoadCase load_case;
  load_case.files = "\"f*.csv\"";
  auto rows = Rows();
  WriteThreeFiles(load_case, rows);
  load_case.load_first();
  const auto contents = Contents(load_case);
  const auto rejects = load_case.report.record.sources[0].rejects;
  EXPECT_EQ(rejects, (std::vector<geo::RejectTally>{{"DUPLICATE_ROW", 20}}));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(rows.begin(), rows.end(), random);
    WriteThreeFiles(load_case, rows);
    ASSERT_TRUE(load_case.load()) << "seed " << kSeed << ", round " << round;
    EXPECT_TRUE(Contents(load_case) == contents) << "seed " << kSeed << ", round " << round;
    EXPECT_EQ(load_case.report.record.sources[0].rejects, rejects);
    load_case.expect_accounted();
  }
}

TEST(LoadProperty, FilesAndSourcesNamedInAnyOrderGiveOneDigest) {
  LoadCase load_case;
  WriteThreeFiles(load_case, Rows());
  std::vector<std::string> names = {"\"f0.csv\"", "\"f1.csv\"", "\"f2.csv\""};
  std::set<std::string> digests;
  std::sort(names.begin(), names.end());
  do {
    load_case.files = names[0] + "," + names[1] + "," + names[2];
    ASSERT_TRUE(load_case.load());
    digests.insert(load_case.report.record.content_sha256);
  } while (std::next_permutation(names.begin(), names.end()));
  EXPECT_EQ(digests.size(), 1u);
}

TEST(LoadProperty, TheDigestForgetsNumberingAndRemembersContent) {
  LoadCase load_case;
  load_case.load_first();
  auto stored = geo::ReadStore(load_case.store());
  ASSERT_TRUE(stored);
  geo::StoredDataset& dataset = (*stored)[0];
  const std::string digest = geo::ContentDigest(dataset);
  EXPECT_EQ(digest, dataset.record.content_sha256);

  // Places numbered otherwise, with one that no row uses; rows in another order.
  geo::StoredDataset other = dataset;
  auto& c = other.incidents;
  c.places.push_back("nowhere");
  std::reverse(c.places.begin() + 1, c.places.end());
  for (auto& place : c.place) place = place == 0 ? 0 : static_cast<geo::PlaceIndex>(c.places.size() - place);
  std::vector<std::size_t> order(c.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(kSeed));
  const auto permute = [&](auto& column) {
    auto moved = column;
    for (std::size_t i = 0; i < order.size(); ++i) moved[i] = column[order[i]];
    column = moved;
  };
  permute(c.at), permute(c.from_minute), permute(c.to_minute), permute(c.category), permute(c.flags), permute(c.file), permute(c.line), permute(c.place);
  EXPECT_EQ(geo::ContentDigest(other), digest);

  std::mt19937 random(kSeed);
  for (int round = 0; round < 50; ++round) {
    geo::StoredDataset changed = dataset;
    const std::size_t row = random() % changed.incidents.size();
    switch (round % 6) {
      case 0:
        changed.incidents.at[row].easting_mm += 1;
        break;
      case 1:
        changed.incidents.to_minute[row] += 1;
        break;
      case 2:
        changed.incidents.category[row] ^= 1;
        break;
      case 3:
        changed.incidents.line[row] += 1'000'000;
        break;
      case 4:
        changed.incidents.place[row] = changed.incidents.place[row] == 1 ? 2 : 1;
        break;
      case 5:
        changed.areas[0][row % 3].shape.parts[0].rings[0][0].northing_mm -= 1;
        break;
    }
    EXPECT_NE(geo::ContentDigest(changed), digest) << "round " << round << ", row " << row << ", seed " << kSeed;
  }
}

}  // namespace
