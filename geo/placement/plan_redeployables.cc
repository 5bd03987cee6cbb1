#include "geo/placement/plan_redeployables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "geo/placement/coverage.h"
#include "geo/placement/redeploy_program.h"
#include "geo/placement/seasonal_expectation.h"
#include "geo/placement/siting_problem.h"

namespace geo {
namespace {

constexpr int kMostQuarters = 8, kMonthsPerQuarter = 3, kFewestHistoryDays = 365;

Result<int> CheckQuery(const CameraScene& scene, const RedeployQuery& query) {
  if (auto checked = CheckScene(scene); !checked) return Fail(checked.error());
  const auto invalid = [](std::string field, const char* reason, std::string message) {
    return Fail({ErrorCode::kInvalidArgument, std::move(field), reason, std::move(message)});
  };
  if (query.units.empty()) return invalid("units", "NO_UNITS", "no unit was sent; send at least one");
  if (query.sites.empty()) return invalid("sites", "NO_CANDIDATES", "no site was sent; send at least one");
  if (query.quarters < 1 || query.quarters > kMostQuarters)
    return Fail(InvalidArgument("quarters", fmt::format("is {}; it must be 1 to {}", query.quarters, kMostQuarters)));
  if (query.days.size() != scene.demand.points.size()) {
    return Fail(InvalidArgument("days", fmt::format("has {} days for {} points; send one for each", query.days.size(), scene.demand.points.size())));
  }
  if (!(query.least_gain_per_move >= 0 && query.least_gain_per_move < 1e6)) {
    return Fail(InvalidArgument("least_gain_per_move", fmt::format("is {}; it must be 0 or more", query.least_gain_per_move)));
  }
  if (!(query.most_overlap >= 0 && query.most_overlap <= 1))
    return Fail(InvalidArgument("most_overlap", fmt::format("is {}; it must be 0 to 1", query.most_overlap)));
  if (query.history.days() < kFewestHistoryDays) {
    return Fail({ErrorCode::kFailedPrecondition, "history", "HISTORY_TOO_SHORT",
                 fmt::format("is {}; seasons need at least {} days: lengthen it", FormatPeriod(query.history), kFewestHistoryDays)});
  }
  std::set<std::string_view> units, sites, taken;
  for (std::size_t i = 0; i < query.sites.size(); ++i) {
    const CandidateSite& site = query.sites[i];
    if (!sites.insert(site.id).second)
      return invalid(fmt::format("sites[{}].id", i), "REPEATED_ID", fmt::format("site \"{}\" is there twice; ids are keys", site.id));
    if (site.at == kUnlocated || site.cost_pence < 0)
      return Fail(InvalidArgument(fmt::format("sites[{}]", i), fmt::format("site {} needs a position and a cost of 0 or more", site.id)));
  }
  for (std::size_t i = 0; i < query.units.size(); ++i) {
    const RedeployUnit& unit = query.units[i];
    const std::string field = fmt::format("units[{}]", i);
    if (!units.insert(unit.id).second) return invalid(field + ".id", "REPEATED_ID", fmt::format("unit \"{}\" is there twice; ids are keys", unit.id));
    if (unit.at && !sites.contains(*unit.at))
      return invalid(field + ".at", "NO_SUCH_SITE", fmt::format("unit {} is at \"{}\", which is none of the sites sent; add it", unit.id, *unit.at));
    if (unit.at && !taken.insert(*unit.at).second)
      return invalid(field + ".at", "SITE_TAKEN_TWICE", fmt::format("site {} has two units; a site holds one", *unit.at));
  }
  if (query.model >= scene.models.size())
    return invalid("model", "NO_SUCH_INDEX", fmt::format("is {}, and there are {} camera models", query.model, scene.models.size()));
  const auto level = FindLevel(scene.table, query.level, "level");
  if (!level) return level;
  const auto optics = OpticsOf(scene.models[query.model], scene.table, std::nullopt, "model");
  if (!optics) return Fail(optics.error());
  if (auto carries = CheckCarriesSiting(scene.demand, optics->ground_range_m[static_cast<std::size_t>(*level)], query.level); !carries)
    return Fail(carries.error());
  return level;
}

// The sites that have a view, each with its best bearing, and what it sees beyond the standing cameras.
struct Sites {
  std::vector<std::size_t> index;  // of the query
  std::vector<CameraView> views;
  std::vector<std::vector<std::uint32_t>> sees;
  std::vector<double> weight;
  std::vector<SpotLeftOut> left_out;
};

Result<Sites> LaySites(const CameraScene& scene, const RedeployQuery& query, int level, const StopSignal& stop) {
  std::vector<GridPoint> at;
  for (const DemandPoint& point : scene.demand.points) at.push_back(point.at);
  std::vector<CameraSpot> standing, spots;
  for (const ExistingCamera& camera : scene.cameras) {
    if (camera.state == CameraState::kWorking && camera.bond == CameraBond::kLocked) standing.push_back(SpotOf(camera));
  }
  for (const CandidateSite& site : query.sites) {
    spots.push_back({site.id, site.at, query.model, site.height_m, site.on_building, site.bearings_deg.empty() ? query.bearings_deg : site.bearings_deg});
    if (spots.back().bearings_deg.empty())
      return Fail(InvalidArgument("bearings_deg", fmt::format("site {} has no bearing and the query none either", site.id)));
  }
  const auto watched = LayViews(scene, standing, "cameras", stop);
  if (!watched) return Fail(watched.error());
  const auto laid = LayViews(scene, spots, "sites", stop);
  if (!laid) return Fail(laid.error());
  const auto by_standing = FindCoverage(watched->views, at, level, scene.threads, stop);
  if (!by_standing) return Fail(by_standing.error());
  auto by_site = FindCoverage(laid->views, at, level, scene.threads, stop);
  if (!by_site) return Fail(by_site.error());
  std::vector<std::uint8_t> known(at.size());
  for (const auto& seen : *by_standing) {
    for (const std::uint32_t point : seen) known[point] = 1;
  }
  Sites sites;
  sites.left_out = laid->left_out;
  for (std::size_t view = 0; view < laid->views.size(); ++view) {
    std::vector<std::uint32_t>& sees = (*by_site)[view];
    std::erase_if(sees, [&](std::uint32_t point) { return known[point] != 0 || !query.history.contains(query.days[point]); });
    double weight = 0;
    for (const std::uint32_t point : sees) weight += scene.demand.points[point].weight * laid->views[view].time_share() / kAllTheTime;
    const bool first = sites.index.empty() || sites.index.back() != laid->spot[view];
    if (!first && weight <= sites.weight.back()) continue;
    if (!first) sites.index.pop_back(), sites.views.pop_back(), sites.sees.pop_back(), sites.weight.pop_back();
    sites.index.push_back(laid->spot[view]);
    sites.views.push_back(laid->views[view]);
    sites.sees.push_back(std::move(sees));
    sites.weight.push_back(weight);
  }
  return sites;
}

std::size_t SeasonOf(Month month, Month first) { return static_cast<std::size_t>(((month.index - first.index) % 12 + 12) % 12 / kMonthsPerQuarter); }

SeasonalHistory HistoryOf(const CameraScene& scene, const RedeployQuery& query, const Sites& sites) {
  SeasonalHistory history;
  history.counts = sites.weight;
  std::vector<std::uint8_t> seen(scene.demand.points.size());
  for (const auto& sees : sites.sees) {
    for (const std::uint32_t point : sees) seen[point] = 1;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i] != 0) history.season_counts[SeasonOf(Month::OfDay(query.days[i]), query.first_month)] += scene.demand.points[i].weight;
  }
  for (LocalDay day = query.history.begin; day < query.history.end; ++day) ++history.season_days[SeasonOf(Month::OfDay(day), query.first_month)];
  return history;
}

Period QuarterOf(const RedeployQuery& query, int quarter) {
  const Month begin{query.first_month.index + quarter * kMonthsPerQuarter};
  return {begin.first_day(), Month{begin.index + kMonthsPerQuarter}.first_day()};
}

RedeployProblem ProblemOf(const CameraScene& scene, const RedeployQuery& query, const Sites& sites, const SeasonalExpectation& expectation) {
  RedeployProblem problem;
  problem.units = query.units.size();
  problem.budget_pence = query.move_budget_pence;
  problem.least_gain_per_move = query.least_gain_per_move;
  problem.occupied.assign(sites.index.size(), 0);
  for (std::size_t site = 0; site < sites.index.size(); ++site) {
    const CandidateSite& asked = query.sites[sites.index[site]];
    problem.move_cost_pence.push_back(asked.cost_pence);
    problem.occupied[site] = std::any_of(query.units.begin(), query.units.end(), [&](const RedeployUnit& unit) { return unit.at == asked.id; });
  }
  for (int quarter = 0; quarter < query.quarters; ++quarter) {
    std::vector<double> expected;
    for (std::size_t site = 0; site < sites.index.size(); ++site) {
      expected.push_back(expectation.expected(site, static_cast<std::size_t>(quarter) % kSeasons, QuarterOf(query, quarter).days()));
    }
    problem.expected.push_back(std::move(expected));
  }
  for (std::size_t one = 0; one < sites.sees.size(); ++one) {
    for (std::size_t other = one + 1; other < sites.sees.size(); ++other) {
      std::vector<std::uint32_t> both;
      std::set_intersection(sites.sees[one].begin(), sites.sees[one].end(), sites.sees[other].begin(), sites.sees[other].end(), std::back_inserter(both));
      double shared = 0, lesser = 0;
      for (const std::uint32_t point : both) shared += scene.demand.points[point].weight;
      const auto total = [&](std::size_t site) {
        double sum = 0;
        for (const std::uint32_t point : sites.sees[site]) sum += scene.demand.points[point].weight;
        return sum;
      };
      lesser = std::min(total(one), total(other));
      if (lesser > 0 && shared > query.most_overlap * lesser) problem.overlaps.emplace_back(one, other);
    }
  }
  return problem;
}

Deployment Deploy(const CameraScene& scene, const RedeployQuery& query, const Sites& sites, const SeasonalExpectation& expectation, const PlaceFinder& finder,
                  std::size_t site, int quarter) {
  Deployment one;
  one.site_index = sites.index[site];
  one.site = query.sites[one.site_index].id;
  one.quarter = quarter;
  one.period = QuarterOf(query, quarter);
  one.bearing_deg = sites.views[site].sector().bearing_deg();
  one.expected = expectation.expected(site, static_cast<std::size_t>(quarter) % kSeasons, one.period.days());
  one.interval = expectation.interval(site, static_cast<std::size_t>(quarter) % kSeasons, one.period.days());
  std::vector<int> share(scene.demand.points.size());
  for (const std::uint32_t point : sites.sees[site]) share[point] = sites.views[site].time_share();
  one.evidence = FitEvidence(scene, scene.demand, share);
  one.hours = FitHours(scene, scene.demand, share);
  one.intrusion = CountIntrusion(scene, finder, {&sites.views[site], 1});
  one.review_on = one.period.end;
  return one;
}

// Units keep their site where the plan keeps it; the others take the new sites in order.
void TellDeployments(const CameraScene& scene, const RedeployQuery& query, const Sites& sites, const SeasonalExpectation& expectation, const RedeployPlan& plan,
                     RedeployAnswer& answer) {
  constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
  const PlaceFinder finder(scene);
  std::vector<std::size_t> at(query.units.size(), kNowhere);
  for (std::size_t unit = 0; unit < at.size(); ++unit) {
    for (std::size_t site = 0; site < sites.index.size(); ++site) {
      if (query.units[unit].at == query.sites[sites.index[site]].id) at[unit] = site;
    }
  }
  for (int quarter = 0; quarter < query.quarters; ++quarter) {
    std::vector<std::uint8_t> open = plan.used[static_cast<std::size_t>(quarter)];
    std::vector<std::uint8_t> stays(at.size());
    for (std::size_t unit = 0; unit < at.size(); ++unit) {
      if (at[unit] == kNowhere || open[at[unit]] == 0) continue;
      stays[unit] = 1;
      open[at[unit]] = 0;
    }
    for (std::size_t unit = 0; unit < at.size(); ++unit) {
      if (stays[unit] == 0) {
        const auto next = std::find(open.begin(), open.end(), 1);
        at[unit] = next == open.end() ? kNowhere : static_cast<std::size_t>(next - open.begin());
        if (next == open.end()) continue;
        *next = 0;
      }
      Deployment one = Deploy(scene, query, sites, expectation, finder, at[unit], quarter);
      one.unit = query.units[unit].id;
      one.moved = stays[unit] == 0;
      one.cost_pence = one.moved ? query.sites[one.site_index].cost_pence : 0;
      answer.moves += one.moved;
      answer.spend_pence += one.cost_pence;
      answer.expected += one.expected;
      answer.deployments.push_back(std::move(one));
    }
  }
}

}  // namespace

Result<RedeployAnswer> PlanRedeployables(const CameraScene& scene, const RedeployQuery& query, const StopSignal& stop) {
  const auto level = CheckQuery(scene, query);
  if (!level) return Fail(level.error());
  const auto sites = LaySites(scene, query, *level, stop);
  if (!sites) return Fail(sites.error());
  if (sites->index.empty()) return Fail({ErrorCode::kFailedPrecondition, "sites", sites->left_out.front().reason, sites->left_out.front().message});
  const SeasonalExpectation expectation = ExpectSeasons(HistoryOf(scene, query, *sites));
  const RedeployProblem problem = ProblemOf(scene, query, *sites, expectation);
  const auto plan = SolveRedeployment(problem, stop);
  if (!plan) return Fail(plan.error());
  RedeployAnswer answer;
  answer.left_out = sites->left_out;
  for (int quarter = 0; quarter < query.quarters; ++quarter)
    answer.season_factor.push_back(expectation.season_factor[static_cast<std::size_t>(quarter) % kSeasons]);
  answer.staying = ValueOfPlan(problem, std::vector<std::vector<std::uint8_t>>(problem.expected.size(), problem.occupied));
  TellDeployments(scene, query, *sites, expectation, *plan, answer);
  std::vector<int> share(scene.demand.points.size());
  std::vector<CameraView> views;
  for (std::size_t site = 0; site < sites->index.size(); ++site) {
    if (std::none_of(plan->used.begin(), plan->used.end(), [&](const auto& used) { return used[site] != 0; })) continue;
    views.push_back(sites->views[site]);
    for (const std::uint32_t point : sites->sees[site]) share[point] = std::max(share[point], sites->views[site].time_share());
  }
  answer.certificate = Certify(scene, scene.demand, *level, share, views);
  answer.certificate.solver = plan->report;
  return answer;
}

}  // namespace geo
