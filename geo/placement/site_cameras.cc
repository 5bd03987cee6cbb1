#include "geo/placement/site_cameras.h"

#include <algorithm>

#include "geo/placement/cover_alternatives.h"
#include "geo/placement/cover_frontier.h"
#include "geo/placement/cover_state.h"
#include "geo/placement/place_robustness.h"
#include "geo/placement/siting_problem.h"

namespace geo {
namespace {

constexpr double kPencePer1000Pounds = 100'000;

// Weight that a camera adds, by hour block; the last is of unknown hour.
std::vector<double> GainByBlock(const DemandSet& demand, const CoverOption& option, const std::vector<int>& share_before) {
  std::vector<double> gain(demand.blocks.size() + 1);
  for (const std::uint32_t i : option.sees) {
    const int room = std::max(0, std::min(option.share, static_cast<int>(kAllTheTime) - share_before[i]));
    const DemandPoint& point = demand.points[i];
    gain[point.block < 0 ? demand.blocks.size() : static_cast<std::size_t>(point.block)] += point.weight * room / kAllTheTime;
  }
  return gain;
}

// At each level or finer; and behind buildings, within the sector and the range of `level`.
void TellView(const DemandSet& demand, const CameraView& view, int level, SitedPick& pick) {
  pick.at_level.assign(static_cast<std::size_t>(view.levels()), 0);
  for (const DemandPoint& point : demand.points) {
    const int finest = point.at == kUnlocated ? -1 : view.level_if_visible(point.at);
    if (finest < 0) continue;
    const double weight = point.weight * view.time_share() / kAllTheTime;
    if (!view.visible().sees(point.at)) {
      if (finest >= level) pick.blind += weight;
      continue;
    }
    for (int coarser = 0; coarser <= finest; ++coarser) pick.at_level[static_cast<std::size_t>(coarser)] += weight;
  }
}

SitedPick TellPick(const CameraScene& scene, const SitingQuery& query, const SitingProblem& problem, const OrderedPick& ordered, const CoverState& whole,
                   const PlaceFinder& finder) {
  const CoverOption& option = problem.cover.options[ordered.option];
  const CameraView& view = problem.views[ordered.option];
  const SitingProblem::Site& site = problem.sites[static_cast<std::size_t>(option.site)];
  SitedPick pick;
  pick.id = site.id;
  pick.candidate = site.index;
  pick.existing = site.existing;
  pick.at = site.existing ? scene.cameras[site.index].at : query.candidates[site.index].at;
  pick.bearing_deg = view.sector().bearing_deg();
  pick.cost_pence = option.cost_pence;
  pick.gain = WeightOf(ordered.gain);
  pick.cumulative = WeightOf(ordered.cumulative);
  pick.unique = WeightOf(whole.loss(ordered.option));
  if (option.cost_pence > 0) pick.gain_per_1000_pounds = pick.gain * kPencePer1000Pounds / static_cast<double>(option.cost_pence);
  TellView(scene.demand, view, problem.level, pick);
  pick.sees = pick.at_level[static_cast<std::size_t>(problem.level)];
  pick.intrusion = CountIntrusion(scene, finder, {&view, 1});
  return pick;
}

void TellPicks(const CameraScene& scene, const SitingQuery& query, const SitingProblem& problem, const CoverWork& work, const CoverChoice& choice,
               SitingAnswer& answer) {
  CoverState whole(problem.cover, work.incidence);
  for (const std::uint32_t option : choice) {
    if (!problem.cover.options[option].locked) whole.add(option);
  }
  const PlaceFinder finder(scene);
  const CoverChoice before = LockedOf(problem.cover);
  answer.before = WeightOf(ValueOf(problem.cover, before));
  std::vector<int> share = ShareInView(problem.cover, before);
  for (const OrderedPick& ordered : OrderPicks(problem.cover, work.incidence, choice)) {
    SitedPick pick = TellPick(scene, query, problem, ordered, whole, finder);
    const CoverOption& option = problem.cover.options[ordered.option];
    pick.gain_by_block = GainByBlock(scene.demand, option, share);
    for (const std::uint32_t demand : option.sees) share[demand] += option.share;
    answer.picks.push_back(std::move(pick));
  }
  for (std::size_t site = 0; site < problem.sites.size(); ++site) {
    if (!problem.sites[site].existing || scene.cameras[problem.sites[site].index].bond == CameraBond::kLocked) continue;
    const bool stays = std::any_of(answer.picks.begin(), answer.picks.end(),
                                   [&](const SitedPick& pick) { return pick.existing && pick.candidate == problem.sites[site].index; });
    if (!stays) answer.released.push_back(problem.sites[site].id);
  }
}

// Of the sites that may be picked, what there is to add and for how little.
void TellOffer(const SitingProblem& problem, SitingAnswer& answer) {
  const std::vector<int> in_view = TimeInView(problem.cover, LockedOf(problem.cover), 1);
  std::int32_t last = -1;
  for (const CoverOption& option : problem.cover.options) {
    const SitingProblem::Site& site = problem.sites[static_cast<std::size_t>(option.site)];
    if (option.locked || site.existing) continue;
    if (option.site != last) ++answer.usable_sites;
    last = option.site;
    const bool adds =
        std::any_of(option.sees.begin(), option.sees.end(), [&](std::uint32_t i) { return problem.cover.weights[i] > 0 && in_view[i] < kAllTheTime; });
    if (adds) answer.cheapest_that_adds_pence = std::min(answer.cheapest_that_adds_pence.value_or(option.cost_pence), option.cost_pence);
  }
}

void TellTotals(const CameraScene& scene, const SitingProblem& problem, const CoverChoice& choice, SitingAnswer& answer) {
  const DemandTotals totals = TotalsOf(scene.demand);
  answer.total = totals.weight;
  answer.located = totals.located;
  const std::vector<int> twice = TimeInView(problem.cover, choice, 2);
  CoverUnits backup = 0;
  for (std::size_t i = 0; i < twice.size(); ++i) backup += problem.cover.weights[i] * twice[i];
  answer.coverable = WeightOf(CoverableBy(problem.cover));
  answer.backup = WeightOf(backup);
  answer.covered = WeightOf(ValueOf(problem.cover, choice));
  answer.spend_pence = SpendOf(problem.cover, choice);
  for (const CoverRequirement& requirement : problem.cover.requirements) {
    answer.must_cover.push_back({requirement.id, SharePerRequirement(problem.cover, requirement, choice), requirement.least_share, requirement.times});
  }
}

Result<void> TellAlternatives(const SitingQuery& query, const SitingProblem& problem, const CoverWork& work, const CoverSolution& best, SitingAnswer& answer,
                              const StopSignal& stop) {
  if (query.alternatives == 0 || !query.exact) return {};
  const auto found = FindAlternatives(problem.cover, work, best, query.alternatives, query.alternatives_share, stop);
  if (!found) return Fail(found.error());
  for (const CoverSolution& set : found->sets) {
    SitingAlternative told;
    for (const std::uint32_t option : set.choice) {
      if (!problem.cover.options[option].locked) told.ids.push_back(problem.sites[static_cast<std::size_t>(problem.cover.options[option].site)].id);
    }
    std::sort(told.ids.begin(), told.ids.end());
    told.value = set.report.value;
    told.share_of_best = best.value > 0 ? static_cast<double>(set.value) / static_cast<double>(best.value) : 0;
    answer.alternatives.push_back(std::move(told));
  }
  answer.alternatives_complete = found->complete;
  return {};
}

}  // namespace

Result<SitingAnswer> SiteCameras(const CameraScene& scene, const SitingQuery& query, const StopSignal& stop) {
  const auto problem = BuildSitingProblem(scene, query, stop);
  if (!problem) return Fail(problem.error());
  const CoverWork work = PrepareCover(problem->cover, stop);
  CoverSearch search;
  search.exact = query.exact;
  search.progress = [&](const CoverProgress& progress) {
    stop.searched(progress.value, progress.bound);
    if (query.progress) query.progress(progress);
  };
  const auto best = SolveCover(problem->cover, work, search, stop);
  if (!best) return Fail(best.error());
  SitingAnswer answer;
  answer.left_out = problem->left_out;
  TellPicks(scene, query, *problem, work, best->choice, answer);
  TellTotals(scene, *problem, best->choice, answer);
  TellOffer(*problem, answer);
  answer.share_in_view = ShareInView(problem->cover, best->choice);
  answer.certificate = CertifyChoice(scene, *problem, best->choice);
  answer.certificate.solver = best->report;
  if (auto told = TellAlternatives(query, *problem, work, *best, answer, stop); !told) return Fail(told.error());
  if (query.frontier_points > 0) {
    auto frontier = TraceFrontier(problem->cover, query.frontier_points, query.exact, stop);
    if (!frontier) return Fail(frontier.error());
    answer.frontier = std::move(*frontier);
  }
  if (query.robustness_draws > 0 && !answer.picks.empty()) {
    RobustnessQuery robustness;
    robustness.draws = query.robustness_draws;
    robustness.seed = query.seed;
    const auto tested = TestRobustness(scene, query, *problem, best->choice, robustness, stop);
    if (!tested && tested.error().code != ErrorCode::kDeadlineExceeded) return Fail(tested.error());
    if (tested) answer.certificate.robustness = tested->note;
  }
  return answer;
}

}  // namespace geo
