// A surface as a drawn map, csv and json; pictures and rasters are in surface_image.h.
#pragma once

#include <string>
#include <vector>

#include "geo/types/result.h"
#include "server/cli/context_footer.h"
#include "server/cli/output_sink.h"
#include "server/cli/surface_answer.h"
#include "server/cli/surface_scale.h"
#include "server/cli/terminal.h"

namespace server {

// For the footer: what was counted, least and greatest value, kernel and bandwidth.
std::vector<LabelledLine> SurfaceLines(const wardwatch::v1::SurfaceHeader& header);

// Head, map with its legend, footer.
std::string SurfaceTable(const SurfaceAnswer& surface, SurfaceQuantity quantity, const Terminal& terminal);

// "easting_m,northing_m,value": the centre of each shown cell, from the south. Written as it is made.
geo::Result<void> WriteSurfaceCsv(const SurfaceAnswer& surface, OutputSink& sink);

// {"header", "rows": one list of values a row from the south, null where nothing is shown, "context"}. Written as it is made.
geo::Result<void> WriteSurfaceJson(const SurfaceAnswer& surface, OutputSink& sink);

}  // namespace server
