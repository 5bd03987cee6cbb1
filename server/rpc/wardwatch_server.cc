#include "server/rpc/wardwatch_server.h"

#include <fmt/format.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/server.h>
#include <grpcpp/server_builder.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "grpc/health/v1/health.pb.h"
#include "server/call_frame.h"
#include "server/gateway/gateway.h"
#include "server/gateway/grpc_web.h"
#include "server/http/http_server.h"
#include "server/layers/layer_store.h"
#include "server/limits.h"
#include "server/rpc/admin_service.h"
#include "server/rpc/dataset_service.h"
#include "server/rpc/hotspot_service.h"
#include "server/rpc/incident_service.h"
#include "server/rpc/layer_service.h"
#include "server/rpc/placement_service.h"
#include "server/rpc/planning_service.h"
#include "server/rpc/ward_service.h"
#include "server/runtime/reload_thread.h"

namespace server {
namespace {

using std::chrono::milliseconds;

template <class Duration>
int Ms(Duration duration) {
  return static_cast<int>(std::chrono::duration_cast<milliseconds>(duration).count());
}

int ThreadCount(int asked) { return asked > 0 ? asked : std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

// A server that runs out of files stops accepting and may not recover; better not to start.
geo::Result<void> CheckOpenFiles() {
  rlimit files{};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return {};
  if (files.rlim_cur < limits::kOpenFiles && files.rlim_max > files.rlim_cur) {
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, limits::kOpenFiles);
    setrlimit(RLIMIT_NOFILE, &files);
    getrlimit(RLIMIT_NOFILE, &files);
  }
  if (files.rlim_cur >= limits::kOpenFiles) return {};
  return geo::Fail({geo::ErrorCode::kFailedPrecondition, "", "TOO_FEW_FILES",
                    fmt::format("this process may open {} files and needs {}; raise the limit (ulimit -n)", files.rlim_cur, limits::kOpenFiles)});
}

void ApplyLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(limits::kRequestBytes);
  builder.SetMaxSendMessageSize(limits::kResponseBytes);
  // gRPC unpacks a message before it looks at its size: 128 KiB became 280 MB. No client of ours packs, and a request is 1 MiB at most.
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_DEFLATE, false);
  builder.SetCompressionAlgorithmSupportStatus(GRPC_COMPRESS_GZIP, false);
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  // Without this two servers share a port in silence, and each answers half of the requests.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, limits::kStreamsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, limits::kHeaderBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, Ms(limits::kIdle));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, Ms(limits::kConnectionAge));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, Ms(limits::kConnectionAgeGrace));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, Ms(limits::kKeepalive));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, Ms(limits::kKeepaliveTimeout));
  builder.AddChannelArgument("grpc.server_handshake_timeout_ms", limits::kHandshakeMs);
}

}  // namespace

// In order of who uses whom: the last is destroyed first.
struct WardwatchServer::Parts {
  explicit Parts(ServeSettings settings)
      : deadlines(settings.deadlines),
        edit(std::move(settings.edit)),
        log(settings.log),
        snapshots(std::move(settings.load)),
        pool(ThreadCount(settings.threads), settings.queue > 0 ? settings.queue : limits::kQueue),
        layers({limits::kTableCacheBytes, limits::kTileSourceCacheBytes, limits::kRasterCacheBytes, limits::kTileCacheBytes, limits::kFileCacheBytes},
               std::min(ThreadCount(settings.threads), limits::kAnswerThreads)),
        reloads(snapshots, [this](const geo::Result<SnapshotSwap>& swap) { Reloaded(swap); }) {}

  void Reloaded(const geo::Result<SnapshotSwap>& swap) {
    if (swap) {
      layers.keep_only(swap->current);
      log.event("reload", {{"snapshot", swap->current}, {"previous", swap->previous}});
    } else {
      log.event("reload_refused", {{"reason", swap.error().reason}, {"message", swap.error().message}}, true);
    }
    malloc_trim(0);  // what building took goes back to the system
  }

  const Deadlines deadlines;
  const StoreEdit edit;
  RequestLog log;
  SnapshotStore snapshots;
  WorkerPool pool;
  LayerStore layers;
  DrainGate gate;
  CallParts calls{snapshots, pool, gate, log, deadlines};
  ReloadThread reloads;
  DatasetServiceImpl datasets{calls};
  HotspotServiceImpl hotspots{calls};
  WardServiceImpl wards{calls};
  PlanningServiceImpl planning{calls, reloads, edit};
  PlacementServiceImpl placement{calls};
  IncidentServiceImpl incidents{calls};
  LayerServiceImpl layer_service{calls, layers};
  AdminServiceImpl admin{calls, reloads};
  geo::Result<void> StartGateway(const ServeSettings& settings);

  int port = 0;
  std::unique_ptr<grpc::Server> server;
  std::unique_ptr<GrpcWeb> grpc_web;
  std::unique_ptr<Gateway> gateway;
  std::unique_ptr<http::HttpServer> http;
};

geo::Result<void> WardwatchServer::Parts::StartGateway(const ServeSettings& settings) {
  if (settings.http.empty()) return {};
  const std::string host = settings.http.substr(0, settings.http.rfind(':'));
  const std::string rpc_host = settings.listen.substr(0, settings.listen.rfind(':'));
  const bool anywhere = rpc_host == "0.0.0.0" || rpc_host == "[::]";
  grpc_web = std::make_unique<GrpcWeb>(fmt::format("{}:{}", anywhere ? "127.0.0.1" : rpc_host, port));
  gateway = std::make_unique<Gateway>(GatewaySettings{settings.public_url, settings.cors_origins, host, settings.allow_remote && settings.public_url.empty()},
                                      calls, layers, grpc_web.get());
  http::HttpSettings listen;
  listen.listen = settings.http;
  auto started = http::HttpServer::Start(listen, calls, *gateway);
  if (!started) return geo::Fail(started.error());
  http = std::move(*started);
  gateway->watch([this] { return http->stats(); });
  return {};
}

WardwatchServer::WardwatchServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

WardwatchServer::~WardwatchServer() {
  parts_->http.reset();
  if (parts_->server) parts_->server->Shutdown(std::chrono::system_clock::now());
}

geo::Result<std::unique_ptr<WardwatchServer>> WardwatchServer::Start(ServeSettings settings) {
  if (auto files = CheckOpenFiles(); !files) return geo::Fail(files.error());
  const ServeSettings asked = settings;
  const std::string& listen = asked.listen;
  auto parts = std::make_unique<Parts>(std::move(settings));
  if (auto loaded = parts->snapshots.reload(); !loaded) return geo::Fail(loaded.error());

  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  // Reflection lists only services whose descriptor is linked in; naming one message is enough to keep it.
  grpc::health::v1::HealthCheckRequest::descriptor();
  grpc::ServerBuilder builder;
  ApplyLimits(builder);
  builder.AddListeningPort(listen, grpc::InsecureServerCredentials(), &parts->port);
  for (grpc::Service* service :
       {static_cast<grpc::Service*>(&parts->datasets), static_cast<grpc::Service*>(&parts->hotspots), static_cast<grpc::Service*>(&parts->wards),
        static_cast<grpc::Service*>(&parts->planning), static_cast<grpc::Service*>(&parts->placement), static_cast<grpc::Service*>(&parts->incidents),
        static_cast<grpc::Service*>(&parts->layer_service), static_cast<grpc::Service*>(&parts->admin)}) {
    builder.RegisterService(service);
  }
  parts->server = builder.BuildAndStart();
  if (!parts->server || parts->port == 0) {
    return geo::Fail({geo::ErrorCode::kUnavailable, "listen", "CANNOT_LISTEN",
                      fmt::format("{} cannot be bound: another server has it, or it is not of this machine", listen)});
  }
  if (auto gateway = parts->StartGateway(asked); !gateway) return geo::Fail(gateway.error());
  auto* health = parts->server->GetHealthCheckService();
  for (const char* name : {"", "wardwatch.v1.DatasetService", "wardwatch.v1.HotspotService", "wardwatch.v1.WardService", "wardwatch.v1.PlanningService",
                           "wardwatch.v1.PlacementService", "wardwatch.v1.IncidentService", "wardwatch.v1.LayerService", "wardwatch.v1.AdminService"}) {
    health->SetServingStatus(name, true);
  }
  parts->log.event("serving", {{"port", std::to_string(parts->port)},
                               {"http_port", std::to_string(parts->http ? parts->http->port() : 0)},
                               {"snapshot", parts->snapshots.current()->id},
                               {"version", WARDWATCH_VERSION}});
  return std::unique_ptr<WardwatchServer>(new WardwatchServer(std::move(parts)));
}

int WardwatchServer::port() const { return parts_->port; }

int WardwatchServer::http_port() const { return parts_->http ? parts_->http->port() : 0; }

RequestLog& WardwatchServer::log() { return parts_->log; }

void WardwatchServer::request_reload() {
  if (!parts_->gate.closed()) parts_->reloads.request();
}

bool WardwatchServer::reloading() const { return parts_->reloads.busy(); }

bool WardwatchServer::drain(milliseconds limit) {
  parts_->log.event("drain", {{"under_way", std::to_string(parts_->gate.under_way())}});
  parts_->server->GetHealthCheckService()->SetServingStatus(false);
  parts_->gate.close();
  const bool empty = parts_->gate.wait_empty(limit);
  parts_->gate.wait_quiet(limits::kQuiet, limits::kQuietLimit);
  // Before gRPC: browsers' calls go through its channel.
  if (parts_->http) parts_->http->stop(limits::kShutdownGrace);
  // The listener closes and clients are told to go; health watchers, which never end by themselves, are cut off after the grace.
  parts_->server->Shutdown(std::chrono::system_clock::now() + limits::kShutdownGrace);
  parts_->log.event("stopped", {{"cut_off", empty ? "0" : std::to_string(parts_->gate.under_way())}});
  parts_->log.flush();
  return empty;
}

}  // namespace server
