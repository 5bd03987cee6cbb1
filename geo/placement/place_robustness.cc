#include "geo/placement/place_robustness.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "geo/placement/draw_positions.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

// Of one draw.
struct Drawn {
  bool made = false;
  std::vector<std::int32_t> sites;
  double gap = 0, kept = 1;
};

std::vector<std::int32_t> FreeSites(const CoverProblem& problem, const CoverChoice& choice) {
  std::vector<std::int32_t> sites;
  for (const std::uint32_t option : choice) {
    if (!problem.options[option].locked) sites.push_back(problem.options[option].site);
  }
  std::sort(sites.begin(), sites.end());
  return sites;
}

double Kept(CoverUnits base, CoverUnits best) { return best > 0 ? std::min(1.0, static_cast<double>(base) / static_cast<double>(best)) : 1; }

bool Stopped(const Error& error) { return error.code == ErrorCode::kDeadlineExceeded; }

Result<Drawn> SolveDraw(const CameraScene& scene, const SitingQuery& query, const SitingProblem& problem, const CoverChoice& base,
                        const RobustnessQuery& robustness, std::uint32_t draw, const StopSignal& stop) {
  const auto positions = DrawPositions(scene, scene.demand, robustness.seed, draw);
  const auto cover = WithDemand(problem, query, scene.demand, positions, 1, stop);
  if (!cover) return Fail(cover.error());
  CoverSearch search;
  search.exact = robustness.exact;
  const auto solution = SolveCover(*cover, search, stop);
  Drawn drawn;
  if (!solution) {
    // A draw may move a must-cover place out of every view: then it has no choice, and keeps nothing.
    if (solution.error().reason != "REQUIREMENTS_NOT_MET") return Fail(solution.error());
    drawn.made = true;
    drawn.kept = 0;
    return drawn;
  }
  if (solution->report.stopped) return Fail(stop.reason());
  drawn.made = true;
  drawn.sites = FreeSites(*cover, solution->choice);
  drawn.gap = solution->report.gap;
  drawn.kept = Kept(ValueOf(*cover, base), solution->value);
  return drawn;
}

void TellSites(const SitingProblem& problem, const CoverChoice& base, const std::vector<Drawn>& all, double core_share, RobustnessAnswer& answer) {
  std::map<std::int32_t, int> chosen;
  const auto base_sites = FreeSites(problem.cover, base);
  for (const std::int32_t site : base_sites) chosen[site] = 0;
  double kept = 0, worst = 1;
  for (const Drawn& drawn : all) {
    if (!drawn.made) continue;
    ++answer.draws;
    for (const std::int32_t site : drawn.sites) ++chosen[site];
    answer.worst_gap = std::max(answer.worst_gap, drawn.gap);
    worst = std::min(worst, drawn.kept);
    kept += drawn.kept;
  }
  int core = 0;
  for (const auto& [site, times] : chosen) {
    RobustnessAnswer::Site one;
    one.id = problem.sites[static_cast<std::size_t>(site)].id;
    one.existing = problem.sites[static_cast<std::size_t>(site)].existing;
    one.in_choice = std::binary_search(base_sites.begin(), base_sites.end(), site);
    one.chosen = times;
    one.frequency = answer.draws > 0 ? static_cast<double>(times) / answer.draws : 0;
    one.core = answer.draws > 0 && one.frequency >= core_share;
    core += one.core && one.in_choice;
    answer.sites.push_back(std::move(one));
  }
  std::stable_sort(answer.sites.begin(), answer.sites.end(),
                   [](const auto& a, const auto& b) { return a.chosen != b.chosen ? a.chosen > b.chosen : a.id < b.id; });
  answer.note.draws = answer.draws;
  answer.note.core_share = core_share;
  answer.note.worst_kept = answer.draws > 0 ? worst : 0;
  answer.note.mean_kept = answer.draws > 0 ? kept / answer.draws : 0;
  answer.note.stable_share = base_sites.empty() ? 1 : static_cast<double>(core) / static_cast<double>(base_sites.size());
}

Result<void> SolveYears(const CameraScene& scene, const SitingQuery& query, const SitingProblem& problem, const CoverChoice& base,
                        const RobustnessQuery& robustness, RobustnessAnswer& answer, const StopSignal& stop) {
  const auto base_sites = FreeSites(problem.cover, base);
  for (std::size_t i = 0; i < robustness.years.size(); ++i) {
    const DemandSet& year = robustness.years[i];
    if (auto checked = CheckDemand(year, fmt::format("years[{}]", i)); !checked) return checked;
    if (auto carries = CheckCarriesSiting(year, problem.views.empty() ? 0 : problem.views.front().range_m(problem.level), query.level); !carries)
      return carries;
    std::vector<GridPoint> at;
    for (const DemandPoint& point : year.points) at.push_back(point.at);
    const auto cover = WithDemand(problem, query, year, at, scene.threads, stop);
    if (!cover) return Fail(cover.error());
    const auto solution = SolveCover(*cover, {}, stop);
    if (!solution && solution.error().reason == "REQUIREMENTS_NOT_MET") {
      // As of a draw: there is no choice to keep to.
      RobustnessAnswer::Year none{year.title, {}, 0, 0, 0, 0};
      none.not_met = true;
      answer.years.push_back(std::move(none));
      continue;
    }
    if (!solution) return Fail(solution.error());
    RobustnessAnswer::Year told{year.title, {}, solution->report.value, solution->report.bound, Kept(ValueOf(*cover, base), solution->value), 0};
    const auto sites = FreeSites(*cover, solution->choice);
    for (const std::int32_t site : sites) {
      told.ids.push_back(problem.sites[static_cast<std::size_t>(site)].id);
      told.shared += std::binary_search(base_sites.begin(), base_sites.end(), site);
    }
    std::sort(told.ids.begin(), told.ids.end());
    answer.years.push_back(std::move(told));
  }
  return {};
}

}  // namespace

std::vector<GridPoint> DrawPositions(const CameraScene& scene, const DemandSet& demand, std::uint64_t seed, std::uint32_t draw) {
  std::vector<std::uint32_t> all(demand.points.size());
  std::iota(all.begin(), all.end(), std::uint32_t{0});
  return DrawPositionsOf(scene, demand, all, seed, draw);
}

Result<RobustnessAnswer> TestRobustness(const CameraScene& scene, const SitingQuery& query, const SitingProblem& problem, const CoverChoice& base,
                                        const RobustnessQuery& robustness, const StopSignal& stop) {
  constexpr int kMostDraws = 10'000;
  if (robustness.draws < 1 || robustness.draws > kMostDraws) {
    return Fail(InvalidArgument("robustness.draws", fmt::format("is {}; it must be 1 to {}", robustness.draws, kMostDraws)));
  }
  if (!(robustness.core_share > 0 && robustness.core_share <= 1)) {
    return Fail(InvalidArgument("robustness.core_share", fmt::format("is {}; it must be over 0, to 1", robustness.core_share)));
  }
  RobustnessAnswer answer;
  answer.seed = robustness.seed;
  // Few, and each asked for by name: before the draws, which take what time there is.
  if (auto years = SolveYears(scene, query, problem, base, robustness, answer, stop); !years) {
    if (!Stopped(years.error())) return Fail(years.error());
    answer.stopped = true;
  }
  std::vector<Drawn> all(static_cast<std::size_t>(robustness.draws));
  const auto done = RunParts(all.size(), scene.threads, [&](std::size_t draw) -> Result<void> {
    if (stop.stop_requested()) return Fail(stop.reason());
    auto drawn = SolveDraw(scene, query, problem, base, robustness, static_cast<std::uint32_t>(draw), stop);
    if (!drawn) return Fail(drawn.error());
    all[draw] = std::move(*drawn);
    stop.progressed("robustness", static_cast<std::int64_t>(draw) + 1, robustness.draws);
    return {};
  });
  if (!done && !Stopped(done.error())) return Fail(done.error());
  answer.stopped = answer.stopped || !done;
  TellSites(problem, base, all, robustness.core_share, answer);
  if (answer.draws == 0 && answer.years.empty()) return Fail(done.error());
  return answer;
}

Result<RobustnessAnswer> TestSiting(const CameraScene& scene, const SitingQuery& query, const RobustnessQuery& robustness, const StopSignal& stop) {
  const auto problem = BuildSitingProblem(scene, query, stop);
  if (!problem) return Fail(problem.error());
  CoverSearch search;
  search.exact = query.exact;
  search.progress = [&](const CoverProgress& progress) {
    stop.searched(progress.value, progress.bound);
    if (query.progress) query.progress(progress);
  };
  const auto base = SolveCover(problem->cover, search, stop);
  if (!base) return Fail(base.error());
  auto tested = TestRobustness(scene, query, *problem, base->choice, robustness, stop);
  if (!tested) return tested;
  tested->certificate = CertifyChoice(scene, *problem, base->choice);
  tested->certificate.solver = base->report;
  if (tested->draws > 0) tested->certificate.robustness = tested->note;
  return tested;
}

}  // namespace geo
