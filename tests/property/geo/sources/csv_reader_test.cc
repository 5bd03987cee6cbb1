// Laws of the record reader.
#include "geo/sources/csv_reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/support/fixed_seed.h"
#include "tests/support/police_rows.h"

namespace geo {
namespace {

using Table = std::vector<std::vector<std::string>>;

Table ReadAll(const std::string& text) {
  auto reader = CsvReader::Open(text);
  RC_ASSERT(reader.has_value());
  Table out;
  CsvRecord record;
  while (reader->next(record)) {
    RC_ASSERT(!record.bad_quote);
    out.emplace_back(record.fields.begin(), record.fields.end());
  }
  RC_ASSERT(!reader->fault());
  return out;
}

rc::Gen<std::string> FieldText() { return rc::gen::container<std::string>(rc::gen::element('a', 'b', ',', '"', '\n', ' ', ';', '\'')); }

std::string Write(const Table& table, bool quote_all, const char* line_end) {
  std::string out;
  for (const auto& row : table) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      if (!quote_all && row[i].find_first_of(",\"\n") == std::string::npos) {
        out += row[i];
        continue;
      }
      out += '"';
      for (const char c : row[i]) out += c == '"' ? "\"\"" : std::string(1, c);
      out += '"';
    }
    out += line_end;
  }
  return out;
}

RC_GTEST_PROP(CsvReaderLaws, WhatIsWrittenIsRead, ()) {
  const auto table = *rc::gen::nonEmpty(rc::gen::container<Table>(rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(FieldText()))));
  const bool quote_all = *rc::gen::arbitrary<bool>();
  RC_ASSERT(ReadAll(Write(table, quote_all, "\n")) == table);
  RC_ASSERT(ReadAll(Write(table, quote_all, "\r\n")) == table);
  RC_ASSERT(ReadAll("\xEF\xBB\xBF" + Write(table, quote_all, "\n")) == table);
}

// Any bytes at all: no crash, lines never run backwards, each record begins after the one before, and what is refused stays refused.
RC_GTEST_PROP(CsvReaderLaws, AnyBytes, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', '\xC3', '\xA9', '\0'));
  auto reader = CsvReader::Open(text);
  if (!reader) return;
  CsvRecord record;
  std::uint32_t line = 0;
  std::size_t bytes = 0;
  while (reader->next(record)) {
    RC_ASSERT(record.line > line);
    RC_ASSERT(!record.fields.empty());
    line = record.line;
    for (const std::string_view field : record.fields) bytes += field.size();
  }
  RC_ASSERT(bytes <= text.size());
  RC_ASSERT(!reader->next(record));
}

// Row F1: a file cut anywhere but at the end of a row is refused; cut at the end of a row, it has fewer rows, which CheckRowCount tells.
TEST(CsvReaderLaws, F1_CutAtEveryByte) {
  std::string text = support::kPoliceHeader;
  for (int i = 0; i < 200; ++i) {
    const std::string place = i % 7 == 0 ? "\"On, or \"\"near\"\"\nHigh Street\"" : "On or near Caf\xC3\xA9 Street";
    text += "id" + std::to_string(i) + ",2022-08,Kent Police,Kent Police,0.51,51.38," + place + ",E01,Medway 001A,Burglary,,\n";
  }
  FileSpec file;
  file.rows = 200;
  std::map<std::string, int> reasons;
  for (std::size_t n = 0; n <= text.size(); ++n) {
    const auto rows = support::Parse(text.substr(0, n), support::PoliceSource());
    std::string reason = rows ? "" : rows.error().reason;
    if (rows) {
      ASSERT_EQ(text[n - 1], '\n') << n;
      ASSERT_EQ(rows->rows_in, static_cast<std::int64_t>(rows->x.size() + rows->rejected.size()));
      const auto count = CheckRowCount(*rows, file);
      reason = count ? "" : count.error().reason;
    }
    ASSERT_EQ(reason.empty(), n == text.size()) << "cut at byte " << n;
    ++reasons[reason];
  }
  EXPECT_EQ(reasons[""], 1);
  EXPECT_EQ(reasons["ROW_COUNT"], 200);  // after the header and after each row but the last
  EXPECT_EQ(reasons["UNCLOSED_QUOTE"], 29);
  EXPECT_GT(reasons["NOT_UTF8"], 0);
}

}  // namespace
}  // namespace geo
