#include "server/server_options.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <toml++/toml.h>

#include "server/limits.h"

namespace server {
namespace {

geo::Error BadKey(std::string_view key, const char* wanted) { return geo::InvalidArgument(std::string(key), fmt::format("must be {}", wanted)); }

bool Loopback(std::string_view host) { return host == "localhost" || host == "[::1]" || host.starts_with("127."); }

}  // namespace

geo::Result<ConfigFile> ParseConfig(std::string_view text) {
  toml::table table;
  try {
    table = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "", "BAD_CONFIG",
                      fmt::format("line {} of the configuration file: {}", error.source().begin.line, error.description())});
  }
  ConfigFile config;
  for (const auto& [key, node] : table) {
    const std::string_view name = key.str();
    if (name == "store" || name == "listen") {
      const auto value = node.value_exact<std::string>();
      if (!value) return geo::Fail(BadKey(name, "a string"));
      (name == "store" ? config.store : config.listen) = *value;
    } else if (name == "threads") {
      const auto value = node.value_exact<std::int64_t>();
      if (!value || *value < 1 || *value > limits::kMaxThreads) return geo::Fail(BadKey(name, "a whole number from 1 to 256"));
      config.threads = static_cast<int>(*value);
    } else if (name == "log_json" || name == "allow_remote") {
      const auto value = node.value_exact<bool>();
      if (!value) return geo::Fail(BadKey(name, "true or false"));
      (name == "log_json" ? config.log_json : config.allow_remote) = *value;
    } else {
      return geo::Fail(geo::InvalidArgument(std::string(name), "is not a key of this file; the keys are store, listen, threads, log_json, allow_remote"));
    }
  }
  return config;
}

geo::Result<ConfigFile> ReadConfig(const std::string& path) {
  std::error_code ignored;
  const auto unreadable = [&](const char* why) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "config", "CANNOT_READ", fmt::format("the configuration file {} {}", path, why)});
  };
  // A folder, a device or a pipe would throw, never end or never begin.
  if (std::filesystem::exists(path, ignored) && !std::filesystem::is_regular_file(path, ignored)) return unreadable("is not a file");
  if (std::filesystem::file_size(path, ignored) > limits::kMaxConfigBytes && !ignored) return unreadable("is over 1 MiB");
  std::ifstream file(path, std::ios::binary);
  if (!file) return geo::Fail({geo::ErrorCode::kNotFound, "config", "CANNOT_READ", fmt::format("the configuration file {} cannot be read", path)});
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return ParseConfig(text);
}

ServerOptions Merge(const ConfigFile& flags, const ConfigFile& file) {
  ServerOptions options;
  const auto pick = [](const auto& flag, const auto& configured, auto& option) {
    if (flag) {
      option = *flag;
    } else if (configured) {
      option = *configured;
    }
  };
  pick(flags.store, file.store, options.store);
  pick(flags.listen, file.listen, options.listen);
  pick(flags.threads, file.threads, options.threads);
  pick(flags.log_json, file.log_json, options.log_json);
  pick(flags.allow_remote, file.allow_remote, options.allow_remote);
  return options;
}

std::vector<std::string> KeysForRestart(const ServerOptions& running, const ServerOptions& told) {
  std::vector<std::string> keys;
  if (running.listen != told.listen) keys.emplace_back("listen");
  if (running.threads != told.threads) keys.emplace_back("threads");
  if (running.log_json != told.log_json) keys.emplace_back("log_json");
  if (running.allow_remote != told.allow_remote) keys.emplace_back("allow_remote");
  return keys;
}

bool IsLoopback(std::string_view listen) { return Loopback(listen.substr(0, listen.rfind(':'))); }

geo::Result<void> CheckOptions(const ServerOptions& options) {
  if (options.store.empty()) return geo::Fail(geo::InvalidArgument("store", "is missing; name the store that `wardwatch load` wrote: --store FILE.gpkg"));
  if (options.threads < 0 || options.threads > limits::kMaxThreads) {
    return geo::Fail(geo::InvalidArgument("threads", fmt::format("is {}; 1 to {}, or leave it out for one per core", options.threads, limits::kMaxThreads)));
  }
  const auto colon = options.listen.rfind(':');
  int port = -1;
  if (colon != std::string::npos) {
    const char* end = options.listen.data() + options.listen.size();
    const auto parsed = std::from_chars(options.listen.data() + colon + 1, end, port);
    if (parsed.ec != std::errc() || parsed.ptr != end) port = -1;
  }
  if (colon == 0 || port < 0 || port > 65535) {
    return geo::Fail(geo::InvalidArgument("listen", fmt::format("is \"{}\"; write HOST:PORT, port 0 for any free one", options.listen)));
  }
  if (!options.allow_remote && !IsLoopback(options.listen)) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "listen", "NOT_LOOPBACK",
                      fmt::format("is \"{}\", an address that others can reach, and this server has no access control yet: everyone who reaches it sees exact "
                                  "counts and rows. Use 127.0.0.1, or set allow_remote = true in the configuration file if the network itself keeps others out",
                                  options.listen)});
  }
  return {};
}

}  // namespace server
