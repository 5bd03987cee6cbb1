// `wardwatch workstreams ...`.
#pragma once

namespace CLI {
class App;
}  // namespace CLI

namespace server {

struct CommandLine;

void AddWorkstreamCommands(CLI::App& app, CommandLine& line);

}  // namespace server
