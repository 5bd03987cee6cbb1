// What must happen to spoilt incident files (rows F1 to F11, F17, F20, F21 of the acceptance table): a reason, and a store that is as it was.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "tests/support/load_case.h"

namespace {

using support::LoadCase;
using support::Table;
using support::TableRow;

class IncidentFile : public testing::Test {
 protected:
  void SetUp() override { load_case.load_first(); }
  void spoil(const std::string& text) { load_case.write("incidents.csv", text); }
  // The sound table with one more row.
  void add_row(const std::string& row) { spoil(Table(LoadCase::kRows) + row); }
  void expect_one_rejected(const std::string& reason) {
    const auto loaded = load_case.load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(load_case.rejected(reason), 1) << reason;
    EXPECT_EQ(load_case.kept(), LoadCase::kRows);
    load_case.expect_accounted();
  }
  LoadCase load_case;
};

TEST_F(IncidentFile, F1_CutAtAnyByteIsRefusedWhenRowsArePinned) {
  const std::string whole = Table(40);
  load_case.files = "{name = \"incidents.csv\", rows = 40}";
  load_case.allow_shrink = true;
  for (std::size_t size = 0; size < whole.size(); size += size < 80 || size + 80 > whole.size() ? 1 : 23) {
    spoil(whole.substr(0, size));
    const auto loaded = load_case.load();
    ASSERT_FALSE(loaded) << "cut at byte " << size << " of " << whole.size();
  }
  load_case.expect_untouched();
  spoil(whole);
  EXPECT_TRUE(load_case.load());
}

TEST_F(IncidentFile, F1_DigestOfTheManifestDecides) {
  load_case.files = "{name = \"incidents.csv\", sha256 = \"" + std::string(64, '0') + "\"}";
  load_case.expect_refused("DIGEST_MISMATCH", "the manifest says");
}

TEST_F(IncidentFile, F1_NoFinalLineEndIsACutFile) {
  std::string text = Table(LoadCase::kRows);
  text.pop_back();
  spoil(text);
  load_case.expect_refused("CUT_FILE", "incidents.csv");
}

TEST_F(IncidentFile, F2_EncodingIsUtf8AndNothingElse) {
  add_row("R1,2023-01-01T00:30,noise,570100,160100,Caf\xE9\n");
  load_case.expect_refused("NOT_UTF8");
  add_row("R1,2023-01-01T00:30,noise,570100,160100,\xC0\xAF\n");
  load_case.expect_refused("NOT_UTF8");
  spoil(std::string("\xFF\xFEr\0e\0f\0", 8));
  const auto utf16 = load_case.load();
  ASSERT_FALSE(utf16);
  add_row(std::string("R1,2023-01-01T00:30,noise,570100,160100,a\0b\n", 43));
  load_case.expect_refused("NUL_BYTE");
}

TEST_F(IncidentFile, F3_LineEndsAndByteOrderMarkDoNotChangeTheContent) {
  const std::string lf = Table(LoadCase::kRows);
  std::string crlf = "\xEF\xBB\xBF";
  for (const char c : lf) crlf += c == '\n' ? "\r\n" : std::string(1, c);
  const std::string digest = load_case.report.record.content_sha256;
  spoil(crlf);
  ASSERT_TRUE(load_case.load());
  EXPECT_EQ(load_case.report.record.content_sha256, digest);
  EXPECT_FALSE(load_case.report.unchanged);
}

TEST_F(IncidentFile, F3_LoneCarriageReturnsAndMixedLineEndsAreRefused) {
  add_row("R1,2023-01-01T00:30,noise,570100,160100,a\rb\n");
  load_case.expect_refused("LONE_CR");
  add_row("R1,2023-01-01T00:30,noise,570100,160100,a\r\n");
  load_case.expect_refused("MIXED_LINE_ENDS");
}

TEST_F(IncidentFile, F4_UnclosedQuoteAndLongFieldAreRefused) {
  add_row("R1,2023-01-01T00:30,noise,570100,160100,\"a\nR2,2023-01-01T00:30,noise,570100,160100,b\n");
  load_case.expect_refused("UNCLOSED_QUOTE");
  add_row("R1,2023-01-01T00:30,noise,570100,160100," + std::string(9000, 'x') + "\n");
  load_case.expect_refused("FIELD_TOO_LONG");
  add_row("R1,2023-01-01T00:30,noise,570100,160100," + std::string(10 << 20, 'x') + "\n");
  load_case.expect_refused("ROW_TOO_LONG");
}

TEST_F(IncidentFile, F4_WrongColumnCountAndStrayQuoteRejectTheirRowAlone) {
  add_row("R9001,2023-01-01T00:30,noise,570100,160100\n");
  expect_one_rejected("WRONG_COLUMN_COUNT");
  add_row("R9001,2023-01-01T00:30,noise,570100,160100,a\"b\n");
  expect_one_rejected("BAD_QUOTE");
}

TEST_F(IncidentFile, F5_NumbersThatAreNone) {
  const struct {
    const char* easting;
    const char* reason;
  } cases[] = {{"NaN", "NOT_FINITE"},        {"inf", "NOT_FINITE"},  {"1e999", "NOT_FINITE"}, {"0x1F", "NOT_A_NUMBER"},
               {"\"0,1\"", "DECIMAL_COMMA"}, {"+1", "NOT_A_NUMBER"}, {" 1", "NOT_A_NUMBER"},  {"", "HALF_POSITION"}};
  for (const auto& [easting, reason] : cases) {
    SCOPED_TRACE(easting);
    add_row(std::string("R9001,2023-01-01T00:30,noise,") + easting + ",160100,a\n");
    expect_one_rejected(reason);
  }
}

TEST_F(IncidentFile, F6_SwappedAxesAreRefusedWithTheHint) {
  std::string text = support::kTableHeader;
  for (int i = 0; i < 1000; ++i)
    text += "R" + std::to_string(i) + ",2023-01-01T00:30,noise," + std::to_string(160'100 + i % 90) + "," + std::to_string(570'100 + i % 70) + ",a\n";
  spoil(text);
  load_case.allow_shrink = true;
  load_case.expect_refused("AXES_SWAPPED", "axes swapped");
  load_case.source_keys = "service_area = {min_easting_m = 560000, min_northing_m = 150000, max_easting_m = 580000, max_northing_m = 170000}";
  load_case.expect_refused("AXES_SWAPPED", "service area as sent, 1000 with x and y exchanged");
}

TEST_F(IncidentFile, F7_DegreesUnderTheNameOfMetresAreRefused) {
  std::string text = support::kTableHeader;
  for (int i = 0; i < 200; ++i) text += "R" + std::to_string(i) + ",2023-01-01T00:30,noise,0.55" + std::to_string(i) + ",51.35" + std::to_string(i) + ",a\n";
  spoil(text);
  load_case.allow_shrink = true;
  load_case.expect_refused("CRS_MISMATCH", "EPSG:4326");
}

TEST_F(IncidentFile, F6_SwappedLongitudeAndLatitudeAreRefused) {
  std::string text = support::kTableHeader;
  for (int i = 0; i < 1000; ++i) text += "R" + std::to_string(i) + ",2023-01-01T00:30,noise,51.3" + std::to_string(i) + ",0.5" + std::to_string(i) + ",a\n";
  spoil(text);
  load_case.source_crs = "EPSG:4326";
  load_case.allow_shrink = true;
  load_case.expect_refused("AXES_SWAPPED");
}

TEST_F(IncidentFile, F8_PlacesThatAreNone) {
  add_row("R9001,2023-01-01T00:30,noise,0,0,a\n");
  expect_one_rejected("NULL_ISLAND");
  add_row("R9001,2023-01-01T00:30,noise,-5000,160100,a\n");
  expect_one_rejected("OUT_OF_AREA");
}

TEST_F(IncidentFile, F8_WholeDegreesAreAStandIn) {
  std::string text = support::kTableHeader;
  for (int i = 0; i < 1000; ++i) text += "R" + std::to_string(i) + ",2023-01-01T00:30,noise,0.5" + std::to_string(i) + ",51.3,a\n";
  spoil(text + "R9001,2023-01-01T00:30,noise,-1,52,a\n");
  load_case.source_crs = "EPSG:4326";
  load_case.allow_shrink = true;
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  EXPECT_EQ(load_case.rejected("WHOLE_DEGREES"), 1);
  EXPECT_EQ(load_case.kept(), 1000);
}

TEST_F(IncidentFile, F8_MoreBadRowsThanOneInAThousandRefuseTheFile) {
  std::string rows;
  for (int i = 0; i < 4; ++i) rows += "R" + std::to_string(9000 + i) + ",2023-01-01T00:30,noise,-5000,160100,a\n";
  add_row(rows);
  load_case.expect_refused("TOO_MANY_BAD_ROWS", "line 3002: OUT_OF_AREA");
  EXPECT_EQ(load_case.rejected("OUT_OF_AREA"), 4) << "the report lists them all";
}

TEST_F(IncidentFile, F9_IdenticalRowsCollapseAndDifferentOnesAreBothRefused) {
  add_row(TableRow(17));
  expect_one_rejected("DUPLICATE_ROW");
  spoil(Table(LoadCase::kRows) + "R17,2023-01-01T00:30,noise,570100,160100,a\n");
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  EXPECT_EQ(load_case.rejected("CONFLICTING_REFERENCE"), 2);
  EXPECT_EQ(load_case.kept(), LoadCase::kRows - 1);
  load_case.expect_accounted();
}

TEST_F(IncidentFile, F9_BlankReferencesAreNeverDuplicates) {
  add_row(",2023-01-01T00:30,noise,570100,160100,a\n,2023-01-01T00:30,noise,570100,160100,a\n");
  ASSERT_TRUE(load_case.load());
  EXPECT_EQ(load_case.kept(), LoadCase::kRows + 2);
}

TEST_F(IncidentFile, F9_DuplicatesAcrossFilesCountOnce) {
  load_case.write("more.csv", std::string(support::kTableHeader) + TableRow(17) + "R9001,2023-01-01T00:30,noise,570100,160100,a\n");
  load_case.files = "\"incidents.csv\", \"more.csv\"";
  ASSERT_TRUE(load_case.load());
  EXPECT_EQ(load_case.kept(), LoadCase::kRows + 1);
  EXPECT_EQ(load_case.report.files[1].file.rows_rejected, 1) << "the file named first keeps its row";
}

TEST_F(IncidentFile, F10_TheFutureAndTheImpossibleAreRejected) {
  add_row("R9001,2024-02-13T00:30,noise,570100,160100,a\n");
  expect_one_rejected("FUTURE_DATE");
  add_row("R9001,2023-02-29T00:30,noise,570100,160100,a\n");
  expect_one_rejected("BAD_DATE");
  load_case.dataset_keys = "";
  add_row("R9001,2024-02-11T00:30,noise,570100,160100,a\n");
  ASSERT_TRUE(load_case.load());
  EXPECT_EQ(load_case.kept(), LoadCase::kRows + 1) << "tomorrow is not the future";
}

TEST_F(IncidentFile, F11_UnknownCategoryIsRejectedOrCountedAsOtherNeverLost) {
  add_row("R9001,2023-01-01T00:30,Noise,570100,160100,a\n");
  expect_one_rejected("UNKNOWN_CATEGORY");
  load_case.source_keys = "on_unknown_category = \"other\"";
  ASSERT_TRUE(load_case.load());
  EXPECT_EQ(load_case.kept(), LoadCase::kRows + 1);
}

TEST_F(IncidentFile, F17_ArchivesAreRefusedByTheirContent) {
  spoil(std::string("PK\x03\x04", 4) + std::string(300, 'x') + "\n");
  load_case.expect_refused("WRONG_CONTENT", "a zip archive");
  spoil(std::string("\x1f\x8b\x08\x00", 4) + std::string(300, 'x') + "\n");
  load_case.expect_refused("WRONG_CONTENT", "gzip data");
  spoil(std::string(257, 'a') + "ustar" + std::string(300, 'x') + "\n");
  load_case.expect_refused("WRONG_CONTENT", "a tar archive");
  spoil("<OGRVRTDataSource><OGRVRTLayer name=\"x\"/></OGRVRTDataSource>\n");
  load_case.expect_refused("WRONG_CONTENT", "a virtual dataset");
}

TEST_F(IncidentFile, F20_OnlyARegularFileIsRead) {
  std::filesystem::remove(load_case.path("incidents.csv"));
  ASSERT_EQ(mkfifo(load_case.path("incidents.csv").c_str(), 0600), 0);
  const auto fifo = load_case.load();
  ASSERT_FALSE(fifo);
  load_case.expect_untouched();
  std::filesystem::remove(load_case.path("incidents.csv"));
  std::filesystem::create_directory(load_case.path("incidents.csv"));
  ASSERT_FALSE(load_case.load());
  load_case.expect_untouched();
  std::filesystem::remove(load_case.path("incidents.csv"));
  std::filesystem::create_symlink("/etc/hostname", load_case.path("incidents.csv"));
  ASSERT_FALSE(load_case.load());
  load_case.expect_untouched();
}

TEST_F(IncidentFile, F21_AShrunkenSourceWarnsThenRefuses) {
  spoil(Table(2700));
  ASSERT_TRUE(load_case.load());
  EXPECT_TRUE(load_case.report.warnings.empty());
  spoil(Table(2000));
  ASSERT_TRUE(load_case.load());
  ASSERT_EQ(load_case.report.warnings.size(), 1u);
  EXPECT_NE(load_case.report.warnings[0].find("26 % fewer"), std::string::npos) << load_case.report.warnings[0];
  spoil(Table(999));
  const auto refused = load_case.load();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "SHRUNK");
  load_case.allow_shrink = true;
  EXPECT_TRUE(load_case.load());
  EXPECT_EQ(load_case.kept(), 999);
}

TEST_F(IncidentFile, F21_TheSameFileTwiceIsRefused) {
  load_case.write("again.csv", Table(LoadCase::kRows));
  load_case.files = "\"again.csv\", \"incidents.csv\"";
  load_case.expect_refused("REPEATED_FILE", "same bytes as again.csv");
}

TEST_F(IncidentFile, RetentionRejectsWithoutCountingAsBad) {
  load_case.dataset_keys = "retention_months = 10";
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  // 10 months before 2024-01-31 is 2023-03-31: of 3,000 rows spread over 12 months three whole months begin earlier, none of which has a day 29 or later.
  EXPECT_EQ(load_case.rejected("PAST_RETENTION"), 750);
  EXPECT_EQ(load_case.kept(), 2250);
  EXPECT_TRUE(load_case.report.warnings.empty()) << "rows past retention are no loss";
}

}  // namespace
