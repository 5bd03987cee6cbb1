// RequestFrame for gRPC: the deadline and the trailing metadata are the call's.
#pragma once

#include <grpcpp/server_context.h>

#include <memory>
#include <string_view>
#include <type_traits>

#include "server/caller.h"
#include "server/request_frame.h"

namespace server {

// When this call's time is up: its own deadline, the usual one where it has none, the longest where it asks for more.
SteadyTime DeadlineOf(const grpc::CallbackServerContext& context, const Deadlines& deadlines);

// The part of one call that does not depend on its messages.
class CallFrame : public RequestFrame {
 public:
  CallFrame(CallParts& parts, grpc::CallbackServerContext& context, std::string_view called)
      : RequestFrame(parts, called, DeadlineOf(context, parts.deadlines)), context_(context) {}

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
  // The status for the client, with wardwatch-reason, wardwatch-field and retry-after-ms as trailing metadata, and the line in the log. Once, before Finish.
  grpc::Status close(const geo::Result<void>& outcome);

 private:
  grpc::CallbackServerContext& context_;
};

}  // namespace server
