#include "server/http/connection.h"

#include <sys/socket.h>

#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

#include "server/http/connection_answer.h"
#include "server/http/problem.h"
#include "server/http/read_request.h"
#include "server/http/response_head.h"
#include "server/limits.h"

namespace server::http {

namespace asio = boost::asio;
namespace bhttp = boost::beast::http;
using boost::system::error_code;

Connection::Connection(Socket socket, std::uint64_t number, const ConnectionTimes& times, ConnectionHost& host, std::shared_ptr<const void> hold)
    : hold_(std::move(hold)),
      socket_(std::move(socket)),
      number_(number),
      times_(times),
      host_(host),
      timer_(socket_.get_executor()),
      buffer_(limits::kHttpReadBytes) {}

Connection::~Connection() { host_.closed(number_); }

void Connection::start() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->ReadNext(); });
}

void Connection::close_when_idle() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->ending_ = true;
    if (self->phase_ == Phase::kIdle) self->Close();
  });
}

void Connection::close_now() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->Close(); });
}

void Connection::Arm(std::chrono::milliseconds limit) {
  timer_.expires_after(limit);
  timer_.async_wait([self = shared_from_this(), round = ++timer_round_](error_code error) {
    if (!error && round == self->timer_round_) self->OnDeadline();
  });
}

void Connection::OnDeadline() {
  if (phase_ == Phase::kHeader || phase_ == Phase::kBody) {
    timed_out_ = true;
    error_code ignored;
    socket_.cancel(ignored);  // the read ends and refuses
    return;
  }
  if (phase_ != Phase::kWork) Close();
}

void Connection::ReadNext() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kIdle;
  if (ending_ || host_.closing()) return Close();
  if (buffer_.size() > 0) return ReadHeader();
  host_.idle(number_, true);
  Arm(times_.idle);
  socket_.async_read_some(buffer_.prepare(limits::kHttpFirstRead), [self = shared_from_this()](error_code error, std::size_t bytes) {
    self->host_.idle(self->number_, false);
    if (error || self->phase_ == Phase::kClosed) return self->Close();
    self->buffer_.commit(bytes);
    self->ReadHeader();
  });
}

void Connection::ReadHeader() {
  phase_ = Phase::kHeader;
  Arm(times_.header);
  parser_.emplace();
  parser_->header_limit(limits::kHeaderBytes);
  parser_->body_limit(limits::kRequestBytes);
  bhttp::async_read_header(socket_, buffer_, *parser_, [self = shared_from_this()](error_code error, std::size_t) { self->OnHeader(error); });
}

void Connection::OnHeader(error_code error) {
  if (phase_ == Phase::kClosed) return;
  if (error) return RefuseBroken(error);
  if (const auto refusal = CheckHead(parser_->get())) return Refuse(refusal->status, refusal->reason, refusal->detail);
  ReadBody();
}

void Connection::ReadBody() {
  phase_ = Phase::kBody;
  Arm(times_.body);
  const auto read = [self = shared_from_this()] {
    bhttp::async_read(self->socket_, self->buffer_, *self->parser_, [self](error_code error, std::size_t) {
      if (self->phase_ == Phase::kClosed) return;
      if (error) return self->RefuseBroken(error);
      self->Serve();
    });
  };
  if (parser_->is_done()) return Serve();
  if (!Expects100(parser_->get())) return read();
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  asio::async_write(socket_, asio::buffer(kContinue.data(), kContinue.size()), [self = shared_from_this(), read](error_code error, std::size_t) {
    if (error || self->phase_ == Phase::kClosed) return self->Close();
    read();
  });
}

void Connection::RefuseBroken(error_code error) {
  if (timed_out_) return Refuse(408, "TOO_SLOW", "the request did not arrive in time; send it at once");
  if (error == bhttp::error::header_limit || error == bhttp::error::buffer_overflow) {
    return Refuse(431, "HEADERS_TOO_LARGE", "the request line and headers are over 8 KiB; send less");
  }
  if (error == bhttp::error::body_limit) return Refuse(413, "BODY_TOO_LARGE", "the body is over 1 MiB; send less");
  if (error == bhttp::error::bad_version) return Refuse(505, "BAD_VERSION", "this server speaks HTTP/1.1");
  const bool ours = error.category() == make_error_code(bhttp::error::bad_method).category();
  if (ours && error != bhttp::error::end_of_stream && error != bhttp::error::partial_message) {
    return Refuse(400, "BAD_REQUEST", "the request is not HTTP/1.1 as RFC 9112 has it: " + error.message());
  }
  Close();
}

void Connection::Serve() {
  phase_ = Phase::kWork;
  ++timer_round_;  // no deadline of ours while others work: theirs holds
  keep_ = parser_->keep_alive() && !ending_ && !host_.closing() && std::chrono::steady_clock::now() - begin_ < times_.age;
  auto request = TakeRequest(parser_->get());
  parser_.reset();
  ++requests_;
  if (!request) return Refuse(request.error().status, request.error().reason, request.error().detail);
  auto answer = std::make_shared<Answer>(shared_from_this(), std::make_shared<const Request>(std::move(*request)));
  answer_ = answer;
  Watch();
  host_.serve(std::move(answer));
}

// A client that hangs up while its request is worked on is told from one that has sent its next request by looking at one byte.
void Connection::Watch() {
  if (watching_) return;
  watching_ = true;
  socket_.async_wait(Socket::wait_read, [self = shared_from_this(), request = requests_](error_code error) {
    self->watching_ = false;
    self->OnWatch(request, error);
  });
}

void Connection::OnWatch(std::uint64_t request, error_code error) {
  if (phase_ != Phase::kWork && phase_ != Phase::kAnswer) return;
  if (request != requests_) return Watch();
  char byte = 0;
  const auto seen = error ? -1 : ::recv(socket_.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  if (seen > 0) return;  // pipelined: read when its turn comes
  if (seen < 0 && (errno == EAGAIN || errno == EINTR) && !error) return Watch();
  Close();
}

void Connection::Refuse(int status, std::string_view reason, std::string_view detail) {
  host_.refused(status);
  const Response response = Problem(status, reason, detail, true);
  keep_ = false;
  out_ = FormatHead(response, BodyForm::kLength, false);
  body_ = response.body;
  phase_ = Phase::kAnswer;
  Arm(times_.header);
  Write(true, {});
}

void Connection::Write(bool last, Exchange::Taken taken) {
  const std::array<asio::const_buffer, 4> parts{asio::buffer(out_), body_ ? asio::buffer(*body_) : asio::const_buffer(), asio::buffer(piece_),
                                                asio::buffer(tail_)};
  asio::async_write(socket_, parts,
                    [self = shared_from_this(), last, taken = std::move(taken)](error_code error, std::size_t) { self->OnWritten(last, taken, error); });
}

void Connection::OnWritten(bool last, const Exchange::Taken& taken, error_code error) {
  body_.reset();
  piece_.clear();
  tail_.clear();
  const bool good = !error && phase_ != Phase::kClosed;
  // Before the answer counts as over, so that whoever counts answers under way counts down only when the bytes have left.
  if (const auto answer = good && last ? answer_.lock() : nullptr) answer->finished();
  if (taken) taken(good);
  if (!good) return Close();
  if (!last) return;
  ++timer_round_;
  keep_ ? ReadNext() : Linger();
}

// A close with unread bytes resets the connection, and the client may lose the answer: take what still comes, for a moment.
void Connection::Linger() {
  error_code ignored;
  if (phase_ != Phase::kLinger) {
    phase_ = Phase::kLinger;
    socket_.shutdown(Socket::shutdown_send, ignored);
    Arm(limits::kHttpLinger);
  }
  buffer_.clear();
  socket_.async_read_some(buffer_.prepare(limits::kHttpFirstRead), [self = shared_from_this()](error_code error, std::size_t) {
    error || self->phase_ == Phase::kClosed ? self->Close() : self->Linger();
  });
}

void Connection::Close() {
  if (phase_ == Phase::kClosed) return;
  phase_ = Phase::kClosed;
  ++timer_round_;
  timer_.cancel();
  error_code ignored;
  socket_.close(ignored);
  if (const auto answer = answer_.lock()) answer->gone();
}

}  // namespace server::http
