// FindAreaHotspots, between the wire and geo.
#pragma once

#include "geo/disclosure/disclosed.h"
#include "geo/hotspots/find_area_hotspots.h"
#include "server/codec/page_token.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct AreaHotspotCall {
  Question question;  // its filter is the query's
  geo::AreaHotspotQuery query;
  PageWindow page;
  Parameters parameters;
};

// Errors beside those of its parts: kFailedPrecondition NO_AREAS; kInvalidArgument for no statistic, which would leave nothing to answer.
geo::Result<AreaHotspotCall> DecodeFindAreaHotspots(const wardwatch::v1::FindAreaHotspotsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::AreaHotspotAnswer> ComputeAreaHotspots(const AreaHotspotCall& call, const geo::StopSignal& stop);
// How many areas were written.
geo::Result<std::int64_t> EncodeFindAreaHotspots(const AreaHotspotCall& call, const geo::Disclosed<geo::AreaHotspotAnswer>& disclosed,
                                                 wardwatch::v1::FindAreaHotspotsResponse& response);

}  // namespace server
