// The listener of the gateway, its threads and its connections.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "geo/types/result.h"
#include "server/http/application.h"
#include "server/http/connection.h"
#include "server/http/connection_book.h"
#include "server/limits.h"
#include "server/request_frame.h"

namespace server::http {

struct HttpSettings {
  std::string listen = "127.0.0.1:0";  // HOST:PORT
  int threads = limits::kHttpThreads;
  ConnectionBook::Caps caps{limits::kHttpConnections, limits::kHttpConnectionsPerAddress};
  ConnectionTimes times{limits::kIdle, limits::kHttpHeaderTime, limits::kHttpBodyTime, limits::kMaxDeadline, limits::kConnectionAge};
};

struct HttpStats {
  ConnectionBook::Stats connections;
  std::int64_t malformed = 0;  // requests that nobody could serve
  int streams = 0;             // answers in pieces under way
};

class HttpServer {
 public:
  // Listens and serves. `parts` and `application` outlive it. Error: kUnavailable CANNOT_LISTEN.
  static geo::Result<std::unique_ptr<HttpServer>> Start(const HttpSettings& settings, CallParts& parts, Application& application);
  // Closes what is left, at once.
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;
  HttpStats stats() const;
  // No new connections; idle ones are closed, others with their answer. Waits for those, at most `grace`.
  void stop(std::chrono::milliseconds grace);

 private:
  struct Parts;
  explicit HttpServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace server::http
