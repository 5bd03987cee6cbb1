// Is it alive, is it ready, and how busy is it?
#include <fmt/format.h>
#include <malloc.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "server/gateway/gateway.h"
#include "server/gateway/pages.h"

namespace server {
namespace {

http::Response Document(int status, const nlohmann::ordered_json& document) {
  http::Response response = JsonResponse(document.dump() + "\n");
  response.status = status;
  response.cache_control = "no-store";
  return response;
}

// Resident memory in bytes; 0 where the system does not say.
double ResidentBytes() {
  std::ifstream file("/proc/self/statm");
  double pages = 0, resident = 0;
  file >> pages >> resident;
  return resident * 4096;
}

void AppendWork(const CallParts& calls, std::string& out) {
  const PoolStats pool = calls.pool.stats();
  AppendMetric(out, "wardwatch_workers", "gauge", "Worker threads.", pool.workers);
  AppendMetric(out, "wardwatch_workers_busy", "gauge", "Workers at work.", pool.running);
  AppendMetric(out, "wardwatch_queue_length", "gauge", "Requests that wait for a worker.", pool.queued);
  AppendMetric(out, "wardwatch_requests_refused_total", "counter", "Requests refused because the queue was full.", static_cast<double>(pool.refused));
  AppendMetric(out, "wardwatch_requests_skipped_total", "counter", "Requests whose time was up, or whose caller had left, before they began.",
               static_cast<double>(pool.skipped));
  AppendMetric(out, "wardwatch_requests_under_way", "gauge", "Requests under way, of gRPC and HTTP.", calls.gate.under_way());
  AppendMetric(out, "wardwatch_draining", "gauge", "1 once the server has been told to end.", calls.gate.closed() ? 1 : 0);
}

void AppendHttp(const http::HttpStats& stats, std::string& out) {
  AppendMetric(out, "wardwatch_http_connections", "gauge", "Open HTTP connections.", stats.connections.open);
  AppendMetric(out, "wardwatch_http_connections_idle", "gauge", "Of those, between requests.", stats.connections.idle);
  AppendMetric(out, "wardwatch_http_connections_total", "counter", "HTTP connections taken.", static_cast<double>(stats.connections.accepted));
  AppendMetric(out, "wardwatch_http_connections_refused_total", "counter", "HTTP connections over a cap.", static_cast<double>(stats.connections.refused));
  AppendMetric(out, "wardwatch_http_connections_evicted_total", "counter", "Idle HTTP connections closed for newcomers.",
               static_cast<double>(stats.connections.evicted));
  AppendMetric(out, "wardwatch_http_malformed_total", "counter", "Requests that were no HTTP, too large or too slow.", static_cast<double>(stats.malformed));
  AppendMetric(out, "wardwatch_http_streams", "gauge", "Answers in pieces under way.", stats.streams);
}

void AppendCaches(const LayerStoreStats& stats, std::string& out) {
  const std::pair<const char*, const CacheStats*> caches[] = {
      {"tables", &stats.tables}, {"tile_sources", &stats.sources}, {"rasters", &stats.rasters}, {"tiles", &stats.tiles}, {"files", &stats.files}};
  const auto family = [&](std::string_view name, std::string_view type, std::string_view help, auto&& of) {
    out += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
    for (const auto& [cache, one] : caches) out += fmt::format("{}{{cache=\"{}\"}} {}\n", name, cache, of(*one));
  };
  family("wardwatch_cache_entries", "gauge", "Answers that are kept.", [](const CacheStats& one) { return one.entries; });
  family("wardwatch_cache_bytes", "gauge", "Bytes that they take.", [](const CacheStats& one) { return one.bytes; });
  family("wardwatch_cache_hits_total", "counter", "Questions answered from what was kept.", [](const CacheStats& one) { return one.hits; });
  family("wardwatch_cache_misses_total", "counter", "Questions that were computed.", [](const CacheStats& one) { return one.misses; });
}

}  // namespace

geo::Result<http::Plan> PlanHealth(const GatewayRequest& request, QueryReader& query) {
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  const bool draining = request.parts.calls.gate.closed();
  const bool ready = request.snapshot != nullptr && !draining;
  nlohmann::ordered_json document{{"status", ready ? "ready" : draining ? "draining" : "no data"}, {"live", true}, {"ready", ready}};
  document["version"] = WARDWATCH_VERSION;
  if (request.snapshot) document["snapshot"] = request.snapshot->id;
  if (!request.since.empty()) document["serving_since"] = request.since;
  return Now(Document(ready ? 200 : 503, document), "");
}

geo::Result<http::Plan> PlanLive(const GatewayRequest&, QueryReader& query) {
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  return Now(Document(200, {{"live", true}}), "");
}

geo::Result<http::Plan> PlanMetrics(const GatewayRequest& request, QueryReader& query) {
  if (auto finished = query.finish(); !finished) return geo::Fail(finished.error());
  std::string out = fmt::format(
      "# HELP wardwatch_build_info The program that runs.\n# TYPE wardwatch_build_info gauge\nwardwatch_build_info{{version=\"{}\"}} 1\n", WARDWATCH_VERSION);
  if (request.snapshot) {
    out += fmt::format(
        "# HELP wardwatch_snapshot_info The data version that is served.\n# TYPE wardwatch_snapshot_info gauge\nwardwatch_snapshot_info{{snapshot=\"{}\"}} 1\n",
        request.snapshot->id);
  }
  AppendWork(request.parts.calls, out);
  AppendHttp(request.parts.http_stats(), out);
  AppendCaches(request.parts.layers.stats(), out);
  AppendMetric(out, "process_resident_memory_bytes", "gauge", "Resident memory.", ResidentBytes());
  http::Response response = JsonResponse(out + request.parts.metrics.text(), "text/plain; version=0.0.4; charset=utf-8");
  response.cache_control = "no-store";
  return Now(std::move(response), "");
}

}  // namespace server
