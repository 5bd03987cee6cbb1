// wardwatch.v1.DatasetService.
#pragma once

#include "server/call_frame.h"
#include "wardwatch/v1/dataset_service.grpc.pb.h"

namespace server {

class DatasetServiceImpl final : public wardwatch::v1::DatasetService::CallbackService {
 public:
  explicit DatasetServiceImpl(CallParts& parts) : parts_(parts) {}
  grpc::ServerUnaryReactor* ListDatasets(grpc::CallbackServerContext* context, const wardwatch::v1::ListDatasetsRequest* request,
                                         wardwatch::v1::ListDatasetsResponse* response) override;
  grpc::ServerUnaryReactor* GetDataset(grpc::CallbackServerContext* context, const wardwatch::v1::GetDatasetRequest* request,
                                       wardwatch::v1::GetDatasetResponse* response) override;
  grpc::ServerUnaryReactor* GetCoverage(grpc::CallbackServerContext* context, const wardwatch::v1::GetCoverageRequest* request,
                                        wardwatch::v1::GetCoverageResponse* response) override;
  grpc::ServerUnaryReactor* ListAreas(grpc::CallbackServerContext* context, const wardwatch::v1::ListAreasRequest* request,
                                      wardwatch::v1::ListAreasResponse* response) override;

 private:
  CallParts& parts_;
};

}  // namespace server
