#include "server/cli/connection.h"

#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

#include "server/cli/surface_answer.h"

#include "wardwatch/v1/admin_service.grpc.pb.h"
#include "wardwatch/v1/dataset_service.grpc.pb.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"
#include "wardwatch/v1/incident_service.grpc.pb.h"
#include "wardwatch/v1/planning_service.grpc.pb.h"
#include "wardwatch/v1/ward_service.grpc.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;
using std::chrono::milliseconds;

geo::ErrorCode CodeOf(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::OUT_OF_RANGE:
      return geo::ErrorCode::kInvalidArgument;
    case grpc::StatusCode::NOT_FOUND:
      return geo::ErrorCode::kNotFound;
    case grpc::StatusCode::FAILED_PRECONDITION:
      return geo::ErrorCode::kFailedPrecondition;
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
      return geo::ErrorCode::kResourceExhausted;
    case grpc::StatusCode::ABORTED:
      return geo::ErrorCode::kAborted;
    case grpc::StatusCode::CANCELLED:
      return geo::ErrorCode::kCancelled;
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return geo::ErrorCode::kDeadlineExceeded;
    case grpc::StatusCode::UNAVAILABLE:
      return geo::ErrorCode::kUnavailable;
    case grpc::StatusCode::PERMISSION_DENIED:
    case grpc::StatusCode::UNAUTHENTICATED:
      return geo::ErrorCode::kPermissionDenied;
    case grpc::StatusCode::DATA_LOSS:
      return geo::ErrorCode::kDataLoss;
    default:
      return geo::ErrorCode::kInternal;
  }
}

std::string Trailing(const grpc::ClientContext& context, const char* key) {
  const auto& metadata = context.GetServerTrailingMetadata();
  const auto found = metadata.find(key);
  return found == metadata.end() ? std::string() : std::string(found->second.data(), found->second.size());
}

std::optional<milliseconds> RetryAfter(const grpc::ClientContext& context) {
  const std::string text = Trailing(context, "retry-after-ms");
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return milliseconds(value);
}

}  // namespace

struct Connection::Channel {
  std::string server;
  milliseconds timeout;
  std::shared_ptr<grpc::Channel> grpc;
  std::unique_ptr<api::AdminService::Stub> admin;
  std::unique_ptr<api::DatasetService::Stub> datasets;
  std::unique_ptr<api::HotspotService::Stub> hotspots;
  std::unique_ptr<api::IncidentService::Stub> incidents;
  std::unique_ptr<api::WardService::Stub> wards;
  std::unique_ptr<api::PlanningService::Stub> planning;
  static constexpr bool kNothing = false;
  bool answered = false;  // this server answered before: a later silence is a deadline, not a wrong address
  std::mutex mutex;       // of the three below
  std::condition_variable stopped;
  bool interrupted = false;
  grpc::ClientContext* under_way = nullptr;

  geo::Error error_of(const grpc::Status& status, const grpc::ClientContext& context) const {
    geo::Error error{CodeOf(status.error_code()), Trailing(context, "wardwatch-field"), Trailing(context, "wardwatch-reason"), status.error_message()};
    const bool connected = answered || grpc->GetState(false) == GRPC_CHANNEL_READY;
    // Our server always gives a reason; without one, UNAVAILABLE comes from the channel itself.
    const bool nobody = status.error_code() == grpc::StatusCode::UNAVAILABLE && error.reason.empty();
    if (nobody || (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED && !connected)) {
      error.code = geo::ErrorCode::kUnavailable;
      error.reason = kUnreachable;
      error.message = fmt::format("no answer from {}: {}", server, status.error_message());
    } else if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED && error.reason.empty()) {
      error.reason = "DEADLINE_EXCEEDED";
      error.message = fmt::format("no answer within {} ms; --timeout waits longer, a shorter period or larger cells need less work", timeout.count());
    }
    return error;
  }

  static geo::Error Interrupted() { return {geo::ErrorCode::kCancelled, "", kInterrupted, "stopped"}; }

  // Notes the call under way, or that none is. False once interrupted.
  bool enter(grpc::ClientContext* context) {
    const std::lock_guard lock(mutex);
    under_way = interrupted ? nullptr : context;
    return !interrupted;
  }

  // `attempt` makes the call with the context it is given. It is made again once, if the server says after what time and nothing was handed over yet.
  template <class Attempt>
  geo::Result<void> call(const Attempt& attempt, const bool& handed_over = kNothing) {
    for (bool last = false;; last = true) {
      grpc::ClientContext context;
      context.set_deadline(std::chrono::system_clock::now() + timeout);
      if (!enter(&context)) return geo::Fail(Interrupted());
      const grpc::Status status = attempt(context);
      if (!enter(nullptr)) return geo::Fail(Interrupted());
      if (status.ok()) {
        answered = true;
        return {};
      }
      const auto wait = RetryAfter(context);
      const bool again = !last && !handed_over && status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED && wait && *wait <= timeout;
      if (!again) return geo::Fail(error_of(status, context));
      std::unique_lock lock(mutex);
      stopped.wait_for(lock, *wait, [this] { return interrupted; });
    }
  }

  // A stream of pieces; an Error from `take` ends it and is returned.
  template <class Piece, class Open, class Take>
  geo::Result<void> stream(const Open& open, const Take& take) {
    geo::Result<void> taken;
    bool handed_over = false;
    auto called = call(
        [&](grpc::ClientContext& context) {
          const auto reader = open(&context);
          Piece piece;
          while (taken && reader->Read(&piece)) {
            handed_over = true;
            taken = take(piece);
            if (!taken) context.TryCancel();
          }
          return reader->Finish();
        },
        handed_over);
    return taken ? called : taken;
  }

  template <class Response, class Stub, class Request>
  geo::Result<Response> unary(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), const Request& request) {
    Response response;
    auto called = call([&](grpc::ClientContext& context) { return (stub.*method)(&context, request, &response); });
    if (!called) return geo::Fail(called.error());
    return response;
  }

  // Follows next_page_token and appends `items` of each page to those of the first.
  template <class Response, class Stub, class Request, class Items>
  geo::Result<Response> pages(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*), Request& request, const Items& items) {
    return more_pages(unary(stub, method, request), stub, method, request, items);
  }

  // The same from a first page on that is already here.
  template <class Response, class Stub, class Request, class Items>
  geo::Result<Response> more_pages(geo::Result<Response> whole, Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                                   Request& request, const Items& items) {
    while (whole && !whole->next_page_token().empty()) {
      request.set_page_token(whole->next_page_token());
      auto page = unary(stub, method, request);
      if (!page) return geo::Fail(page.error());
      if (page->next_page_token() == request.page_token()) {
        return geo::Fail({geo::ErrorCode::kInternal, "page_token", "PAGES_DO_NOT_END", "the server sent the same page token twice"});
      }
      items(*whole)->MergeFrom(*items(*page));
      whole->set_next_page_token(page->next_page_token());
    }
    return whole;
  }
};

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
  std::optional<api::FindHotspotsResponse> answer;
  const auto open = [&](grpc::ClientContext* context) { return channel_->hotspots->WatchHotspots(context, request); };
  auto watched = channel_->stream<api::WatchHotspotsResponse>(open, [&](api::WatchHotspotsResponse& piece) -> geo::Result<void> {
    if (piece.has_progress() && progress) progress(piece.progress());
    if (piece.has_answer()) answer = std::move(*piece.mutable_answer());
    return {};
  });
  if (!watched) return geo::Fail(watched.error());
  if (!answer) return geo::Fail({geo::ErrorCode::kInternal, "", "BAD_STREAM", "the server ended the stream without an answer"});
  api::FindHotspotsRequest rest = question;
  return channel_->more_pages(geo::Result<api::FindHotspotsResponse>(std::move(*answer)), *channel_->hotspots, &api::HotspotService::Stub::FindHotspots, rest,
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
