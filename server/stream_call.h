// The frame of an RPC that streams its answer: as unary_call.h, with the encoding in chunks. The next chunk is made when the one before has been written, so a
// slow reader costs one chunk of memory and no worker, and until the call's deadline at most: a write that is still pending then is cut off.
// A response that has a field `progress` is told how far the answer is while it is being computed; see runtime/progress_gate.h.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "geo/disclosure/disclosed.h"
#include "server/call_frame.h"
#include "server/limits.h"
#include "server/runtime/progress_gate.h"
#include "server/write_deadline.h"

namespace server {

// The streams of one service that are under way, each of which holds its answer between chunks.
struct LiveStreams {
  const int most;
  std::atomic<int> now{0};
};

// When the work is told to stop: at the call's deadline, or somewhat before it, where it then answers with the best so far: that is a search, beside which
// the pool answers others.
enum class AnswerBy { kDeadline, kSomewhatBefore };

// A fifth of what is left, within limits: what is found is still to be certified, encoded and written.
inline SteadyTime SomewhatBefore(const StopToken& stop) {
  const auto left = stop.deadline() - std::chrono::steady_clock::now();
  const auto margin = std::clamp<std::chrono::steady_clock::duration>(left / 5, limits::kLeastAnswerMargin, limits::kMostAnswerMargin);
  return stop.deadline() - margin;
}

// Decode and Compute as for UnaryCall.
// Open: (Call&&, geo::Disclosed<Answer>&&) -> Chunks, with
//   Result<bool> Chunks::next(Response& chunk, const geo::StopSignal&): fills the chunk; false when it is the last
//   int64 Chunks::rows() const
template <class Request, class Response, class Decode, class Compute, class Open>
class StreamCall final : public grpc::ServerWriteReactor<Response> {
  using Call = typename std::invoke_result_t<Decode, const Request&, const geo::Snapshot&>::value_type;
  using Answer = typename std::invoke_result_t<Compute, const Call&, const geo::StopSignal&>::value_type;
  using Chunks = std::invoke_result_t<Open, Call&&, geo::Disclosed<Answer>&&>;

 public:
  StreamCall(CallParts& parts, grpc::CallbackServerContext& context, std::string_view method, const Request& request, LiveStreams& live, Decode decode,
             Compute compute, Open open, AnswerBy answer_by)
      : frame_(parts, context, method),
        write_deadline_(context, frame_.stop()->deadline()),
        gate_(frame_.stop(), limits::kProgressEvery, ProgressWrite(), answer_by == AnswerBy::kDeadline ? SteadyTime::max() : SomewhatBefore(*frame_.stop())),
        request_(request),
        live_(live),
        decode_(decode),
        compute_(compute),
        open_(open),
        search_(answer_by == AnswerBy::kSomewhatBefore) {}

  void begin() {
    auto admitted = frame_.guarded([this] { return Admit(); });
    if (!admitted) End(geo::Fail(admitted.error()));
  }

  void OnCancel() override { frame_.cancel(); }
  void OnWriteDone(bool ok) override {
    write_deadline_.end_write();
    if (!ok) frame_.stop()->cancel();  // the client is gone; the next piece of work is skipped and the call ended
    if (gate_.written()) frame_.parts().pool.resume(Piece());
    // Nothing of *this may be touched here: the call may be over.
  }
  void OnDone() override {
    if (counted_) --live_.now;
    delete this;
  }

 private:
  geo::Result<void> Admit() {
    auto call = frame_.admit(request_, decode_);
    if (!call) return geo::Fail(call.error());
    call_.emplace(std::move(*call));
    counted_ = true;
    if (++live_.now > live_.most) {
      return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "QUEUE_FULL", "as many lists are being streamed as this server takes; try again later"});
    }
    return frame_.parts().pool.submit(Piece());
  }

  Task Piece() {
    return {frame_.stop(), [this] { Step(); }, [this](const geo::Error& reason) { End(geo::Fail(reason)); }, search_};
  }

  ProgressGate::Write ProgressWrite() {
    if constexpr (!kTellsProgress) {
      return nullptr;
    } else {
      return [this](const ProgressReport& report) {
        if (!write_deadline_.begin_write()) return false;
        progress_.Clear();
        progress_.mutable_progress()->set_stage(report.stage);
        progress_.mutable_progress()->set_share(report.share);
        if (report.value) progress_.mutable_progress()->set_value(*report.value);
        if (report.bound) progress_.mutable_progress()->set_bound(*report.bound);
        this->StartWrite(&progress_);
        return true;
      };
    }
  }

  void Step() {
    if (!chunks_ && !failure_) {
      if (auto opened = frame_.guarded([this] { return OpenAnswer(); }); !opened) failure_ = opened.error();
      // What was told last is still on its way; OnWriteDone comes back here.
      if (!gate_.close()) return;
    }
    if (failure_) return End(geo::Fail(*failure_));
    auto more = frame_.guarded([this] {
      chunk_.Clear();
      return chunks_->next(chunk_, *frame_.stop());
    });
    if (!more) return End(geo::Fail(more.error()));
    frame_.rows = chunks_->rows();
    // Nothing ends a write that nobody takes, so none begins late.
    if (!write_deadline_.begin_write()) return End(geo::Fail(frame_.stop()->reason()));
    if (*more) return this->StartWrite(&chunk_);
    Release();
    this->StartWriteAndFinish(&chunk_, grpc::WriteOptions(), frame_.close({}));
  }

  geo::Result<void> OpenAnswer() {
    auto answer = compute_(*call_, static_cast<const geo::StopSignal&>(gate_));
    if (!answer) return geo::Fail(answer.error());
    chunks_.emplace(open_(std::move(*call_), geo::Disclose(std::move(*answer), frame_.role)));
    return {};
  }

  void End(const geo::Result<void>& outcome) {
    Release();
    this->Finish(frame_.close(outcome));
  }

  void Release() {
    chunks_.reset();
    call_.reset();
  }

  static constexpr bool kTellsProgress = requires(Response & response) { response.mutable_progress(); };

  CallFrame frame_;
  WriteDeadline write_deadline_;
  ProgressGate gate_;
  const Request& request_;
  LiveStreams& live_;
  const Decode decode_;
  const Compute compute_;
  const Open open_;
  const bool search_;
  bool counted_ = false;
  std::optional<Call> call_;
  std::optional<Chunks> chunks_;
  std::optional<geo::Error> failure_;  // of the computation, while its last progress is being written
  Response chunk_;
  Response progress_;
};

template <class Request, class Response, class Decode, class Compute, class Open>
grpc::ServerWriteReactor<Response>* RunStream(CallParts& parts, grpc::CallbackServerContext* context, std::string_view method, const Request* request,
                                              LiveStreams& live, Decode decode, Compute compute, Open open, AnswerBy answer_by = AnswerBy::kDeadline) {
  auto* call = new StreamCall<Request, Response, Decode, Compute, Open>(parts, *context, method, *request, live, decode, compute, open, answer_by);
  call->begin();
  return call;
}

}  // namespace server
