// Canned answers rendered: what a person reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "server/cli/context_footer.h"
#include "server/cli/dataset_report.h"
#include "server/cli/hotspot_report.h"
#include "server/cli/incident_report.h"
#include "server/cli/value_text.h"
#include "server/cli/ward_report.h"
#include "tests/unit/server/cli/canned_answers.h"
#include "tests/unit/server/cli/report_lines.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};
constexpr Terminal kWide{160, true};

TEST(ValueText, CountsAndNumbers) {
  EXPECT_EQ(WholeText(0), "0");
  EXPECT_EQ(WholeText(-1234567), "-1,234,567");
  EXPECT_EQ(WholeText(999), "999");
  EXPECT_EQ(DecimalText(1234.56, 1), "1,234.6");
  EXPECT_EQ(DecimalText(-0.04, 1), "0.0");
  EXPECT_EQ(DecimalText(-100, 0), "-100");
  EXPECT_EQ(CountText(canned::Suppressed()), "hidden");
  api::Count rounded;
  rounded.set_rounded(1235);
  EXPECT_EQ(CountText(rounded), "~1,235");
  EXPECT_EQ(SignedCountText(canned::Exact(3)), "+3");
  EXPECT_EQ(SignedCountText(canned::Exact(0)), "0");
  EXPECT_EQ(SignedCountText(canned::Exact(-3)), "-3");
}

TEST(HotspotReport, NamesBothCountsOfItsShare) {
  const std::string text = HotspotTable(canned::Hotspots(), {}, 0, kNarrow);
  EXPECT_THAT(text, HasSubstr("2 of 40 cells with incidents carry 260 of 1,000 located incidents (26.0 %)."));
  EXPECT_THAT(text, HasSubstr("1,012 incidents, 12 of them without a position"));
  EXPECT_THAT(LineWith(text, "r668"), HasSubstr("140"));
  EXPECT_THAT(LineWith(text, "r668"), HasSubstr("?##   persistent"));
  EXPECT_THAT(LineWith(text, "r670"), HasSubstr("(outside)"));
  EXPECT_THAT(LineWith(text, "r670"), HasSubstr("?.#   new"));
  EXPECT_THAT(text, HasSubstr("2022-01-01 to 2022-12-31: 900 incidents, not covered"));
  EXPECT_THAT(text, HasSubstr("covid-asb (2020-01-01 to 2020-12-31)"));
  EXPECT_THAT(text, HasSubstr("analyst: exact counts"));
  EXPECT_LE(WidestLine(text), 80);
}

TEST(HotspotReport, DrawsTheMapAboveTheTable) {
  const auto answer = canned::Hotspots();
  const std::string text = HotspotTable(answer, MapCellsOf(answer), 0, kNarrow);
  EXPECT_LT(text.find("#2"), text.find("#1"));
  EXPECT_LT(text.find("#1"), text.find("persistence"));
  EXPECT_THAT(text, HasSubstr("north is up"));
}

TEST(HotspotReport, ShowsTheFirstAndSaysHowManyMore) {
  const std::string text = HotspotTable(canned::Hotspots(), {}, 1, kNarrow);
  EXPECT_THAT(text, HasSubstr("and 1 more cells: --top 0 shows them"));
  EXPECT_THAT(text, HasSubstr("s250:r668:c2304"));
  EXPECT_THAT(text, Not(HasSubstr("s250:r670:c2301")));
  EXPECT_THAT(text, HasSubstr("260 of 1,000 located incidents"));  // the headline speaks of all of them
  EXPECT_THAT(text, HasSubstr("Hotspots of datasets/medway, 2024-01-01 to 2024-12-31"));
}

TEST(HotspotReport, EmptyIsAnAnswer) {
  auto answer = canned::Hotspots();
  answer.clear_cells();
  answer.set_hot_cells(0);
  *answer.mutable_incidents() = canned::Exact(0);
  EXPECT_THAT(HotspotTable(answer, {}, 0, kNarrow), HasSubstr("No hotspots: no incident with a position among the 0 selected."));
}

TEST(HotspotReport, WindowsShowWeightsBesideCounts) {
  auto answer = canned::Hotspots();
  answer.mutable_cells(0)->set_weight(131.5);
  answer.set_located_weight(951.5);
  *answer.mutable_unknown_hour() = canned::Exact(31);
  const std::string text = HotspotTable(answer, {}, 0, kWide);
  EXPECT_THAT(LineWith(text, "r668"), HasSubstr("140   131.5"));
  EXPECT_THAT(text, HasSubstr("carry 251.5 of 951.5 located incidents"));
  EXPECT_THAT(text, HasSubstr("31 more left out, their hour is not known"));
}

TEST(HotspotReport, SuppressedStaysSuppressed) {
  auto answer = canned::Hotspots();
  *answer.mutable_cells(1)->mutable_count() = canned::Suppressed();
  EXPECT_THAT(LineWith(HotspotTable(answer, {}, 0, kWide), "r670"), HasSubstr("hidden"));
  EXPECT_THAT(LineWith(HotspotCsv(answer), "r670"), HasSubstr(",suppressed,"));
}

TEST(HotspotReport, CsvCarriesEveryColumn) {
  const std::string csv = HotspotCsv(canned::Hotspots());
  EXPECT_THAT(csv, HasSubstr("rank,cell,easting_m,"));
  EXPECT_THAT(
      LineWith(csv, "r668"),
      HasSubstr("1,s250:r668:c2304,0,0,0,0,140,140,,0.14,0.14,1000,true,1234.4,1231,0.42,?##,persistent,none,,,,,,,,E05014449,\"Gillingham, \"\"North\"\"\""));
}

TEST(WardReport, ShowsBothCountsIntervalAndVerdict) {
  const std::string text = WardTable(canned::Wards(), false, kWide);
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("E05014471  Watling"));
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("301    199    -102  -33.9 %  0.66 (0.61–0.72)    30.1   19.9  lower"));
  EXPECT_THAT(LineWith(text, "St Mary"), HasSubstr("+3"));
  EXPECT_THAT(LineWith(text, "St Mary"), Not(HasSubstr("%")));
  EXPECT_THAT(LineWith(text, "St Mary"), HasSubstr("too few to say"));
  EXPECT_THAT(LineWith(text, "(in no ward)"), HasSubstr("4      5"));
  EXPECT_THAT(LineWith(text, "(no position)"), HasSubstr("10     12"));
  EXPECT_THAT(LineWith(text, "Total"), HasSubstr("758    663"));
  EXPECT_THAT(text, HasSubstr("1 lower, 1 no clear change, 1 too few to say"));
  EXPECT_THAT(text, HasSubstr("before 2023-01-01 to 2023-12-31, after 2024-01-01 to 2024-12-31"));
  EXPECT_THAT(text, HasSubstr("7 more incidents left out, their hour is not known"));
  EXPECT_THAT(text, HasSubstr("758 incidents before, 379 of them crimes"));
  EXPECT_THAT(text, Not(HasSubstr("fewer than chance explains")));
}

TEST(WardReport, FitsEightyColumnsAndSaysWhatIsLeftOut) {
  const std::string text = WardTable(canned::Wards(), false, kNarrow);
  EXPECT_LE(WidestLine(text), 80);
  EXPECT_THAT(text, HasSubstr("for: code, percent; a wider terminal or --format csv shows them"));
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("0.66 (0.61-0.72)"));
  EXPECT_THAT(LineWith(text, "Watling"), HasSubstr("lower"));
}

TEST(WardReport, BothRatesOrNeither) {
  bool with = false;
  bool without = false;
  for (int width = 60; width <= 120; ++width) {
    const std::string text = WardTable(canned::Wards(), false, {width, false});
    const std::string headings = text.substr(0, text.find("Watling"));
    int rates = 0;
    for (std::size_t at = headings.find("rate"); at != std::string::npos; at = headings.find("rate", at + 1)) ++rates;
    EXPECT_TRUE(rates == 0 || rates == 2) << width << '\n' << text;
    with = with || rates == 2;
    without = without || rates == 0;
  }
  EXPECT_TRUE(with && without);
}

TEST(WardReport, ExplainsOnRequest) {
  EXPECT_THAT(WardTable(canned::Wards(), true, kWide), HasSubstr("E05014471 Watling: 301 before, 199 after: fewer than chance explains."));
}

TEST(WardReport, CsvLeavesUnknownsEmpty) {
  const std::string csv = WardCsv(canned::Wards());
  EXPECT_THAT(LineWith(csv, "Watling"), HasSubstr("area,E05014471,Watling,301,199,150,99,-102,"));
  EXPECT_THAT(LineWith(csv, "St Mary"), HasSubstr(",0,3,0,1,3,,0.61,,,0,0,too few to say,10000,"));
  EXPECT_THAT(LineWith(csv, "unlocated"), HasSubstr("unlocated,,(no position),10,12,5,6,2,1.2,0.61,0.72,,,,,,,,,,,,,,2023-01-01 to 2023-12-31"));
}

TEST(IncidentReport, TimesAreNoFinerThanKnown) {
  EXPECT_EQ(WhenText("2024-03-01T00:00", "2024-04-01T00:00"), "2024-03");
  EXPECT_EQ(WhenText("2024-12-01T00:00", "2025-01-01T00:00"), "2024-12");
  EXPECT_EQ(WhenText("2024-03-09T00:00", "2024-03-10T00:00"), "2024-03-09");
  EXPECT_EQ(WhenText("2024-03-09T23:10", "2024-03-09T23:11"), "2024-03-09 23:10");
  EXPECT_EQ(WhenText("2024-03-09T23:59", "2024-03-10T00:00"), "2024-03-09 23:59");
  EXPECT_EQ(WhenText("2024-03-09T23:10", ""), "2024-03-09 23:10");
  EXPECT_EQ(WhenText("2024-03-09T23:10", "2024-03-10T07:00"), "2024-03-09 23:10 to 03-10 07:00");
  EXPECT_EQ(WhenText("2024-03-09T00:00", "2024-03-11T00:00"), "2024-03-09 00:00 to 03-11 00:00");
  EXPECT_EQ(WhenText("2024-03-09T01:20", "2024-03-09T05:00"), "2024-03-09 01:20 to 05:00");
  EXPECT_EQ(WhenText("2024-12-31T20:00", "2025-01-01T05:00"), "2024-12-31 20:00 to 2025-01-01 05:00");
  EXPECT_EQ(WhenText("nonsense", "more"), "nonsense to more");
}

TEST(IncidentReport, TableAndCsv) {
  IncidentTable table;
  api::Incident unlocated = canned::LocatedIncident();
  unlocated.clear_position();
  table.add(canned::LocatedIncident());
  table.add(unlocated);
  const std::string text = table.format(canned::Context(), true, kWide);
  EXPECT_THAT(text, HasSubstr("2024-03-09 23:10  burglary  E05014449      575,123   168,345  On or near =High Street  kent-police/2024-03.csv:17"));
  EXPECT_THAT(text, HasSubstr("2 incidents, 1 of them without a position; there may be more: --limit 0 lists all"));
  EXPECT_LE(WidestLine(table.format(canned::Context(), false, kNarrow)), 80);

  CsvWriter csv;
  IncidentCsvRecord(unlocated, canned::Context(), csv);
  EXPECT_EQ(csv.take(),
            "kent-police/2024-03.csv:17,kent-police,burglary,2024-03-09T23:10,2024-03-09T23:11,,,,,On or near =High Street,E05014449,1,wards-2023," +
                canned::Context().snapshot() + "\r\n");
}

api::GetDatasetResponse OneDataset() {
  api::GetDatasetResponse answer;
  api::Dataset& dataset = *answer.mutable_dataset();
  dataset.set_name("datasets/medway");
  dataset.set_title("Medway");
  dataset.set_incidents(1500);
  dataset.set_located(1480);
  *dataset.mutable_extent() = canned::YearOf(2024);
  api::Source& source = *dataset.add_sources();
  source.set_id("kent-police");
  source.set_time(api::TIME_KNOWLEDGE_MONTH);
  source.set_precision_m(50);
  source.set_snapped(true);
  for (const char* name : {"2024-01.csv", "2024-02.csv"}) {
    api::SourceFile& file = *source.add_files();
    file.set_name(name);
    file.set_rows_in(760);
    file.set_rows_kept(750);
    file.set_rows_rejected(10);
    file.set_rows_unlocated(10);
  }
  api::RejectCount& reject = *source.add_rejects();
  reject.set_reason("DUPLICATE_ROW");
  reject.set_rows(20);
  api::Vintage& vintage = *dataset.add_vintages();
  vintage.set_id("wards-2023");
  vintage.set_area_count(24);
  canned::SetDay(*vintage.mutable_valid_from(), 2023, 5, 4);
  api::Category& category = *dataset.add_categories();
  category.set_id("anti-social-behaviour");
  category.set_kind(api::CATEGORY_KIND_INCIDENT);
  api::WeightTable& table = *dataset.add_weight_tables();
  table.set_id("harm-2025");
  table.set_title("Harm");
  table.set_version("2025.1");
  table.set_unit("days");
  table.set_source("Somebody");
  for (const auto& [id, weight] : {std::pair{"arson", 0.0}, {"burglary", 183.5}, {"robbery", 365.0}}) {
    table.add_entries()->set_category(id);
    table.mutable_entries(table.entries_size() - 1)->set_weight(weight);
  }
  *answer.mutable_context() = canned::Context();
  return answer;
}

TEST(DatasetReport, EveryRowIsAccountedFor) {
  const std::string text = DatasetTable(OneDataset(), kNarrow);
  EXPECT_THAT(LineWith(text, "Total"), HasSubstr("1,520  1,500        20           20"));
  EXPECT_THAT(text, HasSubstr("month only; good to 50 m; snapped to stand-in"));
  EXPECT_THAT(text, HasSubstr("rejected DUPLICATE_ROW:"));
  EXPECT_THAT(LineWith(text, "wards-2023  "), HasSubstr("24  2023-05-04  now"));
  EXPECT_THAT(LineWith(text, "anti-social-behaviour"), HasSubstr("incident"));
  EXPECT_THAT(DatasetTable(OneDataset(), kWide),
              HasSubstr("harm-2025 (Harm, version 2025.1; days; Somebody): robbery 365, burglary 183.5, arson 0; others have none"));
  EXPECT_LE(WidestLine(text), 80);
  EXPECT_THAT(DatasetCsv(OneDataset()), HasSubstr("medway,kent-police,month only,50,true,2024-02.csv,,760,750,10,10,"));

  api::ListDatasetsResponse list;
  *list.add_datasets() = OneDataset().dataset();
  EXPECT_THAT(LineWith(DatasetsTable(list, kNarrow), "medway"), HasSubstr("1,500          1,480  2024-01-01 to 2024-12-31"));
  EXPECT_THAT(DatasetsTable(api::ListDatasetsResponse(), kNarrow), HasSubstr("holds no dataset"));
}

TEST(DatasetReport, CoverageMarksGapsAndPartialMonths) {
  api::GetCoverageResponse answer;
  for (int month = 11; month <= 12; ++month) {
    api::SourceMonth& row = *answer.add_months();
    row.set_source("kent-police");
    row.mutable_month()->set_year(2018);
    row.mutable_month()->set_month(month);
    row.set_state(month == 12 ? api::MONTH_STATE_PARTIAL : api::MONTH_STATE_EMPTY);
    *row.mutable_incidents() = canned::Exact(month == 12 ? 8438 : 0);
    row.set_located_share(month == 12 ? 0.98 : 0);
    if (month == 12) {
      api::CategoryCount& category = *row.add_categories();
      category.set_category("burglary");
      *category.mutable_count() = canned::Exact(300);
      category.set_partial(true);
    }
  }
  *answer.mutable_context() = canned::Context();
  const std::string text = CoverageTable(answer, kWide);
  EXPECT_THAT(LineWith(text, "2018-12"), HasSubstr("8,438          8,269           0  partial  burglary"));
  EXPECT_THAT(LineWith(text, "2018-11"), HasSubstr("no rows"));
  EXPECT_THAT(text, HasSubstr("2 source months, 2 of them partial or without rows"));
  const std::string csv = CoverageCsv(answer);
  EXPECT_THAT(csv, HasSubstr("kent-police,2018-11,no rows,0,0,0,,,,"));
  EXPECT_THAT(csv, HasSubstr("kent-police,2018-12,partial,8438,0.98,0,burglary,300,true,"));
}

TEST(DatasetReport, Areas) {
  EXPECT_THAT(LineWith(AreasTable(canned::Areas(), kNarrow), "Watling"), HasSubstr("1.25     10,000     2021"));
  EXPECT_THAT(AreasCsv(canned::Areas()), HasSubstr("E05014471,Watling,1.25,10000,2021,datasets/medway/areas/wards-2023/E05014471,wards-2023,"));
}

TEST(ContextFooter, FoldsAndSkipsWhatIsEmpty) {
  const std::string text = ContextFooter(canned::Context(), {{"nothing", ""}}, {60, false});
  EXPECT_LE(WidestLine(text), 60);
  EXPECT_THAT(text, Not(HasSubstr("nothing")));
  EXPECT_THAT(text, HasSubstr("version aaaaaaaaaaaa, complete\n           to 2025-01-15"));
  EXPECT_THAT(LineWith(text, "break"), HasSubstr("break      covid-asb"));
}

}  // namespace
}  // namespace server
