#include "geo/planning/plan_scores.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "geo/significance/counter_random.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr double kDeviatesInInterval = 1.959963984540054;
constexpr double kMostProducts = 4e9;
constexpr std::size_t kDrawsInPart = 16;

double Even(CounterRandom& random) { return (random.next() + 0.5) / 4294967296.0; }

double NormalDeviate(CounterRandom& random) {
  const double radius = std::sqrt(-2 * std::log(Even(random)));
  return radius * std::cos(2 * std::numbers::pi * Even(random));
}

double DrawnConcern(const Workstream& of, CounterRandom& random) {
  const double deviate = NormalDeviate(random);
  if (!of.concern) return 0;
  const double half = deviate < 0 ? of.concern->share - of.concern->low : of.concern->high - of.concern->share;
  return std::clamp(of.concern->share + deviate * half / kDeviatesInInterval, 0.0, 1.0);
}

FeatureWeights WeightsOfStream(double weight, const ScoreParts& parts, double concern) {
  return {weight * (parts[kVolumePart] + parts[kConcernPart] * concern), weight * parts[kHarmPart], weight * parts[kPersistencePart], weight * parts[kTrendPart]};
}

std::vector<FeatureWeights> Draw(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, double points_per_weight,
                                 std::uint32_t number) {
  CounterRandom random(query.seed, number, 0);
  const auto factor = [&] { return 1 + query.weight_spread * (2 * Even(random) - 1); };
  ScoreParts parts = query.part_weights;
  for (double& part : parts) part *= factor();
  std::vector<FeatureWeights> weights;
  for (const PlannedWorkstream& planned : plan.streams) {
    // By workstream, so that one more or one less leaves the draws of the others as they are.
    CounterRandom own(query.seed, number, static_cast<std::uint32_t>(planned.workstream + 1));
    const double weight = planned.weight * points_per_weight * (1 + query.weight_spread * (2 * Even(own) - 1));
    weights.push_back(WeightsOfStream(weight, parts, DrawnConcern(data.record.workstreams[planned.workstream], own)));
  }
  return weights;
}

// The most that any draw gives a feature.
std::vector<FeatureWeights> Greatest(std::span<const std::vector<FeatureWeights>> drawn, std::size_t streams) {
  std::vector<FeatureWeights> most(streams);
  for (const auto& draw : drawn) {
    for (std::size_t i = 0; i < streams; ++i) {
      most[i].volume = std::max(most[i].volume, draw[i].volume);
      most[i].harm = std::max(most[i].harm, draw[i].harm);
      most[i].persistence = std::max(most[i].persistence, draw[i].persistence);
      most[i].trend = std::max(most[i].trend, draw[i].trend);
    }
  }
  return most;
}

int Quantile(std::vector<int>& ranks, double chance) {
  const auto at = static_cast<std::ptrdiff_t>(chance * static_cast<double>(ranks.size() - 1));
  std::nth_element(ranks.begin(), ranks.begin() + at, ranks.end());
  return ranks[static_cast<std::size_t>(at)];
}

}  // namespace

double PointsPerWeight(const PriorityQuery& query, const WorkstreamPlan& plan, const PlanFeatures& features) {
  double streams = 0, parts = 0;
  for (std::size_t i = 0; i < plan.streams.size(); ++i) streams += features.taking_part[i] != 0 ? plan.streams[i].weight : 0;
  for (std::size_t part = 0; part < kScoreParts; ++part) parts += part == kHarmPart && !query.weight_table ? 0 : query.part_weights[part];
  return streams > 0 && parts > 0 ? 100 / (streams * parts) : 0;
}

std::vector<FeatureWeights> WeightsOfPlan(const PriorityQuery& query, const WorkstreamPlan& plan, double points_per_weight) {
  std::vector<FeatureWeights> weights;
  for (const PlannedWorkstream& planned : plan.streams) {
    weights.push_back(WeightsOfStream(planned.weight * points_per_weight, query.part_weights, planned.concern));
  }
  return weights;
}

double ScoreOf(const PlanFeatures& features, std::span<const FeatureWeights> weights, std::size_t candidate) {
  double score = 0;
  for (std::size_t i = features.begin[candidate]; i < features.begin[candidate + 1]; ++i) {
    const ScoreFeature& f = features.features[i];
    const FeatureWeights& w = weights[f.stream];
    score += w.volume * f.volume + w.harm * f.harm + w.persistence * f.persistence + w.trend * f.trend;
  }
  return score;
}

std::int64_t RoundedScore(double score) { return std::llround(score * 1e9); }

Result<std::vector<DrawnRank>> RanksUnderWeights(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan,
                                                 const PlanFeatures& features, std::span<const std::size_t> listed, const StopSignal& stop) {
  std::vector<DrawnRank> out(listed.size());
  const auto draws = static_cast<std::size_t>(query.draws);
  if (listed.empty() || draws == 0) return out;
  const double points_per_weight = PointsPerWeight(query, plan, features);
  std::vector<std::vector<FeatureWeights>> drawn;
  for (std::size_t d = 0; d < draws; ++d) drawn.push_back(Draw(data, query, plan, points_per_weight, static_cast<std::uint32_t>(d)));
  // What a candidate must pass to come before any of the listed in some draw.
  double least = std::numeric_limits<double>::infinity();
  for (const auto& draw : drawn) {
    for (const std::size_t candidate : listed) least = std::min(least, ScoreOf(features, draw, candidate));
  }
  const std::vector<FeatureWeights> most = Greatest(drawn, plan.streams.size());
  std::vector<std::size_t> rivals;
  double products = 0;
  for (std::size_t candidate = 0; candidate < features.candidates.size(); ++candidate) {
    if (RoundedScore(ScoreOf(features, most, candidate)) < RoundedScore(least)) continue;
    rivals.push_back(candidate);
    products += static_cast<double>(features.begin[candidate + 1] - features.begin[candidate]) * static_cast<double>(draws);
  }
  if (products > kMostProducts) {
    return Fail({ErrorCode::kResourceExhausted, "draws", "TOO_MANY_DRAWS",
                 fmt::format("{} draws over {} candidates are {:.1e} products, over {:.0e}; ask for fewer draws, or list fewer candidates", draws, rivals.size(),
                             products, kMostProducts)});
  }
  std::vector<std::vector<int>> ranks(listed.size(), std::vector<int>(draws));
  const std::size_t parts = (draws + kDrawsInPart - 1) / kDrawsInPart;
  const auto done = RunParts(parts, query.threads, [&](std::size_t part) -> Result<void> {
    std::vector<std::int64_t> bars(listed.size());
    std::vector<int> above(listed.size() + 1);
    for (std::size_t d = part * kDrawsInPart; d < std::min(draws, (part + 1) * kDrawsInPart); ++d) {
      if (stop.stop_requested()) return Fail(stop.reason());
      for (std::size_t l = 0; l < listed.size(); ++l) bars[l] = RoundedScore(ScoreOf(features, drawn[d], listed[l]));
      std::vector<std::int64_t> sorted = bars;
      std::sort(sorted.begin(), sorted.end());
      std::fill(above.begin(), above.end(), 0);
      for (const std::size_t candidate : rivals) {
        const std::int64_t score = RoundedScore(ScoreOf(features, drawn[d], candidate));
        if (score <= sorted.front()) continue;
        // It is above as many of the listed as are under it.
        ++above[static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), score) - sorted.begin())];
      }
      for (std::size_t i = above.size() - 1; i > 0; --i) above[i - 1] += above[i];
      for (std::size_t l = 0; l < listed.size(); ++l) {
        const auto under = static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), bars[l]) - sorted.begin());
        ranks[l][d] = 1 + above[under];
      }
    }
    return {};
  });
  if (!done) return Fail(done.error());
  for (std::size_t l = 0; l < listed.size(); ++l) out[l] = {Quantile(ranks[l], 0.05), Quantile(ranks[l], 0.95)};
  return out;
}

}  // namespace geo
