// The one frame of a unary RPC: admit, deadline, decode, run on the pool, disclose, encode, status, log.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <optional>
#include <type_traits>
#include <utility>

#include "geo/disclosure/disclosed.h"
#include "server/call_frame.h"
#include "server/codec/answer_context.h"
#include "server/codec/refusal.h"

namespace server {

// What may take seconds does not hold up what takes moments: the pool counts it among the searches.
enum class Takes { kMoments, kSeconds };

// Decode:  (const Request&, const geo::Snapshot&) -> Result<Call>                          on gRPC's thread: cheap, and absurd requests end here
// Compute: (const Call&, const geo::StopSignal&) -> Result<Answer>                         on a worker; asks the stop signal at least every 5 ms
// Encode:  (const Call&, const geo::Disclosed<Answer>&, Response&) -> Result<int64 rows>   on a worker
template <class Request, class Response, class Decode, class Compute, class Encode>
class UnaryCall final : public grpc::ServerUnaryReactor {
  using Call = typename std::invoke_result_t<Decode, const Request&, const geo::Snapshot&>::value_type;

 public:
  UnaryCall(CallParts& parts, grpc::CallbackServerContext& context, std::string_view method, const Request& request, Response& response, Decode decode,
            Compute compute, Encode encode, Takes takes)
      : frame_(parts, context, method), request_(request), response_(response), decode_(decode), compute_(compute), encode_(encode), takes_(takes) {}

  void begin() {
    auto admitted = frame_.guarded([this] { return Admit(); });
    if (!admitted) Answer(geo::Fail(admitted.error()));
  }

  // The work stops, not only the reply.
  void OnCancel() override { frame_.cancel(); }
  void OnDone() override { delete this; }

 private:
  geo::Result<void> Admit() {
    auto call = frame_.admit(request_, decode_);
    if (!call) return geo::Fail(call.error());
    call_.emplace(std::move(*call));
    return frame_.parts().pool.submit(
        {frame_.stop(), [this] { Answer(frame_.guarded([this] { return Run(); })); }, [this](const geo::Error& reason) { Answer(geo::Fail(reason)); },
         takes_ == Takes::kSeconds});
  }

  geo::Result<void> Run() {
    auto answer = compute_(*call_, *frame_.stop());
    if (!answer) return geo::Fail(answer.error());
    auto rows = encode_(*call_, geo::Disclose(std::move(*answer), frame_.role), response_);
    if (!rows) return geo::Fail(rows.error());
    SealAnswer(response_);
    if (auto fits = CheckAnswerFits(response_.ByteSizeLong()); !fits) return fits;
    // An answer that comes late is not an answer.
    if (frame_.stop()->stop_requested()) return geo::Fail(frame_.stop()->reason());
    frame_.rows = *rows;
    return {};
  }

  void Answer(const geo::Result<void>& outcome) {
    call_.reset();  // points into the snapshot, which the frame lets go
    Finish(frame_.close(outcome));
  }

  CallFrame frame_;
  const Request& request_;
  Response& response_;
  const Decode decode_;
  const Compute compute_;
  const Encode encode_;
  const Takes takes_;
  std::optional<Call> call_;
};

template <class Request, class Response, class Decode, class Compute, class Encode>
grpc::ServerUnaryReactor* RunUnary(CallParts& parts, grpc::CallbackServerContext* context, std::string_view method, const Request* request, Response* response,
                                   Decode decode, Compute compute, Encode encode, Takes takes = Takes::kMoments) {
  // Owned by gRPC from here: it calls OnDone once, after Finish.
  auto* call = new UnaryCall<Request, Response, Decode, Compute, Encode>(parts, *context, method, *request, *response, decode, compute, encode, takes);
  call->begin();
  return call;
}

}  // namespace server
