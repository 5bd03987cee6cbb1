// What every feature collection is made of: for the geojson writers of this room alone.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "geo/geodesy/british_grid.h"
#include "geo/types/result.h"
#include "server/cli/cell_name.h"

namespace wardwatch::v1 {
class AnswerContext;
class Area;
class Count;
class Interval;
class ListAreasResponse;
}  // namespace wardwatch::v1

namespace server {

using Json = nlohmann::ordered_json;

Json Feature(Json geometry, Json properties);
// Degrees to seven decimals (1 cm).
Json Lonlat(double longitude_deg, double latitude_deg);
Json CellPolygon(const NamedCell& cell, const geo::BritishGrid& earth);
// One feature to a line, then the context.
std::string Collection(const std::vector<Json>& features, const wardwatch::v1::AnswerContext& context);

// A count that is not exact says so in a property of its own; a suppressed one is null.
void SetCount(Json& properties, const std::string& name, const wardwatch::v1::Count& count);
// null where there is none. JSON has no infinity: an interval without an upper bound ends in null.
void SetNumber(Json& properties, const std::string& name, bool present, double value);
// "..._low" and "..._high".
void SetInterval(Json& properties, const std::string& name, bool present, const wardwatch::v1::Interval& interval);

// The server's shape with its rings turned as RFC 7946 asks: shells anticlockwise, holes clockwise. Error: kInternal BAD_GEOMETRY, naming `owner`.
geo::Result<Json> WoundGeometry(const std::string& text, const char* type, const std::string& owner);
geo::Result<Json> WoundGeometry(const wardwatch::v1::Area& area);

// The shapes of the areas that an answer names, by code. `areas` must outlive it.
class AreaShapes {
 public:
  explicit AreaShapes(const wardwatch::v1::ListAreasResponse& areas);
  // null for an area that is not there.
  geo::Result<Json> of(const std::string& code) const;

 private:
  std::map<std::string, const wardwatch::v1::Area*> by_code_;
};

}  // namespace server
