// Scores under given weights, and where each listed candidate could rank when the weights are not quite those.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geo/planning/score_plan.h"

namespace geo {

// What a point of each feature is worth in one workstream.
struct FeatureWeights {
  double volume = 0, harm = 0, persistence = 0, trend = 0;
};

// Points of 100: the weights of those workstreams that take part and of the parts that can be told, over their sum.
std::vector<FeatureWeights> WeightsOfPlan(const PriorityQuery& query, const WorkstreamPlan& plan, double points_per_weight);

// 100 / (sum of the weights of workstreams that take part x sum of the weights of parts). Without a weight table harm is no part.
double PointsPerWeight(const PriorityQuery& query, const WorkstreamPlan& plan, const PlanFeatures& features);

double ScoreOf(const PlanFeatures& features, std::span<const FeatureWeights> weights, std::size_t candidate);

// Scores to a billionth of a point, so that equal scores are equal whatever the order of their sums.
std::int64_t RoundedScore(double score);

struct DrawnRank {
  int low = 1, high = 1;  // 5 % of the draws rank it better than low, 5 % worse than high
};

// Each draw multiplies the weight of every workstream and of every part by its own number, even from 1 - weight_spread to 1 + weight_spread, and takes each
// concern from a normal curve whose 95 % interval is the stated one (either half its own), kept to 0..1; it then ranks `listed` among all candidates, ties
// sharing the better rank. Deterministic by seed at any thread count. Candidates that no draw could lift to the lowest of the listed are passed over: exact.
// Errors: kResourceExhausted TOO_MANY_DRAWS over 4e9 products; of `stop`. Cost: draws x features of candidates that could come among the listed.
// Source: OECD and JRC 2008, Handbook on constructing composite indicators, section 7 (uncertainty of weights, ranks by Monte Carlo).
Result<std::vector<DrawnRank>> RanksUnderWeights(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan,
                                                 const PlanFeatures& features, std::span<const std::size_t> listed, const StopSignal& stop);

}  // namespace geo
