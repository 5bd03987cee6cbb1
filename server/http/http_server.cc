#include "server/http/http_server.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "server/http/http_call.h"

namespace server::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

void SetOptions(Connection::Socket& socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  // A dead peer is found as soon as gRPC finds one.
  const int fd = socket.native_handle();
  const int idle = static_cast<int>(limits::kKeepalive.count()), every = static_cast<int>(limits::kKeepaliveTimeout.count()), probes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof every);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &probes, sizeof probes);
}

std::string AddressOf(const Connection::Socket& socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  return error ? std::string() : peer.address().to_string();
}

}  // namespace

struct HttpServer::Parts final : ConnectionHost {
  Parts(const HttpSettings& settings, CallParts& call_parts, Application& app)
      : times(settings.times), calls(call_parts), application(app), book(settings.caps) {}

  void serve(std::shared_ptr<Exchange> exchange) override { std::make_shared<HttpCall>(calls, application, streams, std::move(exchange))->begin(); }
  void idle(std::uint64_t number, bool is) override { book.set_idle(number, is); }
  void closed(std::uint64_t number) override {
    book.leave(number);
    const std::lock_guard lock(mutex);
    connections.erase(number);
    if (connections.empty()) emptied.notify_all();
  }
  void refused(int status) override {
    ++malformed;
    application.observe({"HTTP/malformed", status, 0, 0});
  }
  bool closing() const override { return stopping; }

  geo::Result<void> Listen(const std::string& listen);
  void Accept();
  void Take(Connection::Socket socket);
  template <class Do>
  void ForAll(Do&& each);

  const ConnectionTimes times;
  CallParts& calls;
  Application& application;
  ConnectionBook book;
  asio::io_context io;
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  tcp::acceptor acceptor{io};
  asio::steady_timer pause{io};
  std::atomic<bool> stopping{false};
  std::atomic<std::int64_t> malformed{0};
  std::atomic<int> streams{0};
  mutable std::mutex mutex;
  std::condition_variable emptied;
  std::unordered_map<std::uint64_t, std::weak_ptr<Connection>> connections;
  bool unheld = false;
  // Everyone who may still touch the server has a copy; the destructor gives up its own and waits for the last.
  std::shared_ptr<const void> hold{this, [this](const void*) {
                                     const std::lock_guard lock(mutex);
                                     unheld = true;
                                     emptied.notify_all();
                                   }};
  std::vector<std::thread> threads;
};

geo::Result<void> HttpServer::Parts::Listen(const std::string& listen) {
  const auto colon = listen.rfind(':');
  std::string host = listen.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  error_code error;
  const auto found = tcp::resolver(io).resolve(host, listen.substr(colon + 1), tcp::resolver::passive | tcp::resolver::numeric_service, error);
  if (!error && !found.empty()) {
    const tcp::endpoint at = found.begin()->endpoint();
    acceptor.open(at.protocol(), error);
    if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor.bind(at, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (!error) return {};
  }
  return geo::Fail({geo::ErrorCode::kUnavailable, "http", "CANNOT_LISTEN",
                    fmt::format("{} cannot be bound: {}; choose another address with --http HOST:PORT", listen, error.message())});
}

void HttpServer::Parts::Accept() {
  acceptor.async_accept(asio::make_strand(io), [this](error_code error, Connection::Socket socket) {
    if (stopping || error == asio::error::operation_aborted) return;
    if (!error) {
      Take(std::move(socket));
      return Accept();
    }
    // Out of files, or memory: those who hold them will let some go. Asking again at once would only spin.
    pause.expires_after(limits::kAcceptPause);
    pause.async_wait([this](error_code waited) {
      if (!waited && !stopping) Accept();
    });
  });
}

void HttpServer::Parts::Take(Connection::Socket socket) {
  const auto verdict = book.enter(AddressOf(socket));
  if (verdict.evict) {
    const std::lock_guard lock(mutex);
    const auto found = connections.find(*verdict.evict);
    if (const auto old = found == connections.end() ? nullptr : found->second.lock()) old->close_when_idle();
  }
  if (!verdict.admitted) return;  // the socket closes
  SetOptions(socket);
  std::shared_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex);
    if (!hold) return book.leave(verdict.number);  // the server is going
    connection = std::make_shared<Connection>(std::move(socket), verdict.number, times, *this, hold);
    connections.emplace(verdict.number, connection);
  }
  connection->start();
}

template <class Do>
void HttpServer::Parts::ForAll(Do&& each) {
  std::vector<std::shared_ptr<Connection>> held;  // let go outside the lock: a connection that ends takes it
  {
    const std::lock_guard lock(mutex);
    for (const auto& [number, connection] : connections) {
      if (auto alive = connection.lock()) held.push_back(std::move(alive));
    }
  }
  for (const auto& connection : held) each(*connection);
}

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

geo::Result<std::unique_ptr<HttpServer>> HttpServer::Start(const HttpSettings& settings, CallParts& calls, Application& application) {
  auto parts = std::make_unique<Parts>(settings, calls, application);
  if (auto listening = parts->Listen(settings.listen); !listening) return geo::Fail(listening.error());
  parts->Accept();
  for (int i = 0; i < settings.threads; ++i) parts->threads.emplace_back([&io = parts->io] { io.run(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

HttpServer::~HttpServer() {
  stop(std::chrono::milliseconds(0));
  parts_->ForAll([](Connection& connection) { connection.close_now(); });
  std::shared_ptr<const void> ours;
  {
    const std::lock_guard lock(parts_->mutex);
    ours.swap(parts_->hold);
  }
  ours.reset();
  {
    // Whoever still works for a connection holds it, and so the server: all of them have been told to stop, and the workers would be waited for anyway.
    std::unique_lock lock(parts_->mutex);
    parts_->emptied.wait(lock, [this] { return parts_->unheld; });
  }
  parts_->work.reset();
  parts_->io.stop();
  for (auto& thread : parts_->threads) thread.join();
}

int HttpServer::port() const { return parts_->acceptor.is_open() ? parts_->acceptor.local_endpoint().port() : 0; }

HttpStats HttpServer::stats() const { return {parts_->book.stats(), parts_->malformed, parts_->streams}; }

void HttpServer::stop(std::chrono::milliseconds grace) {
  if (!parts_->stopping.exchange(true)) {
    asio::post(parts_->io, [parts = parts_.get()] {
      error_code ignored;
      parts->acceptor.close(ignored);
      parts->pause.cancel();
    });
  }
  parts_->ForAll([](Connection& connection) { connection.close_when_idle(); });
  std::unique_lock lock(parts_->mutex);
  parts_->emptied.wait_for(lock, grace, [this] { return parts_->connections.empty(); });
}

}  // namespace server::http
