// wardwatch.v1.LayerService.
#pragma once

#include "server/call_frame.h"
#include "server/layers/layer_store.h"
#include "server/stream_call.h"
#include "wardwatch/v1/layer_service.grpc.pb.h"

namespace server {

class LayerServiceImpl final : public wardwatch::v1::LayerService::CallbackService {
 public:
  LayerServiceImpl(CallParts& parts, LayerStore& layers) : parts_(parts), layers_(layers) {}
  grpc::ServerUnaryReactor* ListLayers(grpc::CallbackServerContext* context, const wardwatch::v1::ListLayersRequest* request,
                                       wardwatch::v1::ListLayersResponse* response) override;
  grpc::ServerUnaryReactor* GetTile(grpc::CallbackServerContext* context, const wardwatch::v1::GetTileRequest* request,
                                    wardwatch::v1::GetTileResponse* response) override;
  grpc::ServerWriteReactor<wardwatch::v1::StreamFeaturesResponse>* StreamFeatures(grpc::CallbackServerContext* context,
                                                                                  const wardwatch::v1::StreamFeaturesRequest* request) override;
  grpc::ServerUnaryReactor* GetRaster(grpc::CallbackServerContext* context, const wardwatch::v1::GetRasterRequest* request,
                                      wardwatch::v1::GetRasterResponse* response) override;

 private:
  CallParts& parts_;
  LayerStore& layers_;
  LiveStreams live_{limits::kLiveStreams};
};

}  // namespace server
