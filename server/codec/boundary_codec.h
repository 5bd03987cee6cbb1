// CompareBoundaries, between the wire and geo.
#pragma once

#include <optional>

#include "geo/change/boundary_comparison.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/answer_context.h"
#include "server/codec/draft_codec.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct BoundaryCall {
  const geo::DatasetSnapshot* data = nullptr;
  geo::BoundaryQuery query;                             // without the draft's areas
  std::optional<wardwatch::v1::DraftBoundaries> draft;  // opened by a worker: a document may take a tenth of a second
  std::string snapshot;
  Parameters parameters;
};

struct BoundaryOutcome {
  geo::BoundaryAnswer answer;
  std::optional<Draft> draft;  // without its areas
};

// Errors beside those of its parts: the same boundaries twice; a draft named as a vintage.
geo::Result<BoundaryCall> DecodeCompareBoundaries(const wardwatch::v1::CompareBoundariesRequest& request, const geo::Snapshot& snapshot);
geo::Result<BoundaryOutcome> ComputeBoundaries(const BoundaryCall& call, const geo::StopSignal& stop);
// How many rows were written, flows not counted.
geo::Result<std::int64_t> EncodeCompareBoundaries(const BoundaryCall& call, const geo::Disclosed<BoundaryOutcome>& disclosed,
                                                  wardwatch::v1::CompareBoundariesResponse& response);

}  // namespace server
