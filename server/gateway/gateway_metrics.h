// What the gateway counts, in Prometheus' text format.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "server/http/application.h"

namespace server {

// Thread-safe.
class GatewayMetrics {
 public:
  void add(const http::Observation& observation);
  // Requests by route and status, seconds by route, bytes.
  std::string text() const;

 private:
  static constexpr std::array<double, 9> kBounds{0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30};
  struct Route {
    std::map<int, std::int64_t> by_status;
    std::array<std::int64_t, kBounds.size()> at_most{};
    std::int64_t count = 0;
    double seconds = 0;
    std::uint64_t bytes = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Route, std::less<>> routes_;
};

// One metric with its help and type, and a sample without labels.
void AppendMetric(std::string& out, std::string_view name, std::string_view type, std::string_view help, double value);

}  // namespace server
