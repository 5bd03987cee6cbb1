#include "geo/placement/site_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "geo/change/change_of_counts.h"
#include "geo/change/judge_changes.h"
#include "geo/placement/coverage.h"
#include "geo/placement/draw_positions.h"
#include "geo/placement/siting_problem.h"
#include "geo/significance/counter_random.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr double kTopTenth = 0.9;

// Views of the site, of the alternatives near it, and of places to compare with; those of one spot follow one another.
struct Pack {
  int level = 0;
  std::vector<CameraView> standing;
  LaidViews site, near, comparable;
  std::vector<std::size_t> near_index;  // spots of `near` in the query's alternatives
};

Result<int> CheckQuery(const CameraScene& scene, const SiteEvidenceQuery& query) {
  if (auto checked = CheckScene(scene); !checked) return Fail(checked.error());
  const auto within = [](std::int64_t value, std::int64_t low, std::int64_t high) { return value >= low && value <= high; };
  if (query.model >= scene.models.size()) {
    return Fail(
        {ErrorCode::kInvalidArgument, "model", "NO_SUCH_INDEX", fmt::format("is {}, and there are {} camera models", query.model, scene.models.size())});
  }
  if (query.site.at == kUnlocated) return Fail(InvalidArgument("site.at", "the site has no position; send one"));
  if (query.site.bearings_deg.empty() && query.bearings_deg.empty()) return Fail(InvalidArgument("bearings_deg", "no bearing was sent; send at least one"));
  if (!within(query.comparable_points, 10, 10'000))
    return Fail(InvalidArgument("comparable_points", fmt::format("is {}; it must be 10 to 10,000", query.comparable_points)));
  if (!within(query.draws, 0, 10'000)) return Fail(InvalidArgument("draws", fmt::format("is {}; it must be 0 to 10,000", query.draws)));
  if (!(query.alternatives_within_m >= 0 && query.alternatives_within_m <= kMostRangeM)) {
    return Fail(InvalidArgument("alternatives_within_m", fmt::format("is {}; it must be 0 to {}", query.alternatives_within_m, kMostRangeM)));
  }
  if (query.year_days.size() != query.years.size() || std::any_of(query.year_days.begin(), query.year_days.end(), [](int days) { return days < 1; })) {
    return Fail(InvalidArgument("year_days",
                                fmt::format("has {} numbers of days for {} years; send one, over 0, for each", query.year_days.size(), query.years.size())));
  }
  for (std::size_t i = 0; i < query.years.size(); ++i) {
    if (auto checked = CheckDemand(query.years[i], fmt::format("years[{}]", i)); !checked) return Fail(checked.error());
  }
  const auto level = FindLevel(scene.table, query.level, "level");
  if (!level) return level;
  const auto optics = OpticsOf(scene.models[query.model], scene.table, query.site.height_m, "site");
  if (!optics) return Fail(optics.error());
  const double range_m = optics->ground_range_m[static_cast<std::size_t>(*level)];
  if (auto carries = CheckCarriesSiting(scene.demand, range_m, query.level); !carries) return Fail(carries.error());
  for (const DemandSet& year : query.years) {
    if (auto carries = CheckCarriesSiting(year, range_m, query.level); !carries) return Fail(carries.error());
  }
  return level;
}

CameraSpot SpotOfSite(const SiteEvidenceQuery& query, const CandidateSite& site) {
  return {site.id, site.at, query.model, site.height_m, site.on_building, site.bearings_deg.empty() ? query.bearings_deg : site.bearings_deg};
}

// So many of the places that lie outside buildings, by a shuffle that stops early.
std::vector<CameraSpot> DrawComparable(const CameraScene& scene, const SiteEvidenceQuery& query) {
  std::vector<GridPoint> open;
  std::vector<FootprintIndex::Footprint> holding;
  for (const GridPoint p : query.comparable) {
    if (p == kUnlocated) continue;
    scene.buildings.containing(p, holding);
    if (holding.empty()) open.push_back(p);
  }
  std::sort(open.begin(), open.end());
  open.erase(std::unique(open.begin(), open.end()), open.end());
  CounterRandom random(query.seed, 0xC0117A4Eu, 0);
  const std::size_t wanted = std::min(open.size(), static_cast<std::size_t>(query.comparable_points));
  for (std::size_t i = 0; i < wanted; ++i) std::swap(open[i], open[i + random.below(static_cast<std::uint32_t>(open.size() - i))]);
  std::vector<CameraSpot> spots;
  for (std::size_t i = 0; i < wanted; ++i) spots.push_back({"", open[i], query.model, query.site.height_m, false, query.bearings_deg});
  if (query.bearings_deg.empty()) {
    for (CameraSpot& spot : spots) spot.bearings_deg = query.site.bearings_deg;
  }
  return spots;
}

Result<Pack> LayPack(const CameraScene& scene, const SiteEvidenceQuery& query, int level, const StopSignal& stop) {
  Pack pack;
  pack.level = level;
  std::vector<CameraSpot> standing, near;
  for (const ExistingCamera& camera : scene.cameras) {
    if (camera.state == CameraState::kWorking) standing.push_back(SpotOf(camera));
  }
  for (std::size_t i = 0; i < query.alternatives.size(); ++i) {
    const CandidateSite& site = query.alternatives[i];
    const double away_m = std::hypot(site.at.easting_m() - query.site.at.easting_m(), site.at.northing_m() - query.site.at.northing_m());
    if (site.id == query.site.id || site.at == kUnlocated || away_m > query.alternatives_within_m) continue;
    near.push_back(SpotOfSite(query, site));
    pack.near_index.push_back(i);
  }
  const CameraSpot asked = SpotOfSite(query, query.site);
  const std::vector<CameraSpot> comparable = DrawComparable(scene, query);
  if (comparable.empty()) {
    return Fail({ErrorCode::kInvalidArgument, "comparable", "NO_COMPARABLE_PLACES",
                 "no place outside buildings was sent to compare the site with; send lamp columns or street points"});
  }
  auto laid = LayViews(scene, standing, "cameras", stop);
  if (!laid) return Fail(laid.error());
  pack.standing = std::move(laid->views);
  const auto lay = [&](std::span<const CameraSpot> spots, const char* field, LaidViews& out) -> Result<void> {
    auto views = LayViews(scene, spots, field, stop);
    if (!views) return Fail(views.error());
    out = std::move(*views);
    return {};
  };
  if (auto done = lay({&asked, 1}, "site", pack.site); !done) return Fail(done.error());
  if (auto done = lay(near, "alternatives", pack.near); !done) return Fail(done.error());
  if (auto done = lay(comparable, "comparable", pack.comparable); !done) return Fail(done.error());
  if (!pack.site.views.empty()) return pack;
  return Fail({ErrorCode::kFailedPrecondition, "site.at", pack.site.left_out.front().reason, pack.site.left_out.front().message});
}

// The best of each spot's bearings: the first with most weight beside what is taken.
struct Best {
  double weight = 0;
  std::size_t view = 0;
};

// Beside what is taken, per mille of the time.
double WeightIn(const CameraView& view, const std::vector<std::uint32_t>& seen, const DemandSet& demand, const std::vector<int>& taken) {
  double weight = 0;
  for (const std::uint32_t i : seen) {
    const int room = std::max(0, std::min(view.time_share(), static_cast<int>(kAllTheTime) - taken[i]));
    weight += demand.points[i].weight * room / kAllTheTime;
  }
  return weight;
}

std::vector<Best> BestOf(const LaidViews& laid, const std::vector<std::vector<std::uint32_t>>& seen, const DemandSet& demand, const std::vector<int>& taken) {
  std::vector<Best> best;
  for (std::size_t view = 0; view < laid.views.size(); ++view) {
    const double weight = WeightIn(laid.views[view], seen[view], demand, taken);
    if (view == 0 || laid.spot[view] != laid.spot[view - 1]) best.push_back({weight, view});
    else if (weight > best.back().weight) best.back() = {weight, view};
  }
  return best;
}

double PercentileOf(double need, const std::vector<Best>& others) {
  const auto below = std::count_if(others.begin(), others.end(), [&](const Best& other) { return other.weight < need; });
  return others.empty() ? 0 : static_cast<double>(below) / static_cast<double>(others.size());
}

// Everything in view of demand at given positions.
struct Seen {
  std::vector<std::vector<std::uint32_t>> site, near;
  std::vector<int> taken;  // by working cameras, per mille
};

Result<Seen> Look(const Pack& pack, std::span<const GridPoint> at, int threads, const StopSignal& stop) {
  Seen out;
  auto standing = FindCoverage(pack.standing, at, pack.level, threads, stop);
  if (!standing) return Fail(standing.error());
  auto site = FindCoverage(pack.site.views, at, pack.level, threads, stop);
  if (!site) return Fail(site.error());
  auto near = FindCoverage(pack.near.views, at, pack.level, threads, stop);
  if (!near) return Fail(near.error());
  out.taken.assign(at.size(), 0);
  for (std::size_t i = 0; i < standing->size(); ++i) {
    for (const std::uint32_t point : (*standing)[i]) out.taken[point] += pack.standing[i].time_share();
  }
  out.site = std::move(*site);
  out.near = std::move(*near);
  return out;
}

std::vector<GridPoint> PositionsOf(const DemandSet& demand) {
  std::vector<GridPoint> at;
  for (const DemandPoint& point : demand.points) at.push_back(point.at);
  return at;
}

// The site looks the way in which it adds most, as its alternatives do; of several, the first that has most in view. All that is told of it is of that view.
std::size_t ChooseView(const Pack& pack, const Seen& seen, const DemandSet& demand) {
  const std::vector<int> none(demand.points.size());
  std::pair<double, double> best{-1, -1};
  std::size_t chosen = 0;
  for (std::size_t view = 0; view < pack.site.views.size(); ++view) {
    const std::pair<double, double> has{WeightIn(pack.site.views[view], seen.site[view], demand, seen.taken),
                                        WeightIn(pack.site.views[view], seen.site[view], demand, none)};
    if (has <= best) continue;
    best = has;
    chosen = view;
  }
  return chosen;
}

void TellNeed(const CameraScene& scene, const Pack& pack, const Seen& seen, std::size_t chosen, SiteEvidenceAnswer& answer) {
  const std::vector<int> none(scene.demand.points.size());
  const CameraView& view = pack.site.views[chosen];
  answer.bearing_deg = view.sector().bearing_deg();
  answer.need = WeightIn(view, seen.site[chosen], scene.demand, none);
  answer.need_interval = PoissonInterval(std::llround(answer.need));
  answer.marginal_by_block.assign(scene.demand.blocks.size() + 1, 0);
  for (const std::uint32_t i : seen.site[chosen]) {
    const DemandPoint& point = scene.demand.points[i];
    const double gain = point.weight * std::max(0, std::min(view.time_share(), static_cast<int>(kAllTheTime) - seen.taken[i])) / kAllTheTime;
    answer.marginal += gain;
    answer.marginal_by_block[point.block < 0 ? scene.demand.blocks.size() : static_cast<std::size_t>(point.block)] += gain;
  }
  answer.unique_share = answer.need > 0 ? answer.marginal / answer.need : 0;
  answer.at_level.assign(static_cast<std::size_t>(view.levels()), 0);
  for (const DemandPoint& point : scene.demand.points) {
    const int finest = point.at == kUnlocated ? -1 : view.level_if_visible(point.at);
    const bool visible = finest >= 0 && view.visible().sees(point.at);
    if (finest >= pack.level && !visible) answer.blind += point.weight * view.time_share() / kAllTheTime;
    for (int coarser = 0; visible && coarser <= finest; ++coarser)
      answer.at_level[static_cast<std::size_t>(coarser)] += point.weight * view.time_share() / kAllTheTime;
  }
}

Result<void> Compare(const CameraScene& scene, const SiteEvidenceQuery& query, const Pack& pack, std::size_t chosen, SiteEvidenceAnswer& answer,
                     const StopSignal& stop) {
  const auto rank = [&](const DemandSet& demand, double* need, double* percentile) -> Result<void> {
    const auto at = PositionsOf(demand);
    const std::vector<int> none(at.size());
    const auto others = FindCoverage(pack.comparable.views, at, pack.level, scene.threads, stop);
    if (!others) return Fail(others.error());
    const auto own = FindCoverage({&pack.site.views[chosen], 1}, at, pack.level, scene.threads, stop);
    if (!own) return Fail(own.error());
    *need = WeightIn(pack.site.views[chosen], own->front(), demand, none);
    const auto compared = BestOf(pack.comparable, *others, demand, none);
    answer.compared = static_cast<int>(compared.size());
    *percentile = PercentileOf(*need, compared);
    return {};
  };
  double need = 0;
  if (auto done = rank(scene.demand, &need, &answer.need_percentile); !done) return done;
  for (const DemandSet& year : query.years) {
    SiteEvidenceAnswer::Year told{year.title};
    if (auto done = rank(year, &told.need, &told.percentile); !done) return done;
    answer.years_in_top_tenth += told.percentile >= kTopTenth;
    answer.years.push_back(std::move(told));
  }
  const std::size_t years = answer.years.size();
  if (years < 2 || !query.change) return {};
  const std::int64_t before = std::llround(answer.years[years - 2].need), after = std::llround(answer.years[years - 1].need);
  answer.change = ChangeOf(before, query.year_days[years - 2], after, query.year_days[years - 1]);
  TestedChange tested{before, after, query.year_days[years - 2], query.year_days[years - 1], answer.change->p_value};
  JudgeChanges({&tested, 1}, 0.05, Spread::kWidened);
  TakeJudgement(tested, *answer.change);
  return {};
}

void TellAlternatives(const CameraScene& scene, const SiteEvidenceQuery& query, const Pack& pack, const Seen& seen, SiteEvidenceAnswer& answer) {
  for (const Best& best : BestOf(pack.near, seen.near, scene.demand, seen.taken)) {
    if (best.weight <= answer.marginal) continue;
    const CandidateSite& site = query.alternatives[pack.near_index[pack.near.spot[best.view]]];
    const double away_m = std::hypot(site.at.easting_m() - query.site.at.easting_m(), site.at.northing_m() - query.site.at.northing_m());
    answer.alternatives.push_back({site.id, away_m, pack.near.views[best.view].sector().bearing_deg(), best.weight, site.cost_pence});
  }
  std::sort(answer.alternatives.begin(), answer.alternatives.end(),
            [](const auto& a, const auto& b) { return a.marginal != b.marginal ? a.marginal > b.marginal : a.id < b.id; });
  if (static_cast<int>(answer.alternatives.size()) > query.alternatives_told)
    answer.alternatives.resize(static_cast<std::size_t>(std::max(0, query.alternatives_told)));
}

// Points that a draw could bring into view of the site or an alternative: all others count for neither.
std::vector<std::uint32_t> PointsInReach(const DemandSet& demand, const Pack& pack) {
  std::vector<GridBox> boxes;
  for (const LaidViews* laid : {&pack.site, &pack.near}) {
    for (const CameraView& view : laid->views) boxes.push_back(view.sector().box());
  }
  std::vector<std::uint32_t> points;
  for (std::uint32_t i = 0; i < demand.points.size(); ++i) {
    const DemandPoint& point = demand.points[i];
    if (point.at == kUnlocated) continue;
    const std::int64_t slack_mm = static_cast<std::int64_t>(std::ceil(point.precision_m * 1000)) + 1;
    const bool reached = std::any_of(boxes.begin(), boxes.end(), [&](const GridBox& box) {
      return point.at.easting_mm >= box.low.easting_mm - slack_mm && point.at.easting_mm <= box.high.easting_mm + slack_mm &&
             point.at.northing_mm >= box.low.northing_mm - slack_mm && point.at.northing_mm <= box.high.northing_mm + slack_mm;
    });
    if (reached) points.push_back(i);
  }
  return points;
}

// The site and its alternatives look the ways in which they add most as the positions are told: whoever sets up a camera does not know better.
Result<void> Shake(const CameraScene& scene, const SiteEvidenceQuery& query, const Pack& pack, const Seen& told, std::size_t chosen, SiteEvidenceAnswer& answer,
                   const StopSignal& stop) {
  if (query.draws == 0) return {};
  const std::vector<std::uint32_t> points = PointsInReach(scene.demand, pack);
  DemandSet demand;
  for (const std::uint32_t i : points) demand.points.push_back(scene.demand.points[i]);
  const std::vector<Best> others = BestOf(pack.near, told.near, scene.demand, told.taken);
  std::vector<double> marginal(static_cast<std::size_t>(query.draws));
  std::vector<double> kept(marginal.size());  // of the best of it and its alternatives
  std::vector<std::uint8_t> first(marginal.size());
  const auto done = RunParts(marginal.size(), scene.threads, [&](std::size_t draw) -> Result<void> {
    if (stop.stop_requested()) return Fail(stop.reason());
    const auto at = DrawPositionsOf(scene, scene.demand, points, query.seed, static_cast<std::uint32_t>(draw));
    const auto seen = Look(pack, at, 1, stop);
    if (!seen) return Fail(seen.error());
    marginal[draw] = WeightIn(pack.site.views[chosen], seen->site[chosen], demand, seen->taken);
    double best = marginal[draw];
    for (const Best& other : others) best = std::max(best, WeightIn(pack.near.views[other.view], seen->near[other.view], demand, seen->taken));
    first[draw] = best == marginal[draw];
    kept[draw] = best > 0 ? marginal[draw] / best : 1;
    stop.progressed("robustness", static_cast<std::int64_t>(draw) + 1, query.draws);
    return {};
  });
  if (!done) return Fail(done.error());
  answer.draws = query.draws;
  answer.first_share = static_cast<double>(std::count(first.begin(), first.end(), 1)) / query.draws;
  std::sort(marginal.begin(), marginal.end());
  const auto at_share = [&](double share) { return marginal[static_cast<std::size_t>(std::floor(share * static_cast<double>(query.draws - 1) + 0.5))]; };
  answer.marginal_low = at_share(0.05);
  answer.marginal_high = at_share(0.95);
  RobustnessNote note;
  note.draws = query.draws;
  note.stable_share = answer.first_share >= note.core_share ? 1 : 0;
  note.mean_kept = std::accumulate(kept.begin(), kept.end(), 0.0) / query.draws;
  note.worst_kept = *std::min_element(kept.begin(), kept.end());
  answer.certificate.robustness = note;
  return {};
}

}  // namespace

Result<SiteEvidenceAnswer> GatherSiteEvidence(const CameraScene& scene, const SiteEvidenceQuery& query, const StopSignal& stop) {
  const auto level = CheckQuery(scene, query);
  if (!level) return Fail(level.error());
  const auto pack = LayPack(scene, query, *level, stop);
  if (!pack) return Fail(pack.error());
  const auto seen = Look(*pack, PositionsOf(scene.demand), scene.threads, stop);
  if (!seen) return Fail(seen.error());
  SiteEvidenceAnswer answer;
  const std::size_t chosen = ChooseView(*pack, *seen, scene.demand);
  TellNeed(scene, *pack, *seen, chosen, answer);
  if (auto done = Compare(scene, query, *pack, chosen, answer, stop); !done) return Fail(done.error());
  TellAlternatives(scene, query, *pack, *seen, answer);
  std::vector<int> share(scene.demand.points.size());
  for (const std::uint32_t point : seen->site[chosen]) share[point] = pack->site.views[chosen].time_share();
  answer.certificate = Certify(scene, scene.demand, *level, share, {&pack->site.views[chosen], 1});
  if (auto done = Shake(scene, query, *pack, *seen, chosen, answer, stop); !done) return Fail(done.error());
  return answer;
}

}  // namespace geo
