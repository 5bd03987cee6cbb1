#include "server/cli/output_sink.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "server/cli/terminal.h"

namespace server {
namespace {

namespace fs = std::filesystem;

std::string Contents(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class OutputSinkTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("output_sink_" + std::to_string(testing::UnitTest::GetInstance()->random_seed()) + "_" +
                                              testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator())); }
  fs::path folder_;
};

TEST_F(OutputSinkTest, AFileAppearsWholeAtTheEnd) {
  const fs::path path = folder_ / "answer.csv";
  std::ofstream(path) << "old";
  auto sink = OutputSink::Open(path);
  ASSERT_TRUE(sink);
  ASSERT_TRUE(sink->write("new "));
  ASSERT_TRUE(sink->write("answer"));
  EXPECT_EQ(Contents(path), "old");
  ASSERT_TRUE(sink->finish());
  EXPECT_EQ(Contents(path), "new answer");
  EXPECT_EQ(files(), 1U);
}

TEST_F(OutputSinkTest, WithoutFinishNothingIsLeft) {
  const fs::path path = folder_ / "answer.csv";
  {
    auto sink = OutputSink::Open(path);
    ASSERT_TRUE(sink);
    ASSERT_TRUE(sink->write("half"));
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(OutputSinkTest, AFolderThatIsNotThereIsAnError) {
  const auto sink = OutputSink::Open(folder_ / "missing" / "answer.csv");
  ASSERT_FALSE(sink);
  EXPECT_EQ(sink.error().reason, "CANNOT_WRITE");
  EXPECT_NE(sink.error().message.find("answer.csv"), std::string::npos);
}

TEST_F(OutputSinkTest, ADeviceIsWrittenToAndNeverReplaced) {
  if (!fs::is_character_file("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  fs::create_symlink("/dev/full", folder_ / "full");
  auto sink = OutputSink::Open(folder_ / "full");
  ASSERT_TRUE(sink);
  EXPECT_FALSE(sink->write("x") && sink->finish());
  EXPECT_TRUE(fs::is_symlink(folder_ / "full"));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(OutputSinkTest, OfALinkTheFileBehindItIsReplaced) {
  std::ofstream(folder_ / "real.csv") << "old";
  fs::create_symlink("real.csv", folder_ / "link.csv");
  auto sink = OutputSink::Open(folder_ / "link.csv");
  ASSERT_TRUE(sink);
  ASSERT_TRUE(sink->write("new"));
  ASSERT_TRUE(sink->finish());
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.csv"));
  EXPECT_EQ(Contents(folder_ / "real.csv"), "new");
  EXPECT_EQ(files(), 2u);
}

TEST(Terminal, LocaleDecidesTheCharacters) {
  EXPECT_TRUE(DescribeTerminal(-1, "en_GB.UTF-8", false).utf8);
  EXPECT_TRUE(DescribeTerminal(-1, "C.utf8", false).utf8);
  EXPECT_FALSE(DescribeTerminal(-1, "C.utf8", true).utf8);
  EXPECT_FALSE(DescribeTerminal(-1, "C", false).utf8);
  EXPECT_FALSE(DescribeTerminal(-1, "", false).utf8);
  EXPECT_EQ(DescribeTerminal(-1, "", false).width_columns, 80);
}

}  // namespace
}  // namespace server
