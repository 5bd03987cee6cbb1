#include "geo/sources/text_check.h"

#include <gtest/gtest.h>

namespace geo {
namespace {

using namespace std::string_literals;

std::string ReasonOf(const std::string& text) {
  const auto checked = CheckText(text);
  return checked ? "" : checked.error().reason;
}

TEST(TextCheck, F2_Encodings) {
  EXPECT_EQ(ReasonOf("a,b\n"), "");
  EXPECT_EQ(ReasonOf("caf\xC3\xA9,\xE2\x82\xAC,\xF0\x9F\x98\x80\n"), "");
  const std::string bad[] = {
      "caf\xE9\n"s,           // Latin-1
      "\xC0\xAF\n"s,          // overlong /
      "\xE0\x80\xAF\n"s,      // overlong in three
      "\xF0\x80\x80\xAF\n"s,  // overlong in four
      "\xED\xA0\x80\n"s,      // a surrogate
      "\xF4\x90\x80\x80\n"s,  // past U+10FFFF
      "\xF5\x80\x80\x80\n"s,
      "\x80\n"s,
      "\xE2\x82\n"s,
      "\xFF\n"s,
      "\xFF\xFE"s + "a\0,\0\n\0"s,  // UTF-16 with its mark
      "\xFE\xFF\0a"s,
  };
  for (const std::string& text : bad) EXPECT_EQ(ReasonOf(text), "NOT_UTF8") << Excerpt(text);
  EXPECT_EQ(ReasonOf("a\0b\n"s), "NUL_BYTE");
  EXPECT_EQ(ReasonOf("a\0,\0\n\0"s), "NUL_BYTE");  // UTF-16 without a mark
}

TEST(TextCheck, F2_NamesLineAndByteAtEveryOffset) {
  for (std::size_t at = 0; at < 40; ++at) {
    std::string text = "0123456789abcdef\n0123456789abcdef\nabcdef\n";
    text[at] = '\xE9';
    const auto checked = CheckText(text);
    ASSERT_FALSE(checked);
    const std::size_t line = at <= 16 ? 1 : at <= 33 ? 2 : 3;
    EXPECT_NE(checked.error().message.find("line " + std::to_string(line) + ", byte " + std::to_string(at) + ":"), std::string::npos)
        << checked.error().message;
  }
}

TEST(TextCheck, F1_F3_LineEnds) {
  EXPECT_EQ(ReasonOf(""), "CUT_FILE");
  EXPECT_EQ(ReasonOf("a"), "CUT_FILE");
  EXPECT_EQ(ReasonOf("a\nb"), "CUT_FILE");
  EXPECT_EQ(ReasonOf("a\r\nb\r"), "CUT_FILE");
  EXPECT_EQ(ReasonOf("a\rb\n"), "LONE_CR");
  EXPECT_EQ(ReasonOf("a\r\r\n"), "LONE_CR");
  EXPECT_EQ(ReasonOf("\"a\rb\"\n"), "LONE_CR");
  EXPECT_EQ(ReasonOf("a\r\nb\r\n"), "");
  EXPECT_EQ(*CheckText("\xEF\xBB\xBF"
                       "a\n"),
            3U);
  EXPECT_EQ(*CheckText("a\xEF\xBB\xBF\n"), 0U);
}

TEST(TextCheck, ExcerptsAreShortAndPrintable) {
  EXPECT_EQ(Excerpt("High Street"), "High Street");
  EXPECT_EQ(Excerpt("a\"b\\c\n\x1B\x7F\xE9"), "a\\x22b\\x5Cc\\x0A\\x1B\\x7F\\xE9");
  EXPECT_EQ(Excerpt("caf\xC3\xA9"), "caf\xC3\xA9");
  EXPECT_EQ(Excerpt(std::string(1000, 'x')), std::string(40, 'x') + "...");
  EXPECT_EQ(Excerpt(std::string(39, 'x') + "\xC3\xA9"), std::string(39, 'x') + "...");
}

}  // namespace
}  // namespace geo
