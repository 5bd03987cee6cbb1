// What every call does in the same way: enter, know its time, answer, tell the log.
#pragma once

#include <grpcpp/server_context.h>

#include <chrono>
#include <exception>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>

#include "geo/types/result.h"
#include "server/caller.h"
#include "server/limits.h"
#include "server/request_log.h"
#include "server/runtime/drain_gate.h"
#include "server/runtime/snapshot_store.h"
#include "server/runtime/stop_token.h"
#include "server/runtime/worker_pool.h"

namespace server {

// How long a call may take.
struct Deadlines {
  std::chrono::milliseconds usual = limits::kDefaultDeadline;  // of a call that names none
  std::chrono::milliseconds most = limits::kMaxDeadline;       // of any
};

// The parts of the server that calls use; they outlive every call.
struct CallParts {
  SnapshotStore& snapshots;
  WorkerPool& pool;
  DrainGate& gate;
  RequestLog& log;
  Deadlines deadlines;
};

// When this call's time is up: its own deadline, the usual one where it has none, the longest where it asks for more.
SteadyTime DeadlineOf(const grpc::CallbackServerContext& context, const Deadlines& deadlines);

// The part of one call that does not depend on its messages.
class CallFrame {
 public:
  CallFrame(CallParts& parts, grpc::CallbackServerContext& context, std::string_view method);
  ~CallFrame();
  CallFrame(const CallFrame&) = delete;
  CallFrame& operator=(const CallFrame&) = delete;

  // Admission, and the snapshot, which the frame holds until close. Errors: kUnavailable DRAINING, NO_DATA.
  geo::Result<std::shared_ptr<const geo::Snapshot>> enter();
  // Enters, learns who asks, and decodes: Result<Call> from (const Request&, const geo::Snapshot&). What comes of it is valid until close.
  template <class Request, class Decode>
  auto admit(const Request& request, const Decode& decode) -> std::invoke_result_t<Decode, const Request&, const geo::Snapshot&> {
    auto snapshot = enter();
    if (!snapshot) return geo::Fail(snapshot.error());
    const auto caller = CallerOf(request);
    if (!caller) return geo::Fail(caller.error());
    role = caller->role;
    purpose_bytes = caller->purpose.size();
    return decode(request, **snapshot);
  }
  // Runs `step`, which returns a Result, and turns what it throws into an error: memory that ran out ends one request and not the process.
  template <class Step>
  auto guarded(Step&& step) -> decltype(step()) {
    try {
      return step();
    } catch (const std::bad_alloc&) {
      return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "OUT_OF_MEMORY", "not enough memory for this answer; ask for less"});
    } catch (const std::exception& thrown) {
      return geo::Fail(Unexpected(thrown));
    }
  }
  // The status for the client, with wardwatch-reason, wardwatch-field and retry-after-ms as trailing metadata, and the line in the log. Once, before Finish.
  grpc::Status close(const geo::Result<void>& outcome);
  void cancel();

  CallParts& parts() { return parts_; }
  const std::shared_ptr<StopToken>& stop() const { return stop_; }
  std::int64_t rows = 0;
  std::size_t purpose_bytes = 0;
  geo::Role role = geo::Role::kAnalyst;

 private:
  // Tells the log what was thrown, and the client that there is something to look up.
  geo::Error Unexpected(const std::exception& thrown);

  CallParts& parts_;
  grpc::CallbackServerContext& context_;
  const std::string_view method_;
  const SteadyTime begin_ = std::chrono::steady_clock::now();
  const std::shared_ptr<StopToken> stop_;
  std::shared_ptr<const geo::Snapshot> snapshot_;
  bool entered_ = false;
};

}  // namespace server
