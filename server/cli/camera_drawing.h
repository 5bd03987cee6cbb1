// What of an answer about cameras is drawn on maps, in pictures and in map files.
#pragma once

#include <string>

#include "geo/types/result.h"
#include "server/cli/camera_map.h"

namespace wardwatch::v1 {
class GatherSiteEvidenceResponse;
class ListCamerasResponse;
class RedeploymentPlan;
class ReviewCamerasResponse;
class SitingAnswer;
}  // namespace wardwatch::v1

namespace server {

// Each is valid while the answer is. Picks are 1 to 9 (later ones +), standing cameras c; of a review k keeps, r repair first, m redeploy, n need not shown.
CameraMap MapOf(const wardwatch::v1::SitingAnswer& answer);
CameraMap MapOf(const wardwatch::v1::ReviewCamerasResponse& answer);

// Cameras and sites as points, then views as polygons by level, then squares of demand; the property "kind" tells them apart. A whole FeatureCollection that
// ends in '\n', with the AnswerContext as the member "context". Errors: kInternal for a view or cell that cannot be read, or where PROJ is missing.
geo::Result<std::string> CamerasGeoJson(const wardwatch::v1::ListCamerasResponse& answer);
geo::Result<std::string> CamerasGeoJson(const wardwatch::v1::SitingAnswer& answer);
geo::Result<std::string> CamerasGeoJson(const wardwatch::v1::ReviewCamerasResponse& answer);
geo::Result<std::string> CamerasGeoJson(const wardwatch::v1::RedeploymentPlan& plan);
geo::Result<std::string> CamerasGeoJson(const wardwatch::v1::GatherSiteEvidenceResponse& answer);

}  // namespace server
