#include "server/rpc/placement_service.h"

#include <algorithm>

#include "server/codec/answer_piece.h"
#include "server/codec/camera_review_codec.h"
#include "server/codec/redeployment_codec.h"
#include "server/codec/response_codec.h"
#include "server/codec/site_evidence_codec.h"
#include "server/codec/siting_codec.h"
#include "server/unary_call.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

CameraQuestion& QuestionOf(SitingTestCall& call) { return call.siting.question; }
template <class Call>
CameraQuestion& QuestionOf(Call& call) {
  return call.question;
}

// Decodes for a server that gives one answer so many threads.
template <class Decode>
auto OnThreads(int threads, Decode decode) {
  return [threads, decode](const auto& request, const geo::Snapshot& snapshot) {
    auto call = decode(request, snapshot);
    if (call) QuestionOf(*call).settings.threads = threads;
    return call;
  };
}

template <class Pieces>
constexpr auto Opening = [](auto&& call, auto&& answer) { return Pieces(std::move(call), std::move(answer)); };

using SitingPiece = AnswerPiece<SitingCall, SitedAnswer, EncodeSiteCameras, &v1::SiteCamerasResponse::mutable_answer>;
using TestPiece = AnswerPiece<SitingTestCall, SitingTestAnswer, EncodeTestSiting, &v1::TestSitingResponse::mutable_answer>;
using PlanPiece = AnswerPiece<RedeployCall, PlannedUnits, EncodeRedeployment, &v1::PlanRedeployablesResponse::mutable_plan>;

}  // namespace

PlacementServiceImpl::PlacementServiceImpl(CallParts& parts) : parts_(parts), threads_(std::min(parts.pool.stats().workers, limits::kAnswerThreads)) {}

grpc::ServerUnaryReactor* PlacementServiceImpl::ListCameras(grpc::CallbackServerContext* context, const v1::ListCamerasRequest* request,
                                                            v1::ListCamerasResponse* response) {
  return RunUnary(parts_, context, "PlacementService.ListCameras", request, response, DecodeListCameras, ComputeRegister, EncodeListCameras);
}

grpc::ServerWriteReactor<v1::SiteCamerasResponse>* PlacementServiceImpl::SiteCameras(grpc::CallbackServerContext* context, const v1::SiteCamerasRequest* request) {
  return RunStream<v1::SiteCamerasRequest, v1::SiteCamerasResponse>(parts_, context, "PlacementService.SiteCameras", request, live_,
                                                                    OnThreads(threads_, DecodeSiteCameras), ComputeSiting, Opening<SitingPiece>,
                                                                    AnswerBy::kSomewhatBefore);
}

grpc::ServerWriteReactor<v1::TestSitingResponse>* PlacementServiceImpl::TestSiting(grpc::CallbackServerContext* context, const v1::TestSitingRequest* request) {
  return RunStream<v1::TestSitingRequest, v1::TestSitingResponse>(parts_, context, "PlacementService.TestSiting", request, live_,
                                                                  OnThreads(threads_, DecodeTestSiting), ComputeSitingTest, Opening<TestPiece>,
                                                                  AnswerBy::kSomewhatBefore);
}

grpc::ServerUnaryReactor* PlacementServiceImpl::ReviewCameras(grpc::CallbackServerContext* context, const v1::ReviewCamerasRequest* request,
                                                              v1::ReviewCamerasResponse* response) {
  return RunUnary(parts_, context, "PlacementService.ReviewCameras", request, response, OnThreads(threads_, DecodeReviewCameras), ComputeReview,
                  EncodeReviewCameras, Takes::kSeconds);
}

grpc::ServerWriteReactor<v1::PlanRedeployablesResponse>* PlacementServiceImpl::PlanRedeployables(grpc::CallbackServerContext* context,
                                                                                                 const v1::PlanRedeployablesRequest* request) {
  return RunStream<v1::PlanRedeployablesRequest, v1::PlanRedeployablesResponse>(parts_, context, "PlacementService.PlanRedeployables", request, live_,
                                                                                OnThreads(threads_, DecodePlanRedeployables), ComputeRedeployment,
                                                                                Opening<PlanPiece>, AnswerBy::kSomewhatBefore);
}

grpc::ServerUnaryReactor* PlacementServiceImpl::GatherSiteEvidence(grpc::CallbackServerContext* context, const v1::GatherSiteEvidenceRequest* request,
                                                                   v1::GatherSiteEvidenceResponse* response) {
  return RunUnary(parts_, context, "PlacementService.GatherSiteEvidence", request, response, OnThreads(threads_, DecodeGatherSiteEvidence), ComputeSiteEvidence,
                  EncodeSiteEvidence, Takes::kSeconds);
}

grpc::ServerUnaryReactor* PlacementServiceImpl::CountDetailLevels(grpc::CallbackServerContext* context, const v1::CountDetailLevelsRequest* request,
                                                                  v1::CountDetailLevelsResponse* response) {
  return RunUnary(parts_, context, "PlacementService.CountDetailLevels", request, response, OnThreads(threads_, DecodeCountDetailLevels), ComputeDetailLevels,
                  EncodeCountDetailLevels);
}

grpc::ServerUnaryReactor* PlacementServiceImpl::CompareResponses(grpc::CallbackServerContext* context, const v1::CompareResponsesRequest* request,
                                                                 v1::CompareResponsesResponse* response) {
  return RunUnary(parts_, context, "PlacementService.CompareResponses", request, response, OnThreads(threads_, DecodeCompareResponses), ComputeResponses,
                  EncodeCompareResponses);
}

grpc::ServerUnaryReactor* PlacementServiceImpl::SweepBearings(grpc::CallbackServerContext* context, const v1::SweepBearingsRequest* request,
                                                              v1::SweepBearingsResponse* response) {
  return RunUnary(parts_, context, "PlacementService.SweepBearings", request, response, OnThreads(threads_, DecodeSweepBearings), ComputeBearings,
                  EncodeSweepBearings);
}

}  // namespace server
