// A surface drawn as text, on its fixed scale.
#pragma once

#include <string>

#include "server/cli/surface_answer.h"
#include "server/cli/surface_scale.h"
#include "server/cli/terminal.h"

namespace server {

struct SurfaceMapOptions {
  int max_width_columns = 76;
  int max_height_lines = 40;
};

// The rectangle of shown cells, north up, two characters to a mark; where it would not fit a mark stands for n x n cells: their mean for densities and
// differences (which is their density), their median for ratios. What is not shown is blank. Empty when nothing is shown. Lines end in '\n'; the last are the
// legend, with every class of the scale and what a mark stands for. See also tests/unit/server/cli/surface_map_test.cc.
std::string DrawSurfaceMap(const SurfaceAnswer& surface, SurfaceQuantity quantity, const SurfaceMapOptions& options, const Terminal& terminal);

}  // namespace server
