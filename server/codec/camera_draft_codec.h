// DraftFeatures: sites and buildings that come with a request.
#pragma once

#include <string_view>
#include <vector>

#include "geo/geometry/footprint_index.h"
#include "geo/placement/siting_query.h"
#include "wardwatch/v1/camera.pb.h"

namespace server {

// What can be judged without opening the document. Errors under `field`: MISSING, TOO_LARGE, UNKNOWN_CRS.
geo::Result<void> CheckDraftFeatures(const wardwatch::v1::DraftFeatures& draft, std::string_view field);

// Both require a draft that passes CheckDraftFeatures, and take up to 50 ms: for a worker. Errors under `field`: BAD_JSON, TOO_DEEP, REPEATED (a key or an id),
// NOT_GEOJSON, TOO_MANY, NO_FEATURES, WRONG_GEOMETRY_TYPE, BAD_COORDINATE, OUT_OF_AREA, MISSING or BAD_ID, BAD_PROPERTY.
geo::Result<std::vector<geo::CandidateSite>> DecodeDraftSites(const wardwatch::v1::DraftFeatures& draft, std::string_view field);
// Errors besides: those of FootprintIndex::Build.
geo::Result<geo::FootprintIndex> DecodeDraftBuildings(const wardwatch::v1::DraftFeatures& draft, std::string_view field);

}  // namespace server
