// CompareResponses, between the wire and geo.
#pragma once

#include "geo/cells/cell_grid.h"
#include "geo/disclosure/disclosed.h"
#include "geo/placement/respond.h"
#include "server/codec/camera_question_codec.h"
#include "wardwatch/v1/site_evidence.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct ResponseCall {
  CameraQuestion question;
  std::vector<geo::ResponseQuery::Hotspot> hotspots;  // empty: the heaviest squares
};
struct ComparedResponses {
  geo::ResponseAnswer answer;
  geo::IncidentDemand incidents;
  std::vector<geo::SceneNote> notes;
};

// kFailedPrecondition NO_EVIDENCE where no table of evidence is in force.
geo::Result<ResponseCall> DecodeCompareResponses(const wardwatch::v1::CompareResponsesRequest& request, const geo::Snapshot& snapshot);
geo::Result<ComparedResponses> ComputeResponses(const ResponseCall& call, const geo::StopSignal& stop);
geo::Result<std::int64_t> EncodeCompareResponses(const ResponseCall& call, const geo::Disclosed<ComparedResponses>& disclosed,
                                                 wardwatch::v1::CompareResponsesResponse& response);

}  // namespace server
