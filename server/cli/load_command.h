// `wardwatch load` and `wardwatch verify`: the commands that work on a store instead of asking a server.
#pragma once

namespace CLI {
class App;
}  // namespace CLI

namespace server {

inline constexpr int kExitLoaded = 0;
inline constexpr int kExitRefused = 2;   // the manifest, a file or the store is at fault; nothing was changed
inline constexpr int kExitInternal = 3;  // the disk, memory or a library is at fault; nothing was changed

// Adds both commands. When one of them is parsed it runs, and sets `exit_code`, which must outlive `app`.
// load MANIFEST [--store FILE] [--check] [--report FILE.json] [--data-root DIR] [--allow-shrink]: progress on standard error where that is a terminal, a
// summary on standard output, the refusal on standard error.
void AddLoadCommand(CLI::App& app, int& exit_code);

}  // namespace server
