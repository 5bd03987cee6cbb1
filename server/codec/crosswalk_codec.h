// CrosswalkCounts, between the wire and geo.
#pragma once

#include "geo/change/boundary_comparison.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/answer_context.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct CrosswalkCall {
  const geo::DatasetSnapshot* data = nullptr;
  geo::CrosswalkQuery query;
  std::string snapshot;
  Parameters parameters;
};

// Errors beside those of its parts: MISSING or NOT_TOGETHER for what a weight needs, or does not take; REPEATED codes; the same boundaries twice.
geo::Result<CrosswalkCall> DecodeCrosswalkCounts(const wardwatch::v1::CrosswalkCountsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::CrosswalkAnswer> ComputeCrosswalk(const CrosswalkCall& call, const geo::StopSignal& stop);
// How many rows were written, shares not counted.
geo::Result<std::int64_t> EncodeCrosswalkCounts(const CrosswalkCall& call, const geo::Disclosed<geo::CrosswalkAnswer>& disclosed,
                                                wardwatch::v1::CrosswalkCountsResponse& response);

}  // namespace server
