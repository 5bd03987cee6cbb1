#include "server/cli/text_table.h"

#include <gtest/gtest.h>

#include <sstream>

#include "server/cli/text_width.h"

namespace server {
namespace {

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TextTable WardTableOf(const std::vector<std::string>& names) {
  TextTable table({{"code", Align::kLeft, 0, 1}, {"ward", Align::kLeft, 8, 0}, {"rate per\n1,000", Align::kRight, 0, 0}});
  int code = 1;
  for (const std::string& name : names) table.add_row({"E0500000" + std::to_string(code++), name, "12.5"});
  return table;
}

TEST(TextWidth, CountsTerminalColumnsNotBytes) {
  EXPECT_EQ(DisplayWidth("River"), 5);
  EXPECT_EQ(DisplayWidth("Ynys Môn"), 8);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1);  // e and a combining acute
  EXPECT_EQ(DisplayWidth("東京"), 4);
  EXPECT_EQ(DisplayWidth("a\xFF"
                         "b"),
            3);                                // a byte that is no UTF-8
  EXPECT_EQ(DisplayWidth("\xED\xA0\x80"), 3);  // a surrogate is no character
}

TEST(TextWidth, CutsWholeCharactersAndNeverGrows) {
  EXPECT_EQ(CutToWidth("Rochester South and Horsted", 12, "…"), "Rochester S…");
  EXPECT_EQ(CutToWidth("Luton and Wayfield", 10, "…"), "Luton and…");  // no space before the ellipsis
  EXPECT_EQ(CutToWidth("Ynys Môn", 8, "…"), "Ynys Môn");
  EXPECT_EQ(CutToWidth("東京都", 4, "…"), "東…");
  EXPECT_EQ(CutToWidth("abcdef", 2, "..."), "ab");
  EXPECT_EQ(CutToWidth("abcdef", 0, "…"), "");
  for (int width = 0; width < 12; ++width) EXPECT_LE(DisplayWidth(CutToWidth("Ynys 東京 Môn", width, "…")), width);
}

TEST(TextWidth, MakesTextOfOthersHarmless) {
  EXPECT_EQ(Printable("\x1b[31mred\x1b[0m\r\n"), "?[31mred?[0m??");
  EXPECT_EQ(Printable("St Mary’s Island"), "St Mary’s Island");
  EXPECT_EQ(Printable("a\xC3("
                      "b\x7F"),
            "a?(b?");
  EXPECT_EQ(Printable("x\xE2\x80\xAEy"), "x?y");  // right-to-left override
}

TEST(TextWidth, FoldsAtSpaces) {
  EXPECT_EQ(FoldText("one two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(FoldText("incomprehensibilities", 7), (std::vector<std::string>{"incomprehensibilities"}));
  EXPECT_EQ(FoldText("", 7), (std::vector<std::string>{""}));
}

TEST(TextTable, LinesUpColumnsAndHeadings) {
  std::vector<std::string> left_out;
  EXPECT_EQ(WardTableOf({"River", "Ynys Môn"}).format({80, true}, &left_out),
            "                     rate per\n"
            "code       ward         1,000\n"
            "─────────────────────────────\n"
            "E05000001  River         12.5\n"
            "E05000002  Ynys Môn      12.5\n");
  EXPECT_TRUE(left_out.empty());
}

TEST(TextTable, FitsByCuttingThenCrowdingThenLeavingOut) {
  const TextTable table = WardTableOf({"Rochester South and Horsted"});
  std::vector<std::string> left_out;
  EXPECT_EQ(Lines(table.format({36, true}, &left_out)).back(), "E05000001  Rochester Sout…      12.5");
  EXPECT_EQ(Lines(table.format({28, true}, &left_out)).back(), "E05000001 Rocheste…     12.5");
  EXPECT_TRUE(left_out.empty());
  EXPECT_EQ(Lines(table.format({26, true}, &left_out)).back(), "Rochester South…      12.5");
  EXPECT_EQ(left_out, (std::vector<std::string>{"code"}));
}

TEST(TextTable, NeverWiderThanAskedWhileItCanGive) {
  for (const bool utf8 : {true, false}) {
    for (int width = 18; width <= 90; ++width) {
      for (const std::string& line : Lines(WardTableOf({"Rochester South and Horsted", "東京都の区", "River"}).format({width, utf8}, nullptr))) {
        EXPECT_LE(DisplayWidth(line), width) << line;
      }
    }
  }
}

TEST(TextTable, ColumnsOfOneOrderGoTogether) {
  TextTable table({{"n", Align::kRight, 0, 0}, {"low", Align::kRight, 0, 1}, {"high", Align::kRight, 0, 1}});
  table.add_row({"12345", "10000", "20000"});
  std::vector<std::string> left_out;
  EXPECT_EQ(Lines(table.format({16, false}, &left_out)).back(), "12345");
  EXPECT_EQ(left_out, (std::vector<std::string>{"low", "high"}));
}

TEST(TextTable, RulesAndAscii) {
  TextTable table({{"ward", Align::kLeft, 0, 0}, {"n", Align::kRight, 0, 0}});
  table.add_row({"River", "1,204"});
  table.add_rule();
  table.add_row({"Total", "1,204"});
  EXPECT_EQ(table.format({80, false}, nullptr),
            "ward       n\n"
            "------------\n"
            "River  1,204\n"
            "------------\n"
            "Total  1,204\n");
}

}  // namespace
}  // namespace server
