#include "server/rpc/ward_service.h"

#include "server/codec/boundary_codec.h"
#include "server/codec/crosswalk_codec.h"
#include "server/codec/rank_codec.h"
#include "server/codec/rise_codec.h"
#include "server/codec/trend_codec.h"
#include "server/codec/ward_codec.h"
#include "server/codec/years_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;

grpc::ServerUnaryReactor* WardServiceImpl::CompareWards(grpc::CallbackServerContext* context, const v1::CompareWardsRequest* request,
                                                        v1::CompareWardsResponse* response) {
  return RunUnary(parts_, context, "WardService.CompareWards", request, response, DecodeCompareWards, ComputeWards, EncodeCompareWards);
}

grpc::ServerUnaryReactor* WardServiceImpl::CompareYears(grpc::CallbackServerContext* context, const v1::CompareYearsRequest* request,
                                                        v1::CompareYearsResponse* response) {
  return RunUnary(parts_, context, "WardService.CompareYears", request, response, DecodeCompareYears, ComputeYears, EncodeCompareYears);
}

grpc::ServerUnaryReactor* WardServiceImpl::RankWards(grpc::CallbackServerContext* context, const v1::RankWardsRequest* request,
                                                     v1::RankWardsResponse* response) {
  return RunUnary(parts_, context, "WardService.RankWards", request, response, DecodeRankWards, ComputeRanks, EncodeRankWards);
}

grpc::ServerUnaryReactor* WardServiceImpl::AnalyseTrends(grpc::CallbackServerContext* context, const v1::AnalyseTrendsRequest* request,
                                                         v1::AnalyseTrendsResponse* response) {
  return RunUnary(parts_, context, "WardService.AnalyseTrends", request, response, DecodeAnalyseTrends, ComputeTrends, EncodeAnalyseTrends);
}

grpc::ServerUnaryReactor* WardServiceImpl::CheckRise(grpc::CallbackServerContext* context, const v1::CheckRiseRequest* request,
                                                     v1::CheckRiseResponse* response) {
  return RunUnary(parts_, context, "WardService.CheckRise", request, response, DecodeCheckRise, ComputeRise, EncodeCheckRise);
}

grpc::ServerUnaryReactor* WardServiceImpl::CompareBoundaries(grpc::CallbackServerContext* context, const v1::CompareBoundariesRequest* request,
                                                             v1::CompareBoundariesResponse* response) {
  return RunUnary(parts_, context, "WardService.CompareBoundaries", request, response, DecodeCompareBoundaries, ComputeBoundaries, EncodeCompareBoundaries);
}

grpc::ServerUnaryReactor* WardServiceImpl::CrosswalkCounts(grpc::CallbackServerContext* context, const v1::CrosswalkCountsRequest* request,
                                                           v1::CrosswalkCountsResponse* response) {
  return RunUnary(parts_, context, "WardService.CrosswalkCounts", request, response, DecodeCrosswalkCounts, ComputeCrosswalk, EncodeCrosswalkCounts);
}

}  // namespace server
