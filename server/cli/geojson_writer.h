// Answers as RFC 7946 features: WGS84 longitude and latitude, shells anticlockwise, rings closed, seven decimals (1 cm).
#pragma once

#include <string>

#include "geo/types/result.h"

namespace wardwatch::v1 {
class AnswerContext;
class FindAreaHotspotsResponse;
class FindHotspotsResponse;
class FindPlacesResponse;
class Incident;
class ListAreasResponse;
}  // namespace wardwatch::v1

namespace server {

struct SurfaceAnswer;

// Each a whole FeatureCollection that ends in '\n', with the AnswerContext as the member "context". A count that is not exact is named so in its property
// "..._disclosure"; a suppressed one is null.
// Cells as polygons. Errors: kInternal for a cell id that cannot be read or where PROJ is missing.
geo::Result<std::string> HotspotsGeoJson(const wardwatch::v1::FindHotspotsResponse& answer);
// Areas as the polygons of `areas`, with what was tested of each.
geo::Result<std::string> AreaHotspotsGeoJson(const wardwatch::v1::FindAreaHotspotsResponse& answer, const wardwatch::v1::ListAreasResponse& areas);
// Places as polygons, then peaks as points; the property "kind" tells them apart.
geo::Result<std::string> PlacesGeoJson(const wardwatch::v1::FindPlacesResponse& answer);
// The shown cells as squares. Error: kInvalidArgument TOO_MANY_CELLS over kMostGeoJsonCells, with what to ask for instead.
inline constexpr int kMostGeoJsonCells = 20'000;
geo::Result<std::string> SurfaceGeoJson(const SurfaceAnswer& surface);
geo::Result<std::string> AreasGeoJson(const wardwatch::v1::ListAreasResponse& areas);

// For a collection that is streamed: kIncidentsHead, features parted by ",\n", IncidentsTail.
inline constexpr const char* kIncidentsHead = "{\"type\":\"FeatureCollection\",\"features\":[\n";
std::string IncidentFeature(const wardwatch::v1::Incident& incident);  // geometry null when unlocated
std::string IncidentsTail(const wardwatch::v1::AnswerContext& context);

}  // namespace server
