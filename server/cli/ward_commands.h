// `wardwatch wards ...`.
#pragma once

#include "server/cli/command_flags.h"

namespace CLI {
class App;
}  // namespace CLI

namespace server {

void AddWardCommands(CLI::App& app, CommandLine& line);

}  // namespace server
