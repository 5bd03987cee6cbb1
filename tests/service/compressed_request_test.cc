// O12: what unpacks to any size is not unpacked.
#include "server/gateway/grpc_web_frames.h"
#include "server/http/gzip.h"
#include "tests/service/child_server.h"
#include "tests/service/running_gateway.h"
#include "tests/support/memory_use.h"

namespace service_test {
namespace {

using ::testing::HasSubstr;

struct CompressedRequest : ::testing::Test {};

// A message of 128 KiB on the wire that would be 128 MiB.
TEST_F(CompressedRequest, O12_GrpcRefusesWithoutUnpacking) {
  const Scratch scratch;
  const std::string store = (scratch / "town.gpkg").string();
  StoreAt(store, DrawnTown().store());
  ChildServer child({"--store", store, "--listen", "127.0.0.1:0"});
  ASSERT_GT(child.port(), 0) << child.log();
  Clients clients(child.port());
  const auto asked = [&](const v1::FindHotspotsRequest& request, grpc_compression_algorithm algorithm) {
    grpc::ClientContext context;
    context.set_compression_algorithm(algorithm);
    v1::FindHotspotsResponse response;
    return clients.hotspots->FindHotspots(&context, request, &response).error_code();
  };
  ASSERT_EQ(asked(HotspotsOf2023(), GRPC_COMPRESS_NONE), grpc::StatusCode::OK);
  const std::string process = std::to_string(child.pid());
  const long before = support::MemoryKib(process, "VmHWM");
  auto bomb = HotspotsOf2023();
  bomb.set_dataset(std::string(std::size_t{128} << 20, 'x'));
  for (const auto algorithm : {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    EXPECT_EQ(asked(bomb, algorithm), grpc::StatusCode::UNIMPLEMENTED) << algorithm;
    EXPECT_EQ(asked(HotspotsOf2023(), algorithm), grpc::StatusCode::UNIMPLEMENTED) << "a small one likewise: " << algorithm;
  }
  EXPECT_EQ(asked(HotspotsOf2023(), GRPC_COMPRESS_NONE), grpc::StatusCode::OK);
  const long grown = support::MemoryKib(process, "VmHWM") - before;
  if (support::kMemoryIsOurs) {
    EXPECT_LT(grown, 16 << 10) << "KiB";
  }
}

TEST_F(CompressedRequest, O12_HttpRefusesWithoutUnpacking) {
  const RunningGateway gateway;
  const std::string packed = server::http::Gzipped(server::FramedMessage(std::string(std::size_t{64} << 20, '\0')));
  ASSERT_LT(packed.size(), 1U << 20);
  const auto post = [&](const std::string& headers, const std::string& body) {
    auto client = gateway.connect();
    client.send(fmt::format("POST /wardwatch.v1.HotspotService/FindHotspots HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/grpc-web+proto\r\n{}"
                            "Content-Length: {}\r\n\r\n",
                            headers, body.size()) +
                body);
    return client.read(std::chrono::seconds(60));
  };
  for (const char* coding : {"gzip", "deflate", "br", "gzip, identity"}) {
    const auto refused = post(fmt::format("Content-Encoding: {}\r\n", coding), packed);
    EXPECT_EQ(refused.status, 415) << coding;
    EXPECT_THAT(refused.body, HasSubstr("Content-Encoding"));
  }
  EXPECT_EQ(post("Content-Encoding: identity\r\n", server::FramedMessage("")).status, 200);
  // Frames that say of themselves that they are compressed.
  std::string frame = server::FramedMessage(packed);
  frame[0] = 1;
  EXPECT_THAT(post("grpc-encoding: gzip\r\n", frame).body, HasSubstr("grpc-status: 3"));
  EXPECT_EQ(gateway.get("/health").status, 200);
}

}  // namespace
}  // namespace service_test
