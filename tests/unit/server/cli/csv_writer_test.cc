#include "server/cli/csv_writer.h"

#include <gtest/gtest.h>

#include <limits>

#include "wardwatch/v1/common.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

std::string Field(std::string_view text) { return CsvWriter().text(text).take(); }

TEST(CsvWriter, QuotesWhatRfc4180Asks) {
  EXPECT_EQ(Field("River"), "River");
  EXPECT_EQ(Field("Luton, and Wayfield"), "\"Luton, and Wayfield\"");
  EXPECT_EQ(Field("the \"Strand\""), "\"the \"\"Strand\"\"\"");
  EXPECT_EQ(Field("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(Field(""), "");
}

TEST(CsvWriter, DefusesFormulasButNotNumbers) {
  EXPECT_EQ(Field("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
  EXPECT_EQ(Field("+44"), "'+44");
  EXPECT_EQ(Field("-"), "'-");
  EXPECT_EQ(Field("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(Field("\t=1"), "'\t=1");
  EXPECT_EQ(Field("a=b"), "a=b");
  EXPECT_EQ(CsvWriter().number(-12.5).take(), "-12.5");
  EXPECT_EQ(CsvWriter().whole(-3).take(), "-3");
}

TEST(CsvWriter, NumbersReadBackEqual) {
  EXPECT_EQ(CsvWriter().number(0.1).take(), "0.1");
  EXPECT_EQ(CsvWriter().number(1.0 / 3).take(), "0.3333333333333333");
  EXPECT_EQ(CsvWriter().number(std::numeric_limits<double>::infinity()).take(), "Infinity");
  EXPECT_EQ(CsvWriter().number(std::numeric_limits<double>::quiet_NaN()).take(), "");
}

TEST(CsvWriter, SuppressedIsNeitherZeroNorMissing) {
  api::Count exact;
  exact.set_exact(0);
  api::Count rounded;
  rounded.set_rounded(15);
  api::Count hidden;
  hidden.mutable_suppressed();
  EXPECT_EQ(CsvWriter().count(exact).count(rounded).count(hidden).count(api::Count()).take(), "0,15,suppressed,");
}

TEST(CsvWriter, RecordsEndInCrlf) {
  CsvWriter csv;
  csv.record({"a", "b"});
  csv.whole(1).empty();
  csv.end_record();
  csv.flag(true).text("x");
  csv.end_record();
  EXPECT_EQ(csv.take(), "a,b\r\n1,\r\ntrue,x\r\n");
  EXPECT_EQ(csv.take(), "");
}

}  // namespace
}  // namespace server
