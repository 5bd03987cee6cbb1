#include "server/cli/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "server/cli/command_line.h"
#include "server/cli/load_command.h"

namespace server {
namespace {

using testing::HasSubstr;

std::string Script(const std::string& shell) {
  CommandLine line;
  int load_exit_code = 0;
  CLI::App app("test", "wardwatch");
  AddCommands(app, line);
  AddLoadCommand(app, load_exit_code);
  return CompletionScript(app, shell);
}

void VisitCommands(const CLI::App& app, const std::function<void(const CLI::App&)>& visit) {
  visit(app);
  for (const CLI::App* child : app.get_subcommands([](const CLI::App*) { return true; })) VisitCommands(*child, visit);
}

TEST(Completion, KnowsEveryCommandAndEveryFlag) {
  CommandLine line;
  int load_exit_code = 0;
  CLI::App app("test", "wardwatch");
  AddCommands(app, line);
  AddLoadCommand(app, load_exit_code);
  const std::string bash = Script("bash");
  const std::string fish = Script("fish");
  int commands = 0;
  VisitCommands(app, [&](const CLI::App& command) {
    ++commands;
    if (command.get_parent() != nullptr) {
      EXPECT_THAT(bash, HasSubstr(command.get_name() + "\""));
      EXPECT_THAT(fish, HasSubstr("-a " + command.get_name() + " "));
    }
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_lnames()) {
        EXPECT_THAT(bash, HasSubstr("--" + name));
        EXPECT_THAT(fish, HasSubstr("-l " + name + " "));
      }
    }
  });
  EXPECT_GE(commands, 17);
  EXPECT_THAT(Script("zsh"), HasSubstr(bash));
  EXPECT_EQ(Script("tcsh"), "");
}

// Runs the script in bash as the shell would when tab is pressed after `words`.
std::string Completed(const std::vector<std::string>& words) {
  const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "wardwatch_completion.bash";
  std::ofstream file(path);
  file << Script("bash") << "COMP_WORDS=(";
  for (const std::string& word : words) file << "'" << word << "' ";
  file << ")\nCOMP_CWORD=" << words.size() - 1 << "\n_wardwatch\necho \"${COMPREPLY[*]}\"\n";
  file.close();
  FILE* pipe = popen(("bash --norc " + path.string()).c_str(), "r");
  if (pipe == nullptr) return "no bash";
  std::string out;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) out.push_back(static_cast<char>(c));
  EXPECT_EQ(pclose(pipe), 0);
  std::filesystem::remove(path);
  return out;
}

TEST(Completion, BashOffersWhatFits) {
  EXPECT_EQ(Completed({"wardwatch", "ho"}), "hotspots\n");
  EXPECT_EQ(Completed({"wardwatch", "wards", ""}), "compare years rank trend rise boundaries crosswalk --help\n");
  EXPECT_EQ(Completed({"wardwatch", "wards", "compare", "--ex"}), "--explain\n");
  EXPECT_EQ(Completed({"wardwatch", "hotspots", "--format", ""}), "table json csv geojson\n");
  EXPECT_EQ(Completed({"wardwatch", "hotspots", "--cells", "h"}), "hex\n");
  EXPECT_EQ(Completed({"wardwatch", "wards", "trend", "--split", ""}), "whole areas categories both\n");
  EXPECT_EQ(Completed({"wardwatch", "wards", "boundaries", "--flo"}), "--flows\n");
  EXPECT_EQ(Completed({"wardwatch", "wards", "crosswalk", "--weight", "i"}), "incidents\n");
  EXPECT_EQ(Completed({"wardwatch", "hotspots", "--period", ""}), "\n");
  EXPECT_EQ(Completed({"wardwatch", "completion", ""}), "bash zsh fish --help\n");
}

}  // namespace
}  // namespace server
