// A mapped CSV: columns by name, and every kind of time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/police_rows.h"

namespace geo {
namespace {

using support::MappedSource;
using support::OnlyReason;
using support::Parse;

SourceSpec WithWindow() {
  SourceSpec out = MappedSource();
  out.columns.from = "from";
  out.columns.to = "to";
  return out;
}

// "FROM/TO" of the one kept row, else the reason.
std::string Told(const SourceSpec& source, const std::string& header, const std::string& row) {
  const auto rows = Parse(header + ",what,x,y\n" + row + ",Burglary,1,2\n", source);
  if (!rows || !rows->rejected.empty()) return OnlyReason(rows);
  return FormatMinute(rows->from_minute.at(0)) + "/" + FormatMinute(rows->to_minute.at(0));
}

TEST(MappedRows, OnlyMappedColumnsAreRead) {
  SourceSpec source = MappedSource();
  source.columns.month = "month";
  source.columns.reference = "ref";
  source.columns.place = "street";
  PlaceTable places;
  const auto rows = Parse(
      "victim,ref,y,x,street,what,month\nJane Doe,r1,200,100,High Street,Burglary,2022-01\nJohn Roe,r1,200,100,High Street,Burglary,2022-01\n", source, places);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_EQ(rows->x[0], 100);
  EXPECT_EQ(rows->y[0], 200);
  EXPECT_THAT(places.names(), testing::ElementsAre("", "High Street"));
  // Names are not read: two rows that differ in nothing else are one row.
  EXPECT_EQ(rows->content[0], rows->content[1]);
  EXPECT_EQ(rows->reference[0], rows->reference[1]);
}

TEST(MappedRows, Headers) {
  SourceSpec source = MappedSource();
  source.columns.month = "month";
  const auto reason = [&](const std::string& header) { return OnlyReason(Parse(header + "\n", source)); };
  EXPECT_EQ(reason("month,what,x,y"), "");
  EXPECT_EQ(reason("month,what,x,z"), "WRONG_HEADER");
  EXPECT_EQ(reason("month,what,x,Y"), "WRONG_HEADER");
  EXPECT_EQ(reason("month,what,x,y,x"), "WRONG_HEADER");
  EXPECT_EQ(reason("month,what,x,y,other,other"), "");
  source.columns.date = "what";
  EXPECT_EQ(reason("month,what,x,y"), "BAD_COLUMNS");
}

TEST(MappedRows, Dates) {
  SourceSpec source = MappedSource();
  source.columns.date = "date";
  const auto told = [&](const char* text) { return Told(source, "date", text); };
  EXPECT_EQ(told("2022-01-31"), "2022-01-31T00:00/2022-02-01T00:00");
  EXPECT_EQ(told("2024-02-29"), "2024-02-29T00:00/2024-03-01T00:00");
  EXPECT_EQ(told("2023-02-29"), "BAD_DATE");
  EXPECT_EQ(told("2024-07-01"), "2024-07-01T00:00/2024-07-02T00:00");  // the day after as_at: files cross midnight
  EXPECT_EQ(told("2024-07-02"), "FUTURE_DATE");
  EXPECT_EQ(told("2200-01-01"), "FUTURE_DATE");
  EXPECT_EQ(told("9999-12-31"), "FUTURE_DATE");
  EXPECT_EQ(told("1899-12-31"), "DATE_OUT_OF_RANGE");
  EXPECT_EQ(told("1900-01-01"), "1900-01-01T00:00/1900-01-02T00:00");
  EXPECT_EQ(told("0001-01-01"), "DATE_OUT_OF_RANGE");
  EXPECT_EQ(told("1640995200"), "BAD_DATE");
  EXPECT_EQ(told(""), "BLANK_DATE");
  source.date_format = "%d/%m/%Y";
  EXPECT_EQ(told("31/01/2022"), "2022-01-31T00:00/2022-02-01T00:00");
  source.date_format = "%H:%M";
  EXPECT_EQ(told("12:00"), "BAD_TIME_FORMAT");
}

TEST(MappedRows, DateAndTime) {
  SourceSpec source = MappedSource();
  source.columns.date = "date";
  source.columns.time = "time";
  const auto told = [&](const char* text) { return Told(source, "date,time", text); };
  EXPECT_EQ(told("2022-01-31,23:59"), "2022-01-31T23:59/2022-02-01T00:00");
  EXPECT_EQ(told("2022-01-31,"), "2022-01-31T00:00/2022-02-01T00:00");
  EXPECT_EQ(told("2022-01-31,24:00"), "BAD_TIME");
  EXPECT_EQ(told(",23:59"), "BLANK_DATE");
  EXPECT_EQ(told("2022-03-27,01:30"), "NONEXISTENT_LOCAL_TIME");
  EXPECT_EQ(told("2022-10-30,01:30"), "2022-10-30T01:30/2022-10-30T01:31");
  source.time_format = "%H:%M:%S";
  EXPECT_EQ(told("2022-01-31,23:59:59"), "2022-01-31T23:59/2022-02-01T00:00");
}

TEST(MappedRows, Windows) {
  const auto told = [](const char* text) { return Told(WithWindow(), "from,to", text); };
  EXPECT_EQ(told("2022-01-31T20:00,2022-02-01T06:00"), "2022-01-31T20:00/2022-02-01T06:00");
  EXPECT_EQ(told("2022-01-31T20:00,2022-01-31T20:00"), "2022-01-31T20:00/2022-01-31T20:01");
  EXPECT_EQ(told("2022-01-31T20:00,"), "2022-01-31T20:00/2022-01-31T20:01");
  EXPECT_EQ(told("2022-01-31T20:00,2022-01-31T19:59"), "FROM_AFTER_TO");
  EXPECT_EQ(told(",2022-01-31T20:00"), "BLANK_DATE");
  EXPECT_EQ(told("2022-01-31 20:00,"), "BAD_TIME");
  EXPECT_EQ(told("2022-01-31T20:00,soon"), "BAD_TIME");
  EXPECT_EQ(told("2022-03-27T01:00,2022-03-27T03:00"), "NONEXISTENT_LOCAL_TIME");
  EXPECT_EQ(told("2022-03-27T00:30,2022-03-27T01:59"), "NONEXISTENT_LOCAL_TIME");
  EXPECT_EQ(told("2024-07-01T23:00,2024-07-02T01:00"), "FUTURE_DATE");
  EXPECT_EQ(told("2022-02-30T10:00,"), "BAD_DATE");
}

TEST(MappedRows, AnotherClock) {
  SourceSpec source = WithWindow();
  source.time_zone = "UTC";
  const auto told = [&](const char* text) { return Told(source, "from,to", text); };
  EXPECT_EQ(told("2022-07-01T23:30,2022-07-02T00:30"), "2022-07-02T00:30/2022-07-02T01:30");
  EXPECT_EQ(told("2022-03-27T01:30,"), "2022-03-27T02:30/2022-03-27T02:31");
  EXPECT_EQ(told("2022-10-30T00:50,2022-10-30T01:10"), "2022-10-30T01:50/2022-10-30T01:51");  // 01:50 to 01:10 on the wall
  source.time_zone = "Nowhere/Here";
  EXPECT_EQ(told("2022-07-01T23:30,"), "BAD_TIME_ZONE");
}

TEST(MappedRows, GridMetres) {
  SourceSpec source = MappedSource();
  source.columns.month = "month";
  const auto reason = [&](const char* position) { return OnlyReason(Parse(std::string("month,what,x,y\n2022-01,Burglary,") + position + "\n", source)); };
  EXPECT_EQ(reason("576000.5,168000"), "");
  EXPECT_EQ(reason("2000000.1,0"), "OUT_OF_RANGE");
  EXPECT_EQ(reason("0,-2000000.1"), "OUT_OF_RANGE");
  EXPECT_EQ(reason("0,0"), "NULL_ISLAND");
  EXPECT_EQ(reason(","), "");
}

SourceSpec WithFlags() {
  SourceSpec source = MappedSource();
  source.columns.month = "month";
  source.columns.place = "street";
  FlagColumn alcohol{"alcohol", 0, "drink", {"Y"}, {"N", ""}};
  FlagColumn home{"complainant-location", 1, "whose", {"home"}, {"site"}};
  home.drops_position = true;
  FlagColumn always{"reported", 2, "", {}, {}, true};
  source.flags = {alcohol, home, always};
  return source;
}

TEST(MappedRows, FlagsAreBitsByTheWordsOfTheirColumns) {
  PlaceTable places;
  const auto rows = Parse(
      "month,what,x,y,street,drink,whose\n2022-01,Burglary,1,2,High Street,Y,site\n2022-01,Burglary,1,2,High Street,,home\n2022-01,Burglary,1,2,High "
      "Street,y,site\n2022-01,Burglary,1,2,High Street,N,\n",
      WithFlags(), places);
  ASSERT_TRUE(rows) << rows.error().message;
  EXPECT_THAT(rows->flags, testing::ElementsAre(0b101, 0b110));
  EXPECT_EQ(rows->x[0], 1);
  EXPECT_TRUE(std::isnan(rows->x[1]) && std::isnan(rows->y[1])) << "a complainant's home is not kept";
  EXPECT_EQ(places.names()[rows->place[0]], "High Street");
  EXPECT_EQ(places.names()[rows->place[1]], "") << "nor its street";
  ASSERT_EQ(rows->rejected.size(), 2U);
  EXPECT_EQ(rows->rejected[0].reason, "BAD_FLAG");
  EXPECT_NE(rows->rejected[0].message.find("drink is \"y\""), std::string::npos) << rows->rejected[0].message;
  EXPECT_NE(rows->rejected[1].message.find("whose is \"\""), std::string::npos) << rows->rejected[1].message;
}

TEST(MappedRows, AFlagNeedsItsColumn) {
  EXPECT_EQ(OnlyReason(Parse("month,what,x,y,street,drink\n", WithFlags())), "WRONG_HEADER");
}

}  // namespace
}  // namespace geo
