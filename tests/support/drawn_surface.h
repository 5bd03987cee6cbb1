// A surface drawn as text, north up: digits are the values, '.' is 0. Cells of 100 m, the south-west one at column 0, row 0 unless said.
#pragma once

#include <string>
#include <vector>

#include "geo/density/raster_frame.h"

namespace support {

struct DrawnSurface {
  geo::RasterFrame frame;
  std::vector<double> values;
};

inline DrawnSurface DrawSurface(const std::vector<std::string>& rows_from_north, std::int32_t cell_mm = 100'000, geo::CellId south_west = {0, 0}) {
  DrawnSurface drawn;
  drawn.frame = {cell_mm, south_west, rows_from_north.empty() ? 0 : static_cast<std::int32_t>(rows_from_north[0].size()),
                 static_cast<std::int32_t>(rows_from_north.size())};
  for (auto row = rows_from_north.rbegin(); row != rows_from_north.rend(); ++row) {
    for (const char c : *row) drawn.values.push_back(c == '.' ? 0 : c - '0');
  }
  return drawn;
}

}  // namespace support
