// The made files are what datasets/sample/README.md says.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>
#include <tuple>

#include "geo/types/local_time.h"
#include "tests/repository/made_sample.h"

namespace repository {
namespace {

using nlohmann::json;

const std::map<std::string, std::string>& OpenTitles() {
  static const std::map<std::string, std::string> titles{
      {"ASB INCIDENT", "Anti-social behaviour"},
      {"THEFT OF PEDAL CYCLE", "Bicycle theft"},
      {"BURGLARY", "Burglary"},
      {"CRIMINAL DAMAGE", "Criminal damage and arson"},
      {"DRUG OFFENCE", "Drugs"},
      {"OTHER NOTIFIABLE", "Other crime"},
      {"THEFT OTHER", "Other theft"},
      {"OFFENSIVE WEAPON", "Possession of weapons"},
      {"PUBLIC ORDER", "Public order"},
      {"ROBBERY", "Robbery"},
      {"SHOPLIFTING", "Shoplifting"},
      {"THEFT FROM PERSON", "Theft from the person"},
      {"VEHICLE CRIME", "Vehicle crime"},
      {"VIOLENCE / SEXUAL", "Violence and sexual offences"},
  };
  return titles;
}

const std::vector<CsvRow>& Police() {
  static const std::vector<CsvRow> rows = [] {
    std::vector<CsvRow> all;
    for (int year = 2019; year <= 2024; ++year) {
      for (CsvRow& row : ReadCsv(MadeSample() / fmt::format("police-{}.csv", year))) {
        EXPECT_EQ(row["From"].substr(0, 4), std::to_string(year));
        all.push_back(std::move(row));
      }
    }
    return all;
  }();
  return rows;
}

// Twice the area, in square decimetres: exact, because coordinates are whole tenths of a metre.
std::int64_t RingArea(const json& ring) {
  std::int64_t sum = 0;
  const auto tenths = [](const json& v) { return std::llround(v.get<double>() * 10); };
  for (std::size_t i = 0; i + 1 < ring.size(); ++i) sum += tenths(ring[i][0]) * tenths(ring[i + 1][1]) - tenths(ring[i + 1][0]) * tenths(ring[i][1]);
  EXPECT_EQ(ring.front(), ring.back());
  return std::llabs(sum);
}

std::int64_t ShapeArea(const json& geometry) {
  const json polygons = geometry["type"] == "Polygon" ? json::array({geometry["coordinates"]}) : geometry["coordinates"];
  std::int64_t sum = 0;
  for (const json& polygon : polygons) {
    for (std::size_t r = 0; r < polygon.size(); ++r) sum += r == 0 ? RingArea(polygon[r]) : -RingArea(polygon[r]);
  }
  return sum;
}

TEST(SampleFiles, TwoVintagesCoverOneAuthorityExactly) {
  const json authority = ReadJson(MadeSample() / "authority.geojson");
  const std::int64_t whole = ShapeArea(authority["features"][0]["geometry"]);
  EXPECT_NEAR(whole / 200.0 / 1e6, 188, 5) << "square kilometres";
  std::map<std::string, std::string> shape_of_name;
  std::set<std::string> codes;
  int parts = 0, holes = 0, shared_names = 0;
  for (const auto& [file, count, prefix] : {std::tuple{"wards-2003.geojson", 22, "WD03"}, std::tuple{"wards-2023.geojson", 24, "WD23"}}) {
    const json wards = ReadJson(MadeSample() / file);
    EXPECT_EQ(wards["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::27700");
    ASSERT_EQ(wards["features"].size(), static_cast<std::size_t>(count));
    std::int64_t sum = 0;
    for (const json& ward : wards["features"]) {
      const json& geometry = ward["geometry"];
      sum += ShapeArea(geometry);
      EXPECT_TRUE(codes.insert(ward["properties"][std::string(prefix) + "CD"]).second);
      const auto [named, fresh] = shape_of_name.emplace(ward["properties"][std::string(prefix) + "NM"], geometry.dump());
      shared_names += fresh ? 0 : 1;
      EXPECT_TRUE(fresh || named->second != geometry.dump()) << named->first << " kept its shape";
      parts += geometry["type"] == "MultiPolygon" ? 1 : 0;
      if (geometry["type"] == "Polygon") holes += static_cast<int>(geometry["coordinates"].size()) - 1;
    }
    EXPECT_EQ(sum, whole) << file;
  }
  EXPECT_EQ(shared_names, 17);
  EXPECT_EQ(parts, 2) << "the island, in both vintages";
  EXPECT_EQ(holes, 3) << "the lake in both, the college in one";
}

TEST(SampleFiles, PoliceRecordsAreWholeInAllCategoriesAndMonths) {
  std::map<std::string, int> by_category, by_month;
  int unlocated = 0, windows = 0, long_windows = 0;
  for (const CsvRow& row : Police()) {
    ASSERT_TRUE(OpenTitles().count(row.at("Offence"))) << row.at("Offence");
    ++by_category[row.at("Offence")];
    ++by_month[row.at("From").substr(0, 7)];
    EXPECT_EQ(row.at("Easting").empty(), row.at("Northing").empty());
    unlocated += row.at("Easting").empty() ? 1 : 0;
    if (row.at("To").empty()) continue;
    EXPECT_LT(row.at("From"), row.at("To"));
    ++windows;
    long_windows += row.at("To").substr(0, 10) > geo::FormatDay(*geo::ParseDay(row.at("From").substr(0, 10), "From") + 1) ? 1 : 0;
  }
  EXPECT_EQ(by_category.size(), 14u);
  EXPECT_EQ(by_month.size(), 72u);
  for (const auto& [month, rows] : by_month) EXPECT_GT(rows, 1500) << month;
  EXPECT_EQ(Police().size(), 166115u);
  EXPECT_NEAR(unlocated / 166115.0, 0.015, 0.002);
  EXPECT_GT(windows, 20000);
  EXPECT_GT(long_windows, 2000);
}

TEST(SampleFiles, NoTimeLiesInTheHourThatTheClockSkips) {
  for (const CsvRow& row : Police()) {
    for (const char* column : {"From", "To"}) {
      const std::string& text = row.at(column);
      if (text.empty() || text.substr(5, 2) != "03" || text.substr(11, 2) != "01" || std::stoi(text.substr(8, 2)) < 25) continue;
      EXPECT_NE(geo::WeekdayOf(*geo::ParseDay(text.substr(0, 10), column)), 6) << text;
    }
  }
}

TEST(SampleFiles, OpenFilesHoldThePoliceRecordsByMonthAndCategory) {
  std::map<std::string, int> expected, found;
  std::set<CsvRow> distinct(Police().begin(), Police().end());
  EXPECT_EQ(Police().size() - distinct.size(), 150u);
  for (const CsvRow& row : distinct) ++expected[row.at("From").substr(0, 7) + OpenTitles().at(row.at("Offence"))];
  std::set<std::string> points;
  std::map<std::string, int> references;
  for (int month = 0; month < 72; ++month) {
    const std::string name = fmt::format("{}-{:02d}", 2019 + month / 12, month % 12 + 1);
    const std::filesystem::path file = MadeSample() / fmt::format("street/{}-tidewick-street.csv", name);
    const std::string text = ReadText(file);
    EXPECT_EQ(text.find('\r') != std::string::npos, name.substr(0, 4) == "2021" || name.substr(0, 4) == "2023") << name;
    EXPECT_EQ(text.substr(0, text.find_first_of("\r\n")),
              "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context");
    for (const CsvRow& row : ReadCsv(file)) {
      EXPECT_EQ(row.at("Month"), name);
      ++found[name + row.at("Crime type")];
      EXPECT_EQ(row.at("Crime ID").empty(), row.at("Crime type") == "Anti-social behaviour");
      if (!row.at("Crime ID").empty()) {
        EXPECT_EQ(row.at("Crime ID").size(), 64u);
        ++references[row.at("Crime ID")];
      }
      EXPECT_EQ(row.at("Location") == "No Location", row.at("Longitude").empty());
      if (!row.at("Longitude").empty()) points.insert(row.at("Longitude") + " " + row.at("Latitude"));
    }
  }
  EXPECT_EQ(found, expected);
  EXPECT_LE(points.size(), 2500u);
  EXPECT_GT(points.size(), 2300u);
  int reused = 0;
  for (const auto& [reference, rows] : references) reused += rows > 1 ? 1 : 0;
  EXPECT_GT(reused, 0) << "references used for two incidents are published too";
}

TEST(SampleFiles, PopulationsOfBothVintagesAddUpToOneAuthority) {
  std::map<std::string, std::array<int, 2>> by_year;
  for (const auto& [file, column, wards] : {std::tuple{"population-wards-2003.csv", 0, 22u}, std::tuple{"population-wards-2023.csv", 1, 24u}}) {
    const auto rows = ReadCsv(MadeSample() / file);
    EXPECT_EQ(rows.size(), wards * 6);
    for (const CsvRow& row : rows) by_year[row.at("year")][static_cast<std::size_t>(column)] += std::stoi(row.at("residents"));
  }
  EXPECT_EQ(by_year.size(), 6u);
  for (const auto& [year, sums] : by_year) EXPECT_EQ(sums[0], sums[1]) << year;
  EXPECT_EQ(by_year["2024"][0], 281400);
}

TEST(SampleFiles, FurnitureIsThereToBeChosenFrom) {
  const auto columns = ReadCsv(MadeSample() / "lamp-columns.csv");
  int power = 0;
  for (const CsvRow& row : columns) power += row.at("power") == "yes" ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(columns.size()), 1500, 200);
  EXPECT_GT(power, 500);
  std::map<std::string, int> states;
  for (const CsvRow& row : ReadCsv(MadeSample() / "cameras.csv")) ++states[row.at("state")];
  EXPECT_THAT(states, ::testing::SizeIs(3));
  EXPECT_GT(ReadJson(MadeSample() / "buildings.geojson")["features"].size(), 4000u);
}

}  // namespace
}  // namespace repository
