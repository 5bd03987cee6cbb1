#include "server/gateway/gateway_metrics.h"

#include <fmt/format.h>

#include <iterator>

namespace server {

void GatewayMetrics::add(const http::Observation& seen) {
  const std::lock_guard lock(mutex_);
  auto found = routes_.find(seen.method);
  if (found == routes_.end()) found = routes_.emplace(std::string(seen.method), Route{}).first;
  Route& route = found->second;
  ++route.by_status[seen.status];
  ++route.count;
  route.seconds += seen.seconds;
  route.bytes += seen.bytes;
  for (std::size_t i = 0; i < kBounds.size(); ++i) route.at_most[i] += seen.seconds <= kBounds[i] ? 1 : 0;
}

std::string GatewayMetrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out = "# HELP wardwatch_http_requests_total Requests answered.\n# TYPE wardwatch_http_requests_total counter\n";
  const auto to = std::back_inserter(out);
  for (const auto& [name, route] : routes_) {
    for (const auto& [status, count] : route.by_status)
      fmt::format_to(to, "wardwatch_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", name, status, count);
  }
  out += "# HELP wardwatch_http_request_seconds From the whole request to the last byte taken.\n# TYPE wardwatch_http_request_seconds histogram\n";
  for (const auto& [name, route] : routes_) {
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      fmt::format_to(to, "wardwatch_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", name, kBounds[i], route.at_most[i]);
    }
    fmt::format_to(to, "wardwatch_http_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", name, route.count);
    fmt::format_to(to, "wardwatch_http_request_seconds_sum{{route=\"{}\"}} {}\nwardwatch_http_request_seconds_count{{route=\"{}\"}} {}\n", name, route.seconds,
                   name, route.count);
  }
  out += "# HELP wardwatch_http_response_bytes_total Bytes of bodies, as sent.\n# TYPE wardwatch_http_response_bytes_total counter\n";
  for (const auto& [name, route] : routes_) fmt::format_to(to, "wardwatch_http_response_bytes_total{{route=\"{}\"}} {}\n", name, route.bytes);
  return out;
}

void AppendMetric(std::string& out, std::string_view name, std::string_view type, std::string_view help, double value) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", name, help, type, value);
}

}  // namespace server
