#include "server/codec/response_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/placement/demand_cells.h"
#include "geo/snapshot/meets_data.h"
#include "server/codec/camera_answer_codec.h"
#include "server/codec/change_codec.h"
#include "server/codec/must_cover_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

constexpr std::int32_t kUsualCellMm = 250'000;

geo::Result<void> DecodeHotspots(const v1::CompareResponsesRequest& request, ResponseCall& call) {
  if (request.hotspots_size() > limits::kResponseHotspots) return geo::Fail(TooMany("hotspots", request.hotspots_size(), limits::kResponseHotspots));
  for (int i = 0; i < request.hotspots_size(); ++i) {
    const v1::NamedGround& sent = request.hotspots(i);
    const std::string field = fmt::format("hotspots[{}]", i);
    if (auto name = CheckName(field + ".id", sent.id()); !name) return geo::Fail(name.error());
    if (std::any_of(call.hotspots.begin(), call.hotspots.end(), [&](const auto& other) { return other.id == sent.id(); })) return geo::Fail(Repeated(field + ".id", sent.id()));
    auto ground = sent.has_cells()   ? DecodeCellGround(sent.cells(), field + ".cells")
                  : sent.has_areas() ? DecodeAreaGround(sent.areas(), field + ".areas", *call.question.question.data)
                                     : geo::Result<geo::MultiPolygon>(geo::Fail(Missing(field, "send its cells or areas")));
    if (!ground) return geo::Fail(ground.error());
    call.hotspots.push_back({sent.id(), std::move(*ground)});
    call.question.parameters.emplace_back(field, sent.id());
  }
  if (call.hotspots.empty()) call.question.parameters.emplace_back("hotspots", fmt::format("the {} heaviest squares of 250 m", limits::kDefaultResponseHotspots));
  return {};
}

std::vector<geo::ResponseQuery::Hotspot> HeaviestSquares(const geo::DemandSet& demand) {
  const geo::CellGrid grid(geo::CellShape::kSquare, kUsualCellMm);
  std::vector<geo::ResponseQuery::Hotspot> hotspots;
  for (const geo::DemandCell& cell : geo::CellsOfDemand(demand, std::vector<int>(demand.points.size()), grid, limits::kDefaultResponseHotspots)) {
    hotspots.push_back({grid.format(cell.id), {{{{grid.outline_of(cell.id)}}}}});
  }
  return hotspots;
}

// Each incident with its own window, whatever hours were asked for.
geo::Result<std::vector<geo::TimedIncident>> IncidentsOf(const Question& question, const geo::StopSignal& stop) {
  const geo::DatasetSnapshot& data = *question.data;
  static const std::vector<geo::AreaIndex> kNoJoin;
  const auto& join = question.filter.areas ? data.vintages[question.filter.areas->vintage].area_of : kNoJoin;
  const auto selected = geo::SelectIncidents(data.incidents, join, question.filter, stop);
  if (!selected) return geo::Fail(selected.error());
  std::vector<geo::TimedIncident> incidents;
  for (std::size_t i = 0; i < selected->rows.size(); ++i) {
    const std::size_t row = selected->rows[i];
    incidents.push_back({data.incidents.at[row], data.incidents.from_minute[row], data.incidents.to_minute[row], data.incidents.category[row], selected->weight(i)});
  }
  return incidents;
}

void EncodeFit(const geo::ResponseFit& fit, v1::ResponseFit& out) {
  out.set_supported_share(fit.supported_share);
  out.set_grade(EncodeGrade(fit.grade));
}

}  // namespace

geo::Result<ResponseCall> DecodeCompareResponses(const v1::CompareResponsesRequest& request, const geo::Snapshot& snapshot) {
  ResponseCall call;
  auto question = DecodeCameraQuestion(request, snapshot, false);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  if (!call.question.settings.evidence) {
    return geo::Fail({geo::ErrorCode::kFailedPrecondition, "setting.evidence", "NO_EVIDENCE",
                      call.question.question.data->record.street.evidence.empty() ? "the dataset has no table of evidence; load the one that the partnership has signed as [[camera_evidence]]"
                                                                                  : "there are several tables of evidence; name one"});
  }
  if (auto hotspots = DecodeHotspots(request, call); !hotspots) return geo::Fail(hotspots.error());
  return call;
}

geo::Result<ComparedResponses> ComputeResponses(const ResponseCall& call, const geo::StopSignal& stop) {
  const Question& question = call.question.question;
  ComparedResponses out;
  auto demand = DemandIn(call.question, question.filter.period, "period", stop);
  if (!demand) return geo::Fail(demand.error());
  geo::ResponseQuery query;
  query.hotspots = call.hotspots.empty() ? HeaviestSquares(demand->demand) : call.hotspots;
  query.categories = demand->demand.categories;
  auto incidents = IncidentsOf(question, stop);
  if (!incidents) return geo::Fail(incidents.error());
  query.incidents = std::move(*incidents);
  for (const geo::CameraSite& site : question.data->street.sites) {
    if (site.lit) query.lit_columns.push_back(site.at);
  }
  query.evidence = question.data->record.street.evidence[*call.question.settings.evidence].rows;
  query.daylight = question.data->daylight.get();
  query.decided_on = call.question.settings.decided_on;
  query.review_months = call.question.settings.review_months;
  auto answer = geo::CompareResponses(query, stop);
  if (!answer) return geo::Fail(CameraError(answer.error()));
  out.answer = std::move(*answer);
  if (query.lit_columns.empty()) out.notes.push_back({"NO_LIT_COLUMNS", "no lit columns are known: how far the next light is is not told"});
  demand->demand.points.clear();
  out.incidents = std::move(*demand);
  return out;
}

geo::Result<std::int64_t> EncodeCompareResponses(const ResponseCall& call, const geo::Disclosed<ComparedResponses>& disclosed, v1::CompareResponsesResponse& response) {
  const ComparedResponses& compared = disclosed.value();
  for (const geo::HotspotResponse& hotspot : compared.answer.hotspots) {
    v1::HotspotResponse& out = *response.add_hotspots();
    out.set_id(hotspot.id);
    out.set_weight(hotspot.weight);
    EncodeCount(hotspot.incidents, *out.mutable_incidents());
    out.set_known_hour_share(hotspot.known_hour_share);
    if (hotspot.dark_share) out.set_dark_share(*hotspot.dark_share);
    EncodeInterval(hotspot.dark_low, hotspot.dark_high, *out.mutable_dark_bounds());
    if (hotspot.lit_column_m) out.set_lit_column_m(*hotspot.lit_column_m);
    EncodeFit(hotspot.camera, *out.mutable_camera());
    EncodeFit(hotspot.lighting, *out.mutable_lighting());
    EncodeFit(hotspot.people, *out.mutable_people());
    for (const std::string& caution : hotspot.cautions) out.add_cautions(caution);
  }
  response.set_outside(compared.answer.outside);
  response.set_unlocated(compared.answer.unlocated);
  EncodeDay(compared.answer.review_on, *response.mutable_review_on());
  const geo::EvidenceTable& table = call.question.question.data->record.street.evidence[*call.question.settings.evidence];
  response.set_evidence(fmt::format("{}, version {} ({})", table.title, table.version, table.source));
  EncodeNotes(compared.notes, *response.mutable_notes());
  response.set_handling(kCameraHandling);
  ContextFacts facts = FactsOfCameras(call.question, compared.incidents);
  facts.method = "Shares of what happens in each hotspot by the grades of the table of evidence; darkness is the sun over 6 degrees below the horizon, by the share of each "
                 "incident's own window." + WeightMethod(call.question.question);
  BuildContext(call.question.question.snapshot, *call.question.question.data, facts, disclosed.rule(), *response.mutable_context());
  return response.hotspots_size();
}

}  // namespace server
