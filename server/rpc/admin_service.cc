#include "server/rpc/admin_service.h"

#include <fmt/chrono.h>
#include <grpcpp/support/server_callback.h>

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

// Not RunUnary: a reload has a thread of its own and takes longer than a request may, and the status must come when every worker is busy.
class ReloadCall final : public grpc::ServerUnaryReactor {
 public:
  ReloadCall(CallParts& parts, grpc::CallbackServerContext& context, v1::ReloadResponse& response)
      : frame_(parts, context, "AdminService.Reload"), response_(response) {}

  void begin(ReloadThread& reloads) {
    if (auto entered = frame_.enter(); !entered && entered.error().reason != "NO_DATA") return Finish(frame_.close(geo::Fail(entered.error())));
    auto started = reloads.start([this](const geo::Result<SnapshotSwap>& swap) { Answer(swap); });
    if (!started) Finish(frame_.close(started));
  }
  // A reload that has begun goes on: what it reads is for everyone.
  void OnCancel() override {}
  void OnDone() override { delete this; }

 private:
  void Answer(const geo::Result<SnapshotSwap>& swap) {
    if (!swap) return Finish(frame_.close(geo::Fail(swap.error())));
    response_.set_snapshot(swap->current);
    response_.set_previous_snapshot(swap->previous);
    Finish(frame_.close({}));
  }

  CallFrame frame_;
  v1::ReloadResponse& response_;
};

void DescribePool(const PoolStats& pool, v1::GetStatusResponse& response) {
  response.set_workers(pool.workers);
  response.set_running(pool.running);
  response.set_queued(pool.queued);
  response.set_refused(pool.refused);
}

void DescribeSnapshot(const ServedSnapshot& served, v1::GetStatusResponse& response) {
  response.set_snapshot(served.snapshot->id);
  response.set_serving_since(fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(served.since))));
  std::int64_t incidents = 0;
  for (const auto& data : served.snapshot->datasets) incidents += static_cast<std::int64_t>(data.incidents.size());
  response.set_incidents(incidents);
}

}  // namespace

grpc::ServerUnaryReactor* AdminServiceImpl::Reload(grpc::CallbackServerContext* context, const v1::ReloadRequest*, v1::ReloadResponse* response) {
  auto* call = new ReloadCall(parts_, *context, *response);
  call->begin(reloads_);
  return call;
}

grpc::ServerUnaryReactor* AdminServiceImpl::GetStatus(grpc::CallbackServerContext* context, const v1::GetStatusRequest*, v1::GetStatusResponse* response) {
  // Not entered: the status is told while draining too.
  CallFrame frame(parts_, *context, "AdminService.GetStatus");
  response->set_version(WARDWATCH_VERSION);
  DescribePool(parts_.pool.stats(), *response);
  response->set_last_reload_error(parts_.snapshots.last_error());
  if (const ServedSnapshot served = parts_.snapshots.served(); served.snapshot) DescribeSnapshot(served, *response);
  auto* reactor = context->DefaultReactor();
  reactor->Finish(frame.close({}));
  return reactor;
}

}  // namespace server
