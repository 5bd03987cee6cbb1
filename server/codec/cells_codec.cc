#include "server/codec/cells_codec.h"

#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;

geo::Result<geo::CellGrid> DecodeCells(const v1::CellSpec& cells, double default_m) {
  geo::CellShape shape = geo::CellShape::kSquare;
  switch (cells.shape()) {
    case v1::CELL_SHAPE_UNSPECIFIED:
    case v1::CELL_SHAPE_SQUARE:
      break;
    case v1::CELL_SHAPE_HEXAGON:
      shape = geo::CellShape::kHexagon;
      break;
    default:
      return geo::Fail(UnknownEnum("cells.shape", cells.shape(), "CELL_SHAPE_SQUARE (1) or CELL_SHAPE_HEXAGON (2)"));
  }
  const auto size_mm = DecodeMillimetres("cells.cell_size_m", cells.cell_size_m(), {limits::kMinCellM, limits::kMaxCellM, default_m, "m"});
  if (!size_mm) return geo::Fail(size_mm.error());
  return geo::CellGrid(shape, *size_mm);
}

std::string CellOriginOf(const geo::CellGrid& grid) {
  return grid.shape() == geo::CellShape::kSquare ? "south-west corner of cell r0:c0 at easting 0, northing 0 of EPSG:27700"
                                                 : "centre of cell r0:c0 at easting 0, northing 0 of EPSG:27700";
}

}  // namespace server
