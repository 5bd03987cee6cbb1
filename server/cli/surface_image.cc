#include "server/cli/surface_image.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "geo/io/write_raster.h"

namespace server {

geo::Result<std::string> SurfacePng(const SurfaceAnswer& surface, SurfaceQuantity quantity) {
  const SurfaceScale& scale = ScaleOf(quantity);
  std::vector<std::uint8_t> rgba;
  rgba.reserve(surface.values.size() * 4);
  for (int row = surface.header.rows() - 1; row >= 0; --row) {
    for (int column = 0; column < surface.header.columns(); ++column) {
      const std::size_t i = surface.index(row, column);
      if (surface.shown[i] == 0) {
        rgba.insert(rgba.end(), 4, 0);
        continue;
      }
      const auto& rgb = scale.classes[scale.class_of(surface.values[i])].rgb;
      rgba.insert(rgba.end(), {rgb[0], rgb[1], rgb[2], 255});
    }
  }
  return geo::PngBytes(surface.header.columns(), surface.header.rows(), rgba);
}

geo::Result<std::string> SurfaceTiff(const SurfaceAnswer& surface) {
  const auto frame = FrameOf(surface.header);
  if (!frame) return geo::Fail(frame.error());
  std::vector<std::pair<std::string, std::string>> metadata{{"dataset", surface.context.dataset()},
                                                            {"snapshot", surface.context.snapshot()},
                                                            {"answer_hash", surface.context.answer_hash()},
                                                            {"method", surface.context.method()}};
  for (const auto& parameter : surface.context.parameters()) {
    const auto named = [&](const auto& entry) { return entry.first == parameter.name(); };
    if (std::none_of(metadata.begin(), metadata.end(), named)) metadata.emplace_back(parameter.name(), parameter.value());
  }
  const std::string& quantity = surface.header.quantity();
  return geo::GeoTiffBytes({*frame, surface.values, surface.shown, quantity, quantity, std::move(metadata)});
}

}  // namespace server
