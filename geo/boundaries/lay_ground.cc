#include "geo/boundaries/lay_ground.h"

#include <fmt/format.h>

#include <algorithm>

namespace geo {

Error NamePair(Error error, const std::string& one, const std::string& other) {
  error.message = fmt::format("{} and {}: {}", one, other, error.message);
  return error;
}

std::vector<GridBox> BoxesOf(const GroundOverlay& overlay, std::span<const GroundOverlay::Shape> shapes) {
  std::vector<GridBox> boxes;
  boxes.reserve(shapes.size());
  for (const GroundOverlay::Shape shape : shapes) boxes.push_back(overlay.box(shape));
  return boxes;
}

Result<std::vector<GroundOverlay::Shape>> LayGround(GroundOverlay& overlay, const AreaSet& areas, const StopSignal& stop) {
  std::vector<GroundOverlay::Shape> shapes;
  for (const Area& area : areas.areas()) {
    const auto shape = overlay.add(area.shape);
    if (!shape) return Fail(NamePair(shape.error(), areas.vintage(), area.code));
    shapes.push_back(*shape);
  }
  const std::vector<GridBox> boxes = BoxesOf(overlay, shapes);
  // By the lower code first, so that an area has lost its own share before others lose theirs to it.
  for (const auto& [i, j] : BoxesThatMeet(boxes, boxes)) {
    if (i >= j) continue;
    if (stop.stop_requested()) return Fail(stop.reason());
    const auto shared_m2 = overlay.shared_m2(shapes[i], shapes[j]);
    if (!shared_m2) return Fail(NamePair(shared_m2.error(), areas.areas()[i].code, areas.areas()[j].code));
    if (*shared_m2 <= kBorderDrawnTwice * std::min(overlay.area_m2(shapes[i]), overlay.area_m2(shapes[j]))) continue;
    if (auto taken = overlay.take_away(shapes[j], shapes[i]); !taken) return Fail(NamePair(taken.error(), areas.areas()[i].code, areas.areas()[j].code));
  }
  return shapes;
}

}  // namespace geo
