// Ids, names and wards for positions on a surface.
#pragma once

#include <string>
#include <vector>

#include "geo/hotspots/selected_points.h"
#include "geo/hotspots/surface_query.h"
#include "geo/places/place_name.h"

namespace geo {

// The names that the selected incidents themselves carry, one a position and name. Names that say nothing are left out.
class PlaceNames {
 public:
  // Of incidents within reach of the frame alone. Errors: of `stop`. Cost: one pass over the selected rows.
  static Result<PlaceNames> Of(const DatasetSnapshot& data, const Selection& selection, const RasterFrame& frame, const StopSignal& stop);

  // Of the cell at `cell` of a frame. `digits` by the cell's size (geo/places/place_name.h): no two cells share an id.
  NamedPlace name(const RasterFrame& frame, CellId cell, double density_per_km2_year, const AreaSet* areas) const;

 private:
  std::vector<NamedPoint> named_;
  std::vector<std::string> names_;
};

}  // namespace geo
