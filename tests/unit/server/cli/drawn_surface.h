// A surface drawn in a test.
#pragma once

#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "server/cli/surface_answer.h"
#include "tests/unit/server/cli/canned_answers.h"

namespace server::canned {

// Rows from the north, values apart by spaces, "." for a cell that is not shown. Cells of 100 m from (569900, 352000).
inline SurfaceAnswer DrawnSurface(const std::vector<std::string>& rows) {
  SurfaceAnswer surface;
  for (auto line = rows.rbegin(); line != rows.rend(); ++line) {
    std::istringstream words(*line);
    for (std::string word; words >> word;) {
      surface.shown.push_back(word == "." ? 0 : 1);
      surface.values.push_back(word == "." ? 0 : std::stod(word));
    }
  }
  surface.header.set_west_m(569'900);
  surface.header.set_south_m(352'000);
  surface.header.set_cell_size_m(100);
  surface.header.set_rows(static_cast<int>(rows.size()));
  surface.header.set_columns(rows.empty() ? 0 : static_cast<int>(surface.values.size() / rows.size()));
  surface.header.set_quantity("incidents per km2 per year");
  int shown = 0;
  double least = std::numeric_limits<double>::infinity(), greatest = -least;
  for (std::size_t i = 0; i < surface.values.size(); ++i) {
    if (surface.shown[i] == 0) continue;
    ++shown;
    least = std::min(least, surface.values[i]);
    greatest = std::max(greatest, surface.values[i]);
  }
  surface.header.set_shown_cells(shown);
  surface.header.set_least(least);
  surface.header.set_greatest(greatest);
  surface.header.mutable_density()->set_kernel(api::KERNEL_QUARTIC);
  surface.header.mutable_density()->set_bandwidth_m(500);
  surface.header.mutable_density()->set_why("as asked");
  surface.header.mutable_density()->set_positions(7);
  *surface.header.mutable_incidents() = Exact(12);
  *surface.header.mutable_unlocated() = Exact(2);
  surface.context = Context();
  return surface;
}

}  // namespace server::canned
