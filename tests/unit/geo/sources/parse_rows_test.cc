#include "geo/sources/parsed_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/police_rows.h"

namespace geo {
namespace {

using support::kPoliceHeader;
using support::MappedSource;
using support::OnlyReason;
using support::Parse;
using support::PoliceSource;

// One police.uk row with these fields.
std::string Row(const std::string& id, const std::string& month, const std::string& lon, const std::string& lat, const std::string& type,
                const std::string& place = "On or near High Street") {
  return id + "," + month + ",Kent Police,Kent Police," + lon + "," + lat + "," + place + ",E01016000,Medway 001A," + type + ",,\n";
}

std::string PoliceReason(const std::string& month, const std::string& lon, const std::string& lat, const std::string& type) {
  return OnlyReason(Parse(kPoliceHeader + Row("id1", month, lon, lat, type), PoliceSource()));
}

TEST(ParseRows, PoliceUk) {
  PlaceTable places;
  const auto rows = Parse(kPoliceHeader + Row("id1", "2022-08", "0.51", "51.38", "Burglary") +
                              Row("", "2022-08", "", "", "Anti-social behaviour", "No Location") + Row("id2", "2022-09", "0.51", "51.38", "Burglary"),
                          PoliceSource(), places);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ(rows->rows_in, 3);
  EXPECT_TRUE(rows->rejected.empty());
  EXPECT_EQ(rows->x[0], 0.51);
  EXPECT_EQ(rows->y[0], 51.38);
  // Quirk 3: no coordinates is a kept row without a place, never a dropped one.
  EXPECT_TRUE(std::isnan(rows->x[1]) && std::isnan(rows->y[1]));
  EXPECT_EQ(rows->from_minute[0], DayOf(2022, 8, 1) * kMinutesPerDay);
  EXPECT_EQ(rows->to_minute[0], DayOf(2022, 9, 1) * kMinutesPerDay);
  EXPECT_EQ(rows->from_minute[2], DayOf(2022, 9, 1) * kMinutesPerDay);
  EXPECT_THAT(rows->category, testing::ElementsAre(1, 0, 1));
  EXPECT_THAT(rows->line, testing::ElementsAre(2, 3, 4));
  EXPECT_EQ(places.names()[rows->place[0]], "On or near High Street");
  EXPECT_EQ(rows->place[0], rows->place[2]);
  // Quirk 2: a blank Crime ID is no reference.
  EXPECT_EQ(rows->reference[1], RowDigest{});
  EXPECT_NE(rows->reference[0], rows->reference[2]);
  EXPECT_NE(rows->content[0], rows->content[2]);
}

TEST(ParseRows, PoliceUk2012_EastingsAndNoReference) {
  SourceSpec source = PoliceSource();
  source.format = SourceFormat::kPoliceUk2012;
  source.crs = Crs::kBritishNationalGrid;
  const std::string header = "Month,Reported by,Falls within,Easting,Northing,Location,Crime type,Context\n";
  const auto rows = Parse(header + "2012-03,Kent Police,Kent Police,576000,168000,On or near High Street,Public disorder and weapons,\n" +
                              "2012-03,Kent Police,Kent Police,0,0,No Location,Burglary,\n",
                          source);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ(rows->x[0], 576000);
  EXPECT_EQ(rows->category[0], 2);
  EXPECT_EQ(rows->reference[0], RowDigest{});
  EXPECT_TRUE(std::isnan(rows->x[1]));  // this form wrote zeros where it had no place
  EXPECT_EQ(OnlyReason(Parse(kPoliceHeader, source)), "WRONG_HEADER");
  EXPECT_EQ(OnlyReason(Parse(header, PoliceSource())), "WRONG_HEADER");
}

TEST(ParseRows, F3_LineEndsAndMarkGiveTheSameRows) {
  const std::string lf = kPoliceHeader + Row("id1", "2022-08", "0.51", "51.38", "Burglary", "\"a\nb\"") + Row("", "2022-08", "", "", "Anti-social behaviour");
  std::string crlf = "\xEF\xBB\xBF";
  for (const char c : lf) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  PlaceTable places;
  const auto a = Parse(lf, PoliceSource(), places);
  const auto b = Parse(crlf, PoliceSource(), places);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->content, b->content);
  EXPECT_EQ(a->reference, b->reference);
  EXPECT_EQ(a->line, b->line);
  EXPECT_EQ(a->place, b->place);
}

TEST(ParseRows, F4_ABadRowIsRejectedAndTheNextIsRead) {
  const std::string good = Row("id1", "2022-08", "0.51", "51.38", "Burglary");
  const auto rows = Parse(kPoliceHeader + "a,b\n" + good + "x\"" + good + "\n" + std::string(5000, ',') + "\n" + good, PoliceSource());
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ(rows->rows_in, 6);
  EXPECT_THAT(rows->line, testing::ElementsAre(3, 7));
  std::vector<std::string> reasons;
  for (const RejectedRow& row : rows->rejected) reasons.push_back(std::to_string(row.line) + row.reason);
  EXPECT_THAT(reasons, testing::ElementsAre("2WRONG_COLUMN_COUNT", "4BAD_QUOTE", "5WRONG_COLUMN_COUNT", "6WRONG_COLUMN_COUNT"));
  EXPECT_EQ(rows->rejected[0].message, "2 columns; the header has 12");
}

TEST(ParseRows, F5_F8_Positions) {
  const auto reason = [](const char* lon, const char* lat) { return PoliceReason("2022-08", lon, lat, "Burglary"); };
  EXPECT_EQ(reason("0.51", "51.38"), "");
  EXPECT_EQ(reason("", ""), "");
  EXPECT_EQ(reason("0.51", ""), "HALF_POSITION");
  EXPECT_EQ(reason("", "51.38"), "HALF_POSITION");
  EXPECT_EQ(reason("0", "0"), "NULL_ISLAND");
  EXPECT_EQ(reason("0.0", "-0"), "NULL_ISLAND");
  EXPECT_EQ(reason("0", "51.38"), "");
  EXPECT_EQ(reason("NaN", "51.38"), "NOT_FINITE");
  EXPECT_EQ(reason("0.51", "1e400"), "NOT_FINITE");
  EXPECT_EQ(reason("0x1F", "51.38"), "NOT_A_NUMBER");
  EXPECT_EQ(reason(" 0.51", "51.38"), "NOT_A_NUMBER");
  EXPECT_EQ(reason("\"0,51\"", "51.38"), "DECIMAL_COMMA");
  EXPECT_EQ(reason("180.1", "51.38"), "OUT_OF_RANGE");
  EXPECT_EQ(reason("0.51", "-90.1"), "OUT_OF_RANGE");
  EXPECT_EQ(reason("576000", "168000"), "OUT_OF_RANGE");  // metres in a file of degrees
  EXPECT_EQ(reason(" ", " "), "NOT_A_NUMBER");
}

TEST(ParseRows, F5_TheMessageNamesColumnAndValue) {
  const auto rows = Parse(kPoliceHeader + Row("id1", "2022-08", "0x1F\"\"", "51", "Burglary"), PoliceSource());
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->rejected.at(0).reason, "BAD_QUOTE");
  const auto hex = Parse(kPoliceHeader + Row("id1", "2022-08", "0x1F", "51", "Burglary"), PoliceSource());
  EXPECT_EQ(hex->rejected.at(0).message, "Longitude is \"0x1F\"; expected a decimal number with a point");
}

TEST(ParseRows, F10_Months) {
  const auto reason = [](const char* month) { return PoliceReason(month, "0.51", "51.38", "Burglary"); };  // as_at is 2024-06-30
  EXPECT_EQ(reason("2024-06"), "");
  EXPECT_EQ(reason("2010-12"), "");
  EXPECT_EQ(reason("2024-07"), "FUTURE_DATE");
  EXPECT_EQ(reason("9999-12"), "FUTURE_DATE");
  EXPECT_EQ(reason("2010-11"), "DATE_OUT_OF_RANGE");
  EXPECT_EQ(reason("0001-01"), "DATE_OUT_OF_RANGE");
  EXPECT_EQ(reason("2022-13"), "BAD_DATE");
  EXPECT_EQ(reason("2022-08-01"), "BAD_DATE");
  EXPECT_EQ(reason("08/2022"), "BAD_DATE");
  EXPECT_EQ(reason("1e18"), "BAD_DATE");
  EXPECT_EQ(reason(""), "BLANK_DATE");
}

TEST(ParseRows, F11_CategoriesMatchByteForByteAndByDay) {
  const auto reason = [](const char* type, const char* month = "2022-08") { return PoliceReason(month, "0.51", "51.38", type); };
  EXPECT_EQ(reason("Burglary"), "");
  for (const char* bad : {"burglary", "Burglary ", " Burglary", "", "Burgl\xD0\xB0ry", "Arson"}) EXPECT_EQ(reason(bad), "UNKNOWN_CATEGORY") << bad;
  EXPECT_EQ(reason("Public disorder and weapons", "2013-04"), "");
  EXPECT_EQ(reason("Public disorder and weapons", "2013-05"), "UNKNOWN_CATEGORY");
  SourceSpec other = PoliceSource();
  other.unmapped_as_other = true;
  const auto rows = Parse(kPoliceHeader + Row("id1", "2022-08", "", "", "Arson") + Row("id2", "2022-08", "", "", "Burglary"), other);
  ASSERT_TRUE(rows);
  EXPECT_THAT(rows->category, testing::ElementsAre(3, 1));
}

TEST(ParseRows, WholeFileFaults) {
  const std::string good = Row("id1", "2022-08", "0.51", "51.38", "Burglary");
  const auto reason = [](const std::string& text) { return OnlyReason(Parse(text, PoliceSource())); };
  EXPECT_EQ(reason(""), "CUT_FILE");
  EXPECT_EQ(reason("\xEF\xBB\xBF"), "CUT_FILE");
  EXPECT_EQ(reason(kPoliceHeader), "");
  EXPECT_EQ(reason("\n" + kPoliceHeader), "WRONG_HEADER");
  EXPECT_EQ(reason("crime id" + kPoliceHeader.substr(8)), "WRONG_HEADER");
  EXPECT_EQ(reason(good), "WRONG_HEADER");
  EXPECT_EQ(reason(kPoliceHeader + "\"" + good), "UNCLOSED_QUOTE");
  EXPECT_EQ(reason(kPoliceHeader + good.substr(0, good.size() - 1) + "\r\n"), "MIXED_LINE_ENDS");
  EXPECT_EQ(reason(kPoliceHeader + good + "\xE9\n"), "NOT_UTF8");
  EXPECT_EQ(reason(kPoliceHeader + std::string(9000, 'x') + good), "FIELD_TOO_LONG");
}

TEST(ParseRows, AMillionBadRowsEndTheReading) {
  EXPECT_EQ(Parse(kPoliceHeader + std::string(1'000'000, '\n'), PoliceSource())->rejected.size(), 1'000'000U);
  const auto rows = Parse(kPoliceHeader + std::string(1'000'001, '\n'), PoliceSource());
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().reason, "TOO_MANY_BAD_ROWS");
  EXPECT_NE(rows.error().message.find("line 2: WRONG_COLUMN_COUNT"), std::string::npos) << rows.error().message;
}

TEST(ParseRows, F1_ExactRowCount) {
  const auto rows = Parse(kPoliceHeader + Row("id1", "2022-08", "0.51", "51.38", "Burglary"), PoliceSource());
  FileSpec file;
  file.name = "a.csv";
  EXPECT_TRUE(CheckRowCount(*rows, file));
  file.rows = 1;
  EXPECT_TRUE(CheckRowCount(*rows, file));
  file.rows = 2;
  EXPECT_EQ(CheckRowCount(*rows, file).error().reason, "ROW_COUNT");
}

TEST(ParseRows, PlacesAreInternedAndTheBlankOneIsZero) {
  PlaceTable places;
  EXPECT_EQ(places.intern(""), 0U);
  EXPECT_EQ(places.intern("a"), 1U);
  EXPECT_EQ(places.intern("b"), 2U);
  EXPECT_EQ(places.intern("a"), 1U);
  EXPECT_THAT(places.names(), testing::ElementsAre("", "a", "b"));
}

}  // namespace
}  // namespace geo
