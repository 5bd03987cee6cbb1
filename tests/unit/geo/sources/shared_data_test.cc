// The real files beside the checkout: every quirk of incident rows that they are known for, and their own totals.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "geo/sources/csv_reader.h"
#include "geo/sources/duplicates.h"
#include "tests/support/paths.h"
#include "tests/support/police_rows.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/shared_file.h"

namespace geo {
namespace {

#define SKIP_WITHOUT_SHARED_DATA() \
  if (!support::HasSharedData()) GTEST_SKIP() << "the real data is not beside this checkout"

// police-uk.toml of this repository, through the manifest that would include it.
const Manifest& PoliceManifest() {
  static const Manifest manifest = [] {
    const support::ScratchFolder scratch;
    scratch.write("a.csv", "x\n");
    std::ifstream file(std::string(WARDWATCH_REPOSITORY) + "/datasets/dictionaries/police-uk.toml");
    scratch.write("police-uk.toml", std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    auto parsed = ParseManifest(
        "[dataset]\nid = 'm'\ntitle = 'M'\nas_at = 2025-12-31\n[[dictionaries]]\ninclude = 'police-uk.toml'\n"
        "[[sources]]\nid = 'p'\ntitle = 'P'\nformat = 'police-uk'\nfiles = ['a.csv']\ndictionary = 'police-uk'\n",
        scratch.path());
    EXPECT_TRUE(parsed) << parsed.error().message;
    return std::move(*parsed);
  }();
  return manifest;
}

Result<ParsedRows> ParsePolice(const std::string& text, PlaceTable& places) {
  const Manifest& manifest = PoliceManifest();
  return ParseRows(text, manifest.sources[0], manifest.dictionaries.at("police-uk"), manifest.categories, manifest.as_at, places);
}

// name -> rows, of MANIFEST.csv.
std::map<std::string, std::int64_t> StreetFiles(const std::string& folder) {
  const std::string text = support::ReadSharedFile("MANIFEST.csv");
  auto reader = CsvReader::Open(text);
  std::map<std::string, std::int64_t> out;
  for (CsvRecord record; reader && reader->next(record);) {
    if (record.fields[0].starts_with(folder + "/")) out[std::string(record.fields[0])] = std::stoll(std::string(record.fields[3]));
  }
  return out;
}

struct Totals {
  std::int64_t rows = 0;
  std::int64_t unlocated = 0;
  std::int64_t blank_reference = 0;
  std::int64_t copies = 0;
  std::int64_t repeated = 0;
  std::map<std::string, std::int64_t> by_category;  // of category ids
  std::map<std::string, std::int64_t> by_month;
};

// Parses every file of a folder whose name holds `part`, and checks each against MANIFEST.csv.
Totals ParseFolder(const std::string& folder, const std::string& part) {
  Totals out;
  std::vector<ParsedRows> files;
  PlaceTable places;
  for (const auto& [name, expected] : StreetFiles(folder)) {
    if (name.find(part) == std::string::npos) continue;
    auto rows = ParsePolice(support::ReadSharedFile(name), places);
    if (!rows) {
      ADD_FAILURE() << name << ": " << rows.error().message;
      continue;
    }
    EXPECT_EQ(rows->rows_in, expected) << name;
    EXPECT_EQ(rows->rows_in, static_cast<std::int64_t>(rows->x.size() + rows->rejected.size())) << name;
    EXPECT_TRUE(rows->rejected.empty()) << name << ": line " << rows->rejected.front().line << ": " << rows->rejected.front().message;
    for (std::size_t i = 0; i < rows->x.size(); ++i) {
      ++out.rows;
      out.unlocated += std::isnan(rows->x[i]);
      out.blank_reference += rows->reference[i] == RowDigest{};
      ++out.by_category[PoliceManifest().categories[rows->category[i]].id];
      ++out.by_month[FormatMonth(Month::OfDay(DayOfMinute(rows->from_minute[i])))];
    }
    // One month a file, the month of its name.
    const std::string month = name.substr(folder.size() + 1, 7);
    EXPECT_EQ(out.by_month[month], expected) << name;
    files.push_back(std::move(*rows));
  }
  const Duplicates found = FindDuplicates(files, RepeatedReference::kKeep);
  out.copies = static_cast<std::int64_t>(found.dropped.size());
  out.repeated = found.repeated_references;
  return out;
}

TEST(SharedData, Kent2022_TotalsArePublishedTotals) {
  SKIP_WITHOUT_SHARED_DATA();
  const Totals totals = ParseFolder("kent-street", "/2022-");
  EXPECT_EQ(totals.rows, 200'945);
  EXPECT_EQ(totals.unlocated, 2'114);
  EXPECT_EQ(totals.blank_reference, 27'904);
  EXPECT_EQ(totals.by_month.at("2022-08"), 18'365);
  EXPECT_EQ(totals.by_month.at("2022-12"), 14'976);
  EXPECT_EQ(totals.by_category.at("violence-and-sexual-offences"), 83'341);
  EXPECT_EQ(totals.by_category.at("anti-social-behaviour"), 27'904);
  EXPECT_EQ(totals.by_category.at("criminal-damage-and-arson"), 19'936);
  EXPECT_EQ(totals.by_category.size(), 14U);
}

// Quirks 1 (LF), 2, 3 and 9: the December that lost half its crimes is loaded as it is, for coverage to mark.
TEST(SharedData, Kent2018) {
  SKIP_WITHOUT_SHARED_DATA();
  const Totals totals = ParseFolder("kent-street", "/201");
  EXPECT_EQ(totals.rows, 75'735);
  EXPECT_EQ(totals.unlocated, 1'418);
  EXPECT_EQ(totals.blank_reference, 10'782);
  EXPECT_EQ(totals.by_category.at("anti-social-behaviour"), totals.blank_reference);
  EXPECT_EQ(totals.by_month.at("2018-12"), 8'438);
}

TEST(SharedData, Kent2024And2025) {
  SKIP_WITHOUT_SHARED_DATA();
  const Totals early = ParseFolder("kent-street", "/2024-");
  EXPECT_EQ(early.rows, 60'021);
  EXPECT_EQ(early.unlocated, 601);
  EXPECT_EQ(early.blank_reference, 8'271);
  const Totals late = ParseFolder("kent-street", "/2025-");
  EXPECT_EQ(late.rows, 180'022);
  EXPECT_EQ(late.unlocated, 2'164);
  EXPECT_EQ(late.blank_reference, 31'237);
}

// Quirk 2: over all months one row of a repeated Crime ID is a copy and eight IDs tell two different things; no row without an ID is ever dropped.
TEST(SharedData, KentRepeatedCrimeIds) {
  SKIP_WITHOUT_SHARED_DATA();
  const Totals totals = ParseFolder("kent-street", "");
  EXPECT_EQ(totals.rows, 516'723);
  EXPECT_EQ(totals.copies, 1);
  EXPECT_EQ(totals.repeated, 16);
}

// Quirks 1 (CRLF) and 9; the month that is missing is missing.
TEST(SharedData, Northumbria) {
  SKIP_WITHOUT_SHARED_DATA();
  const Totals totals = ParseFolder("northumbria-street", "");
  EXPECT_EQ(totals.rows, 369'323);
  EXPECT_EQ(totals.copies, 0);
  EXPECT_FALSE(totals.by_month.contains("2022-01"));
}

// Quirk 1: the same month with its line ends changed gives the same rows.
TEST(SharedData, F3_LineEndsOfARealMonth) {
  SKIP_WITHOUT_SHARED_DATA();
  const std::string crlf = support::ReadSharedFile("kent-street/2022-08-kent-street.csv.gz");
  ASSERT_NE(crlf.find("\r\n"), std::string::npos);
  std::string lf = "\xEF\xBB\xBF";
  for (const char c : crlf) {
    if (c != '\r') lf += c;
  }
  PlaceTable places;
  const auto a = ParsePolice(crlf, places);
  const auto b = ParsePolice(lf, places);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->content, b->content);
  EXPECT_EQ(a->reference, b->reference);
  EXPECT_EQ(a->place, b->place);
  EXPECT_EQ(a->line, b->line);
}

// Quirks 3, 4 and 10: two rows with coordinates and a blank LSOA are located; points repeat heavily; rows far from the force are left to the service area.
TEST(SharedData, PositionsOfARealYear) {
  SKIP_WITHOUT_SHARED_DATA();
  std::set<std::pair<double, double>> places_used;
  std::int64_t located = 0;
  std::int64_t blank_lsoa = 0;
  PlaceTable places;
  for (const auto& [name, expected] : StreetFiles("kent-street")) {
    if (name.find("/2022-") == std::string::npos) continue;
    const std::string text = support::ReadSharedFile(name);
    const auto rows = ParsePolice(text, places);
    ASSERT_TRUE(rows);
    auto reader = CsvReader::Open(text);
    CsvRecord record;
    reader->next(record);
    for (std::size_t i = 0; reader->next(record); ++i) {
      if (std::isnan(rows->x[i])) continue;
      ++located;
      blank_lsoa += record.fields[7].empty();
      places_used.emplace(rows->x[i], rows->y[i]);
    }
  }
  EXPECT_EQ(located, 200'945 - 2'114);
  EXPECT_EQ(blank_lsoa, 2);
  EXPECT_LT(places_used.size() * 4, static_cast<std::size_t>(located));
}

// Quirk 13: a mark, and commas and accents inside fields, in a file that is not of incidents.
TEST(SharedData, ALookupWithAByteOrderMark) {
  SKIP_WITHOUT_SHARED_DATA();
  const std::string text = support::ReadSharedFile("uk-wards-2024/ward_lad_county_region_lookup_may2024.csv.gz");
  ASSERT_TRUE(text.starts_with("\xEF\xBB\xBF"));
  auto reader = CsvReader::Open(text);
  ASSERT_TRUE(reader);
  CsvRecord record;
  ASSERT_TRUE(reader->next(record));
  EXPECT_EQ(record.fields[0].substr(0, 2), "WD");
  const std::size_t columns = record.fields.size();
  std::int64_t rows = 0;
  std::int64_t with_comma = 0;
  while (reader->next(record)) {
    ++rows;
    EXPECT_EQ(record.fields.size(), columns);
    EXPECT_FALSE(record.bad_quote);
    for (const std::string_view field : record.fields) with_comma += field.find(',') != std::string_view::npos;
  }
  EXPECT_FALSE(reader->fault());
  EXPECT_EQ(rows, 8'396);
  EXPECT_GT(with_comma, 0);
}

// Quirk 10: fifty rows of 2025 lie outside the force's thirteen districts, from Bexley to Salford. They are rows like any other:
// kept, and placed by their coordinates.
TEST(SharedData, KentRowsFromOutsideTheForceAreKept) {
  SKIP_WITHOUT_SHARED_DATA();
  const std::set<std::string> districts{"Ashford", "Canterbury", "Dartford", "Dover", "Folkestone and Hythe", "Gravesham", "Maidstone",
                                        "Medway", "Sevenoaks", "Swale", "Thanet", "Tonbridge and Malling", "Tunbridge Wells"};
  std::map<std::string, int> elsewhere;
  int kept = 0;
  for (const auto& [name, expected] : StreetFiles("kent-street")) {
    if (name.find("/2025-") == std::string::npos) continue;
    const std::string text = support::ReadSharedFile(name);
    auto reader = CsvReader::Open(text);
    ASSERT_TRUE(reader) << name;
    CsvRecord record;
    ASSERT_TRUE(reader->next(record));
    const auto lsoa = static_cast<std::size_t>(std::find(record.fields.begin(), record.fields.end(), "LSOA name") - record.fields.begin());
    ASSERT_LT(lsoa, record.fields.size()) << name;
    std::string outside(text.substr(0, text.find('\n') + 1));
    for (std::size_t begin = text.find('\n') + 1; reader->next(record);) {
      const std::size_t end = text.find('\n', begin) + 1;
      const std::string area(record.fields[lsoa]);
      const std::string district = area.substr(0, area.rfind(' '));
      if (!area.empty() && !districts.contains(district)) {
        ++elsewhere[district];
        outside += text.substr(begin, end - begin);
      }
      begin = end;
    }
    PlaceTable places;
    const auto rows = ParsePolice(outside, places);
    ASSERT_TRUE(rows) << name << ": " << rows.error().message;
    EXPECT_TRUE(rows->rejected.empty()) << name;
    kept += static_cast<int>(std::count_if(rows->x.begin(), rows->x.end(), [](double x) { return !std::isnan(x); }));
  }
  EXPECT_THAT(elsewhere, ::testing::ElementsAre(std::pair("Bexley", 35), std::pair("Bromley", 3), std::pair("Islington", 1), std::pair("Rother", 1),
                                                std::pair("Salford", 1), std::pair("Tandridge", 2), std::pair("Thurrock", 1), std::pair("Wealden", 6)));
  EXPECT_EQ(kept, 50);
}

// Quirk 15: `time_utc` told on Houston's clock gives the file's own `hour`, save for nine rows that claim the hour which the clocks skipped on 14 March 2010:
// no instant has it, and the publisher's conversion moved them to the hour before.
TEST(SharedData, HoustonHours) {
  SKIP_WITHOUT_SHARED_DATA();
  const std::string text = support::ReadSharedFile("houston-2010/houston_crime_2010.csv.gz");
  SourceSpec source;
  source.format = SourceFormat::kCsv;
  source.columns.category = "offense";
  source.columns.x = "lon";
  source.columns.y = "lat";
  source.columns.from = "time_utc";
  source.time_format = "%Y-%m-%dT%H:%M:%SZ";
  source.time_zone = "UTC";
  source.local_zone = "America/Chicago";
  CategoryDictionary dictionary;
  dictionary.entries = {{"murder", "a", {}, {}}};
  source.unmapped_as_other = true;
  PlaceTable places;
  const auto rows = ParseRows(text, source, dictionary, {{"a", "A", true}, {"unmapped", "U", false}}, DayOf(2011, 1, 1), places);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ(rows->rows_in, 86'314);
  EXPECT_TRUE(rows->rejected.empty()) << rows->rejected.front().message;
  auto reader = CsvReader::Open(text);
  CsvRecord record;
  reader->next(record);
  std::int64_t skipped_hour = 0;
  for (std::size_t i = 0; reader->next(record); ++i) {
    const int hour = (rows->from_minute[i] - DayOfMinute(rows->from_minute[i]) * kMinutesPerDay) / 60;
    if (std::to_string(hour) == record.fields[2]) continue;
    ++skipped_hour;
    EXPECT_EQ(record.fields[1], "3/14/2010");
    EXPECT_EQ(record.fields[2], "2");
  }
  EXPECT_EQ(skipped_hour, 9);
  EXPECT_EQ(std::count_if(rows->x.begin(), rows->x.end(), [](double x) { return std::isnan(x); }), 5);
}

}  // namespace
}  // namespace geo
