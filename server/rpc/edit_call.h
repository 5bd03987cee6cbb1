// The frame of an RPC that edits the store: enter, decode, write and reload on the reload thread, answer from what is served then.
#pragma once

#include <fmt/chrono.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <functional>
#include <utility>

#include "server/call_frame.h"
#include "server/codec/workstream_codec.h"
#include "server/runtime/reload_thread.h"

namespace server {

// Puts an edit into the store. Empty where the server takes none.
using StoreEdit = std::function<geo::Result<void>(const std::string& dataset, const geo::WorkstreamEdit& edit)>;

// Not RunUnary: writing and reloading take longer than a request may hold a worker, and one edit comes after the other.
// Decode: (const Request&, const geo::Snapshot&) -> Result<DatasetEdit>. Encode: (const DatasetEdit&, const geo::Snapshot& served, Response&).
template <class Request, class Response, class Decode, class Encode>
class EditCall final : public grpc::ServerUnaryReactor {
 public:
  EditCall(CallParts& parts, grpc::CallbackServerContext& context, std::string_view method, Response& response, Decode decode, Encode encode)
      : frame_(parts, context, method), response_(response), decode_(decode), encode_(encode) {}

  void begin(const Request& request, ReloadThread& reloads, const StoreEdit& edit) {
    auto started = frame_.guarded([&]() -> geo::Result<void> {
      auto decoded = frame_.admit(request, decode_);
      if (!decoded) return geo::Fail(decoded.error());
      if (!edit) {
        return geo::Fail({geo::ErrorCode::kFailedPrecondition, "", "READ_ONLY",
                          "this server takes no edits: it listens beyond this machine and knows no callers apart; edit where it runs, or in the manifest"});
      }
      edit_ = std::move(*decoded);
      edit_.edit.made_at = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
      return reloads.start([this](const geo::Result<SnapshotSwap>& swap) { Answer(swap); }, [this, &edit] { return edit(edit_.dataset, edit_.edit); });
    });
    if (!started) Finish(frame_.close(started));
  }
  // An edit that has begun goes on: it is written whole or not at all, and what it writes is for everyone.
  void OnCancel() override {}
  void OnDone() override { delete this; }

 private:
  void Answer(const geo::Result<SnapshotSwap>& swap) {
    if (!swap) return Finish(frame_.close(geo::Fail(swap.error())));
    Finish(frame_.close(frame_.guarded([&]() -> geo::Result<void> {
      encode_(edit_, *frame_.parts().snapshots.current(), response_);
      return {};
    })));
  }

  CallFrame frame_;
  Response& response_;
  const Decode decode_;
  const Encode encode_;
  DatasetEdit edit_;
};

template <class Request, class Response, class Decode, class Encode>
grpc::ServerUnaryReactor* RunEdit(CallParts& parts, ReloadThread& reloads, const StoreEdit& edit, grpc::CallbackServerContext* context, std::string_view method,
                                  const Request* request, Response* response, Decode decode, Encode encode) {
  auto* call = new EditCall<Request, Response, Decode, Encode>(parts, *context, method, *response, decode, encode);
  call->begin(*request, reloads, edit);
  return call;
}

}  // namespace server
