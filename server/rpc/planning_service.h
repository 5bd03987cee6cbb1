// wardwatch.v1.PlanningService.
#pragma once

#include "server/call_frame.h"
#include "wardwatch/v1/planning_service.grpc.pb.h"

namespace server {

class PlanningServiceImpl final : public wardwatch::v1::PlanningService::CallbackService {
 public:
  explicit PlanningServiceImpl(CallParts& parts) : parts_(parts) {}
  grpc::ServerUnaryReactor* RankPriorities(grpc::CallbackServerContext* context, const wardwatch::v1::RankPrioritiesRequest* request,
                                           wardwatch::v1::RankPrioritiesResponse* response) override;
  grpc::ServerUnaryReactor* ProfilePlace(grpc::CallbackServerContext* context, const wardwatch::v1::ProfilePlaceRequest* request,
                                         wardwatch::v1::ProfilePlaceResponse* response) override;

 private:
  CallParts& parts_;
};

}  // namespace server
