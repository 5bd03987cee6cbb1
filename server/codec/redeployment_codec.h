// PlanRedeployables, between the wire and geo.
#pragma once

#include "geo/disclosure/disclosed.h"
#include "geo/placement/plan_redeployables.h"
#include "server/codec/camera_sites_codec.h"
#include "wardwatch/v1/redeployment.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct RedeployCall {
  CameraQuestion question;
  geo::RedeployQuery query;  // its sites, days and model are put in by a worker
  SiteSelection sites;
  ModelChoice model;
};
struct PlannedUnits {
  AskedScene asked;
  std::vector<geo::CandidateSite> sites;
  geo::RedeployAnswer answer;
  std::vector<geo::SceneNote> notes;
};

geo::Result<RedeployCall> DecodePlanRedeployables(const wardwatch::v1::PlanRedeployablesRequest& request, const geo::Snapshot& snapshot);
geo::Result<PlannedUnits> ComputeRedeployment(const RedeployCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeRedeployment(const RedeployCall& call, const geo::Disclosed<PlannedUnits>& disclosed, wardwatch::v1::RedeploymentPlan& out);

}  // namespace server
