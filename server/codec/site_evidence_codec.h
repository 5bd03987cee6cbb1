// GatherSiteEvidence and SweepBearings, between the wire and geo.
#pragma once

#include "geo/disclosure/disclosed.h"
#include "geo/placement/intrusion.h"
#include "geo/placement/outline_spots.h"
#include "geo/placement/site_evidence.h"
#include "server/codec/camera_sites_codec.h"
#include "wardwatch/v1/site_evidence.pb.h"

namespace server {

// The calls are valid while the snapshot that they were decoded against is held.
struct SiteEvidenceCall {
  CameraQuestion question;
  geo::SiteEvidenceQuery query;  // its alternatives, places to compare with, years and model are put in by a worker
  SiteSelection sites;
  ModelChoice model;
  std::vector<geo::Period> years;
  std::vector<geo::SceneNote> notes;  // on the years
  std::string stated_purpose;
  bool with_view = false;
};
struct GatheredEvidence {
  AskedScene asked;
  geo::SiteEvidenceAnswer answer;
  std::optional<std::pair<geo::CameraSpot, geo::SpotOutlines>> view;
  std::vector<geo::SceneNote> notes;
};
geo::Result<SiteEvidenceCall> DecodeGatherSiteEvidence(const wardwatch::v1::GatherSiteEvidenceRequest& request, const geo::Snapshot& snapshot);
geo::Result<GatheredEvidence> ComputeSiteEvidence(const SiteEvidenceCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeSiteEvidence(const SiteEvidenceCall& call, const geo::Disclosed<GatheredEvidence>& disclosed,
                                             wardwatch::v1::GatherSiteEvidenceResponse& response);

struct SweepCall {
  CameraQuestion question;
  geo::IntrusionQuery query;  // its model is put in by a worker
  ModelChoice model;
};
struct SweptBearings {
  AskedScene asked;
  geo::IntrusionAnswer answer;
  std::vector<geo::SceneNote> notes;
};
geo::Result<SweepCall> DecodeSweepBearings(const wardwatch::v1::SweepBearingsRequest& request, const geo::Snapshot& snapshot);
geo::Result<SweptBearings> ComputeBearings(const SweepCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeSweepBearings(const SweepCall& call, const geo::Disclosed<SweptBearings>& disclosed, wardwatch::v1::SweepBearingsResponse& response);

}  // namespace server
