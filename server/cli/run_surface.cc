#include "server/cli/geojson_writer.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "server/cli/surface_image.h"
#include "server/cli/surface_report.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

SurfaceQuantity QuantityOf(const api::ComputeSurfaceRequest& request) {
  const bool weighted = !request.weight_table().empty();
  if (!request.has_comparison()) return weighted ? SurfaceQuantity::kWeightedDensity : SurfaceQuantity::kDensity;
  switch (request.comparison().measure()) {
    case api::SURFACE_MEASURE_RATIO:
      return SurfaceQuantity::kRatio;
    case api::SURFACE_MEASURE_LOG_RATIO:
      return SurfaceQuantity::kLogRatio;
    default:
      return weighted ? SurfaceQuantity::kWeightedDifference : SurfaceQuantity::kDifference;
  }
}

geo::Result<void> WriteBytes(Session& session, const geo::Result<std::string>& bytes) {
  return bytes ? session.sink.write(*bytes) : geo::Result<void>(geo::Fail(bytes.error()));
}

geo::Result<void> Write(Session& session, const SurfaceAnswer& surface, SurfaceQuantity quantity) {
  const bool picture = session.line.common.format == Format::kPng || session.line.common.format == Format::kTiff;
  if (picture && surface.values.empty()) {
    return geo::Fail({geo::ErrorCode::kFailedPrecondition, "--format", "NOTHING_TO_SHOW", "the surface has no cells, so there is no picture of it"});
  }
  switch (session.line.common.format) {
    case Format::kJson:
      return WriteSurfaceJson(surface, session.sink);
    case Format::kCsv:
      return WriteSurfaceCsv(surface, session.sink);
    case Format::kGeojson:
      return WriteBytes(session, SurfaceGeoJson(surface));
    case Format::kPng:
      return WriteBytes(session, SurfacePng(surface, quantity));
    case Format::kTiff:
      return WriteBytes(session, SurfaceTiff(surface));
    case Format::kTable:
      break;
  }
  return session.sink.write(SurfaceTable(surface, quantity, session.terminal));
}

}  // namespace

geo::Result<void> RunSurface(Session& session) {
  if (const auto draft = MakeSurfaceRequest(session.line, ""); !draft) return geo::Fail(draft.error());
  const Format format = session.line.common.format;
  if (session.to_terminal && (format == Format::kPng || format == Format::kTiff)) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "--output", "BAD_FLAG", "a picture is not for a terminal: name a file, or send it on through a pipe"});
  }
  const auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  const auto request = MakeSurfaceRequest(session.line, *dataset);
  if (!request) return geo::Fail(request.error());
  const auto surface = session.connection.compute_surface(*request, [&](const api::Progress& progress) { session.progress.show(progress); });
  session.progress.clear();
  if (!surface) return geo::Fail(surface.error());
  return Write(session, *surface, QuantityOf(*request));
}

}  // namespace server
