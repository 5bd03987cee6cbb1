// Any bytes as the target of a GET: the gateway plans and answers, with a status that it knows, and a body that is what it says.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "server/gateway/gateway.h"
#include "tests/fuzz/fuzzed_town.h"

namespace {

struct Parts {
  server::Deadlines deadlines;
  server::RequestLog log{server::RequestLog::Form::kNone};
  server::SnapshotStore snapshots{[] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(fuzz::Town().shared_from_this()); }};
  server::WorkerPool pool{1, 1};
  server::DrainGate gate;
  server::CallParts calls{snapshots, pool, gate, log, deadlines};
  server::LayerStore layers{{16 << 20, 16 << 20, 16 << 20, 16 << 20, 16 << 20}, 1};
  server::Gateway gateway{{}, calls, layers, nullptr};
  Parts() { static_cast<void>(snapshots.reload()); }
};

void Judge(server::http::Response response) {
  WARDWATCH_CHECK(response.status >= 200 && response.status < 600 && response.status != 500, "status {}", response.status);
  const geo::NeverStop never;
  std::string body = response.body ? *response.body : std::string();
  while (response.stream) {
    const auto more = response.stream->next(body, never);
    WARDWATCH_CHECK(more.has_value(), "{}", more.error().message);
    if (!*more) break;
  }
  if (response.content_type.find("json") == std::string::npos) return;
  WARDWATCH_CHECK(!nlohmann::json::parse(body, nullptr, false).is_discarded(), "no JSON: {}", body.substr(0, 200));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Parts parts;
  auto target = server::http::ParseTarget({reinterpret_cast<const char*>(data), size});
  if (!target) return 0;
  auto request = std::make_shared<server::http::Request>();
  request->target = std::move(*target);
  request->host = "localhost";
  auto plan = parts.gateway.plan(request, parts.snapshots.current());
  if (plan.now) Judge(std::move(*plan.now));
  if (plan.work) {
    const geo::NeverStop never;
    auto response = plan.work(never);
    if (response) Judge(std::move(*response));
  }
  return 0;
}
