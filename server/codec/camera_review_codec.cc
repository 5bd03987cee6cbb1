#include "server/codec/camera_review_codec.h"

#include <fmt/format.h>

#include "geo/change/explain_change.h"
#include "server/codec/camera_answer_codec.h"
#include "server/codec/change_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/period_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/codec/review_sentences.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<void> DecodeRules(const v1::ReviewRules& rules, geo::ReviewRules& out) {
  struct Rule {
    const char* field;
    bool given;
    double sent;
    NumberRange range;
    double* to;
  };
  for (const Rule& rule : {Rule{"rules.need_per_year", rules.has_need_per_year(), rules.need_per_year(), {0, limits::kMaxNeedPerYear, out.need_per_year, "incidents a year"}, &out.need_per_year},
                           Rule{"rules.least_unique_share", rules.has_least_unique_share(), rules.least_unique_share(), {0, 1, out.least_unique_share, ""}, &out.least_unique_share},
                           Rule{"rules.better_by", rules.has_better_by(), rules.better_by(), {0, limits::kMaxBetterBy, out.better_by, "times", true}, &out.better_by},
                           Rule{"rules.least_fit", rules.has_least_fit(), rules.least_fit(), {0, 1, out.least_fit, ""}, &out.least_fit}}) {
    if (!rule.given) continue;
    const auto number = DecodeGivenNumber(rule.field, rule.sent, rule.range);
    if (!number) return geo::Fail(number.error());
    *rule.to = *number;
  }
  return {};
}

geo::Result<void> DecodePeriods(const v1::ReviewCamerasRequest& request, ReviewCall& call) {
  const geo::Period recent = call.question.question.filter.period;
  call.query.recent_days = recent.days();
  if (!request.has_earlier()) return {};
  const auto earlier = DecodePeriod(request.earlier(), "earlier");
  if (!earlier) return geo::Fail(earlier.error());
  if (earlier->end > recent.begin) {
    return geo::Fail(geo::InvalidArgument("earlier", fmt::format("is {}, which does not end before period, {}, begins; send the days before",
                                                                 geo::FormatPeriod(*earlier), geo::FormatPeriod(recent))));
  }
  call.earlier = *earlier;
  call.query.earlier_days = earlier->days();
  return {};
}

void Echo(const ReviewCall& call, Parameters& out) {
  const geo::ReviewRules& rules = call.query.rules;
  out.emplace_back("earlier", call.earlier ? geo::FormatPeriod(*call.earlier) : "none");
  out.emplace_back("rules.need_per_year", fmt::format("{}", rules.need_per_year));
  out.emplace_back("rules.least_unique_share", fmt::format("{}", rules.least_unique_share));
  out.emplace_back("rules.better_by", fmt::format("{}", rules.better_by));
  out.emplace_back("rules.least_fit", fmt::format("{}", rules.least_fit));
  out.emplace_back("false_discovery_rate", fmt::format("{}", call.query.false_discovery_rate));
  out.emplace_back("cell_size_m", fmt::format("{}", call.grid.size_mm() / 1000.0));
  out.emplace_back("with_views", call.with_views ? "true" : "false");
}

v1::ReviewClass EncodeClass(geo::ReviewClass review) {
  switch (review) {
    case geo::ReviewClass::kKeep:
      return v1::REVIEW_CLASS_KEEP;
    case geo::ReviewClass::kRepairFirst:
      return v1::REVIEW_CLASS_REPAIR_FIRST;
    case geo::ReviewClass::kRedeploy:
      return v1::REVIEW_CLASS_REDEPLOY;
    case geo::ReviewClass::kNeedNotShown:
      return v1::REVIEW_CLASS_NEED_NOT_SHOWN;
    case geo::ReviewClass::kNotJudged:
      return v1::REVIEW_CLASS_NOT_JUDGED;
  }
  return v1::REVIEW_CLASS_UNSPECIFIED;
}

void EncodeByCategory(const geo::CameraReview& review, const geo::DemandSet& demand, const std::vector<geo::TimeOfWeek>& windows, v1::CameraReview& out) {
  const std::size_t blocks = windows.size() + 1;
  for (std::size_t i = 0; i < review.by_category_and_block.size(); ++i) {
    if (review.by_category_and_block[i] == 0) continue;
    v1::CategoryBlockWeight& encoded = *out.add_by_category_and_block();
    encoded.set_category(demand.categories[i / blocks]);
    if (i % blocks < windows.size()) EncodeTimeOfWeek(windows[i % blocks], *encoded.mutable_hours());
    encoded.set_weight(review.by_category_and_block[i]);
  }
}

geo::Result<void> EncodeReview(const ReviewCall& call, const geo::CameraScene& scene, const geo::ExistingCamera& camera, const geo::CameraReview& review,
                               v1::CameraReview& out) {
  const auto windows = geo::WindowsOf(call.question.settings.blocks);
  out.set_id(review.id);
  out.set_review(EncodeClass(review.review));
  for (const std::string& reason : review.reasons) {
    out.add_reasons(reason);
    out.add_sentences(ReviewSentence(reason, review, call.query));
  }
  if (auto placed = EncodePosition(camera.at, *out.mutable_position()); !placed) return placed;
  out.set_state(EncodeCameraState(camera.state));
  out.set_movable(camera.bond == geo::CameraBond::kMovable);
  if (review.rank == 0) return {};
  out.set_recent(review.recent);
  EncodeInterval(review.recent_interval.low, review.recent_interval.high, *out.mutable_recent_interval());
  out.set_earlier(review.earlier);
  out.set_per_year(review.per_year);
  EncodeInterval(review.per_year_interval.low, review.per_year_interval.high, *out.mutable_per_year_interval());
  if (call.earlier) EncodeChange({review.change, geo::WardRow::Kind::kArea, std::llround(review.earlier), std::llround(review.recent)}, "", *out.mutable_change());
  out.set_unique(review.unique);
  out.set_unique_share(review.unique_share);
  out.set_rank(review.rank);
  EncodeByCategory(review, scene.demand, windows, out);
  out.set_better_site(review.better_site);
  out.set_better_site_adds(review.better_site_adds);
  EncodeEvidenceFit(review.evidence, scene.demand.categories, *out.mutable_evidence());
  EncodeHourFit(review.hours, windows, *out.mutable_hours());
  EncodeIntrusion(review.intrusion, scene, *out.mutable_intrusion());
  return {};
}

}  // namespace

geo::Result<ReviewCall> DecodeReviewCameras(const v1::ReviewCamerasRequest& request, const geo::Snapshot& snapshot) {
  ReviewCall call;
  auto question = DecodeCameraQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  if (auto cameras = CheckHasCameras(call.question); !cameras) return geo::Fail(cameras.error());
  if (auto periods = DecodePeriods(request, call); !periods) return geo::Fail(periods.error());
  auto level = DecodeLevel(request.level(), "observe", "discern", call.question);
  if (!level) return geo::Fail(level.error());
  call.query.level = std::move(*level);
  if (auto rules = DecodeRules(request.rules(), call.query.rules); !rules) return geo::Fail(rules.error());
  if (request.has_sites()) {
    auto sites = DecodeSites(request.sites(), true, call.question);
    if (!sites) return geo::Fail(sites.error());
    if (auto options = CheckOptions(sites->sites.size(), *sites); !options) return geo::Fail(options.error());
    auto model = DecodeModelChoice(request.model(), call.question);
    if (!model) return geo::Fail(model.error());
    call.query.bearings_deg = sites->bearings_deg;
    call.sites = std::move(*sites);
    call.model = std::move(*model);
  }
  const auto fdr = DecodeFalseDiscoveryRate(request.false_discovery_rate());
  if (!fdr) return geo::Fail(fdr.error());
  call.query.false_discovery_rate = *fdr;
  const auto cell = DecodeMillimetres("cell_size_m", request.cell_size_m(), {limits::kMinDemandCellM, limits::kMaxDemandCellM, limits::kDefaultCellM, "m"});
  if (!cell) return geo::Fail(cell.error());
  call.grid = geo::CellGrid(geo::CellShape::kSquare, *cell);
  call.with_views = request.with_views();
  Echo(call, call.question.parameters);
  return call;
}

geo::Result<ReviewedCameras> ComputeReview(const ReviewCall& call, const geo::StopSignal& stop) {
  ReviewedCameras out;
  auto asked = BuildScene(call.question, stop);
  if (!asked) return geo::Fail(asked.error());
  out.asked = std::move(*asked);
  geo::ReviewQuery query = call.query;
  query.earlier.categories = out.asked.scene.demand.categories;
  if (call.earlier) {
    auto earlier = DemandIn(call.question, *call.earlier, "earlier", stop);
    if (!earlier) return geo::Fail(earlier.error());
    query.earlier = std::move(earlier->demand);
  }
  if (call.sites) {
    query.model = PutModel(call.model, out.asked.scene);
    auto sites = OpenSites(*call.sites);
    if (!sites) return geo::Fail(sites.error());
    query.candidates = std::move(*sites);
  }
  auto answer = geo::ReviewCameras(out.asked.scene, query, stop);
  if (!answer) return geo::Fail(CameraError(answer.error()));
  out.answer = std::move(*answer);
  out.cells = geo::CellsOfDemand(out.asked.scene.demand, out.answer.share_in_view, call.grid, limits::kDemandCells);
  out.notes = geo::NotesOn(*call.question.question.data, out.asked.scene);
  if (!call.with_views) return out;
  std::vector<geo::CameraSpot> spots;
  for (const geo::ExistingCamera& camera : out.asked.scene.cameras) spots.push_back(geo::SpotOf(camera));
  auto outlines = geo::OutlineSpots(out.asked.scene, spots, stop);
  if (!outlines) return geo::Fail(CameraError(outlines.error()));
  for (geo::SpotOutlines& one : *outlines) {
    const std::size_t spot = one.spot;
    out.views.emplace_back(spots[spot], std::move(one));
  }
  return out;
}

geo::Result<std::int64_t> EncodeReviewCameras(const ReviewCall& call, const geo::Disclosed<ReviewedCameras>& disclosed, v1::ReviewCamerasResponse& response) {
  const ReviewedCameras& reviewed = disclosed.value();
  const geo::CameraScene& scene = reviewed.asked.scene;
  for (std::size_t i = 0; i < reviewed.answer.cameras.size(); ++i) {
    if (auto encoded = EncodeReview(call, scene, scene.cameras[i], reviewed.answer.cameras[i], *response.add_cameras()); !encoded) return geo::Fail(encoded.error());
  }
  response.set_total(reviewed.answer.total);
  response.set_covered(reviewed.answer.covered);
  response.set_covered_if_repaired(reviewed.answer.covered_if_repaired);
  v1::ReviewRules& rules = *response.mutable_rules();
  rules.set_need_per_year(call.query.rules.need_per_year);
  rules.set_least_unique_share(call.query.rules.least_unique_share);
  rules.set_better_by(call.query.rules.better_by);
  rules.set_least_fit(call.query.rules.least_fit);
  if (auto cells = EncodeDemandCells(reviewed.cells, call.grid, *response.mutable_cells()); !cells) return geo::Fail(cells.error());
  response.set_cell_size_m(call.grid.size_mm() / 1000.0);
  for (const auto& [spot, outlines] : reviewed.views) {
    if (auto view = EncodeView(spot, true, outlines, scene.table, *response.add_views()); !view) return geo::Fail(view.error());
  }
  EncodeCertificate(reviewed.answer.certificate, scene, geo::WindowsOf(call.question.settings.blocks), reviewed.notes, *response.mutable_certificate());
  ContextFacts facts = FactsOfCameras(call.question, reviewed.asked.incidents);
  facts.method = fmt::format(
      "Incidents in view of each camera past buildings, at {} or finer, of the time that it looks there; what it alone sees by leaving it out; changes of daily "
      "rates judged together (conditional exact test, Benjamini-Hochberg).{}",
      call.query.level, WeightMethod(call.question.question));
  facts.tests_made = call.earlier ? response.cameras_size() : 0;
  BuildContext(call.question.question.snapshot, *call.question.question.data, facts, disclosed.rule(), *response.mutable_context());
  return response.cameras_size();
}

}  // namespace server
