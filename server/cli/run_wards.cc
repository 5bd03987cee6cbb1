// The commands of `wardwatch wards`.
#include "server/cli/answer_json.h"
#include "server/cli/area_shapes.h"
#include "server/cli/boundary_report.h"
#include "server/cli/crosswalk_report.h"
#include "server/cli/rank_report.h"
#include "server/cli/request_options.h"
#include "server/cli/rise_report.h"
#include "server/cli/session.h"
#include "server/cli/trend_report.h"
#include "server/cli/ward_geojson.h"
#include "server/cli/ward_report.h"
#include "server/cli/ward_requests.h"
#include "server/cli/years_report.h"
#include "wardwatch/v1/ward_service.pb.h"

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

// `table` and `csv` write an answer; `geojson` does it with the shapes of `vintage`.
template <class Answer, class Table, class Csv, class GeoJson>
geo::Result<void> Write(Session& session, const Answer& answer, const std::string& vintage, const Table& table, const Csv& csv, const GeoJson& geojson) {
  switch (session.line.common.format) {
    case Format::kJson:
      return session.sink.write(AnswerJson(answer, true));
    case Format::kCsv:
      return session.sink.write(csv(answer));
    case Format::kGeojson: {
      const auto areas = ShapesFor(session, answer.context().dataset(), vintage, answer.context());
      if (!areas) return geo::Fail(areas.error());
      const auto features = geojson(answer, *areas);
      return features ? session.sink.write(*features) : geo::Result<void>(geo::Fail(features.error()));
    }
    default:
      return session.sink.write(table(answer));
  }
}

template <class Answer>
geo::Result<std::string> NoGeoJson(const Answer&, const api::ListAreasResponse&) {
  return geo::Fail({geo::ErrorCode::kInvalidArgument, "--format", "BAD_FLAG", "this answer has no shapes: ask for table, json or csv"});
}

}  // namespace

geo::Result<void> RunCompareWards(Session& session) {
  const auto request = Prepare(session, &MakeCompareRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.compare_wards(*request);
  if (!answer) return geo::Fail(answer.error());
  const auto table = [&](const api::CompareWardsResponse& it) { return WardTable(it, session.line.wards.explain, session.terminal); };
  return Write(session, *answer, answer->context().vintage(), table, &WardCsv, &WardsGeoJson);
}

geo::Result<void> RunCompareYears(Session& session) {
  const auto request = Prepare(session, &MakeYearsRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.compare_years(*request);
  if (!answer) return geo::Fail(answer.error());
  const int baseline = request->baseline();
  const auto table = [&](const api::CompareYearsResponse& it) { return YearsTable(it, baseline, session.terminal); };
  const auto csv = [&](const api::CompareYearsResponse& it) { return YearsCsv(it, baseline); };
  return Write(session, *answer, answer->context().vintage(), table, csv, &YearsGeoJson);
}

geo::Result<void> RunRankWards(Session& session) {
  const auto request = Prepare(session, &MakeRankRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.rank_wards(*request);
  if (!answer) return geo::Fail(answer.error());
  const auto table = [&](const api::RankWardsResponse& it) { return RankTable(it, session.line.wards.explain, session.terminal); };
  return Write(session, *answer, answer->context().vintage(), table, &RankCsv, &RankGeoJson);
}

geo::Result<void> RunAnalyseTrends(Session& session) {
  const auto request = Prepare(session, &MakeTrendRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.analyse_trends(*request);
  if (!answer) return geo::Fail(answer.error());
  const auto table = [&](const api::AnalyseTrendsResponse& it) { return TrendTable(it, session.line.wards.explain, session.terminal); };
  return Write(session, *answer, answer->context().vintage(), table, &TrendCsv, &TrendGeoJson);
}

geo::Result<void> RunCheckRise(Session& session) {
  const auto request = Prepare(session, &MakeRiseRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.check_rise(*request);
  if (!answer) return geo::Fail(answer.error());
  const auto table = [&](const api::CheckRiseResponse& it) { return RiseTable(it, session.line.wards.explain, session.terminal); };
  return Write(session, *answer, answer->context().vintage(), table, &RiseCsv, &NoGeoJson<api::CheckRiseResponse>);
}

geo::Result<void> RunCompareBoundaries(Session& session) {
  const auto request = Prepare(session, &MakeBoundariesRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.compare_boundaries(*request);
  if (!answer) return geo::Fail(answer.error());
  const WardFlags& flags = session.line.wards;
  const auto table = [&](const api::CompareBoundariesResponse& it) { return BoundaryTable(it, flags.boundaries.flows, flags.explain, session.terminal); };
  const auto csv = [&](const api::CompareBoundariesResponse& it) { return flags.boundaries.flows ? FlowCsv(it) : BoundaryCsv(it); };
  return Write(session, *answer, answer->to_vintage(), table, csv, &BoundariesGeoJson);
}

geo::Result<void> RunCrosswalkCounts(Session& session) {
  const auto request = Prepare(session, &MakeCrosswalkRequest);
  if (!request) return geo::Fail(request.error());
  const auto answer = session.connection.crosswalk_counts(*request);
  if (!answer) return geo::Fail(answer.error());
  const bool shares = session.line.wards.crosswalk.shares;
  const auto table = [&](const api::CrosswalkCountsResponse& it) { return CrosswalkTable(it, shares, session.terminal); };
  const auto csv = [&](const api::CrosswalkCountsResponse& it) { return shares ? CrosswalkSharesCsv(it) : CrosswalkCsv(it); };
  return Write(session, *answer, request->to_vintage(), table, csv, &CrosswalkGeoJson);
}

}  // namespace server
