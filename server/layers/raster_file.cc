#include "server/layers/raster_file.h"

#include "geo/io/write_raster.h"

namespace server {

geo::Result<std::string> RasterFile(const RasterSource& source) {
  const auto& context = source.context();
  geo::RasterOut out{source.surface().frame, source.surface().values, source.surface().shown, "density", source.quantity(), {}};
  out.metadata = {
      {"dataset", context.dataset()}, {"snapshot", context.snapshot()}, {"disclosure_rule", context.disclosure_rule()}, {"method", context.method()}};
  for (const auto& parameter : context.parameters()) out.metadata.emplace_back(parameter.name(), parameter.value());
  return geo::GeoTiffBytes(out);
}

}  // namespace server
