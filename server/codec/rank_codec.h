// RankWards, between the wire and geo.
#pragma once

#include "geo/change/ward_ranking.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct RankCall {
  Question question;  // its filter is the query's
  geo::RankQuery query;
  Parameters parameters;  // all but the denominators, which the answer knows
};

geo::Result<RankCall> DecodeRankWards(const wardwatch::v1::RankWardsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::RankAnswer> ComputeRanks(const RankCall& call, const geo::StopSignal& stop);
// How many areas were written.
geo::Result<std::int64_t> EncodeRankWards(const RankCall& call, const geo::Disclosed<geo::RankAnswer>& disclosed, wardwatch::v1::RankWardsResponse& response);

}  // namespace server
