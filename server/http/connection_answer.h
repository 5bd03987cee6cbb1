// The exchange of a connection's request under way. Everything here happens on the connection's strand.
#pragma once

#include <atomic>

#include "server/http/connection.h"

namespace server::http {

class Connection::Answer final : public Exchange, public std::enable_shared_from_this<Connection::Answer> {
 public:
  Answer(std::shared_ptr<Connection> connection, std::shared_ptr<const Request> request) : connection_(std::move(connection)), request_(std::move(request)) {}
  // Whoever forgets to answer answers with an error.
  ~Answer() override;

  const std::shared_ptr<const Request>& request() const override { return request_; }
  void on_gone(std::function<void()> gone) override;
  void reply(Response response, Taken taken) override;
  void begin(Response head, Taken taken) override;
  void write(std::string piece, bool last, Taken taken) override;
  void abort() override { connection_->close_now(); }
  // Of the connection: the client has left; the last byte has been taken.
  void gone();
  void finished() { gone_ = nullptr; }

 private:
  bool head() const { return request_->method == Method::kHead; }

  const std::shared_ptr<Connection> connection_;
  const std::shared_ptr<const Request> request_;
  std::atomic<bool> answered_{false};
  std::function<void()> gone_;
};

}  // namespace server::http
