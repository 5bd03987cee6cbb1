#include "server/server_options.h"

#include <fmt/format.h>

#include <algorithm>
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

namespace {

constexpr const char* kKeys = "store, listen, threads, log_json, allow_remote, http, public_url, cors_origins";

geo::Result<std::vector<std::string>> Strings(const toml::node& node, std::string_view key) {
  std::vector<std::string> values;
  const toml::array* array = node.as_array();
  if (array == nullptr) return geo::Fail(BadKey(key, "a list of strings"));
  for (const toml::node& entry : *array) {
    const auto value = entry.value_exact<std::string>();
    if (!value) return geo::Fail(BadKey(key, "a list of strings"));
    values.push_back(*value);
  }
  return values;
}

geo::Result<void> TakeKey(std::string_view name, const toml::node& node, ConfigFile& config) {
  for (const auto& [key, text] : {std::pair{"store", &config.store}, {"listen", &config.listen}, {"http", &config.http}, {"public_url", &config.public_url}}) {
    if (name != key) continue;
    *text = node.value_exact<std::string>();
    return *text ? geo::Result<void>() : geo::Fail(BadKey(name, "a string"));
  }
  for (const auto& [key, flag] : {std::pair{"log_json", &config.log_json}, {"allow_remote", &config.allow_remote}}) {
    if (name != key) continue;
    *flag = node.value_exact<bool>();
    return *flag ? geo::Result<void>() : geo::Fail(BadKey(name, "true or false"));
  }
  if (name == "threads") {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 1 || *value > limits::kMaxThreads) return geo::Fail(BadKey(name, "a whole number from 1 to 256"));
    config.threads = static_cast<int>(*value);
    return {};
  }
  if (name == "cors_origins") {
    auto values = Strings(node, name);
    if (!values) return geo::Fail(values.error());
    config.cors_origins = std::move(*values);
    return {};
  }
  return geo::Fail(geo::InvalidArgument(std::string(name), fmt::format("is not a key of this file; the keys are {}", kKeys)));
}

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
    if (auto taken = TakeKey(key.str(), node, config); !taken) return geo::Fail(taken.error());
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
  pick(flags.http, file.http, options.http);
  pick(flags.public_url, file.public_url, options.public_url);
  pick(flags.cors_origins, file.cors_origins, options.cors_origins);
  return options;
}

std::vector<std::string> KeysForRestart(const ServerOptions& running, const ServerOptions& told) {
  std::vector<std::string> keys;
  if (running.listen != told.listen) keys.emplace_back("listen");
  if (running.threads != told.threads) keys.emplace_back("threads");
  if (running.log_json != told.log_json) keys.emplace_back("log_json");
  if (running.allow_remote != told.allow_remote) keys.emplace_back("allow_remote");
  if (running.http != told.http) keys.emplace_back("http");
  if (running.public_url != told.public_url) keys.emplace_back("public_url");
  if (running.cors_origins != told.cors_origins) keys.emplace_back("cors_origins");
  return keys;
}

namespace {

// HOST:PORT, and of this machine unless the file says otherwise.
geo::Result<void> CheckAddress(const std::string& address, const char* field, bool allow_remote) {
  const auto colon = address.rfind(':');
  int port = -1;
  if (colon != std::string::npos) {
    const char* end = address.data() + address.size();
    const auto parsed = std::from_chars(address.data() + colon + 1, end, port);
    if (parsed.ec != std::errc() || parsed.ptr != end) port = -1;
  }
  if (colon == 0 || port < 0 || port > 65535) {
    return geo::Fail(geo::InvalidArgument(field, fmt::format("is \"{}\"; write HOST:PORT, port 0 for any free one", address)));
  }
  if (allow_remote || Loopback(std::string_view(address).substr(0, colon))) return {};
  return geo::Fail({geo::ErrorCode::kInvalidArgument, field, "NOT_LOOPBACK",
                    fmt::format("is \"{}\", an address that others can reach, and this server has no access control yet: everyone who reaches it sees exact "
                                "counts and rows. Use 127.0.0.1, or set allow_remote = true in the configuration file if the network itself keeps others out",
                                address)});
}

// scheme://host, of plain characters; `path` where one may follow.
bool GoodUrl(std::string_view url, bool path) {
  if (!url.starts_with("http://") && !url.starts_with("https://")) return false;
  const std::string_view rest = url.substr(url.find("://") + 3);
  const bool plain = std::all_of(rest.begin(), rest.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' || c == ']' ||
           (path && (c == '/' || c == '_' || c == '~'));
  });
  return plain && !rest.empty() && rest.front() != '/' && rest.back() != '/';
}

}  // namespace

bool IsLoopback(std::string_view listen) { return Loopback(listen.substr(0, listen.rfind(':'))); }

geo::Result<void> CheckOptions(const ServerOptions& options) {
  if (options.store.empty()) return geo::Fail(geo::InvalidArgument("store", "is missing; name the store that `wardwatch load` wrote: --store FILE.gpkg"));
  if (options.threads < 0 || options.threads > limits::kMaxThreads) {
    return geo::Fail(geo::InvalidArgument("threads", fmt::format("is {}; 1 to {}, or leave it out for one per core", options.threads, limits::kMaxThreads)));
  }
  if (auto good = CheckAddress(options.listen, "listen", options.allow_remote); !good) return good;
  if (!options.http.empty()) {
    if (auto good = CheckAddress(options.http, "http", options.allow_remote); !good) return good;
  }
  if (!options.public_url.empty() && !GoodUrl(options.public_url, true)) {
    return geo::Fail(geo::InvalidArgument("public_url", fmt::format("is \"{}\"; write https://HOST/PATH without a slash at the end", options.public_url)));
  }
  for (const std::string& origin : options.cors_origins) {
    if (origin == "*" || GoodUrl(origin, false)) continue;
    return geo::Fail(geo::InvalidArgument("cors_origins", fmt::format("holds \"{}\"; write https://HOST, or \"*\" for every site", origin)));
  }
  return {};
}

}  // namespace server
