// Rows of the street's layers to cameras, sites, buildings and places: each is kept or rejected with its line and the reason.
#pragma once

#include "geo/sources/feature_table.h"
#include "geo/sources/street_spec.h"
#include "geo/types/result.h"

namespace geo {

// Each appends what it keeps to `out` and what it rejects to table.rejected (in order of line): BLANK_ID, BAD_ID, DUPLICATE_ID (within the layer), UNKNOWN_TYPE,
// UNKNOWN_STATE, BAD_FLAG, NOT_A_NUMBER and its kin, OUT_OF_RANGE, BAD_DATE, FUTURE_DATE, UNKNOWN_KIND, FOOTPRINT_WITHOUT_AREA, FOOTPRINT_TOO_LARGE.
// A blank bearing, field of view, height or date is not known. `layer`: index given to what is kept.
// Errors, for the file as a whole: kInvalidArgument NO_SUCH_COLUMN.
Result<void> ParseCameras(FeatureTable& table, const CameraLayerSpec& spec, const std::vector<CameraModel>& models, LocalDay today, std::uint16_t layer,
                          std::vector<StandingCamera>& out);
Result<void> ParseSites(FeatureTable& table, const SiteLayerSpec& spec, std::uint16_t layer, std::vector<CameraSite>& out);
Result<void> ParseBuildings(FeatureTable& table, const BuildingLayerSpec& spec, std::uint16_t layer, std::vector<Building>& out);
Result<void> ParsePlaces(FeatureTable& table, const PlaceLayerSpec& spec, std::uint16_t layer, std::vector<SensitivePlace>& out);

// Which columns a camera layer tells anything in, for those who read answers: sorted words of "bearing", "field of view", "height", "installed", "movable",
// "state", "type".
std::vector<std::string> ToldOf(const CameraLayerSpec& spec);

}  // namespace geo
