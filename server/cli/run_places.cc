#include "server/cli/answer_json.h"
#include "server/cli/geojson_writer.h"
#include "server/cli/place_report.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "wardwatch/v1/hotspot_service.pb.h"

namespace server {

geo::Result<void> RunPlaces(Session& session) {
  if (const auto draft = MakePlacesRequest(session.line, ""); !draft) return geo::Fail(draft.error());
  const auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  const auto request = MakePlacesRequest(session.line, *dataset);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.find_places(*request);
  if (!answer) return geo::Fail(answer.error());
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(*answer, true));
    case Format::kCsv:
      return session.sink.write(PlacesCsv(*answer));
    case Format::kGeojson: {
      const auto geojson = PlacesGeoJson(*answer);
      return geojson ? session.sink.write(*geojson) : geo::Result<void>(geo::Fail(geojson.error()));
    }
    default:
      break;
  }
  return session.sink.write(PlacesTable(*answer, session.terminal));
}

}  // namespace server
