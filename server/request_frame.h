// What every request does in the same way, whichever door it came through: enter, hold one snapshot, know its time, be guarded, tell the log. No gRPC here.
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "geo/disclosure/disclosed.h"
#include "geo/types/result.h"
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

// The part of one request that depends neither on its messages nor on its protocol.
class RequestFrame {
 public:
  RequestFrame(CallParts& parts, std::string_view called, SteadyTime deadline);
  ~RequestFrame();
  RequestFrame(const RequestFrame&) = delete;
  RequestFrame& operator=(const RequestFrame&) = delete;

  // Admission, and the snapshot, which the frame holds until tell_log. Errors: kUnavailable DRAINING, NO_DATA.
  geo::Result<std::shared_ptr<const geo::Snapshot>> enter();
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
  // The line in the log, and the end of the frame's hold on the snapshot. `error` is null where there is none. Once.
  void tell_log(std::string_view status, const geo::Error* error);
  void cancel();

  CallParts& parts() { return parts_; }
  const std::shared_ptr<StopToken>& stop() const { return stop_; }
  std::string_view method;  // "HotspotService.FindHotspots": for the log; outlives the frame
  std::int64_t rows = 0;
  std::size_t purpose_bytes = 0;
  geo::Role role = geo::Role::kAnalyst;

 private:
  // Tells the log what was thrown, and the client that there is something to look up.
  geo::Error Unexpected(const std::exception& thrown);

  CallParts& parts_;
  const SteadyTime begin_ = std::chrono::steady_clock::now();
  const std::shared_ptr<StopToken> stop_;
  std::shared_ptr<const geo::Snapshot> snapshot_;
  bool entered_ = false;
};

}  // namespace server
