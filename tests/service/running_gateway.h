// The server in this process with its HTTP gateway, and a client that speaks HTTP by hand.
#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "server/http/target.h"
#include "tests/service/running_server.h"
#include "tests/support/raw_http.h"

namespace service_test {

using Json = nlohmann::json;

struct RunningGateway {
  explicit RunningGateway(server::SnapshotStore::Load load = LoadTown(), std::vector<std::string> cors_origins = {}, std::string public_url = {}) {
    server::ServeSettings settings{"127.0.0.1:0", 2, 0, server::RequestLog::Form::kNone, std::move(load), {}};
    settings.http = "127.0.0.1:0";
    settings.cors_origins = std::move(cors_origins);
    settings.public_url = std::move(public_url);
    auto started = server::WardwatchServer::Start(std::move(settings));
    if (!started) throw std::runtime_error(started.error().message);
    server = std::move(*started);
  }
  support::RawHttp connect() const { return support::RawHttp(server->http_port()); }
  support::RawResponse get(const std::string& target, const std::string& headers = "") const { return connect().get(target, headers); }
  // Of an answer that must be good.
  Json json(const std::string& target, const std::string& headers = "") const {
    const auto response = get(target, headers);
    EXPECT_EQ(response.status, 200) << target << "\n" << response.body;
    EXPECT_TRUE(response.whole) << target;
    return Json::parse(response.body, nullptr, false);
  }
  // Of a refusal: what it says.
  Json refusal(const std::string& target, int status) const {
    const auto response = get(target);
    EXPECT_EQ(response.status, status) << target << "\n" << response.body;
    EXPECT_EQ(response.header("content-type"), "application/problem+json") << target;
    return Json::parse(response.body, nullptr, false);
  }
  std::unique_ptr<server::WardwatchServer> server;
};

inline std::string Encoded(const std::string& text) { return server::http::PercentEncoded(text); }

inline std::string LinkOf(const Json& document, const std::string& rel, const std::string& type = "") {
  for (const Json& link : document.value("links", Json::array())) {
    if (link["rel"] == rel && (type.empty() || link["type"] == type)) return link["href"].get<std::string>();
  }
  return "";
}

// "/collections?f=json" of "http://localhost/collections?f=json".
inline std::string TargetOf(const std::string& url) { return url.substr(url.find('/', url.find("://") + 3)); }

}  // namespace service_test
