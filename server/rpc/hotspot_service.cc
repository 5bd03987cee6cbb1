#include "server/rpc/hotspot_service.h"

#include "server/codec/hotspot_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;

grpc::ServerUnaryReactor* HotspotServiceImpl::FindHotspots(grpc::CallbackServerContext* context, const v1::FindHotspotsRequest* request,
                                                           v1::FindHotspotsResponse* response) {
  return RunUnary(parts_, context, "HotspotService.FindHotspots", request, response, DecodeFindHotspots, ComputeHotspots, EncodeFindHotspots);
}

}  // namespace server
