#include "server/rpc/admin_service.h"

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

void DescribeSnapshot(const geo::Snapshot& snapshot, v1::GetStatusResponse& response) {
  response.set_snapshot(snapshot.id);
  std::int64_t incidents = 0;
  for (const auto& data : snapshot.datasets) incidents += static_cast<std::int64_t>(data.incidents.size());
  response.set_incidents(incidents);
}

}  // namespace

grpc::ServerUnaryReactor* AdminServiceImpl::Reload(grpc::CallbackServerContext* context, const v1::ReloadRequest*, v1::ReloadResponse* response) {
  auto* call = new ReloadCall(parts_, *context, *response);
  call->begin(reloads_);
  return call;
}

grpc::ServerUnaryReactor* AdminServiceImpl::GetStatus(grpc::CallbackServerContext* context, const v1::GetStatusRequest*, v1::GetStatusResponse* response) {
  response->set_version(WARDWATCH_VERSION);
  DescribePool(parts_.pool.stats(), *response);
  response->set_last_reload_error(parts_.snapshots.last_error());
  if (const auto snapshot = parts_.snapshots.current()) DescribeSnapshot(*snapshot, *response);
  auto* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

}  // namespace server
