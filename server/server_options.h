// What the server is told at its start: flags first, then the configuration file, then defaults.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/types/result.h"

namespace server {

struct ServerOptions {
  std::string store;
  std::string listen = "127.0.0.1:50051";
  int threads = 0;  // 0: one per core
  bool log_json = false;
  bool allow_remote = false;              // configuration file only
  std::string http;                       // HOST:PORT of the HTTP gateway; empty: none
  std::string public_url;                 // configuration file only: the address that the gateway's links have
  std::vector<std::string> cors_origins;  // configuration file only: other sites whose pages may read answers
};

// The keys that the file may hold, each optional.
struct ConfigFile {
  std::optional<std::string> store;
  std::optional<std::string> listen;
  std::optional<int> threads;
  std::optional<bool> log_json;
  std::optional<bool> allow_remote;
  std::optional<std::string> http;
  std::optional<std::string> public_url;
  std::optional<std::vector<std::string>> cors_origins;
};

// TOML. Errors: kInvalidArgument with the key, or the line of a syntax error; an unknown key is an error, so that a misspelt one is not a silent default.
geo::Result<ConfigFile> ParseConfig(std::string_view toml);
geo::Result<ConfigFile> ReadConfig(const std::string& path);

// Fills in what the flags left out.
ServerOptions Merge(const ConfigFile& flags, const ConfigFile& file);

// The keys in which the two differ and that only a start applies: all but `store`, which a reload takes anew.
std::vector<std::string> KeysForRestart(const ServerOptions& running, const ServerOptions& told);

// Whether an address, HOST:PORT, is of this machine alone.
bool IsLoopback(std::string_view listen);

// Errors: kInvalidArgument for no store, threads out of range, an address that is not HOST:PORT, or one off this machine without allow_remote; a public_url
// that is not http or https; a cors_origins entry that is neither an origin nor "*".
geo::Result<void> CheckOptions(const ServerOptions& options);

}  // namespace server
