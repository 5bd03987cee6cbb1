// Flags that several commands of `wardwatch cameras` share.
#pragma once

#include "server/cli/command_flags.h"

namespace CLI {
class App;
}  // namespace CLI

namespace server {

// The period, the filter, the vintage, weights where `weights`, and the setting: table of detail, hour blocks, review, evidence, buildings.
void AddCameraQuestion(CLI::App& command, CommandLine& line, bool weights);
// --model, --level. `level`: what the server takes where none is said.
void AddCameraModel(CLI::App& command, CameraFlags& flags, bool required, const char* level);
// Where cameras could go: --draft, --crs, --candidate, --within, --without-power, --bearing.
void AddCameraSites(CLI::App& command, CameraFlags& flags);
// The one place that is asked for: --site or --at, --height, --on-building.
void AddRequestedSite(CLI::App& command, CameraFlags& flags);

}  // namespace server
