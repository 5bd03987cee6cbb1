#include "geo/filters/filter_schema.h"

#include <algorithm>
#include <array>

#include "geo/filters/filter_fault.h"

namespace geo {

std::size_t FilterSchema::find(std::string_view name) const {
  const auto found = std::find_if(queryables.begin(), queryables.end(), [&](const Queryable& q) { return q.name == name; });
  return found == queryables.end() ? kNone : static_cast<std::size_t>(found - queryables.begin());
}

Result<FilterCrs> ParseFilterCrs(std::string_view uri) {
  struct Name {
    std::string_view text;
    FilterCrs crs;
  };
  constexpr std::array<Name, 9> kNames{{{"http://www.opengis.net/def/crs/OGC/1.3/CRS84", FilterCrs::kCrs84},
                                        {"[OGC:CRS84]", FilterCrs::kCrs84},
                                        {"OGC:CRS84", FilterCrs::kCrs84},
                                        {"http://www.opengis.net/def/crs/EPSG/0/4326", FilterCrs::kEpsg4326},
                                        {"[EPSG:4326]", FilterCrs::kEpsg4326},
                                        {"EPSG:4326", FilterCrs::kEpsg4326},
                                        {"http://www.opengis.net/def/crs/EPSG/0/27700", FilterCrs::kBritishGrid},
                                        {"[EPSG:27700]", FilterCrs::kBritishGrid},
                                        {"EPSG:27700", FilterCrs::kBritishGrid}}};
  for (const Name& name : kNames) {
    if (name.text == uri) return name.crs;
  }
  return Fail({ErrorCode::kInvalidArgument, "filter-crs", "UNKNOWN_CRS",
               "filter-crs is " + Shown(uri) +
                   "; shapes of a filter may be in http://www.opengis.net/def/crs/OGC/1.3/CRS84 (the default), http://www.opengis.net/def/crs/EPSG/0/4326 or "
                   "http://www.opengis.net/def/crs/EPSG/0/27700"});
}

}  // namespace geo
