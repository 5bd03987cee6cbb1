#include "geo/placement/siting_problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "geo/geometry/orientation.h"
#include "geo/placement/coverage.h"

namespace geo {
namespace {

constexpr std::size_t kMostOptions = 200'000;
constexpr int kMostTimes = 10, kMostAlternatives = 50, kMostFrontier = 50, kMostDraws = 10'000;

Result<void> CheckCandidates(const SitingQuery& query) {
  if (query.candidates.empty()) {
    return Fail({ErrorCode::kInvalidArgument, "candidates", "NO_CANDIDATES", "no candidate sites were sent; send at least one lamp column or wall"});
  }
  std::set<std::string_view> ids;
  std::size_t options = 0;
  for (std::size_t i = 0; i < query.candidates.size(); ++i) {
    const CandidateSite& site = query.candidates[i];
    const std::string field = fmt::format("candidates[{}]", i);
    if (!ids.insert(site.id).second)
      return Fail({ErrorCode::kInvalidArgument, field + ".id", "REPEATED_ID", fmt::format("site \"{}\" is there twice; ids are keys", site.id)});
    if (site.at == kUnlocated) return Fail(InvalidArgument(field + ".at", fmt::format("site {} has no position; leave it out or place it", site.id)));
    if (site.cost_pence < 0)
      return Fail(InvalidArgument(field + ".cost_pence", fmt::format("site {} costs {} pence; it must be 0 or more", site.id, site.cost_pence)));
    const auto& bearings = site.bearings_deg.empty() ? query.bearings_deg : site.bearings_deg;
    if (bearings.empty())
      return Fail(InvalidArgument("bearings_deg", fmt::format("site {} has no bearing and the query none either; send at least one", site.id)));
    options += bearings.size();
  }
  if (options <= kMostOptions) return {};
  return Fail({ErrorCode::kInvalidArgument, "candidates", "TOO_MANY_OPTIONS",
               fmt::format("{} sites and bearings; the most is {}: ask of a smaller area", options, kMostOptions)});
}

Result<void> CheckLimits(const CameraScene& scene, const SitingQuery& query) {
  if (!query.picks && !query.budget_pence) {
    return Fail({ErrorCode::kInvalidArgument, "picks", "NO_LIMIT", "neither picks nor a budget was sent; send one of them, or both"});
  }
  if (query.picks && *query.picks < 0) return Fail(InvalidArgument("picks", fmt::format("is {}; it must be 0 or more", *query.picks)));
  if (query.budget_pence && *query.budget_pence < 0)
    return Fail(InvalidArgument("budget_pence", fmt::format("is {}; it must be 0 or more", *query.budget_pence)));
  if (query.model >= scene.models.size()) {
    return Fail(
        {ErrorCode::kInvalidArgument, "model", "NO_SUCH_INDEX", fmt::format("is {}, and there are {} camera models", query.model, scene.models.size())});
  }
  for (std::size_t i = 0; i < query.must_cover.size(); ++i) {
    const MustCover& must = query.must_cover[i];
    const std::string field = fmt::format("must_cover[{}]", i);
    if (must.times < 1 || must.times > kMostTimes)
      return Fail(InvalidArgument(field + ".times", fmt::format("is {}; it must be 1 to {}", must.times, kMostTimes)));
    if (!(must.least_share > 0 && must.least_share <= 1))
      return Fail(InvalidArgument(field + ".least_share", fmt::format("is {}; it must be over 0, to 1", must.least_share)));
  }
  const auto within = [](int value, int most) { return value >= 0 && value <= most; };
  if (!within(query.alternatives, kMostAlternatives))
    return Fail(InvalidArgument("alternatives", fmt::format("is {}; it must be 0 to {}", query.alternatives, kMostAlternatives)));
  if (!(query.alternatives_share >= 0 && query.alternatives_share < 1)) {
    return Fail(InvalidArgument("alternatives_share", fmt::format("is {}; it must be 0 to under 1", query.alternatives_share)));
  }
  if (!within(query.frontier_points, kMostFrontier))
    return Fail(InvalidArgument("frontier_points", fmt::format("is {}; it must be 0 to {}", query.frontier_points, kMostFrontier)));
  if (!within(query.robustness_draws, kMostDraws))
    return Fail(InvalidArgument("robustness_draws", fmt::format("is {}; it must be 0 to {}", query.robustness_draws, kMostDraws)));
  return {};
}

// The level, when the model reaches the ground at it and the data are fine enough.
Result<int> CheckLevel(const CameraScene& scene, const SitingQuery& query) {
  const auto level = FindLevel(scene.table, query.level, "level");
  if (!level) return level;
  const auto optics = OpticsOf(scene.models[query.model], scene.table, std::nullopt, "model");
  if (!optics) return Fail(optics.error());
  const double range_m = optics->ground_range_m[static_cast<std::size_t>(*level)];
  if (range_m <= 0) {
    return Fail({ErrorCode::kInvalidArgument, "level", "RANGE_IS_NOTHING",
                 fmt::format("camera {} does not reach the ground at {}: it hangs higher than it sees; choose a coarser level, a longer lens or a lower height",
                             scene.models[query.model].id, query.level)});
  }
  if (auto carries = CheckCarriesSiting(scene.demand, range_m, query.level); !carries) return Fail(carries.error());
  return level;
}

struct Spots {
  std::vector<CameraSpot> spots;
  std::vector<SitingProblem::Site> sites;
  std::vector<std::uint8_t> locked;
  std::vector<std::int64_t> cost_pence;
};

Spots GatherSpots(const CameraScene& scene, const SitingQuery& query) {
  Spots out;
  for (std::size_t i = 0; i < scene.cameras.size(); ++i) {
    const ExistingCamera& camera = scene.cameras[i];
    if (camera.state != CameraState::kWorking) continue;
    CameraSpot spot = SpotOf(camera);
    if (camera.bond == CameraBond::kMovable) spot.bearings_deg.insert(spot.bearings_deg.end(), query.bearings_deg.begin(), query.bearings_deg.end());
    out.spots.push_back(std::move(spot));
    out.sites.push_back({camera.id, true, i});
    out.locked.push_back(camera.bond == CameraBond::kLocked);
    out.cost_pence.push_back(0);
  }
  std::vector<std::size_t> order(query.candidates.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return query.candidates[a].id < query.candidates[b].id; });
  for (const std::size_t i : order) {
    const CandidateSite& site = query.candidates[i];
    out.spots.push_back({site.id, site.at, query.model, site.height_m, site.on_building, site.bearings_deg.empty() ? query.bearings_deg : site.bearings_deg});
    out.sites.push_back({site.id, false, i});
    out.locked.push_back(0);
    out.cost_pence.push_back(site.cost_pence);
  }
  return out;
}

}  // namespace

bool HoldsPoint(const MultiPolygon& ground, GridPoint p) {
  bool inside = false;
  for (const Polygon& part : ground.parts) {
    for (const Ring& ring : part.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
        if ((a.northing_mm > p.northing_mm) == (b.northing_mm > p.northing_mm)) continue;
        const int side = Orientation(a, b, p);
        if (b.northing_mm > a.northing_mm ? side > 0 : side < 0) inside = !inside;  // strictly west of the edge
      }
    }
  }
  return inside;
}

Result<CoverProblem> WithDemand(const SitingProblem& problem, const SitingQuery& query, const DemandSet& demand, std::span<const GridPoint> at, int threads,
                                const StopSignal& stop) {
  CoverProblem cover;
  cover.most_picks = problem.cover.most_picks;
  cover.budget_pence = problem.cover.budget_pence;
  for (const DemandPoint& point : demand.points) cover.weights.push_back(MillionthsOf(point.weight));
  auto seen = FindCoverage(problem.views, at, problem.level, threads, stop);
  if (!seen) return Fail(seen.error());
  for (std::size_t i = 0; i < problem.cover.options.size(); ++i) {
    CoverOption option = problem.cover.options[i];
    option.sees = std::move((*seen)[i]);
    cover.options.push_back(std::move(option));
  }
  for (const MustCover& must : query.must_cover) {
    CoverRequirement requirement{must.id, {}, must.times, must.least_share};
    for (std::uint32_t i = 0; i < at.size(); ++i) {
      if (at[i] != kUnlocated && HoldsPoint(must.ground, at[i])) requirement.demands.push_back(i);
    }
    cover.requirements.push_back(std::move(requirement));
  }
  return cover;
}

Result<SitingProblem> BuildSitingProblem(const CameraScene& scene, const SitingQuery& query, const StopSignal& stop) {
  if (auto checked = CheckScene(scene); !checked) return Fail(checked.error());
  if (auto checked = CheckCandidates(query); !checked) return Fail(checked.error());
  if (auto checked = CheckLimits(scene, query); !checked) return Fail(checked.error());
  const auto level = CheckLevel(scene, query);
  if (!level) return Fail(level.error());
  Spots spots = GatherSpots(scene, query);
  auto laid = LayViews(scene, spots.spots, "sites", stop);
  if (!laid) return Fail(laid.error());
  SitingProblem problem;
  problem.level = *level;
  problem.sites = std::move(spots.sites);
  problem.views = std::move(laid->views);
  problem.left_out = std::move(laid->left_out);
  for (std::size_t i = 0; i < problem.views.size(); ++i) {
    CoverOption option;
    option.site = static_cast<std::int32_t>(laid->spot[i]);
    option.cost_pence = spots.cost_pence[laid->spot[i]];
    option.share = problem.views[i].time_share();
    option.locked = spots.locked[laid->spot[i]] != 0;
    problem.cover.options.push_back(std::move(option));
  }
  for (std::size_t site = 0; site < problem.sites.size(); ++site) problem.movable += problem.sites[site].existing && spots.locked[site] == 0;
  if (query.picks)
    problem.cover.most_picks = static_cast<int>(std::min<std::int64_t>(std::int64_t{*query.picks} + problem.movable, static_cast<std::int64_t>(kMostOptions)));
  problem.cover.budget_pence = query.budget_pence;
  std::vector<GridPoint> at;
  for (const DemandPoint& point : scene.demand.points) at.push_back(point.at);
  auto cover = WithDemand(problem, query, scene.demand, at, scene.threads, stop);
  if (!cover) return Fail(cover.error());
  problem.cover = std::move(*cover);
  return problem;
}

std::vector<int> ShareInView(const CoverProblem& problem, const CoverChoice& choice) {
  std::vector<int> share(problem.weights.size());
  for (const std::uint32_t option : choice) {
    for (const std::uint32_t demand : problem.options[option].sees) share[demand] += problem.options[option].share;
  }
  return share;
}

std::vector<CameraView> ViewsOf(const SitingProblem& problem, const CoverChoice& choice) {
  std::vector<CameraView> views;
  for (const std::uint32_t option : choice) views.push_back(problem.views[option]);
  return views;
}

CameraCertificate CertifyChoice(const CameraScene& scene, const SitingProblem& problem, const CoverChoice& choice) {
  CameraCertificate certificate = Certify(scene, scene.demand, problem.level, ShareInView(problem.cover, choice), ViewsOf(problem, choice));
  certificate.intrusion_before = CountIntrusion(scene, PlaceFinder(scene), ViewsOf(problem, LockedOf(problem.cover)));
  return certificate;
}

}  // namespace geo
