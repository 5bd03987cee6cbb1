// The commands of `wardwatch plan`.
#include "server/cli/answer_json.h"
#include "server/cli/area_shapes.h"
#include "server/cli/plan_requests.h"
#include "server/cli/priority_report.h"
#include "server/cli/profile_report.h"
#include "server/cli/session.h"
#include "wardwatch/v1/planning_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

// Judged before anything is asked; made once, because it may have read a pipe.
template <class Request>
geo::Result<Request> Prepare(Session& session, geo::Result<Request> (*make)(const CommandLine&, const std::string&)) {
  auto request = make(session.line, "");
  if (!request) return request;
  auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  request->set_dataset(*dataset);
  return request;
}

geo::Result<void> WriteGeoJson(Session& session, const api::RankPrioritiesResponse& answer, bool areas) {
  api::ListAreasResponse shapes;
  if (areas) {
    auto listed = ShapesFor(session, answer.context().dataset(), answer.context());
    if (!listed) return geo::Fail(listed.error());
    shapes = std::move(*listed);
  }
  const auto features = PriorityGeoJson(answer, shapes);
  return features ? session.sink.write(*features) : geo::Result<void>(geo::Fail(features.error()));
}

}  // namespace

geo::Result<void> RunRankPriorities(Session& session) {
  const auto request = Prepare(session, &MakePrioritiesRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.rank_priorities(*request);
  if (!answer) return geo::Fail(answer.error());
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(*answer, true));
    case Format::kCsv:
      return session.sink.write(PriorityCsv(*answer));
    case Format::kGeojson:
      return WriteGeoJson(session, *answer, request->places() == api::PLACE_UNIT_AREAS);
    default:
      return session.sink.write(PriorityTable(*answer, session.line.plan.explain, session.terminal));
  }
}

geo::Result<void> RunProfilePlace(Session& session) {
  const auto request = Prepare(session, &MakeProfileRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.profile_place(*request);
  if (!answer) return geo::Fail(answer.error());
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(*answer, true));
    case Format::kCsv:
      return session.sink.write(ProfileCsv(*answer));
    default:
      return session.sink.write(ProfileTable(*answer, session.terminal));
  }
}

}  // namespace server
