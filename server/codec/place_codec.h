// FindPlaces, between the wire and geo.
#pragma once

#include "geo/disclosure/disclosed.h"
#include "geo/hotspots/find_places.h"
#include "server/codec/surface_codec.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct PlaceCall {
  Question question;
  geo::PlaceQuery query;
  Parameters parameters;
};

// Errors of the surface have their fields under "surface". Refused with a comparison or unmasked: places are of one period, inside the outline.
geo::Result<PlaceCall> DecodeFindPlaces(const wardwatch::v1::FindPlacesRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::PlaceAnswer> ComputePlaces(const PlaceCall& call, const geo::StopSignal& stop);
// How many places and peaks were written.
geo::Result<std::int64_t> EncodeFindPlaces(const PlaceCall& call, const geo::Disclosed<geo::PlaceAnswer>& disclosed,
                                           wardwatch::v1::FindPlacesResponse& response);

}  // namespace server
