#include "server/codec/redeployment_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/codec/camera_answer_codec.h"
#include "server/codec/change_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<void> DecodeUnits(const v1::PlanRedeployablesRequest& request, geo::RedeployQuery& query) {
  if (request.units().empty()) return geo::Fail({geo::ErrorCode::kInvalidArgument, "units", "NO_UNITS", "is empty; send the movable units, each with its id"});
  if (request.units_size() > limits::kRedeployUnits) return geo::Fail(TooMany("units", request.units_size(), limits::kRedeployUnits));
  for (int i = 0; i < request.units_size(); ++i) {
    const std::string field = fmt::format("units[{}]", i);
    const v1::RedeployUnit& unit = request.units(i);
    if (auto name = CheckName(field + ".id", unit.id()); !name) return geo::Fail(name.error());
    if (std::any_of(query.units.begin(), query.units.end(), [&](const auto& other) { return other.id == unit.id(); })) return geo::Fail(Repeated(field + ".id", unit.id()));
    query.units.push_back({unit.id(), unit.at().empty() ? std::nullopt : std::optional(unit.at())});
  }
  return {};
}

geo::Result<void> DecodePlan(const v1::PlanRedeployablesRequest& request, geo::RedeployQuery& query) {
  query.first_month = geo::Month::OfDay(query.history.end);
  if (query.first_month.first_day() < query.history.end) query.first_month = query.first_month.next();
  if (request.has_first_month()) {
    const auto month = DecodeMonth(request.first_month(), "first_month");
    if (!month) return geo::Fail(month.error());
    if (month->index < query.first_month.index) {
      return geo::Fail(geo::InvalidArgument("first_month", fmt::format("is {}, and the history, {}, runs until then or later; send {} or later, or a period that ends before it",
                                                                       geo::FormatMonth(*month), geo::FormatPeriod(query.history), geo::FormatMonth(query.first_month))));
    }
    query.first_month = *month;
  }
  const auto quarters = DecodeInteger("quarters", request.quarters() == 0 ? query.quarters : request.quarters(), 1, limits::kQuarters);
  if (!quarters) return geo::Fail(quarters.error());
  query.quarters = static_cast<int>(*quarters);
  if (request.has_move_budget_pence()) {
    const auto budget = DecodeInteger("move_budget_pence", request.move_budget_pence(), 0, limits::kMaxCostPence);
    if (!budget) return geo::Fail(budget.error());
    query.move_budget_pence = *budget;
  }
  const auto gain = DecodeNumber("least_gain_per_move", request.least_gain_per_move(), {0, limits::kMaxNeedPerYear, 0, "incidents"});
  if (!gain) return geo::Fail(gain.error());
  query.least_gain_per_move = *gain;
  if (request.has_most_overlap()) {
    const auto overlap = DecodeGivenNumber("most_overlap", request.most_overlap(), {0, 1, query.most_overlap, ""});
    if (!overlap) return geo::Fail(overlap.error());
    query.most_overlap = *overlap;
  }
  return {};
}

void Echo(const RedeployCall& call, Parameters& out) {
  const geo::RedeployQuery& query = call.query;
  for (const geo::RedeployUnit& unit : query.units) out.emplace_back("units." + unit.id, unit.at.value_or("in store"));
  out.emplace_back("first_month", geo::FormatMonth(query.first_month));
  out.emplace_back("quarters", fmt::format("{}", query.quarters));
  out.emplace_back("move_budget_pence", query.move_budget_pence ? fmt::format("{}", *query.move_budget_pence) : "no limit");
  out.emplace_back("least_gain_per_move", fmt::format("{}", query.least_gain_per_move));
  out.emplace_back("most_overlap", fmt::format("{}", query.most_overlap));
}

}  // namespace

geo::Result<RedeployCall> DecodePlanRedeployables(const v1::PlanRedeployablesRequest& request, const geo::Snapshot& snapshot) {
  RedeployCall call;
  auto question = DecodeCameraQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  call.query.history = call.question.question.filter.period;
  auto model = DecodeModelChoice(request.model(), call.question);
  if (!model) return geo::Fail(model.error());
  call.model = std::move(*model);
  auto level = DecodeLevel(request.level(), "observe", "discern", call.question);
  if (!level) return geo::Fail(level.error());
  call.query.level = std::move(*level);
  auto sites = DecodeSites(request.sites(), true, call.question);
  if (!sites) return geo::Fail(sites.error());
  if (auto options = CheckOptions(sites->sites.size(), *sites); !options) return geo::Fail(options.error());
  call.query.bearings_deg = sites->bearings_deg;
  call.sites = std::move(*sites);
  if (auto units = DecodeUnits(request, call.query); !units) return geo::Fail(units.error());
  if (auto plan = DecodePlan(request, call.query); !plan) return geo::Fail(plan.error());
  Echo(call, call.question.parameters);
  return call;
}

geo::Result<PlannedUnits> ComputeRedeployment(const RedeployCall& call, const geo::StopSignal& stop) {
  PlannedUnits out;
  auto asked = BuildScene(call.question, stop);
  if (!asked) return geo::Fail(asked.error());
  out.asked = std::move(*asked);
  geo::RedeployQuery query = call.query;
  query.model = PutModel(call.model, out.asked.scene);
  query.days = out.asked.incidents.days;
  auto sites = OpenSites(call.sites);
  if (!sites) return geo::Fail(sites.error());
  if (auto options = CheckOptions(sites->size(), call.sites); !options) return geo::Fail(options.error());
  query.sites = out.sites = std::move(*sites);
  auto answer = geo::PlanRedeployables(out.asked.scene, query, stop);
  if (!answer) return geo::Fail(CameraError(answer.error()));
  out.answer = std::move(*answer);
  out.notes = geo::NotesOn(*call.question.question.data, out.asked.scene);
  return out;
}

geo::Result<std::int64_t> EncodeRedeployment(const RedeployCall& call, const geo::Disclosed<PlannedUnits>& disclosed, v1::RedeploymentPlan& out) {
  const PlannedUnits& planned = disclosed.value();
  const geo::CameraScene& scene = planned.asked.scene;
  const auto windows = geo::WindowsOf(call.question.settings.blocks);
  for (const geo::Deployment& deployment : planned.answer.deployments) {
    v1::Deployment& encoded = *out.add_deployments();
    encoded.set_unit(deployment.unit);
    encoded.set_site(deployment.site);
    encoded.set_quarter(deployment.quarter + 1);
    EncodeDays(deployment.period, *encoded.mutable_days());
    if (auto placed = EncodePosition(planned.sites[deployment.site_index].at, *encoded.mutable_position()); !placed) return geo::Fail(placed.error());
    encoded.set_bearing_deg(deployment.bearing_deg);
    encoded.set_moved(deployment.moved);
    encoded.set_cost_pence(deployment.cost_pence);
    encoded.set_expected(deployment.expected);
    EncodeInterval(deployment.interval.low, deployment.interval.high, *encoded.mutable_interval());
    EncodeEvidenceFit(deployment.evidence, scene.demand.categories, *encoded.mutable_evidence());
    EncodeHourFit(deployment.hours, windows, *encoded.mutable_hours());
    EncodeIntrusion(deployment.intrusion, scene, *encoded.mutable_intrusion());
    EncodeDay(deployment.review_on, *encoded.mutable_review_on());
  }
  out.set_expected(planned.answer.expected);
  out.set_moves(planned.answer.moves);
  out.set_spend_pence(planned.answer.spend_pence);
  out.set_staying(planned.answer.staying);
  for (const double factor : planned.answer.season_factor) out.add_season_factors(factor);
  EncodeLeftOut(planned.answer.left_out, *out.mutable_left_out());
  EncodeCertificate(planned.answer.certificate, scene, windows, planned.notes, *out.mutable_certificate());
  ContextFacts facts = FactsOfCameras(call.question, planned.asked.incidents);
  facts.method = "Expected incidents of each site and quarter: gamma-Poisson over sites (Marshall 1991) times one seasonal pattern; the plan is an integer program of units, moves and their cost." +
                 WeightMethod(call.question.question);
  BuildContext(call.question.question.snapshot, *call.question.question.data, facts, disclosed.rule(), *out.mutable_context());
  return out.deployments_size();
}

}  // namespace server
