// The commands and flags of `wardwatch`. Help, completion and parsing all come from the same CLI::App, so that none can go stale.
#pragma once

#include "server/cli/command_flags.h"

namespace CLI {
class App;
}  // namespace CLI

namespace server {

// Adds every command that asks a server, and `completion`. Parsing fills `line`, which must outlive `app`; its values before are the defaults.
void AddCommands(CLI::App& app, CommandLine& line);

}  // namespace server
