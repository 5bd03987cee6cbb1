#include "geo/density/bandwidth_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/density/bandwidth_formulas.h"
#include "geo/density/bandwidth_search.h"
#include "geo/density/berman_diggle.h"
#include "geo/density/distinct_positions.h"
#include "geo/density/gaussian_scores.h"
#include "geo/density/gaussian_window.h"
#include "geo/types/check.h"

namespace geo {
namespace {

constexpr std::size_t kLeastSearched = 10;
constexpr double kLeast_m = 1, kMost_m = 50'000;  // what CheckKernel takes
constexpr const char* kField = "density.rule";

bool Searches(BandwidthRule rule) { return rule >= BandwidthRule::kLeastSquares; }
bool NeedsWindow(BandwidthRule rule) { return rule >= BandwidthRule::kLikelihood; }

const char* FormulaOf(BandwidthRule rule) {
  switch (rule) {
    case BandwidthRule::kSilverman:
      return "0.9 min(sd, IQR/1.34) n^-1/5 per axis";
    case BandwidthRule::kScott:
      return "sd n^-1/6 per axis";
    case BandwidthRule::kReference:
      return "sqrt((var east + var north)/2) n^-1/6";
    case BandwidthRule::kArcGis:
      return "0.9 min(standard distance, sqrt(1/ln 2) median distance to the mean centre) n^-1/5";
    case BandwidthRule::kLeastSquares:
      return "least cross-validated squared error";
    case BandwidthRule::kLikelihood:
      return "greatest leave-one-out likelihood in the outline";
    case BandwidthRule::kDiggle:
      return "least mean square error by Berman and Diggle, in the outline";
    case BandwidthRule::kCronieVanLieshout:
      return "sum of 1/density nearest the outline's area";
  }
  return "";
}

Error Refused(const char* reason, BandwidthRule rule, const std::string& why) {
  return {ErrorCode::kFailedPrecondition, kField, reason, fmt::format("the {} rule gives no bandwidth: {}; give bandwidth_m instead", NameOf(rule), why)};
}

// 4012 -> "4,012"; frequencies that are not whole keep two decimals.
std::string Grouped(double count) {
  const bool whole = count == std::floor(count);
  const std::string digits = whole ? fmt::format("{:.0f}", count) : fmt::format("{:.2f}", count);
  const std::size_t before_point = whole ? digits.size() : digits.size() - 3;
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < before_point && (before_point - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

struct RuleValue {
  double value_m = 0;
  std::string over;  // "over 35,012 incidents at 4,012 positions"
  std::vector<double> tried_m, score;
};

Result<RuleValue> ByFormula(BandwidthRule rule, const WeightedPoints& points, std::size_t distinct) {
  const IncidentSpread spread = SpreadOf(points);
  if (spread.incidents.empty() || spread.total < 2) {
    return Fail(Refused("TOO_FEW_POINTS", rule, fmt::format("it needs 2 incidents at different positions, and {} are selected", Grouped(spread.total))));
  }
  if (distinct < 2) return Fail(Refused("NO_SPREAD", rule, fmt::format("all {} incidents are at one position", Grouped(spread.total))));
  RuleValue found;
  switch (rule) {
    case BandwidthRule::kSilverman:
      found.value_m = SilvermanSd(spread);
      break;
    case BandwidthRule::kScott:
      found.value_m = ScottSd(spread);
      break;
    case BandwidthRule::kReference:
      found.value_m = ReferenceSd(spread);
      break;
    default:
      found.value_m = ArcGisRadius(spread);
      break;
  }
  if (!(found.value_m > 0)) {
    return Fail(
        Refused("NO_SPREAD", rule, rule == BandwidthRule::kArcGis ? "half the incidents or more are at their mean centre" : "all incidents are on one line"));
  }
  found.over = fmt::format("over {} incidents at {} positions", Grouped(spread.total), Grouped(static_cast<double>(distinct)));
  return found;
}

Error NoMinimum(BandwidthRule rule, double at_m, double least_m, double most_m) {
  return Refused(
      "NO_MINIMUM", rule,
      fmt::format("from {:.3f} m to {:.1f} m the best is at the end, {:.3f} m, so that it is no optimum (positions that are snapped or too even do this)",
                  least_m, most_m, at_m));
}

Result<RuleValue> ByBermanDiggle(const DistinctPositions& positions, const Window& window, ScoringWork& work, const StopSignal& stop) {
  auto errors = BermanDiggleErrors(positions, window, work, stop);
  if (!errors) return Fail(std::move(errors.error()));
  RuleValue found;
  for (std::size_t i = 0; i < errors->error.size(); ++i) {
    found.tried_m.push_back(errors->radius_m[i] / 2);
    found.score.push_back(-errors->error[i]);
  }
  const std::size_t best = static_cast<std::size_t>(std::max_element(found.score.begin(), found.score.end()) - found.score.begin());
  found.value_m = found.tried_m[best];
  if (best == 0 || best + 1 == found.score.size()) {
    return Fail(NoMinimum(BandwidthRule::kDiggle, found.value_m, found.tried_m.front(), found.tried_m.back()));
  }
  return found;
}

Result<RuleValue> ByScore(BandwidthRule rule, const DistinctPositions& positions, const Window* window, ScoringWork& work, const StopSignal& stop) {
  auto nearest_mm2 = positions.nearest_mm2(stop);
  if (!nearest_mm2) return Fail(std::move(nearest_mm2.error()));
  const double least_mm = std::sqrt(*std::min_element(nearest_mm2->begin(), nearest_mm2->end()));
  const double most_mm = NeedsWindow(rule) ? HalfDiameterMm(*window) : positions.extent_mm() / 2;
  if (least_mm >= most_mm) {
    return Fail(Refused("NO_MINIMUM", rule, fmt::format("no position has a neighbour within half the diameter of the whole, {:.1f} m", most_mm / 1000)));
  }
  std::optional<GaussianWindow> shares;
  BandwidthScore score;
  if (rule == BandwidthRule::kLeastSquares) {
    score = LeastSquaresScore(positions, work, stop);
  } else if (rule == BandwidthRule::kLikelihood) {
    shares.emplace(*window);
    score = LikelihoodScore(positions, *nearest_mm2, *shares, work, stop);
  } else {
    score = CronieVanLieshoutScore(positions, window->total_m2, work, stop);
  }
  auto searched = SearchBandwidth(least_mm, most_mm, score, stop);
  if (!searched) return Fail(std::move(searched.error()));
  RuleValue found{searched->best_mm / 1000, {}, std::move(searched->tried_mm), std::move(searched->score)};
  for (double& tried : found.tried_m) tried /= 1000;
  if (searched->at_end) return Fail(NoMinimum(rule, found.value_m, found.tried_m.front(), found.tried_m.back()));
  return found;
}

Result<RuleValue> BySearch(BandwidthRule rule, const WeightedPoints& points, const Window* window, const DensityWork& work, const StopSignal& stop) {
  // What lies outside the outline tells nothing of the density inside.
  std::vector<GridPoint> at;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (points.weight[i] > 0 && (!NeedsWindow(rule) || window->holds(points.at[i]))) at.push_back(points.at[i]);
  }
  const std::vector<double> ones(at.size(), 1.0);
  auto positions = DistinctPositions::Of({at, ones}, stop);
  if (!positions) return Fail(std::move(positions.error()));
  const double n = static_cast<double>(positions->size());
  if (positions->size() < kLeastSearched) {
    return Fail(Refused(
        "TOO_FEW_POINTS", rule,
        fmt::format("it needs {} different positions{}, and {} are selected", kLeastSearched, NeedsWindow(rule) ? " inside the outline" : "", Grouped(n))));
  }
  ScoringWork scoring{work.threads, work.pairs};
  auto found = rule == BandwidthRule::kDiggle ? ByBermanDiggle(*positions, *window, scoring, stop) : ByScore(rule, *positions, window, scoring, stop);
  if (!found) return found;
  found->over = fmt::format("over {} different positions{}, each counted once", Grouped(n), NeedsWindow(rule) ? " inside the outline" : "");
  return found;
}

Result<ChosenBandwidth> Chosen(BandwidthRule rule, RuleValue found, const Kernel& kernel) {
  const bool radius = rule == BandwidthRule::kArcGis;
  // A quartic radius is taken back to the standard deviation that it stands for.
  const double sd_m = radius ? found.value_m / BandwidthOfSd(KernelShape::kQuartic, 0, 1) : found.value_m;
  const double factor = BandwidthOfSd(kernel.shape, kernel.triangular_decay, 1) / (radius ? BandwidthOfSd(KernelShape::kQuartic, 0, 1) : 1);
  const bool same = kernel.shape == (radius ? KernelShape::kQuartic : KernelShape::kGaussian);
  ChosenBandwidth chosen;
  chosen.rule_value_m = found.value_m;
  chosen.bandwidth_m = std::round((same ? found.value_m : BandwidthOfSd(kernel.shape, kernel.triangular_decay, sd_m)) * 1000) / 1000;
  if (chosen.bandwidth_m < kLeast_m || chosen.bandwidth_m > kMost_m) {
    return Fail(
        Refused("OUT_OF_RANGE", rule, fmt::format("its bandwidth would be {} m, and bandwidths are from {} m to {} m", chosen.bandwidth_m, kLeast_m, kMost_m)));
  }
  chosen.why = fmt::format("{}: {} {} = {:.1f} m as a {}", NameOf(rule), FormulaOf(rule), found.over, found.value_m, radius ? "quartic radius" : "Gaussian sd");
  if (!same) chosen.why += fmt::format("; x {:.3f} for the {} kernel", factor, NameOf(kernel.shape));
  chosen.tried_m = std::move(found.tried_m);
  chosen.score = std::move(found.score);
  return chosen;
}

}  // namespace

std::string_view NameOf(BandwidthRule rule) {
  switch (rule) {
    case BandwidthRule::kSilverman:
      return "silverman";
    case BandwidthRule::kScott:
      return "scott";
    case BandwidthRule::kReference:
      return "reference";
    case BandwidthRule::kArcGis:
      return "arcgis";
    case BandwidthRule::kLeastSquares:
      return "least-squares";
    case BandwidthRule::kLikelihood:
      return "likelihood";
    case BandwidthRule::kDiggle:
      return "diggle";
    case BandwidthRule::kCronieVanLieshout:
      return "cronie-van-lieshout";
  }
  return "";
}

Result<ChosenBandwidth> ChooseBandwidth(BandwidthRule rule, const WeightedPoints& points, const Kernel& kernel, const Window* window, const DensityWork& work,
                                        const StopSignal& stop) {
  WARDWATCH_CHECK(points.at.size() == points.weight.size(), "{} positions, {} weights", points.at.size(), points.weight.size());
  if (NeedsWindow(rule) && (!window || window->total_m2 <= 0)) {
    return Fail(
        Refused("WINDOW_NEEDED", rule, window ? "it needs an outline, and this one is empty" : "it needs the outline of where incidents could have been"));
  }
  if (Searches(rule)) {
    auto found = BySearch(rule, points, window, work, stop);
    if (!found) return Fail(std::move(found.error()));
    return Chosen(rule, std::move(*found), kernel);
  }
  auto positions = DistinctPositions::Of(points, stop);
  if (!positions) return Fail(std::move(positions.error()));
  auto found = ByFormula(rule, points, positions->size());
  if (!found) return Fail(std::move(found.error()));
  return Chosen(rule, std::move(*found), kernel);
}

}  // namespace geo
