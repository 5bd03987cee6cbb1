// Answers about wards as features: the rows of the table with the polygons of `areas`; what is no area (outside, unlocated, total) has no geometry.
// Conventions as in geojson_writer.h; names of properties as in the csv.
#pragma once

#include <string>

#include "geo/types/result.h"

namespace wardwatch::v1 {
class AnalyseTrendsResponse;
class CompareBoundariesResponse;
class CompareWardsResponse;
class CompareYearsResponse;
class CrosswalkCountsResponse;
class ListAreasResponse;
class RankWardsResponse;
}  // namespace wardwatch::v1

namespace server {

geo::Result<std::string> WardsGeoJson(const wardwatch::v1::CompareWardsResponse& answer, const wardwatch::v1::ListAreasResponse& areas);
// Properties of a period end in its position from 1: "incidents_1". The member "periods" of each feature names them.
geo::Result<std::string> YearsGeoJson(const wardwatch::v1::CompareYearsResponse& answer, const wardwatch::v1::ListAreasResponse& areas);
// Properties of a denominator end in its name: "rank_residents".
geo::Result<std::string> RankGeoJson(const wardwatch::v1::RankWardsResponse& answer, const wardwatch::v1::ListAreasResponse& areas);
// Months as arrays side by side.
geo::Result<std::string> TrendGeoJson(const wardwatch::v1::AnalyseTrendsResponse& answer, const wardwatch::v1::ListAreasResponse& areas);
// `areas` of the new boundaries: an old area without a successor has no geometry.
geo::Result<std::string> BoundariesGeoJson(const wardwatch::v1::CompareBoundariesResponse& answer, const wardwatch::v1::ListAreasResponse& areas);
geo::Result<std::string> CrosswalkGeoJson(const wardwatch::v1::CrosswalkCountsResponse& answer, const wardwatch::v1::ListAreasResponse& areas);

}  // namespace server
