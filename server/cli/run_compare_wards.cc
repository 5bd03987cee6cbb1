#include "server/cli/answer_json.h"
#include "server/cli/area_shapes.h"
#include "server/cli/geojson_writer.h"
#include "server/cli/request_options.h"
#include "server/cli/session.h"
#include "server/cli/ward_report.h"
#include "wardwatch/v1/ward_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

geo::Result<void> WriteGeoJson(Session& session, const std::string& dataset, const api::CompareWardsResponse& answer) {
  const auto areas = ShapesFor(session, dataset, answer.context());
  if (!areas) return geo::Fail(areas.error());
  const auto geojson = WardsGeoJson(answer, *areas);
  return geojson ? session.sink.write(*geojson) : geo::Result<void>(geo::Fail(geojson.error()));
}

}  // namespace

geo::Result<void> RunCompareWards(Session& session) {
  if (const auto draft = MakeCompareRequest(session.line, ""); !draft) return geo::Fail(draft.error());
  const auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  const auto request = MakeCompareRequest(session.line, *dataset);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.compare_wards(*request);
  if (!answer) return geo::Fail(answer.error());
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(*answer, true));
    case Format::kCsv:
      return session.sink.write(WardCsv(*answer));
    case Format::kGeojson:
      return WriteGeoJson(session, *dataset, *answer);
    default:
      break;
  }
  return session.sink.write(WardTable(*answer, session.line.wards.explain, session.terminal));
}

}  // namespace server
