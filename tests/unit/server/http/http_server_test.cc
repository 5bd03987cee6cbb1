// Requests and answers over a real socket: what is served, what is refused, and how connections go on.
#include <gmock/gmock.h>

#include "tests/unit/server/http/http_fixture.h"

namespace server::http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST_F(HttpFixture, AnswersAndKeepsTheConnection) {
  start();
  auto client = connect();
  for (int i = 0; i < 3; ++i) {
    const auto response = client.get("/");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "hello");
    EXPECT_EQ(response.header("x-content-type-options"), "nosniff");
    EXPECT_EQ(response.header("x-test"), "1");
    EXPECT_THAT(response.header("date"), HasSubstr(" GMT"));
  }
  EXPECT_EQ(server->stats().connections.accepted, 1);
  EXPECT_TRUE(eventually([&] { return gate.under_way() == 0; }));
}

TEST_F(HttpFixture, HeadHasTheLengthAndNoBody) {
  start();
  auto client = connect();
  const auto head = client.get("/", "", "HEAD");
  EXPECT_EQ(head.header("content-length"), "5");
  EXPECT_EQ(client.get("/").body, "hello");  // and nothing is left in between
}

TEST_F(HttpFixture, PipelinedRequestsAreAnsweredInOrder) {
  std::atomic<int> count{0};
  application.answer = [&](const auto& request, const auto&) {
    const int nth = count++;
    return OnWorker([text = request->target.segments[0], nth](const geo::StopSignal&) -> geo::Result<Response> {
      std::this_thread::sleep_for(std::chrono::milliseconds(nth == 0 ? 50 : 0));
      return TextResponse(text);
    });
  };
  start();
  auto client = connect();
  std::string all;
  for (const char* path : {"/one", "/two", "/three"}) all += std::string("GET ") + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  client.send(all);
  EXPECT_EQ(client.read().body, "one");
  EXPECT_EQ(client.read().body, "two");
  EXPECT_EQ(client.read().body, "three");
}

TEST_F(HttpFixture, RefusesWhatIsNotHttpAndCloses) {
  start();
  const std::pair<std::string, int> cases[] = {
      {"GET / HTTP/1.0\r\nHost: a\r\n\r\n", 505},
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
      {"GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: \"><script>\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n", 413},
      {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 400},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 415},
      {"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"get / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
      {"GET /a%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: a\r\n folded\r\nBad Name: x\r\n\r\n", 400},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n", 400},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(100'000, 'a') + "\r\n\r\n", 431},
  };
  for (const auto& [bytes, status] : cases) {
    auto client = connect();
    client.send(bytes);
    const auto response = client.read();
    EXPECT_EQ(response.status, status) << bytes.substr(0, 80);
    EXPECT_EQ(response.header("content-type"), "application/problem+json");
    EXPECT_EQ(response.header("connection"), "close");
    EXPECT_TRUE(client.closed_within(5s)) << bytes.substr(0, 80);
  }
  EXPECT_EQ(application.observed, static_cast<int>(std::size(cases)));
}

// What a resource takes is the application's to say.
TEST_F(HttpFixture, MethodsThatHttpKnowsReachTheApplication) {
  application.answer = [](const auto& request, const auto&) {
    return AtOnce(TextResponse(request->method == Method::kOther ? request->method_name + request->body : "?"));
  };
  start();
  auto client = connect();
  for (const char* method : {"PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"}) {
    client.send(std::string(method) + " / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_EQ(client.read().body, std::string(method) + "x");
  }
}

TEST_F(HttpFixture, TakesABodyAndSays100) {
  application.answer = [](const auto& request, const auto&) { return AtOnce(TextResponse(request->body)); };
  start();
  auto client = connect();
  client.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  std::this_thread::sleep_for(20ms);
  client.send("world");
  EXPECT_EQ(client.read().body, "world");
}

TEST_F(HttpFixture, AHeaderOfAValueCannotBeginAnother) {
  application.answer = [](const auto&, const auto&) {
    Response response = TextResponse("x");
    response.headers.emplace_back("X-Name", "a\r\nSet-Cookie: b");
    response.headers.emplace_back("X-Good", "c");
    return AtOnce(std::move(response));
  };
  start();
  const auto response = connect().get("/");
  EXPECT_EQ(response.header("set-cookie"), "");
  EXPECT_EQ(response.header("x-name"), "");
  EXPECT_EQ(response.header("x-good"), "c");
}

TEST_F(HttpFixture, AnswersInPiecesArriveWhole) {
  application.answer = [](const auto&, const auto&) {
    return OnWorker([](const geo::StopSignal&) -> geo::Result<Response> {
      Response response;
      response.stream = std::make_unique<LetterPieces>(40, 100'000);
      return response;
    });
  };
  start();
  auto client = connect();
  for (int round = 0; round < 2; ++round) {
    const auto response = client.get("/");
    EXPECT_TRUE(response.whole);
    ASSERT_EQ(response.body.size(), 4'000'000U);
    EXPECT_EQ(response.body[3'999'999], 'a' + 39 % 26);
  }
  EXPECT_TRUE(eventually([&] { return server->stats().streams == 0 && gate.under_way() == 0; }));
}

TEST_F(HttpFixture, AnAnswerOfOnePieceHasALength) {
  application.answer = [](const auto&, const auto&) {
    return OnWorker([](const geo::StopSignal&) -> geo::Result<Response> {
      Response response;
      response.stream = std::make_unique<LetterPieces>(1, 100);
      return response;
    });
  };
  start();
  const auto response = connect().get("/");
  EXPECT_EQ(response.header("content-length"), "100");
  EXPECT_EQ(response.header("transfer-encoding"), "");
}

TEST_F(HttpFixture, WhatThrowsEndsOneRequest) {
  application.answer = [](const auto& request, const auto&) {
    if (request->target.segments.empty()) throw std::runtime_error("plan");
    return OnWorker([](const geo::StopSignal&) -> geo::Result<Response> { throw std::bad_alloc(); });
  };
  start();
  auto client = connect();
  EXPECT_EQ(client.get("/").status, 500);
  EXPECT_EQ(client.get("/work").status, 503);
  EXPECT_EQ(client.get("/work").status, 503);
}

TEST_F(HttpFixture, TheSameTagIsAnsweredWithoutWork) {
  std::atomic<int> worked{0};
  application.answer = [&](const auto&, const auto&) {
    auto plan = OnWorker([&](const geo::StopSignal&) -> geo::Result<Response> {
      ++worked;
      auto response = TextResponse("x");
      response.etag = "t1";
      return response;
    });
    plan.etag = "t1";
    return plan;
  };
  start();
  auto client = connect();
  EXPECT_EQ(client.get("/").header("etag"), "\"t1\"");
  EXPECT_EQ(client.get("/", "If-None-Match: \"t1\"\r\n").status, 304);
  EXPECT_EQ(client.get("/", "If-None-Match: \"t2\"\r\n").status, 200);
  EXPECT_EQ(worked, 2);
}

}  // namespace
}  // namespace server::http
