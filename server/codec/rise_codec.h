// CheckRise, between the wire and geo.
#pragma once

#include "geo/change/rise_check.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/answer_context.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct RiseCall {
  const geo::DatasetSnapshot* data = nullptr;
  geo::RiseQuery query;
  std::string snapshot;
  Parameters parameters;
};

// Errors beside those of its parts: NOT_TOGETHER for an area in place and peers, or for areas in the filter; peers of another vintage.
geo::Result<RiseCall> DecodeCheckRise(const wardwatch::v1::CheckRiseRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::RiseAnswer> ComputeRise(const RiseCall& call, const geo::StopSignal& stop);
// How many comparisons were written.
geo::Result<std::int64_t> EncodeCheckRise(const RiseCall& call, const geo::Disclosed<geo::RiseAnswer>& disclosed, wardwatch::v1::CheckRiseResponse& response);

}  // namespace server
