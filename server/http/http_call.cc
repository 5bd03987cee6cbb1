#include "server/http/http_call.h"

#include "server/http/problem.h"
#include "server/http/shape_response.h"

namespace server::http {

HttpCall::HttpCall(CallParts& parts, Application& application, std::atomic<int>& live, std::shared_ptr<Exchange> exchange)
    : exchange_(std::move(exchange)),
      frame_(parts, "HTTP", std::chrono::steady_clock::now() + parts.deadlines.usual),
      application_(application),
      live_(live),
      reading_(std::make_shared<StopToken>(std::chrono::steady_clock::now() + parts.deadlines.most)) {}

HttpCall::~HttpCall() {
  if (counted_) --live_;
}

void HttpCall::begin() {
  const auto& request = exchange_->request();
  auto planned = frame_.guarded([&]() -> geo::Result<Plan> { return application_.plan(request, frame_.enter()); });
  if (!planned) return AnswerError(planned.error());
  plan_ = std::move(*planned);
  frame_.method = plan_.method;
  if (plan_.relay) {
    return plan_.relay(exchange_, [self = shared_from_this()](int status) {
      self->seen_.status = status;
      self->End(true);
    });
  }
  if (plan_.now) return Answer(ShapeResponse(std::move(*plan_.now), *request));
  if (NamesEtag(request->if_none_match, plan_.etag) && request->if_none_match != "*") {
    Response known;
    known.etag = plan_.etag;
    return Answer(ShapeResponse(std::move(known), *request));
  }
  Work();
}

void HttpCall::Work() {
  exchange_->on_gone([self = shared_from_this()] {
    self->reading_->cancel();
    self->frame_.cancel();
  });
  auto submitted = frame_.parts().pool.submit({working(),
                                               [self = shared_from_this()] {
                                                 auto response = self->frame_.guarded([&] { return self->Run(); });
                                                 response ? self->Answer(std::move(*response)) : self->AnswerError(response.error());
                                               },
                                               [self = shared_from_this()](const geo::Error& reason) { self->AnswerError(reason); }});
  if (!submitted) AnswerError(submitted.error());
}

geo::Result<Response> HttpCall::Run() {
  auto response = plan_.work(*working());
  if (!response) return response;
  *response = ShapeResponse(std::move(*response), *exchange_->request());
  if (response->stream && exchange_->request()->method != Method::kHead) {
    std::string first;
    const auto more = response->stream->next(first, *working());
    if (!more) return geo::Fail(more.error());
    response->body = MakeBytes(std::move(first));
    if (!*more) response->stream.reset();
  }
  if (working()->stop_requested()) return geo::Fail(working()->reason());
  if (response->stream && !counted_) {
    counted_ = true;
    if (++live_ > limits::kHttpStreams) {
      return geo::Fail({geo::ErrorCode::kResourceExhausted, "", "QUEUE_FULL", "as many answers are being read as this server takes; try again later"});
    }
  }
  return response;
}

void HttpCall::AnswerError(const geo::Error& error) {
  const auto wait = error.reason == "QUEUE_FULL" ? frame_.parts().pool.retry_after().count() : 0;
  Response response = Problem(error, static_cast<int>((wait + 999) / 1000));
  // A server that is going does not keep connections open.
  response.close = error.reason == "DRAINING";
  Answer(std::move(response));
}

void HttpCall::Answer(Response response) {
  application_.decorate(*exchange_->request(), response);
  response.headers.insert(response.headers.end(), plan_.headers.begin(), plan_.headers.end());
  frame_.rows = response.rows;
  seen_.status = response.status;
  seen_.bytes = response.body ? response.body->size() : 0;
  frame_.tell_log(std::to_string(response.status), response.error ? &*response.error : nullptr);
  plan_.work = nullptr;  // what it held of the snapshot goes, unless the stream holds it too
  stream_ = std::move(response.stream);
  if (!stream_) return exchange_->reply(std::move(response), [self = shared_from_this()](bool taken) { self->End(taken); });
  const Bytes first = std::exchange(response.body, nullptr);
  const bool head = exchange_->request()->method == Method::kHead;
  exchange_->begin(std::move(response), [self = shared_from_this(), first, head](bool taken) {
    if (head || !taken) return self->End(taken);
    self->exchange_->write(*first, false, [self](bool whole) { whole ? self->Pull() : self->End(false); });
  });
}

void HttpCall::Pull() {
  frame_.parts().pool.resume({reading_, [self = shared_from_this()] { self->Next(); },
                              [self = shared_from_this()](const geo::Error&) {
                                self->exchange_->abort();
                                self->End(false);
                              }});
}

void HttpCall::Next() {
  std::string piece;
  auto more = frame_.guarded([&] { return stream_->next(piece, *reading_); });
  if (!more) {
    exchange_->abort();
    return End(false);
  }
  seen_.bytes += piece.size();
  const bool last = !*more;
  exchange_->write(std::move(piece), last, [self = shared_from_this(), last](bool taken) { taken && !last ? self->Pull() : self->End(taken); });
}

// The call itself ends with its last holder: that lets go of the drain gate.
void HttpCall::End(bool) {
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin_;
  stream_.reset();
  application_.observe({plan_.method.empty() ? std::string_view("HTTP") : plan_.method, seen_.status, seconds.count(), seen_.bytes});
}

}  // namespace server::http
