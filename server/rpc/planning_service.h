// wardwatch.v1.PlanningService.
#pragma once

#include "server/call_frame.h"
#include "server/rpc/edit_call.h"
#include "wardwatch/v1/planning_service.grpc.pb.h"

namespace server {

class PlanningServiceImpl final : public wardwatch::v1::PlanningService::CallbackService {
 public:
  PlanningServiceImpl(CallParts& parts, ReloadThread& reloads, const StoreEdit& edit) : parts_(parts), reloads_(reloads), edit_(edit) {}
  grpc::ServerUnaryReactor* RankPriorities(grpc::CallbackServerContext* context, const wardwatch::v1::RankPrioritiesRequest* request,
                                           wardwatch::v1::RankPrioritiesResponse* response) override;
  grpc::ServerUnaryReactor* ProfilePlace(grpc::CallbackServerContext* context, const wardwatch::v1::ProfilePlaceRequest* request,
                                         wardwatch::v1::ProfilePlaceResponse* response) override;
  grpc::ServerUnaryReactor* ListWorkstreams(grpc::CallbackServerContext* context, const wardwatch::v1::ListWorkstreamsRequest* request,
                                            wardwatch::v1::ListWorkstreamsResponse* response) override;
  grpc::ServerUnaryReactor* SaveWorkstream(grpc::CallbackServerContext* context, const wardwatch::v1::SaveWorkstreamRequest* request,
                                           wardwatch::v1::SaveWorkstreamResponse* response) override;
  grpc::ServerUnaryReactor* RemoveWorkstream(grpc::CallbackServerContext* context, const wardwatch::v1::RemoveWorkstreamRequest* request,
                                             wardwatch::v1::RemoveWorkstreamResponse* response) override;
  grpc::ServerUnaryReactor* ListWorkstreamRevisions(grpc::CallbackServerContext* context, const wardwatch::v1::ListWorkstreamRevisionsRequest* request,
                                                    wardwatch::v1::ListWorkstreamRevisionsResponse* response) override;

 private:
  CallParts& parts_;
  ReloadThread& reloads_;
  const StoreEdit& edit_;
};

}  // namespace server
