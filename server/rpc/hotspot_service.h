// wardwatch.v1.HotspotService.
#pragma once

#include "server/stream_call.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"

namespace server {

class HotspotServiceImpl final : public wardwatch::v1::HotspotService::CallbackService {
 public:
  explicit HotspotServiceImpl(CallParts& parts);
  grpc::ServerUnaryReactor* FindHotspots(grpc::CallbackServerContext* context, const wardwatch::v1::FindHotspotsRequest* request,
                                         wardwatch::v1::FindHotspotsResponse* response) override;
  grpc::ServerWriteReactor<wardwatch::v1::WatchHotspotsResponse>* WatchHotspots(grpc::CallbackServerContext* context,
                                                                                const wardwatch::v1::WatchHotspotsRequest* request) override;
  grpc::ServerWriteReactor<wardwatch::v1::ComputeSurfaceResponse>* ComputeSurface(grpc::CallbackServerContext* context,
                                                                                  const wardwatch::v1::ComputeSurfaceRequest* request) override;
  grpc::ServerUnaryReactor* FindPlaces(grpc::CallbackServerContext* context, const wardwatch::v1::FindPlacesRequest* request,
                                       wardwatch::v1::FindPlacesResponse* response) override;
  grpc::ServerUnaryReactor* FindAreaHotspots(grpc::CallbackServerContext* context, const wardwatch::v1::FindAreaHotspotsRequest* request,
                                             wardwatch::v1::FindAreaHotspotsResponse* response) override;

 private:
  CallParts& parts_;
  const int threads_;  // of one answer
  LiveStreams live_watches_{limits::kLiveStreams};
  LiveStreams live_surfaces_{limits::kLiveSurfaces};
};

}  // namespace server
