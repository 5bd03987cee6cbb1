#include "server/rpc/hotspot_service.h"

#include <algorithm>

#include "server/codec/area_hotspot_codec.h"
#include "server/codec/hotspot_codec.h"
#include "server/codec/place_codec.h"
#include "server/codec/surface_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

int& ThreadsOf(geo::HotspotQuery& query) { return query.threads; }
int& ThreadsOf(geo::SurfaceQuery& query) { return query.threads; }
int& ThreadsOf(geo::PlaceQuery& query) { return query.surface.threads; }
int& ThreadsOf(geo::AreaHotspotQuery& query) { return query.threads; }

// Decodes for a server that gives one answer so many threads. The answer does not depend on them; how soon it comes does.
template <class Decode>
auto OnThreads(int threads, Decode decode) {
  return [threads, decode](const auto& request, const geo::Snapshot& snapshot) {
    auto call = decode(request, snapshot);
    if (call) ThreadsOf(call->query) = threads;
    return call;
  };
}

}  // namespace

HotspotServiceImpl::HotspotServiceImpl(CallParts& parts) : parts_(parts), threads_(std::min(parts.pool.stats().workers, limits::kAnswerThreads)) {}

grpc::ServerUnaryReactor* HotspotServiceImpl::FindHotspots(grpc::CallbackServerContext* context, const v1::FindHotspotsRequest* request,
                                                           v1::FindHotspotsResponse* response) {
  return RunUnary(parts_, context, "HotspotService.FindHotspots", request, response, OnThreads(threads_, DecodeFindHotspots), ComputeHotspots,
                  EncodeFindHotspots);
}

grpc::ServerWriteReactor<v1::WatchHotspotsResponse>* HotspotServiceImpl::WatchHotspots(grpc::CallbackServerContext* context,
                                                                                       const v1::WatchHotspotsRequest* request) {
  const auto open = [](HotspotCall&& call, geo::Disclosed<geo::HotspotAnswer>&& answer) { return WatchedAnswer(std::move(call), std::move(answer)); };
  return RunStream<v1::WatchHotspotsRequest, v1::WatchHotspotsResponse>(parts_, context, "HotspotService.WatchHotspots", request, live_watches_,
                                                                        OnThreads(threads_, DecodeWatchHotspots), ComputeWatchedHotspots, open);
}

grpc::ServerWriteReactor<v1::ComputeSurfaceResponse>* HotspotServiceImpl::ComputeSurface(grpc::CallbackServerContext* context,
                                                                                         const v1::ComputeSurfaceRequest* request) {
  const auto open = [](SurfaceCall&& call, geo::Disclosed<geo::SurfaceAnswer>&& answer) { return SurfacePieces(std::move(call), std::move(answer)); };
  return RunStream<v1::ComputeSurfaceRequest, v1::ComputeSurfaceResponse>(parts_, context, "HotspotService.ComputeSurface", request, live_surfaces_,
                                                                          OnThreads(threads_, DecodeComputeSurface), server::ComputeSurface, open);
}

grpc::ServerUnaryReactor* HotspotServiceImpl::FindPlaces(grpc::CallbackServerContext* context, const v1::FindPlacesRequest* request,
                                                         v1::FindPlacesResponse* response) {
  return RunUnary(parts_, context, "HotspotService.FindPlaces", request, response, OnThreads(threads_, DecodeFindPlaces), ComputePlaces, EncodeFindPlaces);
}

grpc::ServerUnaryReactor* HotspotServiceImpl::FindAreaHotspots(grpc::CallbackServerContext* context, const v1::FindAreaHotspotsRequest* request,
                                                               v1::FindAreaHotspotsResponse* response) {
  return RunUnary(parts_, context, "HotspotService.FindAreaHotspots", request, response, OnThreads(threads_, DecodeFindAreaHotspots), ComputeAreaHotspots,
                  EncodeFindAreaHotspots);
}

}  // namespace server
