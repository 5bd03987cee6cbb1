#include "server/rpc/ward_service.h"

#include "server/codec/ward_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;

grpc::ServerUnaryReactor* WardServiceImpl::CompareWards(grpc::CallbackServerContext* context, const v1::CompareWardsRequest* request,
                                                        v1::CompareWardsResponse* response) {
  return RunUnary(parts_, context, "WardService.CompareWards", request, response, DecodeCompareWards, ComputeWards, EncodeCompareWards);
}

}  // namespace server
