#include "geo/sources/number_text.h"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <cstring>

namespace geo {
namespace {

struct Case {
  const char* text;
  double value;
  const char* fault;
};

// Row F5: what a coordinate column has been seen to hold.
const Case kCases[] = {
    {"0.973355", 0.973355, nullptr},
    {"-0.5", -0.5, nullptr},
    {"51", 51, nullptr},
    {"5.", 5, nullptr},
    {".5", 0.5, nullptr},
    {"1e5", 100000, nullptr},
    {"9e-05", 0.00009, nullptr},
    {"1E+2", 100, nullptr},
    {"1e-400", 0, nullptr},
    {"-1e-400", 0, nullptr},
    {"4.9e-324", 4.9e-324, nullptr},
    {"0e999999999", 0, nullptr},
    {"00012", 12, nullptr},
    {"0.1", 0.1, nullptr},
    {"-0", 0, nullptr},
    {"", 0, "EMPTY"},
    {"NaN", 0, "NOT_FINITE"},
    {"nan", 0, "NOT_FINITE"},
    {"nan(1)", 0, "NOT_FINITE"},
    {"inf", 0, "NOT_FINITE"},
    {"-Infinity", 0, "NOT_FINITE"},
    {"1e400", 0, "NOT_FINITE"},
    {"-1e400", 0, "NOT_FINITE"},
    {"1e999", 0, "NOT_FINITE"},
    {"0x1F", 0, "NOT_A_NUMBER"},
    {"+1", 0, "NOT_A_NUMBER"},
    {" 1", 0, "NOT_A_NUMBER"},
    {"1 ", 0, "NOT_A_NUMBER"},
    {"1\t", 0, "NOT_A_NUMBER"},
    {"--1", 0, "NOT_A_NUMBER"},
    {"1.2.3", 0, "NOT_A_NUMBER"},
    {"1e", 0, "NOT_A_NUMBER"},
    {"1e+", 0, "NOT_A_NUMBER"},
    {"e5", 0, "NOT_A_NUMBER"},
    {".", 0, "NOT_A_NUMBER"},
    {"-", 0, "NOT_A_NUMBER"},
    {"1_000", 0, "NOT_A_NUMBER"},
    {"1d5", 0, "NOT_A_NUMBER"},
    {"0,1", 0, "DECIMAL_COMMA"},
    {"-51,2", 0, "DECIMAL_COMMA"},
    {"1,234.5", 0, "DECIMAL_COMMA"},
    {",1", 0, "NOT_A_NUMBER"},
    {"1,", 0, "NOT_A_NUMBER"},
    {"a,1", 0, "NOT_A_NUMBER"},
    {"\xD9\xA1", 0, "NOT_A_NUMBER"},
};

void CheckAll() {
  for (const Case& item : kCases) {
    const NumberText read = ReadNumber(item.text);
    if (item.fault == nullptr) {
      EXPECT_EQ(read.fault, nullptr) << item.text << " " << (read.fault != nullptr ? read.fault : "");
      EXPECT_EQ(read.value, item.value) << item.text;
      EXPECT_FALSE(std::signbit(read.value) && read.value == 0) << item.text;
    } else {
      ASSERT_NE(read.fault, nullptr) << item.text;
      EXPECT_STREQ(read.fault, item.fault) << item.text;
    }
  }
}

TEST(NumberText, F5_Table) { CheckAll(); }

TEST(NumberText, F5_TheSameUnderAnyLocale) {
  // A comma locale where the machine has one; "C" again where it has none, and then the table has run twice.
  for (const char* locale : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "C"}) {
    if (std::setlocale(LC_ALL, locale) == nullptr) continue;
    CheckAll();
  }
  std::setlocale(LC_ALL, "C");
}

TEST(NumberText, LongDigitsOnEitherSideOfTheRange) {
  EXPECT_STREQ(ReadNumber(std::string(65, '1')).fault, "NOT_A_NUMBER");
  EXPECT_EQ(ReadNumber("0." + std::string(50, '0') + "1e-300").value, 0);
  EXPECT_EQ(ReadNumber("0." + std::string(50, '0') + "1e-300").fault, nullptr);
  EXPECT_STREQ(ReadNumber("1" + std::string(50, '0') + "e300").fault, "NOT_FINITE");
  EXPECT_DOUBLE_EQ(ReadNumber("1" + std::string(50, '0') + "e-50").value, 1);
}

TEST(NumberText, Counts) {
  EXPECT_EQ(ReadCount("0"), 0);
  EXPECT_EQ(ReadCount("9999999999999"), 9999999999999);
  for (const char* bad : {"", "-1", "+1", "1.0", " 1", "1e3", "12345678901234", "x"}) EXPECT_EQ(ReadCount(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace geo
