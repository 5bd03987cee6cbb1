// wardwatch.v1.HotspotService.
#pragma once

#include "server/call_frame.h"
#include "wardwatch/v1/hotspot_service.grpc.pb.h"

namespace server {

class HotspotServiceImpl final : public wardwatch::v1::HotspotService::CallbackService {
 public:
  explicit HotspotServiceImpl(CallParts& parts) : parts_(parts) {}
  grpc::ServerUnaryReactor* FindHotspots(grpc::CallbackServerContext* context, const wardwatch::v1::FindHotspotsRequest* request,
                                         wardwatch::v1::FindHotspotsResponse* response) override;

 private:
  CallParts& parts_;
};

}  // namespace server
