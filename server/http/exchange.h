// One request and the way back to the client who sent it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "server/http/http_message.h"

namespace server::http {

// Thread-safe. Answered once: reply() alone, or begin() and then write() until `last`. A further piece may be written only after the one before has been taken,
// which is what bounds the memory that a slow reader costs. When the client goes away, or takes nothing until the write deadline, what is written is dropped.
class Exchange {
 public:
  // Whether the bytes reached the client's system; called once for each, on the connection's thread.
  using Taken = std::function<void(bool taken)>;

  virtual ~Exchange() = default;
  virtual const std::shared_ptr<const Request>& request() const = 0;
  // Called at most once, on the connection's thread, when the client is gone before the answer's last byte has been taken. At once where it is gone already.
  virtual void on_gone(std::function<void()> gone) = 0;
  // The whole answer; its `stream` is not used.
  virtual void reply(Response response, Taken taken) = 0;
  // The head of an answer in pieces; its body is not used.
  virtual void begin(Response head, Taken taken) = 0;
  virtual void write(std::string piece, bool last, Taken taken) = 0;
  // Cuts an answer in pieces short: the client sees that it is not whole.
  virtual void abort() = 0;
};

}  // namespace server::http
