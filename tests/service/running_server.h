// The server in this process, on a free port, with a client for each service.
#pragma once

#include <grpcpp/create_channel.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "grpc/health/v1/health.grpc.pb.h"
#include "server/rpc/wardwatch_server.h"
#include "tests/service/drawn_town.h"
#include "wardwatch/v1/admin_service.grpc.pb.h"
#include "wardwatch/v1/dataset_service.grpc.pb.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"
#include "wardwatch/v1/incident_service.grpc.pb.h"
#include "wardwatch/v1/placement_service.grpc.pb.h"
#include "wardwatch/v1/planning_service.grpc.pb.h"
#include "wardwatch/v1/ward_service.grpc.pb.h"

namespace service_test {

namespace v1 = ::wardwatch::v1;

struct Clients {
  explicit Clients(int port) {
    grpc::ChannelArguments arguments;
    // A channel of its own for every test: no connection shared behind our back.
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(32 << 20);
    channel = grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(port), grpc::InsecureChannelCredentials(), arguments);
    datasets = v1::DatasetService::NewStub(channel);
    hotspots = v1::HotspotService::NewStub(channel);
    wards = v1::WardService::NewStub(channel);
    planning = v1::PlanningService::NewStub(channel);
    placement = v1::PlacementService::NewStub(channel);
    incidents = v1::IncidentService::NewStub(channel);
    admin = v1::AdminService::NewStub(channel);
    health = grpc::health::v1::Health::NewStub(channel);
  }
  std::shared_ptr<grpc::Channel> channel;
  std::unique_ptr<v1::DatasetService::Stub> datasets;
  std::unique_ptr<v1::HotspotService::Stub> hotspots;
  std::unique_ptr<v1::WardService::Stub> wards;
  std::unique_ptr<v1::PlanningService::Stub> planning;
  std::unique_ptr<v1::PlacementService::Stub> placement;
  std::unique_ptr<v1::IncidentService::Stub> incidents;
  std::unique_ptr<v1::AdminService::Stub> admin;
  std::unique_ptr<grpc::health::v1::Health::Stub> health;
};

inline server::SnapshotStore::Load LoadTown() {
  return [snapshot = DrawnTown().build()] { return geo::Result<std::shared_ptr<const geo::Snapshot>>(snapshot); };
}

struct RunningServer {
  explicit RunningServer(server::SnapshotStore::Load load = LoadTown(), int threads = 2, int queue = 0, server::Deadlines deadlines = {}) {
    auto started = server::WardwatchServer::Start({"127.0.0.1:0", threads, queue, server::RequestLog::Form::kNone, std::move(load), deadlines});
    if (!started) throw std::runtime_error(started.error().message);
    server = std::move(*started);
    clients.emplace(server->port());
  }
  std::unique_ptr<server::WardwatchServer> server;
  std::optional<Clients> clients;
};

// The trailing metadata of a failed call.
inline std::string Detail(const grpc::ClientContext& context, const char* key) {
  const auto& all = context.GetServerTrailingMetadata();
  const auto found = all.find(key);
  return found == all.end() ? std::string() : std::string(found->second.data(), found->second.size());
}

inline v1::FindHotspotsRequest HotspotsOf2023() {
  v1::FindHotspotsRequest request;
  request.set_dataset("datasets/town");
  request.mutable_period()->set_calendar_year(2023);
  return request;
}

inline v1::CompareWardsRequest WardsOf2022And2023() {
  v1::CompareWardsRequest request;
  request.set_dataset("datasets/town");
  request.mutable_before()->set_calendar_year(2022);
  request.mutable_after()->set_calendar_year(2023);
  return request;
}

inline v1::ListIncidentsRequest IncidentsOf2023() {
  v1::ListIncidentsRequest request;
  request.set_dataset("datasets/town");
  request.mutable_period()->set_calendar_year(2023);
  return request;
}

inline v1::ComputeSurfaceRequest SurfaceOf2023() {
  v1::ComputeSurfaceRequest request;
  request.set_dataset("datasets/town");
  request.mutable_period()->set_calendar_year(2023);
  return request;
}

inline v1::FindPlacesRequest PlacesOf2023() {
  v1::FindPlacesRequest request;
  *request.mutable_surface() = SurfaceOf2023();
  return request;
}

inline v1::FindAreaHotspotsRequest AreaHotspotsOf2023() {
  v1::FindAreaHotspotsRequest request;
  request.set_dataset("datasets/town");
  request.mutable_period()->set_calendar_year(2023);
  return request;
}

}  // namespace service_test
