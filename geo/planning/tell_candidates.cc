#include "geo/planning/tell_candidates.h"

#include <algorithm>
#include <unordered_map>

#include "geo/planning/plan_rows.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 16'384;

WorkstreamScore TellStream(const WorkstreamPlan& plan, const PlanCounts& counts, const PlanFeatures& features, std::size_t slot, std::size_t stream) {
  const std::size_t place = slot / counts.blocks;
  const PlaceFeature& of_place = features.places[place * counts.streams + stream];
  WorkstreamScore score;
  score.workstream = plan.streams[stream].workstream;
  score.incidents = counts.slot(slot, stream).incidents;
  score.weight = counts.slot(slot, stream).weight;
  score.place_incidents = counts.incidents_at(place, stream);
  score.place_incidents_before = counts.before_at(place, stream);
  score.years_hot = of_place.years_hot;
  score.years_covered = features.years_covered[stream];
  score.trend = of_place.trend;
  score.under_minimum = of_place.under_minimum;
  return score;
}

Candidate TellOne(const PriorityQuery& query, const WorkstreamPlan& plan, const PlanCounts& counts, const PlanFeatures& features, double points_per_weight,
                  std::size_t index) {
  const std::size_t slot = features.candidates[index];
  Candidate candidate;
  candidate.place = static_cast<std::int32_t>(slot / counts.blocks);
  candidate.block = plan.by_hour ? static_cast<int>(slot % counts.blocks) : -1;
  std::size_t feature = features.begin[index];
  for (std::size_t stream = 0; stream < counts.streams; ++stream) {
    if (counts.slot(slot, stream).incidents <= 0) continue;
    WorkstreamScore score = TellStream(plan, counts, features, slot, stream);
    if (feature < features.begin[index + 1] && features.features[feature].stream == stream) {
      const ScoreFeature& f = features.features[feature++];
      const PlannedWorkstream& planned = plan.streams[stream];
      const double unit = planned.weight * points_per_weight;
      score.volume_percentile = f.volume;
      score.harm_percentile = f.harm;
      score.points = {unit * query.part_weights[kVolumePart] * f.volume, unit * query.part_weights[kHarmPart] * f.harm,
                      unit * query.part_weights[kPersistencePart] * f.persistence, unit * query.part_weights[kTrendPart] * f.trend,
                      unit * query.part_weights[kConcernPart] * planned.concern * f.volume};
      for (const double points : score.points) candidate.score += points;
    }
    candidate.workstreams.push_back(score);
  }
  return candidate;
}

// The candidates of each place.
using Told = std::unordered_map<std::int32_t, std::vector<Candidate*>>;

class Teller {
 public:
  Teller(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan) : data_(data), rows_(data, plan) {
    if (plan.by_hour) blocks_ = query.blocks;
    if (query.weight_table) harm_ = WeightsOf(data.record, *query.weight_table);
  }

  void add(std::size_t row, const std::vector<Candidate*>& told, std::vector<double>& largest, const Candidate* first) {
    if (blocks_ && !data_.incidents.hour_known(row)) return;
    best_.clear();
    for (const PlanRows::Use& use : rows_.uses_of(row)) {
      if (!rows_.takes(use, row)) continue;
      const LocalMinute from = data_.incidents.from_minute[row], to = data_.incidents.to_minute[row];
      if (blocks_) {
        SpreadOverBlocks(*blocks_, {use.planned->filter, data_.incidents.at[row]}, from, to, spread_);
      } else {
        spread_.assign(1, {-1, WindowShareOf(use.planned->filter, data_.incidents, row)});
      }
      best_.insert(best_.end(), spread_.begin(), spread_.end());
    }
    for (Candidate* candidate : told) {
      double share = 0;
      for (const BlockShare& part : best_) share = part.block == candidate->block ? std::max(share, part.share) : share;
      if (share == 0) continue;
      ++candidate->incidents;
      candidate->weight += share;
      if (!harm_) continue;
      const CategoryIndex category = data_.incidents.category[row];
      if (harm_->known[category] == 0) {
        ++candidate->unweighted;
        continue;
      }
      const double harm = share * harm_->weight[category];
      candidate->harm += harm;
      double& most = largest[static_cast<std::size_t>(candidate - first)];
      most = std::max(most, harm);
    }
  }

 private:
  const DatasetSnapshot& data_;
  const PlanRows rows_;
  std::optional<HourBlocks> blocks_;
  std::optional<IncidentFilter::CategoryWeights> harm_;
  std::vector<BlockShare> spread_, best_;
};

}  // namespace

Result<std::vector<Candidate>> TellCandidates(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanPlaces& places,
                                              const PlanCounts& counts, const PlanFeatures& features, std::span<const std::size_t> which,
                                              const StopSignal& stop) {
  const double points_per_weight = PointsPerWeight(query, plan, features);
  std::vector<Candidate> candidates;
  for (const std::size_t index : which) candidates.push_back(TellOne(query, plan, counts, features, points_per_weight, index));
  if (candidates.empty()) return candidates;
  Told told;
  for (Candidate& candidate : candidates) told[candidate.place].push_back(&candidate);
  std::vector<std::uint8_t> wanted(places.size(), 0);
  for (const Candidate& candidate : candidates) wanted[static_cast<std::size_t>(candidate.place)] = 1;
  const std::vector<AreaIndex>& area_of = data.vintages[query.vintage].area_of;
  std::vector<double> largest(candidates.size());
  Teller teller(data, query, plan);
  const std::size_t begin = data.incidents.first_on_or_after(query.period.begin), end = data.incidents.first_on_or_after(query.period.end);
  for (std::size_t row = begin; row < end; ++row) {
    if ((row - begin) % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::int32_t place = places.place_of(data.incidents.at[row], area_of[row]);
    if (place == PlanPlaces::kNone || wanted[static_cast<std::size_t>(place)] == 0) continue;
    teller.add(row, told[place], largest, candidates.data());
  }
  for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i].harm_without_largest = std::max(0.0, candidates[i].harm - largest[i]);
  return candidates;
}

}  // namespace geo
