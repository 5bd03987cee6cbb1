// `wardwatch`: the client and the front end of the loader. The only reader of argv and environment in this room.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "server/cli/command_line.h"
#include "server/cli/completion.h"
#include "server/cli/error_text.h"
#include "server/cli/load_command.h"
#include "server/cli/session.h"

namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// The order in which the C library looks.
std::string Locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (std::string value = Environment(name); !value.empty()) return value;
  }
  return {};
}

int Run(int argc, char** argv) {
  server::CommandLine line;
  if (const std::string address = Environment("WARDWATCH_SERVER"); !address.empty()) line.common.server = address;
  CLI::App app("Wardwatch: where the hotspots are, and which wards changed.", "wardwatch");
  server::AddCommands(app, line);
  int load_exit_code = server::kExitLoaded;
  server::AddLoadCommand(app, load_exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 prints help and version here too, and has exit codes of its own.
    return app.exit(error) == 0 ? server::kExitAnswered : server::kExitUsage;
  }
  if (line.command == server::Command::kNone) return load_exit_code;
  if (line.command != server::Command::kCompletion) return server::RunCommand(line, Locale());
  std::fputs(server::CompletionScript(app, line.shell).c_str(), stdout);
  return server::kExitAnswered;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "wardwatch: %s\n", error.what());
    return server::kExitNoAnswer;
  }
}
