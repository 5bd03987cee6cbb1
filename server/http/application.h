// What the gateway does with requests, seen from the HTTP side.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/snapshot/dataset_snapshot.h"
#include "server/http/exchange.h"
#include "server/http/http_message.h"

namespace server::http {

// What to do with one request: exactly one of `now`, `work` and `relay`.
struct Plan {
  std::string_view method;                                            // "GET/collections": for the log and the metrics; lives for ever
  std::optional<Response> now;                                        // known already
  std::function<geo::Result<Response>(const geo::StopSignal&)> work;  // on a worker; asks the stop signal at least every 5 ms
  // Answers by itself, on threads of its own, and says the status when the last byte is on its way.
  std::function<void(std::shared_ptr<Exchange>, std::function<void(int)> done)> relay;
  bool long_work = false;  // a file is made: may take as long as any call may
  std::string etag;        // of what `work` will give: a client that has it is answered at once
  std::vector<std::pair<std::string, std::string>> headers;  // of the answer, whatever it is
};

struct Observation {
  std::string_view method;
  int status = 0;
  double seconds = 0;
  std::uint64_t bytes = 0;
};

using Admitted = geo::Result<std::shared_ptr<const geo::Snapshot>>;

// Thread-safe.
class Application {
 public:
  virtual ~Application() = default;
  // On a connection's thread: cheap. `admitted` is the snapshot to answer from, or why there is none: draining, or nothing loaded.
  virtual Plan plan(const std::shared_ptr<const Request>& request, const Admitted& admitted) = 0;
  // Headers that every response has: who may read it from other sites' pages.
  virtual void decorate(const Request& request, Response& response) const = 0;
  virtual void observe(const Observation& observation) = 0;
};

}  // namespace server::http
