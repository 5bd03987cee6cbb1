// One connection: requests in, one after another, and answers out, within limits of size and time.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/http/exchange.h"

namespace server::http {

// How long a client may take over each part.
struct ConnectionTimes {
  std::chrono::milliseconds idle;    // between requests, and before the first
  std::chrono::milliseconds header;  // from its first byte to its last
  std::chrono::milliseconds body;
  std::chrono::milliseconds answer;  // from our first byte until the client has taken the last
  std::chrono::milliseconds age;     // after which the next answer is the connection's last
};

// What a connection asks of the server that holds it. Outlives it.
class ConnectionHost {
 public:
  virtual ~ConnectionHost() = default;
  // Answers the exchange, now or later. On the connection's thread: cheap.
  virtual void serve(std::shared_ptr<Exchange> exchange) = 0;
  virtual void idle(std::uint64_t number, bool idle) = 0;
  virtual void closed(std::uint64_t number) = 0;
  // A request that ended before anyone could serve it: malformed, too large, too slow.
  virtual void refused(int status) = 0;
  virtual bool closing() const = 0;
};

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  using Strand = boost::asio::strand<boost::asio::io_context::executor_type>;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Strand>;

  // `hold` keeps the host, and what it serves with, until nothing of this connection is left: its socket ends in the host's io_context.
  Connection(Socket socket, std::uint64_t number, const ConnectionTimes& times, ConnectionHost& host, std::shared_ptr<const void> hold);
  ~Connection();

  // Any thread.
  void start();
  // Closes it where no request is under way; else its answer is its last.
  void close_when_idle();
  void close_now();

 private:
  class Answer;
  enum class Phase { kIdle, kHeader, kBody, kWork, kAnswer, kLinger, kClosed };

  void ReadNext();
  void ReadHeader();
  void OnHeader(boost::system::error_code error);
  void ReadBody();
  void Serve();
  void Watch();
  void OnWatch(std::uint64_t request, boost::system::error_code error);

  // One refusal of our own, and then the end.
  void Refuse(int status, std::string_view reason, std::string_view detail);
  void RefuseBroken(boost::system::error_code error);
  // Writes what `out_` and `body_` hold.
  void Write(bool last, Exchange::Taken taken);
  void OnWritten(bool last, const Exchange::Taken& taken, boost::system::error_code error);
  void Linger();
  void Close();
  void Arm(std::chrono::milliseconds limit);
  void OnDeadline();

  const std::shared_ptr<const void> hold_;  // first, so that it goes last
  Socket socket_;
  const std::uint64_t number_;
  const ConnectionTimes& times_;
  ConnectionHost& host_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, Strand> timer_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  Phase phase_ = Phase::kIdle;
  bool keep_ = true;  // a further request may follow
  bool ending_ = false;
  bool timed_out_ = false;
  std::uint64_t requests_ = 0;
  std::uint64_t timer_round_ = 0;
  bool watching_ = false;
  std::weak_ptr<Answer> answer_;  // to the request under way; whoever serves it holds it
  std::string out_;               // head, or chunk framing
  Bytes body_;
  std::string piece_;
  std::string tail_;
};

}  // namespace server::http
