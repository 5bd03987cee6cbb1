#include "server/gateway/gateway.h"

#include <arpa/inet.h>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "server/codec/refusal.h"
#include "server/gateway/grpc_web.h"
#include "server/gateway/pages.h"
#include "server/http/problem.h"

namespace server {
namespace {

// "127.0.0.1" of "127.0.0.1:8080", "[::1]" of "[::1]:8080".
// In lower case and without the dot of the root, for names are the same either way.
std::string HostName(std::string_view host) {
  if (host.starts_with('[')) return std::string(host.substr(0, host.find(']') + 1));
  std::string name(host.substr(0, host.find(':')));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (name.ends_with('.')) name.pop_back();
  return name;
}

// An address, not a name that begins like one: "127.evil.com" is anybody's.
bool Loopback(std::string_view name) {
  if (name == "localhost" || name == "[::1]") return true;
  in_addr address{};
  return inet_pton(AF_INET, std::string(name).c_str(), &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

// "https://maps.example" of "https://maps.example/wardwatch".
std::string_view OriginOf(std::string_view url) {
  const auto scheme = url.find("://");
  return scheme == std::string_view::npos ? std::string_view() : url.substr(0, url.find('/', scheme + 3));
}

bool Matches(const Route& route, const std::vector<std::string>& segments, std::vector<std::string>& captured) {
  if (route.pattern.size() != segments.size()) return false;
  captured.clear();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (route.pattern[i].starts_with('{')) {
      captured.push_back(segments[i]);
    } else if (route.pattern[i] != segments[i]) {
      return false;
    }
  }
  return true;
}

constexpr std::string_view kReadable = "GET, HEAD, OPTIONS";
constexpr std::string_view kCallable = "OPTIONS, POST";

http::Response NotThisMethod(const http::Request& request, std::string_view allowed) {
  auto response = http::Problem(405, "METHOD_NOT_ALLOWED", fmt::format("this resource has no {}; it takes {}", request.method_name, allowed));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

http::Response NothingHere() {
  return http::Problem({geo::ErrorCode::kNotFound, "", "UNKNOWN_RESOURCE", "there is nothing here; / lists what there is, /api describes it"});
}

// Of Connect's own protocol, of JSON, of gRPC itself, which needs HTTP/2.
http::Response NotThisType(const http::Request& request) {
  auto response =
      http::Problem(415, "UNSUPPORTED_MEDIA_TYPE",
                    fmt::format("Content-Type is {}; methods are called here with {} (a Connect client: by its gRPC-Web transport), or by gRPC on its own port",
                                request.content_type.empty() ? "left out" : Quoted(request.content_type), GrpcWeb::Spoken()));
  response.headers.emplace_back("Accept-Post", GrpcWeb::Spoken());
  return response;
}

// Null where there is no such resource.
const Route* FindRoute(const std::vector<std::string>& segments, std::vector<std::string>& captured) {
  const auto routes = Routes();
  const auto route = std::find_if(routes.begin(), routes.end(), [&](const Route& one) { return Matches(one, segments, captured); });
  return route == routes.end() ? nullptr : &*route;
}

http::Plan Refused(std::string_view label, http::Response response) {
  http::Plan plan;
  plan.method = label;
  plan.now = std::move(response);
  return plan;
}

// Of the collection that the address names: its items, files, tiles and what describes them ("sample.cameras.json").
std::string_view HandlingOf(const GatewayRequest& request) {
  if (!request.catalogue || request.captured.empty()) return {};
  const auto& all = request.catalogue->collections;
  const std::string_view name = request.captured[0];
  const auto named = std::find_if(all.begin(), all.end(), [&](const Collection& one) {
    return name.starts_with(one.id) && (name.size() == one.id.size() || name[one.id.size()] == '.');
  });
  return named == all.end() ? std::string_view() : named->kind->handling();
}

std::string SinceOf(const CallParts& calls, const std::shared_ptr<const geo::Snapshot>& snapshot) {
  const ServedSnapshot served = calls.snapshots.served();
  if (!snapshot || served.snapshot != snapshot) return "";
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(served.since)));
}

}  // namespace

Gateway::Gateway(GatewaySettings settings, CallParts& calls, LayerStore& layers, GrpcWeb* grpc_web)
    : parts_{std::move(settings), calls, layers, grpc_web, [] { return http::HttpStats{}; }, {}} {}

Gateway::~Gateway() = default;

// A page of another site that has made its own name lead here (DNS rebinding) calls us by that name; no tool of this machine does.
bool Gateway::KnowsHost(const std::string& host) const {
  const std::string name = HostName(host);
  if (parts_.settings.any_host || Loopback(name) || name == HostName(parts_.settings.listen_host)) return true;
  const std::string_view origin = OriginOf(parts_.settings.public_url);
  return !origin.empty() && name == HostName(origin.substr(origin.find("://") + 3));
}

// There is no access control, so a page of any site must not read answers through its visitor's browser: only this machine's own pages, and those named.
bool Gateway::MayRead(const std::string& origin) const {
  if (origin.empty()) return true;
  const auto& named = parts_.settings.cors_origins;
  if (std::any_of(named.begin(), named.end(), [&](const std::string& one) { return one == "*" || one == origin; })) return true;
  const auto scheme = origin.find("://");
  return scheme != std::string::npos && (Loopback(HostName(std::string_view(origin).substr(scheme + 3))) || origin == OriginOf(parts_.settings.public_url));
}

http::Plan Gateway::Preflight(const http::Request& request) const {
  http::Response response;
  response.status = 204;
  std::vector<std::string> captured;
  const bool called = GrpcWeb::Names(request.target), read = !called && FindRoute(request.target.segments, captured) != nullptr;
  if (!called && !read) return Refused("OPTIONS", NothingHere());
  response.headers.emplace_back("Allow", called ? kCallable : kReadable);
  if (!request.access_control_request_method.empty() && MayRead(request.origin)) {
    response.headers.emplace_back("Access-Control-Allow-Methods", "GET, HEAD, POST");
    response.headers.emplace_back("Access-Control-Allow-Headers",
                                  "Accept, Content-Type, Range, If-Range, If-None-Match, X-Grpc-Web, X-User-Agent, Grpc-Timeout");
    response.headers.emplace_back("Access-Control-Max-Age", "7200");
  }
  return Refused("OPTIONS", std::move(response));
}

http::Plan Gateway::plan(const std::shared_ptr<const http::Request>& request, const http::Admitted& admitted) {
  if (!KnowsHost(request->host)) {
    return Refused("HTTP/refused",
                   http::Problem(421, "UNKNOWN_HOST", "this server is not known by the name in the Host header; use its own address, or set public_url"));
  }
  if (request->method == http::Method::kOptions) return Preflight(*request);
  if (request->method == http::Method::kPost && parts_.grpc_web != nullptr && GrpcWeb::Speaks(request->content_type)) {
    if (!MayRead(request->origin))
      return Refused("HTTP/refused", http::Problem(403, "FOREIGN_PAGE", "pages of this origin may not call; name it in cors_origins"));
    return parts_.grpc_web->plan(request, admitted);
  }
  if (GrpcWeb::Names(request->target)) {
    return Refused("POST/grpc-web", request->method == http::Method::kPost ? NotThisType(*request) : NotThisMethod(*request, kCallable));
  }
  GatewayRequest routed{parts_, request, admitted ? *admitted : nullptr, nullptr, {}, {}, {}, {}};
  const Route* const route = FindRoute(request->target.segments, routed.captured);
  if (route == nullptr) {
    return Refused("HTTP/unknown", NothingHere());
  }
  if (request->method != http::Method::kGet && request->method != http::Method::kHead) return Refused(route->label, NotThisMethod(*request, kReadable));
  if (!admitted && !route->without_data) {
    auto response = http::Problem(admitted.error(), 1);
    response.close = admitted.error().reason == "DRAINING";
    return Refused(route->label, std::move(response));
  }
  routed.label = route->label;
  routed.base = parts_.settings.public_url.empty() ? "http://" + request->host : parts_.settings.public_url;
  routed.since = SinceOf(parts_.calls, routed.snapshot);
  if (routed.snapshot) routed.catalogue = parts_.layers.catalogue(routed.snapshot);
  QueryReader query(request->target);
  auto planned = route->plan(routed, query);
  if (!planned) return Refused(route->label, http::Problem(planned.error()));
  planned->method = route->label;
  if (const auto handling = HandlingOf(routed); !handling.empty()) planned->headers.emplace_back("Wardwatch-Handling", handling);
  return std::move(*planned);
}

void Gateway::decorate(const http::Request& request, http::Response& response) const {
  response.headers.emplace_back("Vary", "Accept, Accept-Encoding, Origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", parts_.settings.cors_origins.empty() ? "same-site" : "cross-origin");
  if (request.origin.empty() || !MayRead(request.origin)) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", request.origin);
  response.headers.emplace_back("Access-Control-Expose-Headers",
                                "ETag, Content-Crs, Content-Range, Accept-Ranges, Link, Retry-After, Wardwatch-Handling, Grpc-Status, Grpc-Message");
}

void Gateway::observe(const http::Observation& observation) { parts_.metrics.add(observation); }

}  // namespace server
