// `wardwatch plan ...`.
#pragma once

#include "server/cli/command_flags.h"

namespace CLI {
class App;
}  // namespace CLI

namespace server {

void AddPlanCommands(CLI::App& app, CommandLine& line);

}  // namespace server
