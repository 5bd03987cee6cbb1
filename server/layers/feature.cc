#include "server/layers/feature.h"

#include <algorithm>

namespace server {

std::size_t Schema::find(std::string_view name) const {
  const auto found = std::find_if(properties.begin(), properties.end(), [&](const Property& one) { return one.name == name; });
  return static_cast<std::size_t>(found - properties.begin());
}

geo::GridBox BoundsOf(const FeatureGeometry& geometry) {
  geo::GridBox box;
  if (const auto* point = std::get_if<geo::GridPoint>(&geometry)) box.extend(*point);
  if (const auto* shape = std::get_if<std::shared_ptr<const geo::MultiPolygon>>(&geometry)) box = geo::BoundsOf(**shape);
  return box;
}

}  // namespace server
