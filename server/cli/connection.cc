#include "server/cli/connection.h"

#include <optional>
#include <utility>

#include "server/cli/connection_channel.h"
#include "server/cli/surface_answer.h"

namespace server {

namespace api = wardwatch::v1;
using std::chrono::milliseconds;

Connection::Connection(const std::string& server, milliseconds timeout) : channel_(std::make_unique<Channel>()) {
  channel_->server = server;
  channel_->timeout = timeout;
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(64 * 1024 * 1024);  // a page of 10,000 areas with their shapes
  // A proxy set for the web must not carry questions about incidents, nor break a loopback address.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  channel_->grpc = grpc::CreateCustomChannel(server, grpc::InsecureChannelCredentials(), arguments);
  channel_->admin = api::AdminService::NewStub(channel_->grpc);
  channel_->datasets = api::DatasetService::NewStub(channel_->grpc);
  channel_->hotspots = api::HotspotService::NewStub(channel_->grpc);
  channel_->incidents = api::IncidentService::NewStub(channel_->grpc);
  channel_->wards = api::WardService::NewStub(channel_->grpc);
  channel_->planning = api::PlanningService::NewStub(channel_->grpc);
  channel_->placement = api::PlacementService::NewStub(channel_->grpc);
}

Connection::~Connection() = default;

const std::string& Connection::server() const { return channel_->server; }

geo::Result<api::ListDatasetsResponse> Connection::list_datasets() {
  api::ListDatasetsRequest request;
  return channel_->pages<api::ListDatasetsResponse>(*channel_->datasets, &api::DatasetService::Stub::ListDatasets, request,
                                                    [](api::ListDatasetsResponse& page) { return page.mutable_datasets(); });
}

geo::Result<api::GetDatasetResponse> Connection::get_dataset(const api::GetDatasetRequest& request) {
  return channel_->unary<api::GetDatasetResponse>(*channel_->datasets, &api::DatasetService::Stub::GetDataset, request);
}

geo::Result<api::GetCoverageResponse> Connection::get_coverage(const api::GetCoverageRequest& request) {
  return channel_->unary<api::GetCoverageResponse>(*channel_->datasets, &api::DatasetService::Stub::GetCoverage, request);
}

geo::Result<api::ListAreasResponse> Connection::list_areas(api::ListAreasRequest request) {
  return channel_->pages<api::ListAreasResponse>(*channel_->datasets, &api::DatasetService::Stub::ListAreas, request,
                                                 [](api::ListAreasResponse& page) { return page.mutable_areas(); });
}

geo::Result<api::FindHotspotsResponse> Connection::find_hotspots(api::FindHotspotsRequest request) {
  return channel_->pages<api::FindHotspotsResponse>(*channel_->hotspots, &api::HotspotService::Stub::FindHotspots, request,
                                                    [](api::FindHotspotsResponse& page) { return page.mutable_cells(); });
}

geo::Result<api::FindHotspotsResponse> Connection::watch_hotspots(const api::FindHotspotsRequest& question, const TakeProgress& progress) {
  api::WatchHotspotsRequest request;
  *request.mutable_question() = question;
  const auto open = [&](grpc::ClientContext* context) { return channel_->hotspots->WatchHotspots(context, request); };
  using Piece = api::WatchHotspotsResponse;
  auto answer = channel_->watch<Piece>(open, &Piece::mutable_answer, &Piece::has_answer, progress);
  if (!answer) return answer;
  api::FindHotspotsRequest rest = question;
  return channel_->more_pages(std::move(answer), *channel_->hotspots, &api::HotspotService::Stub::FindHotspots, rest,
                              [](api::FindHotspotsResponse& page) { return page.mutable_cells(); });
}

geo::Result<SurfaceAnswer> Connection::compute_surface(const api::ComputeSurfaceRequest& request, const TakeProgress& progress) {
  SurfaceAssembly assembly;
  const auto open = [&](grpc::ClientContext* context) { return channel_->hotspots->ComputeSurface(context, request); };
  auto computed = channel_->stream<api::ComputeSurfaceResponse>(open, [&](api::ComputeSurfaceResponse& piece) -> geo::Result<void> {
    if (!piece.has_progress()) return assembly.take(std::move(piece));
    if (progress) progress(piece.progress());
    return {};
  });
  if (!computed) return geo::Fail(computed.error());
  return assembly.finish();
}

geo::Result<api::FindPlacesResponse> Connection::find_places(const api::FindPlacesRequest& request) {
  return channel_->unary<api::FindPlacesResponse>(*channel_->hotspots, &api::HotspotService::Stub::FindPlaces, request);
}

geo::Result<api::FindAreaHotspotsResponse> Connection::find_area_hotspots(api::FindAreaHotspotsRequest request) {
  return channel_->pages<api::FindAreaHotspotsResponse>(*channel_->hotspots, &api::HotspotService::Stub::FindAreaHotspots, request,
                                                        [](api::FindAreaHotspotsResponse& page) { return page.mutable_areas(); });
}

bool Connection::cancel() {
  const std::lock_guard lock(channel_->mutex);
  const bool busy = channel_->under_way != nullptr;
  channel_->interrupted = true;
  if (busy) channel_->under_way->TryCancel();
  channel_->stopped.notify_all();
  return busy;
}

geo::Result<api::CompareWardsResponse> Connection::compare_wards(const api::CompareWardsRequest& request) {
  return channel_->unary<api::CompareWardsResponse>(*channel_->wards, &api::WardService::Stub::CompareWards, request);
}

geo::Result<api::CompareYearsResponse> Connection::compare_years(const api::CompareYearsRequest& request) {
  return channel_->unary<api::CompareYearsResponse>(*channel_->wards, &api::WardService::Stub::CompareYears, request);
}

geo::Result<api::RankWardsResponse> Connection::rank_wards(const api::RankWardsRequest& request) {
  return channel_->unary<api::RankWardsResponse>(*channel_->wards, &api::WardService::Stub::RankWards, request);
}

geo::Result<api::AnalyseTrendsResponse> Connection::analyse_trends(const api::AnalyseTrendsRequest& request) {
  return channel_->unary<api::AnalyseTrendsResponse>(*channel_->wards, &api::WardService::Stub::AnalyseTrends, request);
}

geo::Result<api::CheckRiseResponse> Connection::check_rise(const api::CheckRiseRequest& request) {
  return channel_->unary<api::CheckRiseResponse>(*channel_->wards, &api::WardService::Stub::CheckRise, request);
}

geo::Result<api::CompareBoundariesResponse> Connection::compare_boundaries(const api::CompareBoundariesRequest& request) {
  return channel_->unary<api::CompareBoundariesResponse>(*channel_->wards, &api::WardService::Stub::CompareBoundaries, request);
}

geo::Result<api::CrosswalkCountsResponse> Connection::crosswalk_counts(const api::CrosswalkCountsRequest& request) {
  return channel_->unary<api::CrosswalkCountsResponse>(*channel_->wards, &api::WardService::Stub::CrosswalkCounts, request);
}

geo::Result<api::RankPrioritiesResponse> Connection::rank_priorities(const api::RankPrioritiesRequest& request) {
  return channel_->unary<api::RankPrioritiesResponse>(*channel_->planning, &api::PlanningService::Stub::RankPriorities, request);
}

geo::Result<api::ProfilePlaceResponse> Connection::profile_place(const api::ProfilePlaceRequest& request) {
  return channel_->unary<api::ProfilePlaceResponse>(*channel_->planning, &api::PlanningService::Stub::ProfilePlace, request);
}

geo::Result<api::ListWorkstreamsResponse> Connection::list_workstreams(const api::ListWorkstreamsRequest& request) {
  return channel_->unary<api::ListWorkstreamsResponse>(*channel_->planning, &api::PlanningService::Stub::ListWorkstreams, request);
}

geo::Result<api::ListWorkstreamRevisionsResponse> Connection::list_workstream_revisions(api::ListWorkstreamRevisionsRequest request) {
  return channel_->pages<api::ListWorkstreamRevisionsResponse>(*channel_->planning, &api::PlanningService::Stub::ListWorkstreamRevisions, request,
                                                               [](api::ListWorkstreamRevisionsResponse& page) { return page.mutable_revisions(); });
}

geo::Result<api::SaveWorkstreamResponse> Connection::save_workstream(const api::SaveWorkstreamRequest& request) {
  return channel_->unary<api::SaveWorkstreamResponse>(*channel_->planning, &api::PlanningService::Stub::SaveWorkstream, request);
}

geo::Result<api::RemoveWorkstreamResponse> Connection::remove_workstream(const api::RemoveWorkstreamRequest& request) {
  return channel_->unary<api::RemoveWorkstreamResponse>(*channel_->planning, &api::PlanningService::Stub::RemoveWorkstream, request);
}

geo::Result<void> Connection::list_incidents(const api::ListIncidentsRequest& request,
                                             const std::function<geo::Result<void>(const api::ListIncidentsResponse&)>& take) {
  return channel_->stream<api::ListIncidentsResponse>([&](grpc::ClientContext* context) { return channel_->incidents->ListIncidents(context, request); }, take);
}

geo::Result<api::GetStatusResponse> Connection::get_status() {
  return channel_->unary<api::GetStatusResponse>(*channel_->admin, &api::AdminService::Stub::GetStatus, api::GetStatusRequest());
}

geo::Result<api::ReloadResponse> Connection::reload() {
  return channel_->unary<api::ReloadResponse>(*channel_->admin, &api::AdminService::Stub::Reload, api::ReloadRequest());
}

}  // namespace server
