// FindHotspots and WatchHotspots, between the wire and geo.
#pragma once

#include "geo/disclosure/disclosed.h"
#include "geo/hotspots/find_hotspots.h"
#include "server/codec/page_token.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct HotspotCall {
  Question question;  // its filter is the query's
  geo::HotspotQuery query;
  PageWindow page;
  Parameters parameters;
};

geo::Result<HotspotCall> DecodeFindHotspots(const wardwatch::v1::FindHotspotsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::HotspotAnswer> ComputeHotspots(const HotspotCall& call, const geo::StopSignal& stop);
// How many cells were written.
geo::Result<std::int64_t> EncodeFindHotspots(const HotspotCall& call, const geo::Disclosed<geo::HotspotAnswer>& disclosed,
                                             wardwatch::v1::FindHotspotsResponse& response);

// The question's errors, their fields under "question".
geo::Result<HotspotCall> DecodeWatchHotspots(const wardwatch::v1::WatchHotspotsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::HotspotAnswer> ComputeWatchedHotspots(const HotspotCall& call, const geo::StopSignal& stop);

// The one piece that follows progress: the bytes of FindHotspots' own answer.
class WatchedAnswer {
 public:
  WatchedAnswer(HotspotCall call, geo::Disclosed<geo::HotspotAnswer> answer) : call_(std::move(call)), answer_(std::move(answer)) {}
  // False: there is no further piece. Errors: those of EncodeFindHotspots; kResourceExhausted ANSWER_TOO_LARGE.
  geo::Result<bool> next(wardwatch::v1::WatchHotspotsResponse& piece, const geo::StopSignal& stop);
  std::int64_t rows() const { return rows_; }

 private:
  HotspotCall call_;
  geo::Disclosed<geo::HotspotAnswer> answer_;
  std::int64_t rows_ = 0;
};

}  // namespace server
