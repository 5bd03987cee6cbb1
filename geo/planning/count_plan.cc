#include "geo/planning/count_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/planning/count_places.h"
#include "geo/planning/plan_rows.h"
#include "geo/types/parallel_parts.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 16'384;

class Counter {
 public:
  Counter(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanPlaces& places, PlanCounts& counts)
      : data_(data), places_(places), rows_(data, plan), counts_(counts), area_of_(data.vintages[query.vintage].area_of) {
    if (plan.by_hour) blocks_ = query.blocks;
    if (query.weight_table) harm_ = WeightsOf(data.record, *query.weight_table).weight;
  }

  void count_now(std::size_t row) {
    if (rows_.uses_of(row).empty()) return;
    const std::int32_t place = place_of(row);
    const bool located = area_of_[row] != kNowhere, timed = data_.incidents.hour_known(row);
    bool any = false, any_window_missed = false, targeted = false;
    best_.clear();
    double most = 0;
    for (const PlanRows::Use& use : rows_.uses_of(row)) {
      if (!rows_.takes(use, row)) continue;
      const double share = WindowShareOf(use.planned->filter, data_.incidents, row);
      if (share == 0) {
        any_window_missed = any_window_missed || !timed;
        continue;
      }
      any = true;
      StreamTotals& totals = counts_.totals[use.stream];
      ++totals.incidents;
      totals.located += located ? 1 : 0;
      const bool targets = use.planned->weight > 0 && use.weight > 0;
      targeted = targeted || targets;
      if (targets) most = std::max(most, share);
      if (place == PlanPlaces::kNone) continue;
      ++totals.in_places;
      const std::size_t whole = static_cast<std::size_t>(place) * counts_.streams + use.stream;
      ++counts_.incidents_of[0][whole];
      counts_.weight_of[0][whole] += share * use.weight;
      if (blocks_ && !timed) {
        ++totals.hour_unknown;
        continue;
      }
      AddToSlots(static_cast<std::size_t>(place), row, use, share, targets);
    }
    if (!any) {
      counts_.unknown_hour += any_window_missed ? 1 : 0;
      return;
    }
    ++counts_.incidents;
    counts_.located += located ? 1 : 0;
    counts_.without_hour += timed ? 0 : 1;
    if (targeted) AddTargeted(place, located, timed, most);
  }

 private:
  std::int32_t place_of(std::size_t row) const { return places_.place_of(data_.incidents.at[row], area_of_[row]); }

  void AddToSlots(std::size_t place, std::size_t row, const PlanRows::Use& use, double share, bool targets) {
    const double harm = harm_.empty() ? 0 : harm_[data_.incidents.category[row]];
    if (!blocks_) {
      spread_.assign(1, {0, share});
    } else {
      SpreadOverBlocks(*blocks_, {use.planned->filter, data_.incidents.at[row]}, data_.incidents.from_minute[row], data_.incidents.to_minute[row], spread_);
    }
    for (const BlockShare& part : spread_) {
      PlanSlot& slot = counts_.slots[(place * counts_.blocks + static_cast<std::size_t>(part.block)) * counts_.streams + use.stream];
      slot.incidents += part.share;
      slot.weight += part.share * use.weight;
      slot.harm += part.share * harm;
      if (targets) KeepGreatest(part);
    }
  }

  // An incident of several workstreams is one incident: in each block it counts by the greatest of its shares there.
  void KeepGreatest(const BlockShare& part) {
    const auto found = std::find_if(best_.begin(), best_.end(), [&](const BlockShare& known) { return known.block == part.block; });
    if (found == best_.end()) {
      best_.push_back(part);
    } else {
      found->share = std::max(found->share, part.share);
    }
  }

  void AddTargeted(std::int32_t place, bool located, bool timed, double share) {
    if (place != PlanPlaces::kNone && !(blocks_ && !timed)) {
      for (const BlockShare& part : best_) {
        counts_.targeted[static_cast<std::size_t>(place) * counts_.blocks + static_cast<std::size_t>(part.block)] += part.share;
        counts_.all_targeted += part.share;
      }
      return;
    }
    counts_.all_targeted += share;
    (place != PlanPlaces::kNone ? counts_.hour_unknown : located ? counts_.outside : counts_.unlocated) += share;
  }

  const DatasetSnapshot& data_;
  const PlanPlaces& places_;
  const PlanRows rows_;
  PlanCounts& counts_;
  const std::vector<AreaIndex>& area_of_;
  std::optional<HourBlocks> blocks_;
  std::vector<double> harm_;  // by category; empty without a table
  std::vector<BlockShare> spread_, best_;
};

}  // namespace

Result<PlanCounts> CountPlan(const DatasetSnapshot& data, const PriorityQuery& query, const WorkstreamPlan& plan, const PlanPlaces& places,
                             const std::array<bool, kPersistenceYears + 1>& years, const StopSignal& stop) {
  PlanCounts counts;
  counts.places = places.size();
  counts.blocks = plan.by_hour ? static_cast<std::size_t>(query.blocks->size()) : 1;
  counts.streams = plan.streams.size();
  const std::size_t slots = counts.places * counts.blocks * counts.streams;
  if (slots > static_cast<std::size_t>(kMostPlanSlots)) {
    return Fail({ErrorCode::kResourceExhausted, "places", "TOO_MANY_CANDIDATES",
                 fmt::format("{} places x {} hour blocks x {} workstreams are {}, over {}; ask for larger cells, fewer areas, longer blocks or fewer workstreams",
                             counts.places, counts.blocks, counts.streams, slots, kMostPlanSlots)});
  }
  counts.slots.resize(slots);
  for (std::size_t year = 0; year <= kPersistenceYears; ++year) {
    counts.incidents_of[year].resize(counts.places * counts.streams);
    counts.weight_of[year].resize(counts.places * counts.streams);
  }
  counts.targeted.resize(counts.places * counts.blocks);
  counts.totals.resize(counts.streams);
  // The period is as much work as two earlier years: it goes first.
  const auto done = RunParts(years.size(), query.threads, [&](std::size_t year) -> Result<void> {
    if (!years[year]) return {};
    const Period period = YearsEarlier(query.period, static_cast<int>(year));
    if (year > 0) {
      auto earlier = CountByPlace(data, plan, places, period, stop);
      if (!earlier) return Fail(earlier.error());
      counts.incidents_of[year] = std::move(earlier->incidents);
      counts.weight_of[year] = std::move(earlier->weight);
      return {};
    }
    Counter counter(data, query, plan, places, counts);
    const std::size_t begin = data.incidents.first_on_or_after(period.begin), end = data.incidents.first_on_or_after(period.end);
    for (std::size_t row = begin; row < end; ++row) {
      if ((row - begin) % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      counter.count_now(row);
    }
    return {};
  });
  if (!done) return Fail(done.error());
  return counts;
}

}  // namespace geo
