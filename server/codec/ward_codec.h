// CompareWards, between the wire and geo.
#pragma once

#include "geo/change/ward_comparison.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/answer_context.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct WardCall {
  const geo::DatasetSnapshot* data = nullptr;
  geo::WardQuery query;
  std::string snapshot;
  Parameters parameters;
};

geo::Result<WardCall> DecodeCompareWards(const wardwatch::v1::CompareWardsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::WardAnswer> ComputeWards(const WardCall& call, const geo::StopSignal& stop);
// How many rows were written.
geo::Result<std::int64_t> EncodeCompareWards(const WardCall& call, const geo::Disclosed<geo::WardAnswer>& disclosed,
                                             wardwatch::v1::CompareWardsResponse& response);

}  // namespace server
