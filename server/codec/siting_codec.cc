#include "server/codec/siting_codec.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/codec/camera_answer_codec.h"
#include "server/codec/comparison_codec.h"
#include "server/codec/must_cover_codec.h"
#include "server/codec/position_codec.h"
#include "server/codec/refusal.h"
#include "server/limits.h"

namespace server {
namespace v1 = ::wardwatch::v1;
namespace {

geo::Result<void> DecodeLimits(const v1::SiteCamerasRequest& request, geo::SitingQuery& query) {
  if (!request.has_picks() && !request.has_budget_pence()) {
    return geo::Fail({geo::ErrorCode::kInvalidArgument, "picks", "NO_LIMIT", "is missing, and budget_pence too; send how many cameras, or for how much"});
  }
  if (request.has_picks()) {
    const auto picks = DecodeInteger("picks", request.picks(), 0, limits::kPicks);
    if (!picks) return geo::Fail(picks.error());
    query.picks = static_cast<int>(*picks);
  }
  if (request.has_budget_pence()) {
    const auto budget = DecodeInteger("budget_pence", request.budget_pence(), 0, limits::kMaxCostPence);
    if (!budget) return geo::Fail(budget.error());
    query.budget_pence = *budget;
  }
  return {};
}

geo::Result<void> DecodeNumbers(const v1::SiteCamerasRequest& request, geo::SitingQuery& query) {
  query.exact = !request.greedy();
  const auto alternatives = DecodeInteger("alternatives", request.has_alternatives() ? request.alternatives() : query.alternatives, 0, limits::kAlternatives);
  if (!alternatives) return geo::Fail(alternatives.error());
  query.alternatives = static_cast<int>(*alternatives);
  if (request.has_alternatives_share()) {
    const auto share = DecodeGivenNumber("alternatives_share", request.alternatives_share(), {0, limits::kMaxAlternativesShare, query.alternatives_share, ""});
    if (!share) return geo::Fail(share.error());
    query.alternatives_share = *share;
  }
  const auto frontier = DecodeInteger("frontier_points", request.frontier_points(), 0, limits::kFrontierPoints);
  if (!frontier) return geo::Fail(frontier.error());
  query.frontier_points = static_cast<int>(*frontier);
  const auto draws = DecodeInteger("robustness_draws", request.has_robustness_draws() ? request.robustness_draws() : query.robustness_draws, 0, limits::kSitingDraws);
  if (!draws) return geo::Fail(draws.error());
  query.robustness_draws = static_cast<int>(*draws);
  const auto seed = DecodeSeed(request.seed());
  if (!seed) return geo::Fail(seed.error());
  query.seed = *seed;
  return {};
}

void Echo(const v1::SiteCamerasRequest& request, const SitingCall& call, Parameters& out) {
  const geo::SitingQuery& query = call.query;
  out.emplace_back("picks", query.picks ? fmt::format("{}", *query.picks) : "as many as the budget allows");
  out.emplace_back("budget_pence", query.budget_pence ? fmt::format("{}", *query.budget_pence) : "no limit");
  for (const geo::MustCover& must : query.must_cover)
    out.emplace_back("must_cover." + must.id, fmt::format("{} of the weight, {} times", must.least_share, must.times));
  out.emplace_back("greedy", request.greedy() ? "true" : "false");
  out.emplace_back("alternatives", fmt::format("{} within {}", query.alternatives, query.alternatives_share));
  out.emplace_back("frontier_points", fmt::format("{}", query.frontier_points));
  out.emplace_back("robustness_draws", fmt::format("{}", query.robustness_draws));
  out.emplace_back("seed", fmt::format("{}", query.seed));
  out.emplace_back("with_views", call.with_views ? "true" : "false");
  out.emplace_back("cell_size_m", fmt::format("{}", call.grid.size_mm() / 1000.0));
}

// Picks where they look, then the standing cameras that work and do not move.
geo::Result<void> DrawViews(const SitingCall& call, std::size_t model, const std::vector<geo::CandidateSite>& candidates, SitedAnswer& out, const geo::StopSignal& stop) {
  if (!call.with_views) return {};
  const geo::CameraScene& scene = out.asked.scene;
  std::vector<geo::CameraSpot> spots;
  std::vector<std::uint8_t> picked(scene.cameras.size());
  for (const geo::SitedPick& pick : out.answer.picks) {
    if (pick.existing) {
      picked[pick.candidate] = 1;
      spots.push_back(geo::SpotOf(scene.cameras[pick.candidate]));
      spots.back().bearings_deg = {pick.bearing_deg};
    } else {
      const geo::CandidateSite& site = candidates[pick.candidate];
      spots.push_back({site.id, site.at, model, site.height_m, site.on_building, {pick.bearing_deg}});
    }
  }
  out.picks_in_views = spots.size();
  for (std::size_t i = 0; i < scene.cameras.size(); ++i) {
    const geo::ExistingCamera& camera = scene.cameras[i];
    if (camera.state == geo::CameraState::kWorking && camera.bond == geo::CameraBond::kLocked && picked[i] == 0) spots.push_back(geo::SpotOf(camera));
  }
  auto outlines = geo::OutlineSpots(scene, spots, stop);
  if (!outlines) return geo::Fail(outlines.error());
  for (geo::SpotOutlines& one : *outlines) {
    const std::size_t spot = one.spot;
    out.views.emplace_back(spots[spot], std::move(one));
  }
  return {};
}

geo::Result<void> EncodePick(const geo::SitedPick& pick, const geo::CameraScene& scene, const std::vector<geo::TimeOfWeek>& windows, v1::SitedCamera& out) {
  out.set_id(pick.id);
  out.set_existing(pick.existing);
  if (auto placed = EncodePosition(pick.at, *out.mutable_position()); !placed) return placed;
  out.set_bearing_deg(pick.bearing_deg);
  out.set_cost_pence(pick.cost_pence);
  out.set_sees(pick.sees);
  out.set_gain(pick.gain);
  out.set_cumulative(pick.cumulative);
  out.set_unique(pick.unique);
  EncodeBlocks(pick.gain_by_block, windows, *out.mutable_gain_by_block());
  if (pick.gain_per_1000_pounds) out.set_gain_per_1000_pounds(*pick.gain_per_1000_pounds);
  EncodeLevels(pick.at_level, scene.table, *out.mutable_levels());
  out.set_blind(pick.blind);
  EncodeIntrusion(pick.intrusion, scene, *out.mutable_intrusion());
  return {};
}

void EncodeRest(const geo::SitingAnswer& answer, v1::SitingAnswer& out) {
  for (const std::string& id : answer.released) out.add_released(id);
  out.set_total(answer.total);
  out.set_located(answer.located);
  out.set_coverable(answer.coverable);
  out.set_before(answer.before);
  out.set_covered(answer.covered);
  out.set_backup(answer.backup);
  out.set_spend_pence(answer.spend_pence);
  for (const auto& met : answer.must_cover) {
    v1::CoverMet& encoded = *out.add_must_cover();
    encoded.set_id(met.id);
    encoded.set_share(met.share);
    encoded.set_least_share(met.least_share);
    encoded.set_times(met.times);
  }
  for (const geo::SitingAlternative& set : answer.alternatives) {
    v1::SitingAlternative& encoded = *out.add_alternatives();
    for (const std::string& id : set.ids) encoded.add_ids(id);
    encoded.set_value(set.value);
    encoded.set_share_of_best(set.share_of_best);
  }
  out.set_alternatives_complete(answer.alternatives_complete);
  for (const geo::FrontierPoint& point : answer.frontier) {
    v1::FrontierPoint& encoded = *out.add_frontier();
    encoded.set_picks(point.picks);
    encoded.set_spend_pence(point.spend_pence);
    if (point.budget_pence) encoded.set_budget_pence(*point.budget_pence);
    encoded.set_value(point.value);
    encoded.set_bound(point.bound);
    encoded.set_proved_optimal(point.proved_optimal);
  }
  EncodeLeftOut(answer.left_out, *out.mutable_left_out());
}

// Where nothing is picked: whether money, the question or the ground is why.
void TellNoPicks(const geo::SitingQuery& query, SitedAnswer& out) {
  const geo::SitingAnswer& answer = out.answer;
  if (!answer.picks.empty()) return;
  const auto pounds = [](std::int64_t pence) { return fmt::format("{}.{:02}", pence / 100, pence % 100); };
  if (query.picks == 0) {
    out.notes.push_back({"NO_PICK_ASKED_FOR", "picks is 0: nothing could be picked"});
  } else if (answer.usable_sites == 0) {
    out.notes.push_back({"NO_SITE_USABLE", "every site that was asked about is left out"});
  } else if (!answer.cheapest_that_adds_pence) {
    out.notes.push_back({"NOTHING_TO_ADD", "no site that may be picked has anything in view that standing cameras do not have all the time"});
  } else if (query.budget_pence && *answer.cheapest_that_adds_pence > *query.budget_pence) {
    out.notes.push_back({"BUDGET_TOO_SMALL", fmt::format("the cheapest site that would add anything costs {} pounds, and {} may be spent",
                                                         pounds(*answer.cheapest_that_adds_pence), pounds(*query.budget_pence))});
  }
}

std::string SitingMethod(const SitingCall& call, const geo::CameraCertificate& certificate) {
  return fmt::format(
      "Maximal covering (Church and ReVelle 1974) of what cameras see past buildings, at {} of {} or finer, beside the standing cameras that work; {}; values "
      "are recounted in whole units. Cameras that tour see each place for a share of the time.{}",
      certificate.level, certificate.table, call.query.exact ? "greedy with swaps, bounded by multipliers, then an integer program" : "greedy with swaps, bounded by multipliers",
      WeightMethod(call.question.question));
}

}  // namespace

geo::Result<SitingCall> DecodeSiteCameras(const v1::SiteCamerasRequest& request, const geo::Snapshot& snapshot) {
  SitingCall call;
  auto question = DecodeCameraQuestion(request, snapshot);
  if (!question) return geo::Fail(question.error());
  call.question = std::move(*question);
  auto model = DecodeModelChoice(request.model(), call.question);
  if (!model) return geo::Fail(model.error());
  call.model = std::move(*model);
  auto level = DecodeLevel(request.level(), "recognise", "perceive", call.question);
  if (!level) return geo::Fail(level.error());
  call.query.level = std::move(*level);
  auto sites = DecodeSites(request.sites(), true, call.question);
  if (!sites) return geo::Fail(sites.error());
  call.sites = std::move(*sites);
  call.query.bearings_deg = call.sites.bearings_deg;
  if (auto options = CheckOptions(call.sites.sites.size(), call.sites); !options) return geo::Fail(options.error());
  if (auto decoded = DecodeLimits(request, call.query); !decoded) return geo::Fail(decoded.error());
  if (auto decoded = DecodeNumbers(request, call.query); !decoded) return geo::Fail(decoded.error());
  auto must_cover = DecodeMustCover(request.must_cover(), *call.question.question.data);
  if (!must_cover) return geo::Fail(must_cover.error());
  call.query.must_cover = std::move(*must_cover);
  const auto cell = DecodeMillimetres("cell_size_m", request.cell_size_m(), {limits::kMinDemandCellM, limits::kMaxDemandCellM, limits::kDefaultCellM, "m"});
  if (!cell) return geo::Fail(cell.error());
  call.grid = geo::CellGrid(geo::CellShape::kSquare, *cell);
  call.with_views = request.with_views();
  Echo(request, call, call.question.parameters);
  return call;
}

geo::Result<SitedAnswer> ComputeSiting(const SitingCall& call, const geo::StopSignal& stop) {
  SitedAnswer out;
  auto asked = BuildScene(call.question, stop);
  if (!asked) return geo::Fail(asked.error());
  out.asked = std::move(*asked);
  geo::SitingQuery query = call.query;
  query.model = PutModel(call.model, out.asked.scene);
  auto candidates = OpenSites(call.sites);
  if (!candidates) return geo::Fail(candidates.error());
  if (auto options = CheckOptions(candidates->size(), call.sites); !options) return geo::Fail(options.error());
  query.candidates = *candidates;
  auto answer = geo::SiteCameras(out.asked.scene, query, stop);
  if (!answer) return geo::Fail(CameraError(answer.error()));
  out.answer = std::move(*answer);
  out.candidates = candidates->size();
  out.cells = geo::CellsOfDemand(out.asked.scene.demand, out.answer.share_in_view, call.grid, limits::kDemandCells);
  out.notes = geo::NotesOn(*call.question.question.data, out.asked.scene);
  if (call.sites.without_power > 0)
    out.notes.push_back({"SITES_WITHOUT_POWER", fmt::format("{} sites are left out for want of power", call.sites.without_power)});
  TellNoPicks(query, out);
  // What was found in time is answered, and its views take milliseconds; but for a cancel nothing stops them.
  const geo::NeverStop never;
  if (stop.stop_requested() && stop.reason().code == geo::ErrorCode::kCancelled) return geo::Fail(stop.reason());
  if (auto drawn = DrawViews(call, query.model, *candidates, out, never); !drawn) return geo::Fail(CameraError(drawn.error()));
  return out;
}

geo::Result<std::int64_t> EncodeSiteCameras(const SitingCall& call, const geo::Disclosed<SitedAnswer>& disclosed, v1::SitingAnswer& out) {
  const SitedAnswer& sited = disclosed.value();
  const geo::CameraScene& scene = sited.asked.scene;
  const auto windows = geo::WindowsOf(call.question.settings.blocks);
  for (const geo::SitedPick& pick : sited.answer.picks) {
    if (auto encoded = EncodePick(pick, scene, windows, *out.add_picks()); !encoded) return geo::Fail(encoded.error());
  }
  EncodeRest(sited.answer, out);
  out.set_candidates(static_cast<std::int32_t>(sited.candidates));
  if (auto cells = EncodeDemandCells(sited.cells, call.grid, *out.mutable_cells()); !cells) return geo::Fail(cells.error());
  out.set_cell_size_m(call.grid.size_mm() / 1000.0);
  for (std::size_t i = 0; i < sited.views.size(); ++i) {
    const bool existing = i >= sited.picks_in_views;
    if (auto view = EncodeView(sited.views[i].first, existing, sited.views[i].second, scene.table, *out.add_views()); !view) return geo::Fail(view.error());
  }
  EncodeCertificate(sited.answer.certificate, scene, windows, sited.notes, *out.mutable_certificate());
  ContextFacts facts = FactsOfCameras(call.question, sited.asked.incidents);
  facts.method = SitingMethod(call, sited.answer.certificate);
  facts.seed = call.query.robustness_draws > 0 ? static_cast<std::int64_t>(call.query.seed) : 0;
  BuildContext(call.question.question.snapshot, *call.question.question.data, facts, disclosed.rule(), *out.mutable_context());
  return out.picks_size();
}

}  // namespace server
