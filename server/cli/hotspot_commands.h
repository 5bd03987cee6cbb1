// The commands that ask HotspotService.
#pragma once

#include "server/cli/command_flags.h"

namespace CLI {
class App;
}  // namespace CLI

namespace server {

// hotspots, surface, places, area-hotspots.
void AddHotspotCommands(CLI::App& app, CommandLine& line);

}  // namespace server
