// CompareYears, between the wire and geo.
#pragma once

#include "geo/change/years_comparison.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/answer_context.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct YearsCall {
  const geo::DatasetSnapshot* data = nullptr;
  geo::YearsQuery query;
  std::string snapshot;
  Parameters parameters;
};

geo::Result<YearsCall> DecodeCompareYears(const wardwatch::v1::CompareYearsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::YearsAnswer> ComputeYears(const YearsCall& call, const geo::StopSignal& stop);
// How many rows were written.
geo::Result<std::int64_t> EncodeCompareYears(const YearsCall& call, const geo::Disclosed<geo::YearsAnswer>& disclosed,
                                             wardwatch::v1::CompareYearsResponse& response);
// Also of RankWards.
void EncodeRank(const geo::RankRange& rank, wardwatch::v1::RankInterval& out);

}  // namespace server
