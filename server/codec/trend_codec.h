// AnalyseTrends, between the wire and geo.
#pragma once

#include "geo/change/ward_trends.h"
#include "geo/disclosure/disclosed.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct TrendCall {
  Question question;  // its filter is the query's
  geo::TrendQuery query;
  Parameters parameters;  // all but the year forecast, which the answer knows
};

// Errors beside those of its parts: a period that is not of whole months, or of too few or too many; a forecast of anything but twelve whole months.
geo::Result<TrendCall> DecodeAnalyseTrends(const wardwatch::v1::AnalyseTrendsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::TrendAnswer> ComputeTrends(const TrendCall& call, const geo::StopSignal& stop);
// How many series were written.
geo::Result<std::int64_t> EncodeAnalyseTrends(const TrendCall& call, const geo::Disclosed<geo::TrendAnswer>& disclosed,
                                              wardwatch::v1::AnalyseTrendsResponse& response);

}  // namespace server
