#include "geo/sources/csv_reader.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

// "1:[a|b] 2:[c|d]!" with ! for a bad quote; then the reason of the fault.
std::string Show(const std::string& text) {
  auto reader = CsvReader::Open(text);
  if (!reader) return reader.error().reason;
  std::string out;
  CsvRecord record;
  while (reader->next(record)) {
    out += (out.empty() ? "" : " ") + std::to_string(record.line) + ":[";
    for (std::size_t i = 0; i < record.fields.size(); ++i) out += (i == 0 ? "" : "|") + std::string(record.fields[i]);
    out += record.bad_quote ? "]!" : "]";
  }
  if (reader->fault()) out += " " + reader->fault()->reason;
  return out;
}

std::string FaultMessage(const std::string& text) {
  auto reader = CsvReader::Open(text);
  if (!reader) return reader.error().message;
  CsvRecord record;
  while (reader->next(record)) continue;
  return reader->fault() ? reader->fault()->message : "";
}

TEST(CsvReader, F3_LineEndsAndMarkMakeNoDifference) {
  const std::string expected = "1:[a|b] 2:[c|d]";
  EXPECT_EQ(Show("a,b\nc,d\n"), expected);
  EXPECT_EQ(Show("a,b\r\nc,d\r\n"), expected);
  EXPECT_EQ(Show("\xEF\xBB\xBF"
                 "a,b\r\nc,d\r\n"),
            expected);
  EXPECT_EQ(Show("a,b\r\nc,d\n"), "1:[a|b] MIXED_LINE_ENDS");
  EXPECT_EQ(Show("a,b\nc,d\r\n"), "1:[a|b] MIXED_LINE_ENDS");
  EXPECT_EQ(Show("a,\"b\"\r\n\"c\",d\n"), "1:[a|b] MIXED_LINE_ENDS");
}

TEST(CsvReader, F3_LineEndsInsideQuotes) {
  EXPECT_EQ(Show("a,\"b\nB\"\nc,d\n"), "1:[a|b\nB] 3:[c|d]");
  EXPECT_EQ(Show("a,\"b\r\nB\"\r\nc,d\r\n"), "1:[a|b\nB] 3:[c|d]");
  EXPECT_EQ(Show("a,\"b\nB\"\r\nc,d\r\n"), "1:[a|b\nB] 3:[c|d]");
  EXPECT_EQ(Show("a,\"\r\n\r\n\"\r\nc,d\r\n"), "1:[a|\n\n] 4:[c|d]");
}

TEST(CsvReader, F4_Quotes) {
  EXPECT_EQ(Show("\"a\",\"b,c\",\"\"\n"), "1:[a|b,c|]");
  EXPECT_EQ(Show("\"say \"\"hi\"\"\",\"\"\"\"\n"), "1:[say \"hi\"|\"]");
  EXPECT_EQ(Show("a\"b,c\nd,e\n"), "1:[a\"b|c]! 2:[d|e]");
  EXPECT_EQ(Show("\"a\"b,c\nd,e\n"), "1:[\"a\"b|c]! 2:[d|e]");
  EXPECT_EQ(Show("\"a\" ,c\nd,e\n"), "1:[\"a\" |c]! 2:[d|e]");
  EXPECT_EQ(Show(" \"a\",c\nd,e\n"), "1:[ \"a\"|c]! 2:[d|e]");
  EXPECT_EQ(Show("a\"b,c\r\nd,e\r\n"), "1:[a\"b|c]! 2:[d|e]");
  EXPECT_EQ(Show("a,b\"\nc,d\n"), "1:[a|b\"]! 2:[c|d]");
}

TEST(CsvReader, F4_AnUnclosedQuoteIsToldWithItsLine) {
  EXPECT_EQ(Show("a,b\nc,\"d\ne,f\n"), "1:[a|b] UNCLOSED_QUOTE");
  EXPECT_NE(FaultMessage("a,b\nc,\"d\ne,f\n").find("line 2 (byte 6)"), std::string::npos);
  EXPECT_EQ(Show("a,b\nc,\"d\"\"\ne,f\n"), "1:[a|b] UNCLOSED_QUOTE");
  EXPECT_EQ(Show("a,\"b\nc,\"d\ne,f\n"), "1:[a|\"b\nc,\"d]! 3:[e|f]");  // swallows one line, and says so
}

TEST(CsvReader, F4_Limits) {
  const std::string longest(kMaxFieldBytes, 'x');
  EXPECT_EQ(Show(longest + ",b\n"), "1:[" + longest + "|b]");
  EXPECT_EQ(Show("\"" + longest + "\",b\n"), "1:[" + longest + "|b]");
  EXPECT_EQ(Show(longest + "x,b\n"), " FIELD_TOO_LONG");
  EXPECT_EQ(Show("\"" + longest + "x\",b\n"), " FIELD_TOO_LONG");
  EXPECT_EQ(Show(std::string(10'000'000, 'x') + "\n"), " ROW_TOO_LONG");
  EXPECT_EQ(Show("\"" + std::string(10'000'000, 'x') + "\"\n"), " FIELD_TOO_LONG");
  EXPECT_EQ(Show("\"" + std::string(1'000'000, '\n') + "\"\n"), " FIELD_TOO_LONG");
  EXPECT_EQ(Show(std::string(70'000, ',') + "\n"), " ROW_TOO_LONG");
  EXPECT_EQ(Show("\"a\"" + std::string(70'000, ',') + "\n"), " ROW_TOO_LONG");
  std::string crlf = "\"";
  for (std::size_t i = 0; i < kMaxFieldBytes; ++i) crlf += "\r\n";
  EXPECT_EQ(Show(crlf + "\",b\r\n"), "1:[" + std::string(kMaxFieldBytes, '\n') + "|b]");
  const std::string wide = "a\n" + std::string(4999, ',') + "\nb\n";
  auto reader = CsvReader::Open(wide);
  CsvRecord record;
  ASSERT_TRUE(reader->next(record) && reader->next(record));
  EXPECT_EQ(record.fields.size(), 5000U);
}

TEST(CsvReader, BlankLinesAreRecords) {
  EXPECT_EQ(Show("a,b\n\nc,d\n\n"), "1:[a|b] 2:[] 3:[c|d] 4:[]");
  EXPECT_EQ(Show("a,b\r\n\r\nc,d\r\n"), "1:[a|b] 2:[] 3:[c|d]");
  EXPECT_EQ(Show("a,b\r\n\nc,d\r\n"), "1:[a|b] MIXED_LINE_ENDS");
  EXPECT_EQ(Show("\xEF\xBB\xBF\n"), "1:[]");
  EXPECT_EQ(Show(",\n"), "1:[|]");
}

}  // namespace
}  // namespace geo
