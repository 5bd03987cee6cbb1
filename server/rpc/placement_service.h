// wardwatch.v1.PlacementService.
#pragma once

#include "server/call_frame.h"
#include "server/stream_call.h"
#include "wardwatch/v1/placement_service.grpc.pb.h"

namespace server {

class PlacementServiceImpl final : public wardwatch::v1::PlacementService::CallbackService {
 public:
  explicit PlacementServiceImpl(CallParts& parts);
  grpc::ServerUnaryReactor* ListCameras(grpc::CallbackServerContext* context, const wardwatch::v1::ListCamerasRequest* request,
                                        wardwatch::v1::ListCamerasResponse* response) override;
  grpc::ServerWriteReactor<wardwatch::v1::SiteCamerasResponse>* SiteCameras(grpc::CallbackServerContext* context,
                                                                            const wardwatch::v1::SiteCamerasRequest* request) override;
  grpc::ServerWriteReactor<wardwatch::v1::TestSitingResponse>* TestSiting(grpc::CallbackServerContext* context,
                                                                          const wardwatch::v1::TestSitingRequest* request) override;
  grpc::ServerUnaryReactor* ReviewCameras(grpc::CallbackServerContext* context, const wardwatch::v1::ReviewCamerasRequest* request,
                                          wardwatch::v1::ReviewCamerasResponse* response) override;
  grpc::ServerWriteReactor<wardwatch::v1::PlanRedeployablesResponse>* PlanRedeployables(grpc::CallbackServerContext* context,
                                                                                        const wardwatch::v1::PlanRedeployablesRequest* request) override;
  grpc::ServerUnaryReactor* GatherSiteEvidence(grpc::CallbackServerContext* context, const wardwatch::v1::GatherSiteEvidenceRequest* request,
                                               wardwatch::v1::GatherSiteEvidenceResponse* response) override;
  grpc::ServerUnaryReactor* CountDetailLevels(grpc::CallbackServerContext* context, const wardwatch::v1::CountDetailLevelsRequest* request,
                                              wardwatch::v1::CountDetailLevelsResponse* response) override;
  grpc::ServerUnaryReactor* CompareResponses(grpc::CallbackServerContext* context, const wardwatch::v1::CompareResponsesRequest* request,
                                             wardwatch::v1::CompareResponsesResponse* response) override;
  grpc::ServerUnaryReactor* SweepBearings(grpc::CallbackServerContext* context, const wardwatch::v1::SweepBearingsRequest* request,
                                          wardwatch::v1::SweepBearingsResponse* response) override;

 private:
  CallParts& parts_;
  const int threads_;  // of one answer
  LiveStreams live_{limits::kLiveSearches};
};

}  // namespace server
