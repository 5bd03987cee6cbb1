#include "server/rpc/dataset_service.h"

#include "server/codec/dataset_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;
using Context = grpc::CallbackServerContext;
using Reactor = grpc::ServerUnaryReactor;

Reactor* DatasetServiceImpl::ListDatasets(Context* context, const v1::ListDatasetsRequest* request, v1::ListDatasetsResponse* response) {
  return RunUnary(parts_, context, "DatasetService.ListDatasets", request, response, DecodeListDatasets, ComputeDatasets, EncodeListDatasets);
}

Reactor* DatasetServiceImpl::GetDataset(Context* context, const v1::GetDatasetRequest* request, v1::GetDatasetResponse* response) {
  return RunUnary(parts_, context, "DatasetService.GetDataset", request, response, DecodeGetDataset, ComputeDataset, EncodeGetDataset);
}

Reactor* DatasetServiceImpl::GetCoverage(Context* context, const v1::GetCoverageRequest* request, v1::GetCoverageResponse* response) {
  return RunUnary(parts_, context, "DatasetService.GetCoverage", request, response, DecodeGetCoverage, ComputeCoverage, EncodeGetCoverage);
}

Reactor* DatasetServiceImpl::ListAreas(Context* context, const v1::ListAreasRequest* request, v1::ListAreasResponse* response) {
  return RunUnary(parts_, context, "DatasetService.ListAreas", request, response, DecodeListAreas, ComputeAreas, EncodeListAreas);
}

}  // namespace server
