#include "server/rpc/layer_service.h"

#include "server/layers/layer_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;
using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

namespace {

// Functions that take the store first, with it.
template <class Function>
auto With(LayerStore& layers, Function function) {
  return [&layers, function](const auto& first, const auto& second) { return function(layers, first, second); };
}

}  // namespace

Reactor* LayerServiceImpl::ListLayers(Context* context, const v1::ListLayersRequest* request, v1::ListLayersResponse* response) {
  return RunUnary(parts_, context, "LayerService.ListLayers", request, response, With(layers_, DecodeListLayers), ComputeLayers, EncodeListLayers);
}

Reactor* LayerServiceImpl::GetTile(Context* context, const v1::GetTileRequest* request, v1::GetTileResponse* response) {
  return RunUnary(parts_, context, "LayerService.GetTile", request, response, With(layers_, DecodeGetTile), With(layers_, ComputeTile), EncodeGetTile);
}

grpc::ServerWriteReactor<v1::StreamFeaturesResponse>* LayerServiceImpl::StreamFeatures(Context* context, const v1::StreamFeaturesRequest* request) {
  const auto open = [](FeaturesCall&& call, geo::Disclosed<FeatureListing>&& listing) { return FeatureChunks(std::move(call), std::move(listing)); };
  return RunStream<v1::StreamFeaturesRequest, v1::StreamFeaturesResponse>(parts_, context, "LayerService.StreamFeatures", request, live_,
                                                                          With(layers_, DecodeStreamFeatures), With(layers_, ComputeFeatures), open);
}

Reactor* LayerServiceImpl::GetRaster(Context* context, const v1::GetRasterRequest* request, v1::GetRasterResponse* response) {
  return RunUnary(parts_, context, "LayerService.GetRaster", request, response, With(layers_, DecodeGetRaster), With(layers_, ComputeRaster), EncodeGetRaster);
}

}  // namespace server
