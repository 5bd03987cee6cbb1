// Cells of a request.
#pragma once

#include <string>

#include "geo/cells/cell_grid.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

// Fields under "cells". `default_m`: the size where none is sent.
geo::Result<geo::CellGrid> DecodeCells(const wardwatch::v1::CellSpec& cells, double default_m);
// Where cell (0,0) lies, in words.
std::string CellOriginOf(const geo::CellGrid& grid);

}  // namespace server
