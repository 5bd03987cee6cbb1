// The calls of PlacementService.
#include "server/cli/connection_channel.h"

namespace server {

namespace api = wardwatch::v1;

geo::Result<api::ListCamerasResponse> Connection::list_cameras(api::ListCamerasRequest request) {
  return channel_->pages<api::ListCamerasResponse>(*channel_->placement, &api::PlacementService::Stub::ListCameras, request,
                                                   [](api::ListCamerasResponse& page) { return page.mutable_cameras(); });
}

geo::Result<api::SitingAnswer> Connection::site_cameras(const api::SiteCamerasRequest& request, const TakeProgress& progress) {
  using Piece = api::SiteCamerasResponse;
  const auto open = [&](grpc::ClientContext* context) { return channel_->placement->SiteCameras(context, request); };
  return channel_->watch<Piece>(open, &Piece::mutable_answer, &Piece::has_answer, progress);
}

geo::Result<api::SitingTest> Connection::test_siting(const api::TestSitingRequest& request, const TakeProgress& progress) {
  using Piece = api::TestSitingResponse;
  const auto open = [&](grpc::ClientContext* context) { return channel_->placement->TestSiting(context, request); };
  return channel_->watch<Piece>(open, &Piece::mutable_answer, &Piece::has_answer, progress);
}

geo::Result<api::RedeploymentPlan> Connection::plan_redeployables(const api::PlanRedeployablesRequest& request, const TakeProgress& progress) {
  using Piece = api::PlanRedeployablesResponse;
  const auto open = [&](grpc::ClientContext* context) { return channel_->placement->PlanRedeployables(context, request); };
  return channel_->watch<Piece>(open, &Piece::mutable_plan, &Piece::has_plan, progress);
}

geo::Result<api::ReviewCamerasResponse> Connection::review_cameras(const api::ReviewCamerasRequest& request) {
  return channel_->unary<api::ReviewCamerasResponse>(*channel_->placement, &api::PlacementService::Stub::ReviewCameras, request);
}

geo::Result<api::GatherSiteEvidenceResponse> Connection::gather_site_evidence(const api::GatherSiteEvidenceRequest& request) {
  return channel_->unary<api::GatherSiteEvidenceResponse>(*channel_->placement, &api::PlacementService::Stub::GatherSiteEvidence, request);
}

geo::Result<api::CountDetailLevelsResponse> Connection::count_detail_levels(const api::CountDetailLevelsRequest& request) {
  return channel_->unary<api::CountDetailLevelsResponse>(*channel_->placement, &api::PlacementService::Stub::CountDetailLevels, request);
}

geo::Result<api::CompareResponsesResponse> Connection::compare_responses(const api::CompareResponsesRequest& request) {
  return channel_->unary<api::CompareResponsesResponse>(*channel_->placement, &api::PlacementService::Stub::CompareResponses, request);
}

geo::Result<api::SweepBearingsResponse> Connection::sweep_bearings(const api::SweepBearingsRequest& request) {
  return channel_->unary<api::SweepBearingsResponse>(*channel_->placement, &api::PlacementService::Stub::SweepBearings, request);
}

}  // namespace server
