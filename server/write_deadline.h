// Cuts off a stream whose reader takes nothing: a pending write ends neither by itself nor by the stop token, which is asked only between chunks.
#pragma once

#include <grpcpp/alarm.h>
#include <grpcpp/server_context.h>

#include <memory>

#include "server/runtime/stop_token.h"

namespace server {

// Thread-safe. Of one call; goes with it, in OnDone at the latest.
class WriteDeadline {
 public:
  WriteDeadline(grpc::CallbackServerContext& context, SteadyTime deadline);
  ~WriteDeadline();
  WriteDeadline(const WriteDeadline&) = delete;
  WriteDeadline& operator=(const WriteDeadline&) = delete;

  // False when the time is up: then no write may begin. From here to end_write (or the end of the call) the deadline cancels the call.
  bool begin_write();
  void end_write();

 private:
  struct State;
  const std::shared_ptr<State> state_;  // the alarm may still hold it when the call is over
  grpc::Alarm alarm_;
};

}  // namespace server
