// FindHotspots, between the wire and geo.
#pragma once

#include "geo/disclosure/disclosed.h"
#include "geo/hotspots/find_hotspots.h"
#include "server/codec/answer_context.h"
#include "server/codec/page_token.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct HotspotCall {
  const geo::DatasetSnapshot* data = nullptr;
  geo::HotspotQuery query;
  PageWindow page;
  Parameters parameters;
};

geo::Result<HotspotCall> DecodeFindHotspots(const wardwatch::v1::FindHotspotsRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::HotspotAnswer> ComputeHotspots(const HotspotCall& call, const geo::StopSignal& stop);
// How many cells were written.
geo::Result<std::int64_t> EncodeFindHotspots(const HotspotCall& call, const geo::Disclosed<geo::HotspotAnswer>& disclosed,
                                             wardwatch::v1::FindHotspotsResponse& response);

}  // namespace server
