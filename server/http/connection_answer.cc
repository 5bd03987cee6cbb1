#include "server/http/connection_answer.h"

#include <fmt/format.h>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>

#include "server/http/problem.h"
#include "server/http/response_head.h"

namespace server::http {

Connection::Answer::~Answer() {
  if (answered_) return;
  boost::asio::post(connection_->socket_.get_executor(), [connection = connection_] {
    if (connection->phase_ == Phase::kWork) connection->Refuse(500, "NOT_ANSWERED", "the server has no answer to this request");
  });
}

void Connection::Answer::on_gone(std::function<void()> gone) {
  boost::asio::dispatch(connection_->socket_.get_executor(), [self = shared_from_this(), gone = std::move(gone)]() mutable {
    if (self->connection_->phase_ == Phase::kClosed) return gone();
    self->gone_ = std::move(gone);
  });
}

void Connection::Answer::gone() {
  // Once; and what it holds goes with it.
  if (const auto told = std::exchange(gone_, nullptr)) told();
}

void Connection::Answer::reply(Response response, Taken taken) {
  answered_ = true;
  boost::asio::post(connection_->socket_.get_executor(),
                    [self = shared_from_this(), response = std::make_shared<Response>(std::move(response)), taken = std::move(taken)]() mutable {
                      Connection& connection = *self->connection_;
                      if (connection.phase_ != Phase::kWork) return taken(false);
                      if (response->close) connection.keep_ = false;
                      connection.out_ = FormatHead(*response, BodyForm::kLength, connection.keep_);
                      connection.body_ = self->head() ? nullptr : response->body;
                      connection.phase_ = Phase::kAnswer;
                      connection.Arm(connection.times_.answer);
                      self->gone_ = nullptr;
                      connection.Write(true, std::move(taken));
                    });
}

void Connection::Answer::begin(Response head, Taken taken) {
  answered_ = true;
  boost::asio::post(connection_->socket_.get_executor(),
                    [self = shared_from_this(), response = std::make_shared<Response>(std::move(head)), taken = std::move(taken)]() mutable {
                      Connection& connection = *self->connection_;
                      if (connection.phase_ != Phase::kWork) return taken(false);
                      connection.out_ = FormatHead(*response, BodyForm::kChunks, connection.keep_);
                      connection.phase_ = Phase::kAnswer;
                      connection.Arm(connection.times_.answer);
                      connection.Write(self->head(), std::move(taken));
                    });
}

void Connection::Answer::write(std::string piece, bool last, Taken taken) {
  boost::asio::post(connection_->socket_.get_executor(), [self = shared_from_this(), piece = std::move(piece), last, taken = std::move(taken)]() mutable {
    Connection& connection = *self->connection_;
    if (connection.phase_ != Phase::kAnswer) return taken(false);
    connection.out_ = piece.empty() ? std::string() : fmt::format("{:x}\r\n", piece.size());
    connection.piece_ = std::move(piece);
    connection.tail_ = connection.piece_.empty() ? "" : "\r\n";
    if (last) connection.tail_ += "0\r\n\r\n";
    connection.Write(last, std::move(taken));
  });
}

}  // namespace server::http
