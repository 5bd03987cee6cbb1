// `wardwatch cameras ...`.
#pragma once

#include "server/cli/command_flags.h"

namespace CLI {
class App;
}  // namespace CLI

namespace server {

void AddCameraCommands(CLI::App& app, CommandLine& line);

}  // namespace server
