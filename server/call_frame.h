// What every call does in the same way: enter, know its time, answer, tell the log.
#pragma once

#include <grpcpp/server_context.h>

#include <chrono>
#include <exception>
#include <memory>
#include <new>
#include <string_view>

#include "geo/types/result.h"
#include "server/request_log.h"
#include "server/runtime/drain_gate.h"
#include "server/runtime/snapshot_store.h"
#include "server/runtime/stop_token.h"
#include "server/runtime/worker_pool.h"

namespace server {

// The parts of the server that calls use; they outlive every call.
struct CallParts {
  SnapshotStore& snapshots;
  WorkerPool& pool;
  DrainGate& gate;
  RequestLog& log;
};

// When this call's time is up: its own deadline, the default where it has none, the maximum where it asks for more.
SteadyTime DeadlineOf(const grpc::CallbackServerContext& context);

// The part of one call that does not depend on its messages.
class CallFrame {
 public:
  CallFrame(CallParts& parts, grpc::CallbackServerContext& context, std::string_view method);
  ~CallFrame();
  CallFrame(const CallFrame&) = delete;
  CallFrame& operator=(const CallFrame&) = delete;

  // Admission, and the snapshot for the whole answer. Errors: kUnavailable DRAINING, NO_DATA.
  geo::Result<std::shared_ptr<const geo::Snapshot>> enter();
  // The status for the client, with wardwatch-reason, wardwatch-field and retry-after-ms as trailing metadata, and the line in the log. Once, before Finish.
  grpc::Status close(const geo::Result<void>& outcome);
  void cancel();

  CallParts& parts() { return parts_; }
  const std::shared_ptr<StopToken>& stop() const { return stop_; }
  std::int64_t rows = 0;
  std::size_t purpose_bytes = 0;

 private:
  CallParts& parts_;
  grpc::CallbackServerContext& context_;
  const std::string_view method_;
  const SteadyTime begin_ = std::chrono::steady_clock::now();
  const std::shared_ptr<StopToken> stop_;
  std::shared_ptr<const geo::Snapshot> snapshot_;
  bool entered_ = false;
};

// Runs `step`, which returns a Result, and turns what it throws into an error: memory that ran out ends one request and not the process.
template <class Step>
auto Guarded(Step&& step) -> decltype(step()) {
  try {
    return step();
  } catch (const std::bad_alloc&) {
    return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "OUT_OF_MEMORY", "not enough memory for this answer; ask for less"});
  } catch (const std::exception&) {
    return geo::Fail({geo::ErrorCode::kInternal, "", "UNEXPECTED", "the server failed to answer; its log knows the request by its time"});
  }
}

}  // namespace server
