// gRPC-Web through the gateway: the same answers as over gRPC, in frames that browsers can read.
#include "server/gateway/base64.h"
#include "server/gateway/grpc_web_frames.h"
#include "tests/service/crowd.h"
#include "tests/service/running_gateway.h"

namespace service_test {
namespace {

using ::testing::HasSubstr;

struct WebAnswer {
  int http_status = 0;
  std::vector<std::string> messages;
  std::map<std::string, std::string> trailers;
};

WebAnswer Parsed(const support::RawResponse& response) {
  WebAnswer answer{response.status, {}, {}};
  std::string_view rest = response.body;
  while (rest.size() >= 5) {
    std::size_t length = 0;
    for (int i = 1; i < 5; ++i) length = length << 8 | static_cast<unsigned char>(rest[static_cast<std::size_t>(i)]);
    const std::string_view bytes = rest.substr(5, length);
    if ((rest[0] & 0x80) == 0) {
      answer.messages.emplace_back(bytes);
    } else {
      std::string_view lines = bytes;
      while (!lines.empty()) {
        const auto end = lines.find("\r\n"), colon = lines.find(": ");
        answer.trailers[std::string(lines.substr(0, colon))] = std::string(lines.substr(colon + 2, end - colon - 2));
        lines.remove_prefix(end + 2);
      }
    }
    rest.remove_prefix(5 + length);
  }
  EXPECT_TRUE(rest.empty());
  return answer;
}

struct GatewayGrpcWeb : ::testing::Test {
  RunningGateway gateway;
  static support::RawResponse Post(const RunningGateway& to, const std::string& method, const std::string& body, const std::string& headers = "",
                                   const std::string& type = "application/grpc-web+proto") {
    auto client = to.connect();
    client.send(fmt::format("POST /{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {}\r\n{}Content-Length: {}\r\n\r\n", method, type, headers, body.size()) +
                body);
    return client.read(std::chrono::seconds(30));
  }
  WebAnswer call(const std::string& method, const google::protobuf::Message& request, const std::string& headers = "") const {
    return Parsed(Post(gateway, method, server::FramedMessage(request.SerializeAsString()), headers));
  }
};

TEST_F(GatewayGrpcWeb, UnaryIsTheAnswerOfGrpc) {
  Clients clients(gateway.server->port());
  grpc::ClientContext context;
  v1::FindHotspotsResponse direct, web;
  ASSERT_TRUE(clients.hotspots->FindHotspots(&context, HotspotsOf2023(), &direct).ok());
  const auto answer = call("wardwatch.v1.HotspotService/FindHotspots", HotspotsOf2023());
  EXPECT_EQ(answer.http_status, 200);
  EXPECT_EQ(answer.trailers.at("grpc-status"), "0");
  ASSERT_EQ(answer.messages.size(), 1U);
  ASSERT_TRUE(web.ParseFromString(answer.messages[0]));
  EXPECT_EQ(web.SerializeAsString(), direct.SerializeAsString());
}

// A service whose file no other file refers to is left out by the linker: then nobody knows its methods.
TEST_F(GatewayGrpcWeb, EveryServiceIsKnown) {
  for (const char* method : {"AdminService/GetStatus", "DatasetService/ListDatasets", "HotspotService/FindHotspots", "IncidentService/ListIncidents",
                             "LayerService/ListLayers", "PlacementService/ListCameras", "PlacementService/ReviewCameras", "PlanningService/ListWorkstreams",
                             "PlanningService/RankPriorities", "WardService/CompareWards"}) {
    const auto answer = Parsed(Post(gateway, std::string("wardwatch.v1.") + method, server::FramedMessage("")));
    EXPECT_NE(answer.trailers.at("grpc-status"), "12") << method;
  }
}

TEST_F(GatewayGrpcWeb, StreamsArriveMessageByMessage) {
  const auto answer = call("wardwatch.v1.HotspotService/ComputeSurface", SurfaceOf2023());
  EXPECT_EQ(answer.trailers.at("grpc-status"), "0");
  ASSERT_GE(answer.messages.size(), 3U);
  v1::ComputeSurfaceResponse first, last;
  ASSERT_TRUE(first.ParseFromString(answer.messages.front()) && last.ParseFromString(answer.messages.back()));
  EXPECT_TRUE(first.has_header() || first.has_progress());
  EXPECT_EQ(last.context().answer_hash().size(), 64U);
}

TEST_F(GatewayGrpcWeb, ErrorsHaveTheirReasonAsTrailers) {
  auto request = HotspotsOf2023();
  request.set_dataset("datasets/nope");
  const auto answer = call("wardwatch.v1.HotspotService/FindHotspots", request);
  EXPECT_EQ(answer.http_status, 200);
  EXPECT_EQ(answer.trailers.at("grpc-status"), "5");
  EXPECT_EQ(answer.trailers.at("wardwatch-reason"), "UNKNOWN_DATASET");
  EXPECT_THAT(answer.trailers.at("grpc-message"), HasSubstr("datasets/town"));
}

TEST_F(GatewayGrpcWeb, WhatIsNotGrpcWebIsRefused) {
  const auto status = [&](const std::string& method, const std::string& body, const std::string& headers = "") {
    return Parsed(Post(gateway, method, body, headers)).trailers["grpc-status"];
  };
  const std::string good = server::FramedMessage("");
  EXPECT_EQ(status("wardwatch.v1.Nope/Nope", good), "12");
  EXPECT_EQ(status("wardwatch.v1.HotspotService/Nope", good), "12");
  EXPECT_EQ(status("wardwatch.v1.HotspotService/FindHotspots?x=1", good), "12");
  for (const std::string& bad : {std::string(), std::string("abc"), std::string("\x01\0\0\0\0", 5),
                                 std::string("\0\0\0\0\x09"
                                             "abc",
                                             8),
                                 good + good}) {
    EXPECT_EQ(status("wardwatch.v1.HotspotService/FindHotspots", bad), "3");
  }
  EXPECT_NE(status("wardwatch.v1.HotspotService/FindHotspots", server::FramedMessage("\xff\xff\xff")), "0");
  EXPECT_EQ(status("wardwatch.v1.HotspotService/FindHotspots", good, "grpc-timeout: soon\r\n"), "3");
}

// The same frames in base64, for clients that cannot read bytes as they come.
TEST_F(GatewayGrpcWeb, TextIsTheSameFrames) {
  const auto frames = server::FramedMessage(SurfaceOf2023().SerializeAsString());
  const auto bytes = Post(gateway, "wardwatch.v1.HotspotService/ComputeSurface", frames);
  const auto hash = [](const WebAnswer& answer) {
    v1::ComputeSurfaceResponse last;
    EXPECT_TRUE(last.ParseFromString(answer.messages.back()));
    return last.context().answer_hash();
  };
  for (const char* type : {"application/grpc-web-text", "application/grpc-web-text+proto", "application/grpc-web-text; charset=utf-8"}) {
    // In two pieces, each with its padding.
    auto text = Post(gateway, "wardwatch.v1.HotspotService/ComputeSurface",
                     server::EncodedBase64(frames.substr(0, 7)) + server::EncodedBase64(frames.substr(7)), "", type);
    EXPECT_EQ(text.header("content-type"), "application/grpc-web-text+proto");
    text.body = server::DecodedBase64(text.body).value_or("");
    const auto answer = Parsed(text);
    EXPECT_EQ(answer.trailers.at("grpc-status"), "0") << type;
    EXPECT_EQ(hash(answer), hash(Parsed(bytes))) << type;
  }
  auto unary = Post(gateway, "wardwatch.v1.HotspotService/FindHotspots", server::EncodedBase64(server::FramedMessage(HotspotsOf2023().SerializeAsString())), "",
                    "application/grpc-web-text");
  unary.body = server::DecodedBase64(unary.body).value_or("");
  EXPECT_EQ(Parsed(unary).messages, call("wardwatch.v1.HotspotService/FindHotspots", HotspotsOf2023()).messages);
  for (const std::string& bad : {std::string("%%%%"), frames, std::string("AAAA")}) {
    auto refused = Post(gateway, "wardwatch.v1.HotspotService/FindHotspots", bad, "", "application/grpc-web-text");
    refused.body = server::DecodedBase64(refused.body).value_or("");
    EXPECT_EQ(Parsed(refused).trailers.at("grpc-status"), "3");
  }
}

TEST_F(GatewayGrpcWeb, OtherTypesAreToldWhatIsSpoken) {
  for (const char* type : {"application/json", "application/connect+json", "application/connect+proto", "application/proto", "application/grpc", "text/plain",
                           "application/grpc-web+json"}) {
    const auto refused = Post(gateway, "wardwatch.v1.DatasetService/ListDatasets", "{}", "", type);
    EXPECT_EQ(refused.status, 415) << type;
    EXPECT_EQ(refused.header("content-type"), "application/problem+json");
    EXPECT_EQ(refused.header("accept-post"), "application/grpc-web+proto, application/grpc-web-text+proto");
    EXPECT_THAT(refused.body, HasSubstr("application/grpc-web+proto")) << type;
    EXPECT_THAT(refused.body, HasSubstr(type));
  }
  EXPECT_EQ(Post(gateway, "wardwatch.v1.Nope/Nope", "{}", "", "application/json").status, 404);
}

TEST_F(GatewayGrpcWeb, ATimeoutIsADeadline) {
  const RunningGateway crowd([] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(Crowd()); });
  auto request = HotspotsOf2023();
  request.set_selection(v1::CELL_SELECTION_OCCUPIED);
  request.mutable_density()->set_bandwidth_m(5000);
  request.mutable_cells()->set_cell_size_m(10);
  const auto begin = std::chrono::steady_clock::now();
  const auto answer =
      Parsed(Post(crowd, "wardwatch.v1.HotspotService/FindHotspots", server::FramedMessage(request.SerializeAsString()), "grpc-timeout: 50m\r\n"));
  EXPECT_EQ(answer.trailers.at("grpc-status"), "4");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30)) << "it would take longer";
}

TEST_F(GatewayGrpcWeb, PagesOfOtherSitesCannotCall) {
  EXPECT_EQ(Post(gateway, "wardwatch.v1.AdminService/Reload", server::FramedMessage(""), "Origin: https://evil.example\r\n").status, 403);
}

}  // namespace
}  // namespace service_test
