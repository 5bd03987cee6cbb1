// The gateway: OGC API - Features, tiles, downloads, health, metrics and gRPC-Web, all over the same functions as the RPCs.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/gateway/gateway_metrics.h"
#include "server/gateway/gateway_request.h"
#include "server/http/application.h"
#include "server/http/http_server.h"
#include "server/layers/layer_store.h"
#include "server/request_frame.h"

namespace grpc {
class Server;
}

namespace server {

class GrpcWeb;

struct GatewaySettings {
  std::string public_url;                 // "https://maps.example/wardwatch": the address that links have; empty: as the client called us
  std::vector<std::string> cors_origins;  // pages of these may read answers, beside those of this machine; "*" is everyone's
  std::string listen_host;                // as it was told to listen
  bool any_host = false;                  // whoever calls us may call us what they like: only behind an address that is not loopback's
};

struct GatewayParts {
  GatewaySettings settings;
  CallParts& calls;
  LayerStore& layers;
  GrpcWeb* grpc_web = nullptr;
  std::function<http::HttpStats()> http_stats;
  GatewayMetrics metrics;
};

class Gateway final : public http::Application {
 public:
  Gateway(GatewaySettings settings, CallParts& calls, LayerStore& layers, GrpcWeb* grpc_web);
  ~Gateway() override;

  http::Plan plan(const std::shared_ptr<const http::Request>& request, const http::Admitted& admitted) override;
  void decorate(const http::Request& request, http::Response& response) const override;
  void observe(const http::Observation& observation) override;
  // For the metrics; before the first request.
  void watch(std::function<http::HttpStats()> stats) { parts_.http_stats = std::move(stats); }

 private:
  http::Plan Preflight(const http::Request& request) const;
  bool MayRead(const std::string& origin) const;
  bool KnowsHost(const std::string& host) const;

  GatewayParts parts_;
};

}  // namespace server
