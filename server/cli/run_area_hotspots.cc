#include "server/cli/answer_json.h"
#include "server/cli/area_hotspot_report.h"
#include "server/cli/area_shapes.h"
#include "server/cli/geojson_writer.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

geo::Result<void> RunAreaHotspots(Session& session) {
  if (const auto draft = MakeAreaHotspotsRequest(session.line, ""); !draft) return geo::Fail(draft.error());
  const auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  const auto request = MakeAreaHotspotsRequest(session.line, *dataset);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.find_area_hotspots(*request);
  if (!answer) return geo::Fail(answer.error());
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(*answer, true));
    case Format::kCsv:
      return session.sink.write(AreaHotspotCsv(*answer));
    case Format::kGeojson: {
      const auto areas = ShapesFor(session, *dataset, answer->context());
      if (!areas) return geo::Fail(areas.error());
      const auto geojson = AreaHotspotsGeoJson(*answer, *areas);
      return geojson ? session.sink.write(*geojson) : geo::Result<void>(geo::Fail(geojson.error()));
    }
    default:
      break;
  }
  return session.sink.write(AreaHotspotTable(*answer, session.terminal));
}

}  // namespace server
