// What a sound load leaves behind, and what a second one changes.
#include "geo/io/load.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/load_case.h"

namespace {

using support::LoadCase;
using support::ReadBytes;
using support::Table;
using support::TableRow;

geo::StoredDataset OnlyDataset(const LoadCase& load_case) {
  auto stored = geo::ReadStore(load_case.store());
  EXPECT_TRUE(stored) << stored.error().message;
  EXPECT_EQ(stored->size(), 1u);
  return std::move(stored->front());
}

TEST(Load, KeepsEveryRowWithItsLineInCanonicalOrder) {
  LoadCase load_case;
  load_case.load_first();
  const auto stored = OnlyDataset(load_case);
  const auto& rows = stored.incidents;
  ASSERT_EQ(rows.size(), static_cast<std::size_t>(LoadCase::kRows));
  std::vector<bool> seen(LoadCase::kRows + 2, false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0) {
      EXPECT_LT(std::tuple(rows.from_minute[i - 1], rows.file[i - 1], rows.line[i - 1]), std::tuple(rows.from_minute[i], rows.file[i], rows.line[i]));
    }
    const int row = static_cast<int>(rows.line[i]) - 2;
    seen[rows.line[i]] = true;
    EXPECT_EQ(rows.at[i] == geo::kUnlocated, row % 25 == 24);
    if (rows.at[i] != geo::kUnlocated) {
      EXPECT_EQ(rows.at[i].easting_mm, (570'100 + row % 3 * 1000 + row % 7 * 50) * 1000);
    }
    EXPECT_EQ(rows.places[rows.place[i]], "Street " + std::to_string(row % 40));
    EXPECT_EQ(stored.record.categories[rows.category[i]].id, row % 2 ? "burglary" : "noise");
    EXPECT_EQ(rows.to_minute[i], rows.from_minute[i] + 1);
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), true), LoadCase::kRows);
  EXPECT_EQ(stored.record.sources[0].files[0].rows_unlocated, LoadCase::kRows / 25);
  EXPECT_EQ(stored.record.sources[0].time, geo::TimeKnowledge::kClock);
}

TEST(Load, TheSameInputsChangeNothing) {
  LoadCase load_case;
  load_case.load_first();
  ASSERT_TRUE(load_case.load());
  EXPECT_TRUE(load_case.report.unchanged);
  load_case.expect_untouched();
}

TEST(Load, ACheckWritesNothing) {
  LoadCase load_case;
  ASSERT_TRUE(load_case.load(/*check=*/true));
  EXPECT_EQ(load_case.kept(), LoadCase::kRows);
  EXPECT_TRUE(std::filesystem::is_empty(load_case.store().parent_path()));
}

TEST(Load, CarriesWeightTablesIntoTheStoreAndTheReport) {
  LoadCase load_case;
  load_case.write("harm.toml", "id = \"harm-1\"\ntitle = \"Harm\"\nversion = \"1.0\"\nunit = \"points\"\nsource = \"us\"\n[weights]\nburglary = 0.1\n");
  load_case.boundary_keys = "[[weights]]\ninclude = \"harm.toml\"\n";
  load_case.load_first();
  const std::vector<geo::WeightTable> expected{{"harm-1", "Harm", "1.0", "points", "us", {{"burglary", 0.1}}}};
  EXPECT_EQ(OnlyDataset(load_case).record.weight_tables, expected);
  EXPECT_EQ(load_case.report.record.weight_tables, expected);
  load_case.write("harm.toml", "id = \"harm-1\"\ntitle = \"Harm\"\nversion = \"1.0\"\nunit = \"points\"\nsource = \"us\"\n[weights]\nnoise = 1\n");
  load_case.expect_refused("NOT_A_CRIME", "harm.toml.weights.noise");
}

TEST(Load, AChangedFileReplacesItsOwnRows) {
  LoadCase load_case;
  load_case.write("b.csv", std::string(support::kTableHeader) + "B1,2023-01-01T00:30,noise,570100,160100,old\n");
  load_case.files = "\"b.csv\", \"incidents.csv\"";
  load_case.load_first();
  load_case.write("b.csv", std::string(support::kTableHeader) + "B1,2023-01-01T00:30,noise,570100,160100,new\nB2,2023-01-02T00:30,noise,570100,160100,new\n");
  ASSERT_TRUE(load_case.load());
  const auto stored = OnlyDataset(load_case);
  EXPECT_EQ(stored.incidents.size(), static_cast<std::size_t>(LoadCase::kRows + 2));
  EXPECT_EQ(std::count(stored.incidents.places.begin(), stored.incidents.places.end(), "old"), 0);
}

TEST(Load, OtherDatasetsInTheStoreAreKept) {
  LoadCase load_case;
  load_case.load_first();
  load_case.id = "another";
  ASSERT_TRUE(load_case.load());
  load_case.id = "test";
  load_case.write("incidents.csv", Table(LoadCase::kRows - 1));
  ASSERT_TRUE(load_case.load());
  const auto stored = geo::ReadStore(load_case.store());
  ASSERT_TRUE(stored);
  ASSERT_EQ(stored->size(), 2u);
  EXPECT_EQ((*stored)[0].record.id, "another");
  EXPECT_EQ((*stored)[0].incidents.size(), static_cast<std::size_t>(LoadCase::kRows));
  EXPECT_EQ((*stored)[1].incidents.size(), static_cast<std::size_t>(LoadCase::kRows - 1));
}

TEST(Load, AnEmptiedFileIsALoss) {
  LoadCase load_case;
  load_case.load_first();
  load_case.write("incidents.csv", std::string(support::kTableHeader));
  load_case.expect_refused("SHRUNK", "3000");
}

TEST(Load, TheReportListsEveryRejectedRow) {
  LoadCase load_case;
  load_case.write("incidents.csv", Table(LoadCase::kRows) + "R9001,2023-01-01T00:30,noise,0x1F,160100,\x01\n" + TableRow(5));
  ASSERT_TRUE(load_case.load());
  const auto report = nlohmann::json::parse(geo::FormatReportJson(load_case.report));
  EXPECT_EQ(report["rows_in"], LoadCase::kRows + 2);
  EXPECT_EQ(report["rows_kept"], LoadCase::kRows);
  EXPECT_EQ(report["rows_rejected"], 2);
  EXPECT_TRUE(report["refused"].is_null());
  const auto& rejected = report["files"][0]["rejected"];
  ASSERT_EQ(rejected.size(), 2u);
  EXPECT_EQ(rejected[0]["line"], LoadCase::kRows + 2);
  EXPECT_EQ(rejected[0]["reason"], "NOT_A_NUMBER");
  EXPECT_EQ(rejected[1]["line"], LoadCase::kRows + 3);
  EXPECT_EQ(rejected[1]["reason"], "DUPLICATE_ROW");
}

TEST(Load, AGzippedFileGivesTheSameContent) {
  LoadCase load_case;
  load_case.load_first();
  const std::string digest = load_case.report.record.content_sha256;
  ASSERT_EQ(std::system(("gzip -k '" + load_case.path("incidents.csv").string() + "'").c_str()), 0);
  load_case.files = "\"incidents.csv.gz\"";
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  // The name is part of an incident's id, so the digests differ; all else is equal.
  EXPECT_NE(load_case.report.record.content_sha256, digest);
  EXPECT_EQ(load_case.kept(), LoadCase::kRows);
}

TEST(Load, PopulationsJoinByCodeAndNeverByName) {
  LoadCase load_case;
  load_case.write("people.csv", "code,name,residents,code_as_found\nW1,Ward W0,200,X1\nW0,Ward W1,100,X0\nW7,Ward W2,700,X2\n");
  const std::string join = "[[vintages.populations]]\nfile = \"people.csv\"\nvalue_column = \"residents\"\nyear = 2021\ncode_column = ";
  load_case.boundary_keys = join + "\"code\"";
  load_case.load_first();
  const auto& populations = load_case.report.record.vintages[0].populations;
  ASSERT_EQ(populations.size(), 2u);
  EXPECT_EQ(populations[0], (geo::PopulationRecord{"W0", "residents", 2021, 100}));
  EXPECT_EQ(populations[1], (geo::PopulationRecord{"W1", "residents", 2021, 200}));
  ASSERT_EQ(load_case.report.warnings.size(), 1u);
  EXPECT_NE(load_case.report.warnings[0].find("1 of 3 areas have no residents"), std::string::npos);
  load_case.boundary_keys = join + "\"code_as_found\"";
  load_case.expect_refused("POPULATION_JOINS_NOTHING", "code_as_found");
  load_case.boundary_keys = join + "\"Code\"";
  load_case.expect_refused("NO_SUCH_COLUMN", "Code");
  load_case.boundary_keys = join + "\"code\"";
  load_case.write("people.csv", "code,residents\nW0,100\nW0,101\n");
  load_case.expect_refused("DUPLICATE_POPULATION", "line 3");
  load_case.write("people.csv", "code,residents\nW0,-1\n");
  load_case.expect_refused("BAD_POPULATION", "line 2");
  load_case.write("people.csv", "code,residents\nW0,1e308\n");
  load_case.expect_refused("BAD_POPULATION", "1000000000");
}

}  // namespace
