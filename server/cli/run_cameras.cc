// The commands of `wardwatch cameras`.
#include "server/cli/answer_json.h"
#include "server/cli/camera_drawing.h"
#include "server/cli/camera_picture.h"
#include "server/cli/camera_register_report.h"
#include "server/cli/camera_requests.h"
#include "server/cli/camera_review_report.h"
#include "server/cli/redeployment_report.h"
#include "server/cli/response_report.h"
#include "server/cli/session.h"
#include "server/cli/site_evidence_report.h"
#include "server/cli/siting_report.h"
#include "wardwatch/v1/placement_service.pb.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

template <class Request>
Request& QuestionOf(Request& request) {
  return request;
}
api::SiteCamerasRequest& QuestionOf(api::TestSitingRequest& request) { return *request.mutable_question(); }

// Judged before anything is asked; made once, because it may have read a pipe.
template <class Request>
geo::Result<Request> Prepare(Session& session, geo::Result<Request> (*make)(const CommandLine&, const std::string&)) {
  auto request = make(session.line, "");
  if (!request) return request;
  if (session.to_terminal && session.line.common.format == Format::kPng) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "--output", "BAD_FLAG", "a picture is not for a terminal: name a file, or send it on through a pipe"});
  }
  auto dataset = ChooseDataset(session);
  if (!dataset) return geo::Fail(dataset.error());
  QuestionOf(*request).set_dataset(*dataset);
  return request;
}

geo::Result<void> WriteBytes(Session& session, const geo::Result<std::string>& bytes) {
  return bytes ? session.sink.write(*bytes) : geo::Result<void>(geo::Fail(bytes.error()));
}

// Asks, and writes the answer by its format; what a command has no format for, its command line has refused.
template <class Request, class Ask, class Csv, class Table>
geo::Result<void> Run(Session& session, geo::Result<Request> (*make)(const CommandLine&, const std::string&), const Ask& ask, const Csv& csv,
                      const Table& table) {
  const auto request = Prepare(session, make);
  if (!request) return geo::Fail(request.error());
  const auto answer = ask(*request);
  session.progress.clear();
  if (!answer) return geo::Fail(answer.error());
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(*answer, true));
    case Format::kCsv:
      return session.sink.write(csv(*answer));
    case Format::kGeojson:
      if constexpr (requires { CamerasGeoJson(*answer); }) return WriteBytes(session, CamerasGeoJson(*answer));
      break;
    case Format::kPng:
      if constexpr (requires { MapOf(*answer); }) return WriteBytes(session, CameraPng(MapOf(*answer)));
      break;
    default:
      break;
  }
  return session.sink.write(table(*answer));
}

TakeProgress Shown(Session& session) {
  return [&session](const api::Progress& progress) { session.progress.show(progress); };
}

}  // namespace

geo::Result<void> RunListCameras(Session& session) {
  return Run(
      session, &MakeListCamerasRequest, [&](const auto& request) { return session.connection.list_cameras(request); }, RegisterCsv,
      [&](const auto& answer) { return RegisterTable(answer, session.terminal); });
}

geo::Result<void> RunSiteCameras(Session& session) {
  return Run(
      session, &MakeSiteCamerasRequest, [&](const auto& request) { return session.connection.site_cameras(request, Shown(session)); }, SitingCsv,
      [&](const auto& answer) { return SitingTable(answer, !session.line.cameras.no_map, session.terminal); });
}

geo::Result<void> RunTestSiting(Session& session) {
  return Run(
      session, &MakeTestSitingRequest, [&](const auto& request) { return session.connection.test_siting(request, Shown(session)); }, SitingTestCsv,
      [&](const auto& answer) { return SitingTestTable(answer, session.terminal); });
}

geo::Result<void> RunReviewCameras(Session& session) {
  return Run(
      session, &MakeReviewCamerasRequest, [&](const auto& request) { return session.connection.review_cameras(request); }, ReviewCsv,
      [&](const auto& answer) { return ReviewTable(answer, !session.line.cameras.no_map, session.line.cameras.explain, session.terminal); });
}

geo::Result<void> RunPlanRedeployables(Session& session) {
  return Run(
      session, &MakePlanRedeployablesRequest, [&](const auto& request) { return session.connection.plan_redeployables(request, Shown(session)); },
      RedeploymentCsv, [&](const auto& plan) { return RedeploymentTable(plan, session.terminal); });
}

geo::Result<void> RunGatherSiteEvidence(Session& session) {
  return Run(
      session, &MakeSiteEvidenceRequest, [&](const auto& request) { return session.connection.gather_site_evidence(request); }, SiteEvidenceCsv,
      [&](const auto& answer) { return SiteEvidenceTable(answer, session.terminal); });
}

geo::Result<void> RunCountDetailLevels(Session& session) {
  return Run(
      session, &MakeDetailLevelsRequest, [&](const auto& request) { return session.connection.count_detail_levels(request); }, DetailCsv,
      [&](const auto& answer) { return DetailTable(answer, session.terminal); });
}

geo::Result<void> RunCompareResponses(Session& session) {
  return Run(
      session, &MakeResponsesRequest, [&](const auto& request) { return session.connection.compare_responses(request); }, ResponseCsv,
      [&](const auto& answer) { return ResponseTable(answer, session.terminal); });
}

geo::Result<void> RunSweepBearings(Session& session) {
  return Run(
      session, &MakeSweepBearingsRequest, [&](const auto& request) { return session.connection.sweep_bearings(request); }, BearingsCsv,
      [&](const auto& answer) { return BearingsTable(answer, session.terminal); });
}

}  // namespace server
