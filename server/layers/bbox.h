// A rectangle that a client asks about, in degrees or in metres of the National Grid.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "geo/filters/plane_shape.h"
#include "geo/types/result.h"
#include "server/layers/feature.h"

namespace server {

enum class LayerCrs : std::uint8_t { kCrs84, kNationalGrid };
// "http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/27700".
const char* UriOf(LayerCrs crs);
// The URI, its safe CURIE in brackets or its URN. kInvalidArgument on `field` with the two that there are.
geo::Result<LayerCrs> DecodeCrs(std::string_view text, std::string_view field);

class Bbox {
 public:
  // Four numbers, or six of which the heights are of no account: features here are flat. A first longitude over the second crosses the antimeridian.
  // Errors: kInvalidArgument on "bbox" for another count, what is no finite number, degrees off the globe, a south over the north.
  static geo::Result<Bbox> Decode(std::string_view text, LayerCrs crs);

  // By the geometry itself: what it shows on a map of this system. False without a geometry. Error: kInternal when PROJ cannot be used.
  geo::Result<bool> meets(const geo::GridBox& bounds, const FeatureGeometry& geometry) const;

 private:
  explicit Bbox(LayerCrs crs) : crs_(crs) {}

  LayerCrs crs_;
  std::vector<geo::PlaneShape> boxes_;  // two where the antimeridian is crossed
  // What meets none of these on the Grid cannot meet `boxes_`: spares transformations.
  std::vector<geo::GridBox> on_grid_;
};

// What a geometry is on the plane of a system. Error: kInternal when PROJ cannot be used.
geo::Result<geo::PlaneShape> PlaneShapeOf(const FeatureGeometry& geometry, geo::FilterSpace space);

}  // namespace server
