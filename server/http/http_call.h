// The frame of one HTTP request, as unary_call.h and stream_call.h are of RPCs: the same admission, workers, deadline, cancellation and log.
#pragma once

#include <atomic>
#include <memory>

#include "server/http/application.h"
#include "server/request_frame.h"

namespace server::http {

// Owned by whoever works on it: the exchange's callbacks, a task of the pool.
class HttpCall final : public std::enable_shared_from_this<HttpCall> {
 public:
  // `live` counts the answers in pieces that are under way.
  HttpCall(CallParts& parts, Application& application, std::atomic<int>& live, std::shared_ptr<Exchange> exchange);
  ~HttpCall();

  // On the connection's thread.
  void begin();

 private:
  void Work();
  geo::Result<Response> Run();
  void Answer(Response response);
  void AnswerError(const geo::Error& error);
  void Pull();
  void Next();
  void End(bool whole);
  const std::shared_ptr<StopToken>& working() const { return plan_.long_work ? reading_ : frame_.stop(); }

  const std::shared_ptr<Exchange> exchange_;  // first: it holds the server, which must not go before the frame has left
  RequestFrame frame_;
  Application& application_;
  std::atomic<int>& live_;
  const SteadyTime begin_ = std::chrono::steady_clock::now();
  Plan plan_;
  // Of an answer in pieces: reading it may take as long as any call may, working on its first piece as long as a usual one.
  const std::shared_ptr<StopToken> reading_;
  std::unique_ptr<BodySource> stream_;
  bool counted_ = false;
  Observation seen_;
};

}  // namespace server::http
