// Shell completion, written from the commands themselves.
#pragma once

#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace server {

// The script for "bash", "zsh" or "fish": commands, flags, and the values of flags that have a fixed set. Any other shell gives an empty string.
std::string CompletionScript(const CLI::App& app, const std::string& shell);

}  // namespace server
