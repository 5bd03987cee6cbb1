// ProfilePlace, between the wire and geo.
#pragma once

#include <optional>

#include "geo/disclosure/disclosed.h"
#include "geo/planning/profile_place.h"
#include "server/codec/question_codec.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {

// Valid while the snapshot that it was decoded against is held.
struct ProfileCall {
  Question question;
  geo::ProfileQuery query;
  std::optional<wardwatch::v1::DraftBoundaries> shape;  // opened by a worker
  std::string title;
  Parameters parameters;
};

// Errors beside those of its parts: MISSING place; a shape of more or less than one polygon is refused when it is opened.
geo::Result<ProfileCall> DecodeProfilePlace(const wardwatch::v1::ProfilePlaceRequest& request, const geo::Snapshot& snapshot);
geo::Result<geo::PlaceProfile> ComputeProfile(const ProfileCall& call, const geo::StopSignal& stop);
// How many workstreams were written.
geo::Result<std::int64_t> EncodeProfilePlace(const ProfileCall& call, const geo::Disclosed<geo::PlaceProfile>& disclosed,
                                             wardwatch::v1::ProfilePlaceResponse& response);

}  // namespace server
