// The whole server in one object: services, workers, health, reload and drain. main.cc and the tests start the same one.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "geo/types/result.h"
#include "server/call_frame.h"
#include "server/request_log.h"
#include "server/rpc/edit_call.h"
#include "server/runtime/snapshot_store.h"

namespace server {

struct ServeSettings {
  std::string listen = "127.0.0.1:0";
  int threads = 0;  // 0: one per core
  int queue = 0;    // 0: the limit's default
  RequestLog::Form log = RequestLog::Form::kText;
  SnapshotStore::Load load;
  Deadlines deadlines;
  StoreEdit edit;  // of the store that `load` reads
  std::string http;                        // HOST:PORT of the gateway; empty: none
  std::string public_url;                  // the address that its links have; empty: as each client called it
  std::vector<std::string> cors_origins;   // pages that may read its answers, beside this machine's own
  bool allow_remote = false;
};

class WardwatchServer {
 public:
  // Loads, then listens: a server that answers has data. Errors: those of the load; kUnavailable CANNOT_LISTEN on `listen` or `http`; kFailedPrecondition
  // TOO_FEW_FILES when the system allows this process too few open files.
  static geo::Result<std::unique_ptr<WardwatchServer>> Start(ServeSettings settings);
  ~WardwatchServer();
  WardwatchServer(const WardwatchServer&) = delete;
  WardwatchServer& operator=(const WardwatchServer&) = delete;

  int port() const;
  int http_port() const;  // 0 without a gateway
  RequestLog& log();
  // SIGHUP: a reload, at once or after the one under way. Does not wait. Any thread.
  void request_reload();
  bool reloading() const;
  // SIGTERM: says NOT_SERVING first, refuses new requests, waits for those under way, then closes the listener. False when some were still under way at the
  // limit and were cut off. Once.
  bool drain(std::chrono::milliseconds limit);

 private:
  struct Parts;
  explicit WardwatchServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace server
