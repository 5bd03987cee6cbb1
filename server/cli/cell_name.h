// Cell ids as the server writes them, taken apart again.
#pragma once

#include <string_view>

#include "geo/cells/cell_grid.h"
#include "geo/types/result.h"

namespace server {

struct NamedCell {
  geo::CellShape shape = geo::CellShape::kSquare;
  std::int32_t size_mm = 0;
  geo::CellId id;
};

// "s250:r702:c2291", "h12.5:r-3:c7". Errors: kInternal BAD_CELL: the server's ids are its own.
geo::Result<NamedCell> ParseCellName(std::string_view name);

}  // namespace server
