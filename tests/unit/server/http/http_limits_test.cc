// Slow, many, and gone clients: each costs a bounded amount, and the others do not notice.
#include <gmock/gmock.h>

#include <vector>

#include "tests/support/memory_use.h"
#include "tests/unit/server/http/http_fixture.h"

namespace server::http {
namespace {

using namespace std::chrono_literals;

// Short where a test waits for the end of it; long where it would only hurry the test's own client.
HttpSettings Quick() {
  HttpSettings settings;
  settings.times = {60s, 150ms, 150ms, 400ms, 1h};
  return settings;
}

TEST_F(HttpFixture, ASlowSenderIsToldAndClosed) {
  start(Quick());
  auto client = connect();
  client.send("GET / HT");
  EXPECT_EQ(client.read(30s).status, 408);
  EXPECT_TRUE(client.closed_within(30s));
  auto body = connect();
  body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  EXPECT_EQ(body.read(30s).status, 408);
}

TEST_F(HttpFixture, AnIdleConnectionIsClosed) {
  auto settings = Quick();
  settings.times.idle = 2s;  // the client must send within it too
  start(settings);
  auto client = connect();
  EXPECT_EQ(client.get("/").status, 200);
  EXPECT_TRUE(client.closed_within(30s));
}

TEST_F(HttpFixture, AnOldConnectionIsClosedWithItsAnswer) {
  auto settings = Quick();
  settings.times.age = 1ms;
  start(settings);
  auto client = connect();
  std::this_thread::sleep_for(5ms);
  EXPECT_EQ(client.get("/").header("connection"), "close");
  EXPECT_TRUE(client.closed_within(30s));
}

// O5: what is made ahead of a reader who takes nothing is bounded, and ends at the deadline.
TEST_F(HttpFixture, ASlowReaderIsCutOff) {
  std::atomic<int> made{0};
  application.answer = [&](const auto& request, const auto&) {
    if (request->target.segments.empty()) return AtOnce(TextResponse("quick"));
    return OnWorker([&](const geo::StopSignal&) -> geo::Result<Response> {
      Response response;
      response.stream = std::make_unique<LetterPieces>(1000, 256 << 10, &made);
      return response;
    });
  };
  start(Quick());
  auto slow = connect(4096);
  slow.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return made > 0; }));
  auto other = connect();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(other.get("/").body, "quick");
  EXPECT_TRUE(eventually([&] { return server->stats().streams == 0; }, 30s));
  EXPECT_LT(made, 40);  // what the two systems buffer, and no more
  EXPECT_TRUE(eventually([&] { return gate.under_way() == 0; }));
}

// O5: whoever goes on slowly has no more time than whoever stands still.
TEST_F(HttpFixture, O5_ASenderOfAByteAtATimeIsToldAndClosed) {
  start(Quick());
  for (const char* begun : {"GET /", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"}) {
    auto client = connect();
    client.send(begun);
    EXPECT_TRUE(eventually(
        [&] {
          client.send("a");
          return client.begins(5ms);
        },
        30s))
        << begun;
    EXPECT_EQ(client.read(30s).status, 408) << begun;
  }
}

TEST_F(HttpFixture, O5_AReaderOfAKilobyteAtATimeIsCutOff) {
  std::atomic<int> made{0};
  application.answer = [&](const auto&, const auto&) {
    return OnWorker([&](const geo::StopSignal&) -> geo::Result<Response> {
      Response response;
      response.stream = std::make_unique<LetterPieces>(1000, 256 << 10, &made);
      return response;
    });
  };
  start(Quick());
  auto slow = connect(4096);
  slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(slow.begins(30s));
  EXPECT_TRUE(eventually(
      [&] {
        slow.take(1024);
        return gate.under_way() == 0 && server->stats().streams == 0;
      },
      30s));
  EXPECT_LT(made, 40);  // what the two systems buffer, and no more
}

// A tile of 16 MB, say, that is kept: its readers share it, and let go of it.
TEST_F(HttpFixture, O5_ManySlowReadersOfOneBodyHoldItOnce) {
  const Bytes body = MakeBytes(std::string(16 << 20, 'x'));
  application.answer = [&](const auto& request, const auto&) {
    Response response = TextResponse("quick");
    if (!request->target.segments.empty()) response.body = body;
    return AtOnce(std::move(response));
  };
  start(Quick());
  const long before = support::MemoryKib("self", "VmRSS");
  std::vector<support::RawHttp> slow;
  for (int i = 0; i < 20; ++i) {
    slow.push_back(connect(4096));
    slow.back().send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  for (auto& reader : slow) EXPECT_TRUE(reader.begins(30s));
  EXPECT_EQ(connect().get("/").body, "quick");
  if (support::kMemoryIsOurs) {
    EXPECT_LT(support::MemoryKib("self", "VmRSS") - before, 32 << 10) << "KiB";
  }
  EXPECT_TRUE(eventually([&] { return body.use_count() == 1; }, 30s));
  EXPECT_EQ(connect().get("/").body, "quick");
}

TEST_F(HttpFixture, O5_AHalfClosedClientHasLeft) {
  std::atomic<bool> begun{false}, stopped{false};
  application.answer = [&](const auto&, const auto&) {
    return OnWorker([&](const geo::StopSignal& stop) -> geo::Result<Response> {
      begun = true;
      while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
      stopped = true;
      return geo::Fail(stop.reason());
    });
  };
  start();
  auto client = connect();
  client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return begun.load(); }));
  ::shutdown(client.fd(), SHUT_WR);
  EXPECT_TRUE(eventually([&] { return stopped.load(); }, 30s));
  EXPECT_TRUE(client.closed_within(30s));
}

TEST_F(HttpFixture, O5_AConnectionThatSaysNothingIsClosed) {
  auto settings = Quick();
  settings.times.idle = 100ms;
  start(settings);
  auto client = connect();
  EXPECT_TRUE(client.closed_within(30s));
  EXPECT_EQ(client.read(30s).status, 0) << "without a word";
}

// K1, K2: the work of a client that hangs up stops.
TEST_F(HttpFixture, WorkStopsWhenItsClientLeaves) {
  std::atomic<bool> begun{false}, stopped{false};
  application.answer = [&](const auto&, const auto&) {
    return OnWorker([&](const geo::StopSignal& stop) -> geo::Result<Response> {
      begun = true;
      while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
      stopped = true;
      return geo::Fail(stop.reason());
    });
  };
  start();
  {
    auto client = connect();
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return begun.load(); }));
  }
  EXPECT_TRUE(eventually([&] { return stopped.load(); }, 30s));
  EXPECT_TRUE(eventually([&] { return gate.under_way() == 0; }));
}

// K3.
TEST_F(HttpFixture, WorkStopsAtTheDeadline) {
  application.answer = [&](const auto&, const auto&) {
    return OnWorker([&](const geo::StopSignal& stop) -> geo::Result<Response> {
      while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
      return geo::Fail(stop.reason());
    });
  };
  parts.deadlines.usual = 100ms;
  start();
  EXPECT_EQ(connect().get("/").status, 504);
}

// O7: what does not fit the queue is refused at once, with a time to come back.
TEST_F(HttpFixture, AFullQueueRefuses) {
  std::atomic<bool> go{false};
  application.answer = [&](const auto&, const auto&) {
    return OnWorker([&](const geo::StopSignal& stop) -> geo::Result<Response> {
      while (!go && !stop.stop_requested()) std::this_thread::sleep_for(1ms);
      return TextResponse("done");
    });
  };
  start();
  std::vector<support::RawHttp> clients;
  for (int i = 0; i < 12; ++i) {
    clients.push_back(connect());
    clients.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  ASSERT_TRUE(eventually([&] { return pool.stats().refused >= 6; }));
  go = true;
  int done = 0, refused = 0;
  for (auto& client : clients) {
    const auto response = client.read();
    done += response.status == 200;
    refused += response.status == 503 && !response.header("retry-after").empty();
  }
  EXPECT_EQ(done, 6);  // two at work, four in the queue
  EXPECT_EQ(refused, 6);
}

// O4, smaller: idle connections beside busy ones.
TEST_F(HttpFixture, IdleConnectionsCostNothing) {
  start();
  std::vector<support::RawHttp> idle;
  for (int i = 0; i < 300; ++i) idle.push_back(connect());
  std::vector<std::thread> busy;
  std::atomic<int> good{0};
  for (int t = 0; t < 4; ++t) {
    busy.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        auto client = connect();
        good += client.get("/").status == 200;
      }
    });
  }
  for (auto& thread : busy) thread.join();
  EXPECT_EQ(good, 100);
  EXPECT_TRUE(eventually([&] { return server->stats().connections.idle == 300; }));
}

TEST_F(HttpFixture, TheLongestIdleMakesRoom) {
  HttpSettings settings;
  settings.caps = {3, 3};
  start(settings);
  std::vector<support::RawHttp> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(connect());
    EXPECT_EQ(clients.back().get("/").status, 200);
    ASSERT_TRUE(eventually([&] { return server->stats().connections.idle == i + 1; }));
  }
  auto newcomer = connect();
  EXPECT_EQ(newcomer.get("/").status, 200);
  EXPECT_TRUE(clients[0].closed_within(30s));
  EXPECT_EQ(clients[2].get("/").status, 200);
}

// K5: what is under way is answered, what comes later is told.
TEST_F(HttpFixture, DrainsWithoutLosingAnAnswer) {
  std::atomic<int> begun{0};
  application.answer = [&](const auto&, const Admitted& admitted) {
    if (!admitted) {
      Response response = TextResponse("going");
      response.status = 503;
      response.close = true;
      return AtOnce(std::move(response));
    }
    return OnWorker([&](const geo::StopSignal&) -> geo::Result<Response> {
      ++begun;
      std::this_thread::sleep_for(100ms);
      return TextResponse("done");
    });
  };
  start();
  std::vector<support::RawHttp> clients;
  for (int i = 0; i < 4; ++i) {
    clients.push_back(connect());
    clients.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  }
  ASSERT_TRUE(eventually([&] { return gate.under_way() == 4; }));
  auto idle = connect();
  gate.close();
  auto late = connect();
  EXPECT_EQ(late.get("/").status, 503);
  EXPECT_TRUE(gate.wait_empty(30s));
  server->stop(30s);
  for (auto& client : clients) EXPECT_EQ(client.read().body, "done");
  EXPECT_TRUE(idle.closed_within(30s));
  auto after = connect();
  EXPECT_EQ(after.get("/").status, 0);
}

TEST_F(HttpFixture, EndsWithWorkAndReadersUnderWay) {
  application.answer = [&](const auto& request, const auto&) {
    if (request->target.segments.empty()) {
      return OnWorker([](const geo::StopSignal& stop) -> geo::Result<Response> {
        while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
        return geo::Fail(stop.reason());
      });
    }
    return OnWorker([](const geo::StopSignal&) -> geo::Result<Response> {
      Response response;
      response.stream = std::make_unique<LetterPieces>(1000, 256 << 10);
      return response;
    });
  };
  start();
  auto work = connect(), reader = connect(4096);
  work.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  reader.send("GET /large HTTP/1.1\r\nHost: a\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return server->stats().streams == 1 && gate.under_way() == 2; }));
  server.reset();
  EXPECT_TRUE(eventually([&] { return gate.under_way() == 0; }));
}

}  // namespace
}  // namespace server::http
