// wardwatch.v1.WardService.
#pragma once

#include "server/call_frame.h"
#include "wardwatch/v1/ward_service.grpc.pb.h"

namespace server {

class WardServiceImpl final : public wardwatch::v1::WardService::CallbackService {
 public:
  explicit WardServiceImpl(CallParts& parts) : parts_(parts) {}
  grpc::ServerUnaryReactor* CompareWards(grpc::CallbackServerContext* context, const wardwatch::v1::CompareWardsRequest* request,
                                         wardwatch::v1::CompareWardsResponse* response) override;
  grpc::ServerUnaryReactor* CompareYears(grpc::CallbackServerContext* context, const wardwatch::v1::CompareYearsRequest* request,
                                         wardwatch::v1::CompareYearsResponse* response) override;
  grpc::ServerUnaryReactor* RankWards(grpc::CallbackServerContext* context, const wardwatch::v1::RankWardsRequest* request,
                                      wardwatch::v1::RankWardsResponse* response) override;
  grpc::ServerUnaryReactor* AnalyseTrends(grpc::CallbackServerContext* context, const wardwatch::v1::AnalyseTrendsRequest* request,
                                          wardwatch::v1::AnalyseTrendsResponse* response) override;
  grpc::ServerUnaryReactor* CheckRise(grpc::CallbackServerContext* context, const wardwatch::v1::CheckRiseRequest* request,
                                      wardwatch::v1::CheckRiseResponse* response) override;
  grpc::ServerUnaryReactor* CompareBoundaries(grpc::CallbackServerContext* context, const wardwatch::v1::CompareBoundariesRequest* request,
                                              wardwatch::v1::CompareBoundariesResponse* response) override;
  grpc::ServerUnaryReactor* CrosswalkCounts(grpc::CallbackServerContext* context, const wardwatch::v1::CrosswalkCountsRequest* request,
                                            wardwatch::v1::CrosswalkCountsResponse* response) override;

 private:
  CallParts& parts_;
};

}  // namespace server
