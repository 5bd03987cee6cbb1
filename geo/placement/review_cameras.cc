#include "geo/placement/review_cameras.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "geo/change/change_of_counts.h"
#include "geo/change/judge_changes.h"
#include "geo/placement/cover_state.h"
#include "geo/placement/coverage.h"
#include "geo/placement/siting_problem.h"

namespace geo {
namespace {

constexpr double kDaysPerYear = 365.25;

// Everything laid out once: options are the cameras with a view, then those of candidates.
struct Review {
  int level = 0;
  LaidViews cameras, candidates;
  CoverProblem recent, earlier;
};

Result<int> CheckQuery(const CameraScene& scene, const ReviewQuery& query) {
  if (auto checked = CheckScene(scene); !checked) return Fail(checked.error());
  if (auto checked = CheckDemand(query.earlier, "earlier"); !checked) return Fail(checked.error());
  if (scene.cameras.empty()) return Fail({ErrorCode::kInvalidArgument, "cameras", "NO_CAMERAS", "there is no camera to review; load the register of cameras"});
  if (query.earlier.categories != scene.demand.categories && !query.earlier.points.empty()) {
    return Fail(InvalidArgument("earlier.categories", "are not those of the recent months; ask of the same categories in both"));
  }
  for (const auto& [days, field] : {std::pair{query.recent_days, "recent_days"}, std::pair{query.earlier_days, "earlier_days"}}) {
    if (days < 1 || days > 36'525) return Fail(InvalidArgument(field, fmt::format("is {}; it must be 1 to 36,525", days)));
  }
  const ReviewRules& rules = query.rules;
  if (!(rules.need_per_year >= 0) || !(rules.least_unique_share >= 0 && rules.least_unique_share <= 1) || !(rules.better_by > 0) ||
      !(rules.least_fit >= 0 && rules.least_fit <= 1)) {
    return Fail(InvalidArgument("rules", "need_per_year must be 0 or more, better_by over 0, shares 0 to 1"));
  }
  if (!query.candidates.empty() && query.model >= scene.models.size()) {
    return Fail(
        {ErrorCode::kInvalidArgument, "model", "NO_SUCH_INDEX", fmt::format("is {}, and there are {} camera models", query.model, scene.models.size())});
  }
  const auto level = FindLevel(scene.table, query.level, "level");
  if (!level) return level;
  double longest_m = 0;
  for (std::size_t i = 0; i < scene.cameras.size(); ++i) {
    const auto optics = OpticsOf(scene.models[scene.cameras[i].model], scene.table, scene.cameras[i].height_m, fmt::format("cameras[{}]", i));
    if (!optics) return Fail(optics.error());
    longest_m = std::max(longest_m, optics->ground_range_m[static_cast<std::size_t>(*level)]);
  }
  if (auto carries = CheckCarriesSiting(scene.demand, longest_m, query.level); !carries) return Fail(carries.error());
  return level;
}

Result<CoverProblem> ProblemOf(const CameraScene& scene, const Review& review, const DemandSet& demand, bool with_candidates, const StopSignal& stop) {
  CoverProblem problem;
  std::vector<GridPoint> at;
  for (const DemandPoint& point : demand.points) {
    problem.weights.push_back(MillionthsOf(point.weight));
    at.push_back(point.at);
  }
  std::int32_t first_site = 0;
  for (const LaidViews* laid : {&review.cameras, &review.candidates}) {
    if (laid == &review.candidates && !with_candidates) break;
    auto seen = FindCoverage(laid->views, at, review.level, scene.threads, stop);
    if (!seen) return Fail(seen.error());
    for (std::size_t i = 0; i < laid->views.size(); ++i) {
      CoverOption option;
      option.site = first_site + static_cast<std::int32_t>(laid->spot[i]);
      option.share = laid->views[i].time_share();
      option.sees = std::move((*seen)[i]);
      problem.options.push_back(std::move(option));
    }
    first_site += static_cast<std::int32_t>(scene.cameras.size());
  }
  return problem;
}

Result<Review> LayReview(const CameraScene& scene, const ReviewQuery& query, int level, const StopSignal& stop) {
  Review review;
  review.level = level;
  std::vector<CameraSpot> spots;
  for (const ExistingCamera& camera : scene.cameras) spots.push_back(SpotOf(camera));
  auto laid = LayViews(scene, spots, "cameras", stop);
  if (!laid) return Fail(laid.error());
  review.cameras = std::move(*laid);
  spots.clear();
  for (const CandidateSite& site : query.candidates) {
    spots.push_back({site.id, site.at, query.model, site.height_m, site.on_building, site.bearings_deg.empty() ? query.bearings_deg : site.bearings_deg});
    if (spots.back().bearings_deg.empty())
      return Fail(InvalidArgument("bearings_deg", fmt::format("site {} has no bearing and the query none either", site.id)));
  }
  laid = LayViews(scene, spots, "candidates", stop);
  if (!laid) return Fail(laid.error());
  review.candidates = std::move(*laid);
  auto recent = ProblemOf(scene, review, scene.demand, true, stop);
  if (!recent) return Fail(recent.error());
  auto earlier = ProblemOf(scene, review, query.earlier, false, stop);
  if (!earlier) return Fail(earlier.error());
  review.recent = std::move(*recent);
  review.earlier = std::move(*earlier);
  return review;
}

double WeightSeen(const CoverProblem& problem, const CoverOption& option) {
  CoverUnits units = 0;
  for (const std::uint32_t demand : option.sees) units += problem.weights[demand] * option.share;
  return WeightOf(units);
}

void TellCounts(const CameraScene& scene, const ReviewQuery& query, const Review& review, std::size_t option, const PlaceFinder& finder, CameraReview& out) {
  const CoverOption& seen = review.recent.options[option];
  out.recent = WeightSeen(review.recent, seen);
  out.earlier = WeightSeen(review.earlier, review.earlier.options[option]);
  const double years = (query.recent_days + (query.earlier.points.empty() ? 0 : query.earlier_days)) / kDaysPerYear;
  out.recent_interval = PoissonInterval(std::llround(out.recent));
  out.per_year = (out.recent + out.earlier) / years;
  out.per_year_interval = PoissonInterval(std::llround(out.recent + out.earlier));
  out.per_year_interval.low /= years;
  out.per_year_interval.high /= years;
  out.change = ChangeOf(std::llround(out.earlier), query.earlier_days, std::llround(out.recent), query.recent_days);
  const std::size_t blocks = scene.demand.blocks.size() + 1;
  out.by_category_and_block.assign(scene.demand.categories.size() * blocks, 0);
  std::vector<int> share(scene.demand.points.size());
  for (const std::uint32_t i : seen.sees) {
    const DemandPoint& point = scene.demand.points[i];
    share[i] = seen.share;
    out.by_category_and_block[static_cast<std::size_t>(point.category) * blocks + (point.block < 0 ? blocks - 1 : static_cast<std::size_t>(point.block))] +=
        point.weight * seen.share / kAllTheTime;
  }
  out.evidence = FitEvidence(scene, scene.demand, share);
  out.hours = FitHours(scene, scene.demand, share);
  out.intrusion = CountIntrusion(scene, finder, {&review.cameras.views[option], 1});
}

// What the working cameras lose without each, or gain with it; and what the best candidate would add.
void TellUnique(const CameraScene& scene, const ReviewQuery& query, const Review& review, ReviewAnswer& answer) {
  const CoverIncidence incidence(review.recent);
  CoverState working(review.recent, incidence);
  for (std::uint32_t option = 0; option < review.cameras.views.size(); ++option) {
    if (scene.cameras[review.cameras.spot[option]].state == CameraState::kWorking) working.add(option);
  }
  answer.covered = WeightOf(working.value());
  std::size_t best = review.recent.options.size();
  for (std::size_t option = review.cameras.views.size(); option < review.recent.options.size(); ++option) {
    const auto gain = [&](std::size_t o) { return working.gain(static_cast<std::uint32_t>(o)); };
    if (best == review.recent.options.size() || gain(option) > gain(best)) best = option;
  }
  for (std::uint32_t option = 0; option < review.cameras.views.size(); ++option) {
    CameraReview& one = answer.cameras[review.cameras.spot[option]];
    one.unique = WeightOf(working.chosen(option) ? working.loss(option) : working.gain(option));
    one.unique_share = one.recent > 0 ? std::min(1.0, one.unique / one.recent) : 0;
    if (best == review.recent.options.size()) continue;
    one.better_site = query.candidates[review.candidates.spot[best - review.cameras.views.size()]].id;
    one.better_site_adds = WeightOf(working.gain(static_cast<std::uint32_t>(best)));
  }
  for (std::uint32_t option = 0; option < review.cameras.views.size(); ++option) {
    if (!working.chosen(option)) working.add(option);
  }
  answer.covered_if_repaired = WeightOf(working.value());
  std::vector<double> unique;
  for (const std::uint32_t spot : review.cameras.spot) unique.push_back(answer.cameras[spot].unique);
  std::sort(unique.begin(), unique.end(), std::greater<>());
  for (const std::uint32_t spot : review.cameras.spot) {
    answer.cameras[spot].rank =
        static_cast<int>(std::lower_bound(unique.begin(), unique.end(), answer.cameras[spot].unique, std::greater<>()) - unique.begin()) + 1;
  }
}

void Judge(const ExistingCamera& camera, const CameraScene& scene, const ReviewRules& rules, CameraReview& one) {
  const auto decide = [&](ReviewClass review, std::initializer_list<const char*> reasons) {
    one.review = review;
    one.reasons.assign(reasons.begin(), reasons.end());
  };
  const bool out_of_order = camera.state != CameraState::kWorking, duplicated = one.unique_share < rules.least_unique_share;
  const bool better = !one.better_site.empty() && one.better_site_adds > 0 && one.better_site_adds >= rules.better_by * one.unique;
  if (one.recent + one.earlier <= 0 && rules.need_per_year > 0) decide(ReviewClass::kNeedNotShown, {"NOTHING_IN_VIEW"});
  else if (one.per_year_interval.high < rules.need_per_year) decide(ReviewClass::kNeedNotShown, {"FEW_IN_VIEW"});
  else if (duplicated) decide(ReviewClass::kRedeploy, {"MOSTLY_DUPLICATED"});
  else if (out_of_order) decide(ReviewClass::kRepairFirst, {"OUT_OF_ORDER", "NEED_SHOWN"});
  else if (better && camera.bond == CameraBond::kMovable) decide(ReviewClass::kRedeploy, {"BETTER_SITE_KNOWN"});
  else decide(ReviewClass::kKeep, {"NEED_SHOWN"});
  const auto caution = [&](bool holds, const char* reason) {
    if (holds && std::find(one.reasons.begin(), one.reasons.end(), reason) == one.reasons.end()) one.reasons.emplace_back(reason);
  };
  caution(out_of_order, "OUT_OF_ORDER");
  caution(one.change.verdict == Verdict::kHigher, "RISING");
  caution(one.change.verdict == Verdict::kLower, "FALLING");
  caution(!scene.evidence.empty() && one.recent > 0 && one.evidence.responsive_share < rules.least_fit, "WEAK_EVIDENCE");
  caution(one.recent > 0 && one.hours.known_share < rules.least_fit, "HOURS_MOSTLY_UNKNOWN");
  caution(!camera.bearing_known, "BEARING_UNKNOWN");
  caution(one.hours.monitored_share && *one.hours.monitored_share < rules.least_fit, "HOURS_NOT_MONITORED");
  if (std::find(one.reasons.begin(), one.reasons.end(), "BETTER_SITE_KNOWN") == one.reasons.end()) one.better_site.clear(), one.better_site_adds = 0;
}

}  // namespace

const char* ReviewWord(ReviewClass review) {
  switch (review) {
    case ReviewClass::kKeep:
      return "keep";
    case ReviewClass::kRepairFirst:
      return "repair first";
    case ReviewClass::kRedeploy:
      return "redeploy";
    case ReviewClass::kNeedNotShown:
      return "need not shown";
    case ReviewClass::kNotJudged:
      return "not judged";
  }
  return "";
}

Result<ReviewAnswer> ReviewCameras(const CameraScene& scene, const ReviewQuery& query, const StopSignal& stop) {
  const auto level = CheckQuery(scene, query);
  if (!level) return Fail(level.error());
  const auto review = LayReview(scene, query, *level, stop);
  if (!review) return Fail(review.error());
  ReviewAnswer answer;
  answer.rules = query.rules;
  answer.total = TotalsOf(scene.demand).weight;
  for (const ExistingCamera& camera : scene.cameras) answer.cameras.push_back({camera.id, ReviewClass::kNotJudged, {"SITE_INSIDE_BUILDING"}});
  const PlaceFinder finder(scene);
  std::vector<TestedChange> tested;
  for (std::size_t option = 0; option < review->cameras.views.size(); ++option) {
    CameraReview& one = answer.cameras[review->cameras.spot[option]];
    TellCounts(scene, query, *review, option, finder, one);
    TestedChange change{std::llround(one.earlier), std::llround(one.recent), query.earlier_days, query.recent_days, one.change.p_value};
    change.comparable = !query.earlier.points.empty();
    tested.push_back(change);
  }
  JudgeChanges(tested, query.false_discovery_rate, Spread::kWidened);
  TellUnique(scene, query, *review, answer);
  CoverChoice working;
  for (std::uint32_t option = 0; option < review->cameras.views.size(); ++option) {
    const std::uint32_t spot = review->cameras.spot[option];
    CameraReview& one = answer.cameras[spot];
    TakeJudgement(tested[option], one.change);
    Judge(scene.cameras[spot], scene, query.rules, one);
    const auto& counts = one.intrusion.at_level[static_cast<std::size_t>(*level)];
    if (std::any_of(counts.begin(), counts.end(), [](std::int64_t n) { return n > 0; })) one.reasons.emplace_back("PLACES_IN_VIEW");
    if (scene.cameras[spot].state == CameraState::kWorking) working.push_back(option);
  }
  std::vector<CameraView> views;
  for (const std::uint32_t option : working) views.push_back(review->cameras.views[option]);
  answer.share_in_view = ShareInView(review->recent, working);
  answer.certificate = Certify(scene, scene.demand, *level, answer.share_in_view, views);
  return answer;
}

}  // namespace geo
