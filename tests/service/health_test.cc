// Health, reflection, and the listener.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "tests/service/running_server.h"

namespace service_test {
namespace {

using grpc::health::v1::HealthCheckResponse;

TEST(K7_Health, KnowsEveryServiceAndNoOther) {
  RunningServer running;
  for (const char* name : {"", "wardwatch.v1.DatasetService", "wardwatch.v1.HotspotService", "wardwatch.v1.WardService", "wardwatch.v1.IncidentService", "wardwatch.v1.LayerService",
                           "wardwatch.v1.AdminService"}) {
    grpc::ClientContext context;
    grpc::health::v1::HealthCheckRequest request;
    request.set_service(name);
    HealthCheckResponse response;
    EXPECT_TRUE(running.clients->health->Check(&context, request, &response).ok()) << name;
    EXPECT_EQ(response.status(), HealthCheckResponse::SERVING) << name;
  }
  grpc::ClientContext context;
  grpc::health::v1::HealthCheckRequest request;
  request.set_service("wardwatch.v1.NoService");
  HealthCheckResponse response;
  EXPECT_EQ(running.clients->health->Check(&context, request, &response).error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST(K7_Health, AWatcherHearsOfTheDrain) {
  RunningServer running;
  grpc::ClientContext context;
  const auto watch = running.clients->health->Watch(&context, {});
  HealthCheckResponse response;
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::SERVING);
  EXPECT_TRUE(running.server->drain(std::chrono::seconds(10)));
  ASSERT_TRUE(watch->Read(&response));
  EXPECT_EQ(response.status(), HealthCheckResponse::NOT_SERVING);
}

// The list request of the reflection protocol, by hand: field 7, "*".
TEST(Reflection, ListsEveryService) {
  RunningServer running;
  grpc::GenericStub stub(running.clients->channel);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  const auto wait = [&] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  call->StartCall(nullptr);
  ASSERT_TRUE(wait());
  const grpc::Slice slice(std::string("\x3a\x01*"));
  call->WriteLast(grpc::ByteBuffer(&slice, 1), {}, nullptr);
  ASSERT_TRUE(wait());
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  ASSERT_TRUE(wait());
  grpc::Slice whole;
  ASSERT_TRUE(answer.DumpToSingleSlice(&whole).ok());
  const std::string text(reinterpret_cast<const char*>(whole.begin()), whole.size());
  for (const char* name : {"wardwatch.v1.DatasetService", "wardwatch.v1.HotspotService", "wardwatch.v1.WardService", "wardwatch.v1.IncidentService", "wardwatch.v1.LayerService",
                           "wardwatch.v1.AdminService", "grpc.health.v1.Health"}) {
    EXPECT_THAT(text, ::testing::HasSubstr(name));
  }
  grpc::Status status;
  call->Finish(&status, nullptr);
  wait();
  EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST(Listener, TwoServersDoNotShareAPort) {
  RunningServer running;
  const auto second =
      server::WardwatchServer::Start({"127.0.0.1:" + std::to_string(running.server->port()), 1, 0, server::RequestLog::Form::kNone, LoadTown()});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, "CANNOT_LISTEN");
}

TEST(Drain, RefusesWhatIsNewAndSaysWhy) {
  RunningServer running;
  grpc::ClientContext warm;
  v1::GetStatusResponse status;
  ASSERT_TRUE(running.clients->admin->GetStatus(&warm, {}, &status).ok());
  EXPECT_TRUE(running.server->drain(std::chrono::seconds(10)));
  grpc::ClientContext context;
  v1::FindHotspotsResponse response;
  EXPECT_EQ(running.clients->hotspots->FindHotspots(&context, HotspotsOf2023(), &response).error_code(), grpc::StatusCode::UNAVAILABLE);
}

}  // namespace
}  // namespace service_test
