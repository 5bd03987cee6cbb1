#include "server/rpc/planning_service.h"

#include "server/codec/priority_codec.h"
#include "server/codec/profile_codec.h"
#include "server/codec/workstream_codec.h"
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

grpc::ServerUnaryReactor* PlanningServiceImpl::ListWorkstreams(grpc::CallbackServerContext* context, const v1::ListWorkstreamsRequest* request,
                                                               v1::ListWorkstreamsResponse* response) {
  return RunUnary(parts_, context, "PlanningService.ListWorkstreams", request, response, DecodeListWorkstreams, ComputeWorkstreams, EncodeListWorkstreams);
}

grpc::ServerUnaryReactor* PlanningServiceImpl::SaveWorkstream(grpc::CallbackServerContext* context, const v1::SaveWorkstreamRequest* request,
                                                              v1::SaveWorkstreamResponse* response) {
  return RunEdit(parts_, reloads_, edit_, context, "PlanningService.SaveWorkstream", request, response, DecodeSaveWorkstream, EncodeSavedWorkstream);
}

grpc::ServerUnaryReactor* PlanningServiceImpl::RemoveWorkstream(grpc::CallbackServerContext* context, const v1::RemoveWorkstreamRequest* request,
                                                                v1::RemoveWorkstreamResponse* response) {
  return RunEdit(parts_, reloads_, edit_, context, "PlanningService.RemoveWorkstream", request, response, DecodeRemoveWorkstream, EncodeRemovedWorkstream);
}

grpc::ServerUnaryReactor* PlanningServiceImpl::ListWorkstreamRevisions(grpc::CallbackServerContext* context,
                                                                       const v1::ListWorkstreamRevisionsRequest* request,
                                                                       v1::ListWorkstreamRevisionsResponse* response) {
  return RunUnary(parts_, context, "PlanningService.ListWorkstreamRevisions", request, response, DecodeListRevisions, ComputeRevisions, EncodeListRevisions);
}

}  // namespace server
