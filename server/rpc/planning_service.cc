#include "server/rpc/planning_service.h"

#include "server/codec/priority_codec.h"
#include "server/codec/profile_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;

grpc::ServerUnaryReactor* PlanningServiceImpl::RankPriorities(grpc::CallbackServerContext* context, const v1::RankPrioritiesRequest* request,
                                                              v1::RankPrioritiesResponse* response) {
  return RunUnary(parts_, context, "PlanningService.RankPriorities", request, response, DecodeRankPriorities, ComputePriorities, EncodeRankPriorities);
}

grpc::ServerUnaryReactor* PlanningServiceImpl::ProfilePlace(grpc::CallbackServerContext* context, const v1::ProfilePlaceRequest* request,
                                                            v1::ProfilePlaceResponse* response) {
  return RunUnary(parts_, context, "PlanningService.ProfilePlace", request, response, DecodeProfilePlace, ComputeProfile, EncodeProfilePlace);
}

}  // namespace server
