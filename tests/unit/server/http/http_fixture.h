// The HTTP server in this process with an application that the test writes: no gRPC, no GDAL, so that ThreadSanitizer sees all of it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

#include "server/http/http_server.h"
#include "tests/support/raw_http.h"

namespace server::http {

class TestApplication final : public Application {
 public:
  std::function<Plan(const std::shared_ptr<const Request>&, const Admitted&)> answer;
  std::atomic<int> observed{0};
  std::atomic<int> last_status{0};

  Plan plan(const std::shared_ptr<const Request>& request, const Admitted& admitted) override { return answer(request, admitted); }
  void decorate(const Request&, Response& response) const override { response.headers.emplace_back("X-Test", "1"); }
  void observe(const Observation& seen) override {
    last_status = seen.status;
    ++observed;
  }
};

inline Response TextResponse(std::string text) {
  Response response;
  response.content_type = "text/plain";
  response.body = MakeBytes(std::move(text));
  return response;
}

inline Plan AtOnce(Response response) {
  Plan plan;
  plan.method = "GET/test";
  plan.now = std::move(response);
  return plan;
}

inline Plan OnWorker(std::function<geo::Result<Response>(const geo::StopSignal&)> work) {
  Plan plan;
  plan.method = "GET/test";
  plan.work = std::move(work);
  return plan;
}

// Pieces of so many bytes of one letter each.
class LetterPieces final : public BodySource {
 public:
  LetterPieces(int pieces, std::size_t bytes, std::atomic<int>* made = nullptr) : pieces_(pieces), bytes_(bytes), made_(made) {}
  geo::Result<bool> next(std::string& piece, const geo::StopSignal&) override {
    piece.append(bytes_, static_cast<char>('a' + next_ % 26));
    if (made_ != nullptr) ++*made_;
    return ++next_ < pieces_;
  }

 private:
  const int pieces_;
  const std::size_t bytes_;
  std::atomic<int>* made_;
  int next_ = 0;
};

struct HttpFixture : ::testing::Test {
  HttpFixture() {
    static_cast<void>(snapshots.reload());
    application.answer = [](const auto&, const auto&) { return AtOnce(TextResponse("hello")); };
  }
  void start(HttpSettings settings = {}) {
    auto started = HttpServer::Start(settings, parts, application);
    ASSERT_TRUE(started) << started.error().message;
    server = std::move(*started);
  }
  support::RawHttp connect(int receive_buffer = 0) { return support::RawHttp(server->port(), receive_buffer); }
  template <class Condition>
  static bool eventually(Condition&& holds, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
  }

  Deadlines deadlines;
  RequestLog log{RequestLog::Form::kNone};
  SnapshotStore snapshots{[] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(std::make_shared<const geo::Snapshot>()); }};
  WorkerPool pool{2, 4};
  DrainGate gate;
  CallParts parts{snapshots, pool, gate, log, deadlines};
  TestApplication application;
  std::unique_ptr<HttpServer> server;
};

}  // namespace server::http
