// `wardwatch load --report`: a report may replace an older report and nothing else.
#include "server/cli/load_command.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tests/support/load_case.h"

namespace server {
namespace {

class LoadCommand : public testing::Test {
 protected:
  void SetUp() override { load_case.load_first(); }
  int run(const std::string& report) {
    CLI::App app;
    int exit_code = -1;
    AddLoadCommand(app, exit_code);
    std::vector<std::string> words{report, "--report", load_case.store(), "--store", load_case.path("manifest.toml"), "load"};  // CLI11 takes them backwards
    app.parse(words);
    return exit_code;
  }
  support::LoadCase load_case;
};

TEST_F(LoadCommand, AReportReplacesAnOlderReport) {
  const std::string report = load_case.path("report.json");
  ASSERT_EQ(run(report), kExitLoaded);
  EXPECT_NE(support::ReadBytes(report).find("\"rows_in\": 3000"), std::string::npos);
  EXPECT_EQ(run(report), kExitLoaded);
}

TEST_F(LoadCommand, AReportNeverReplacesAnythingElse) {
  for (const std::filesystem::path& precious : {load_case.store(), load_case.path("manifest.toml"), load_case.path("incidents.csv"), load_case.path("wards.geojson")}) {
    const std::string before = support::ReadBytes(precious);
    EXPECT_EQ(run(precious), kExitRefused) << precious.filename();
    EXPECT_TRUE(support::ReadBytes(precious) == before) << precious.filename();
  }
  EXPECT_EQ(run(load_case.path("nowhere") / "report.json"), kExitRefused);
  EXPECT_EQ(run("/dev/null"), kExitRefused);
}

}  // namespace
}  // namespace server
