// RankPriorities, between the wire and geo.
#pragma once

#include "geo/disclosure/disclosed.h"
#include "geo/planning/rank_priorities.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct PriorityCall {
  Question question;
  geo::PriorityQuery query;
  Parameters parameters;
};

geo::Result<PriorityCall> DecodeRankPriorities(const wardwatch::v1::RankPrioritiesRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::PriorityAnswer> ComputePriorities(const PriorityCall& call, const geo::StopSignal& stop);
// How many priorities were written.
geo::Result<std::int64_t> EncodeRankPriorities(const PriorityCall& call, const geo::Disclosed<geo::PriorityAnswer>& disclosed,
                                               wardwatch::v1::RankPrioritiesResponse& response);

}  // namespace server
