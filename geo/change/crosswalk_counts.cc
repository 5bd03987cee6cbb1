#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "geo/change/boundary_comparison.h"
#include "geo/change/boundary_flows.h"
#include "geo/change/denominators.h"
#include "geo/snapshot/meets_data.h"

namespace geo {
namespace {

constexpr double kMostLeastShare = 0.2;
constexpr double kMostCount = 1e12;

Result<void> CheckCounts(const DatasetSnapshot& data, const CrosswalkQuery& query) {
  const AreaSet& from = data.vintages[query.from_vintage].areas;
  if (query.counts.size() != from.areas().size()) {
    return Fail(InvalidArgument("counts", fmt::format("counts has {} entries, {} has {} areas", query.counts.size(), from.vintage(), from.areas().size())));
  }
  bool published = false;
  for (std::size_t i = 0; i < query.counts.size(); ++i) {
    if (!query.counts[i]) continue;
    published = true;
    if (*query.counts[i] >= 0 && *query.counts[i] <= kMostCount) continue;
    return Fail(InvalidArgument("counts", fmt::format("the count of {} is {}; counts are from 0 to 1e12", from.areas()[i].code, *query.counts[i])));
  }
  if (!published) return Fail(InvalidArgument("counts", "no area has a count; name at least one"));
  return {};
}

Result<void> CheckQuery(const DatasetSnapshot& data, const CrosswalkQuery& query) {
  const auto missing = [&](const char* field) {
    return Fail({ErrorCode::kInvalidArgument, field, "NO_SUCH_VINTAGE", fmt::format("the dataset has {} sets of boundaries", data.vintages.size())});
  };
  if (query.from_vintage >= data.vintages.size()) return missing("from_vintage");
  if (query.to_vintage >= data.vintages.size()) return missing("to_vintage");
  if (query.weight == CrosswalkWeight::kResidents && query.block_vintage >= data.vintages.size()) return missing("block_vintage");
  if (query.from_vintage == query.to_vintage) {
    return Fail({ErrorCode::kInvalidArgument, "to_vintage", "SAME_VINTAGE",
                 fmt::format("to_vintage and from_vintage are both {}; the table is on these boundaries already", data.record.vintages[query.to_vintage].id)});
  }
  if (!(query.least_share >= 0 && query.least_share <= kMostLeastShare)) {
    return Fail(InvalidArgument("least_share", fmt::format("least_share is {}; it must be from 0 to {}", query.least_share, kMostLeastShare)));
  }
  if (auto counts = CheckCounts(data, query); !counts) return counts;
  if (query.weight != CrosswalkWeight::kIncidents) return {};
  if (query.filter.areas) return Fail(InvalidArgument("filter.areas", "incidents of all areas are the weights; areas that are left out would have none"));
  if (auto answerable = CheckAnswerable(data.record, query.filter); !answerable) return answerable;
  return CheckMeetsData(data, query.filter, "period");
}

// Pairs that share incidents but no ground (a point on a border that both sets share may change sides) are added to `ground` with none.
Result<std::vector<CrosswalkShare>> MassOfIncidents(const DatasetSnapshot& data, const CrosswalkQuery& query, std::vector<CrosswalkShare>& ground,
                                                    CrosswalkAnswer& answer, const StopSignal& stop) {
  const auto flows = CountFlows(data, query.filter, query.from_vintage, query.to_vintage, stop);
  if (!flows) return Fail(flows.error());
  answer.incidents = flows->incidents;
  answer.located = flows->located;
  std::map<AreaPair, std::pair<double, double>> both;  // ground, incidents
  for (const CrosswalkShare& pair : ground) both[{pair.from, pair.to}].first = pair.share;
  for (const PairCount& flow : flows->pairs) {
    if (flow.pair.from != kNowhere && flow.pair.from != kOutside) both[flow.pair].second = static_cast<double>(flow.incidents);
  }
  std::vector<CrosswalkShare> mass;
  ground.clear();
  for (const auto& [pair, held] : both) {
    ground.push_back({pair.from, pair.to, held.first});
    mass.push_back({pair.from, pair.to, held.second});
  }
  return mass;
}

// The latest estimate; none is not 0. Sorted by code, measure, year.
std::optional<double> LatestResidents(const std::vector<PopulationRecord>& populations, const std::string& code) {
  std::optional<double> latest;
  const auto first = std::lower_bound(populations.begin(), populations.end(), code, [](const PopulationRecord& p, const std::string& c) { return p.code < c; });
  for (auto entry = first; entry != populations.end() && entry->code == code; ++entry) {
    if (entry->measure == kResidentsMeasure && entry->value >= 0 && std::isfinite(entry->value)) latest = entry->value;
  }
  return latest;
}

Result<std::vector<CrosswalkShare>> MassOfResidents(const DatasetSnapshot& data, const CrosswalkQuery& query, const std::vector<CrosswalkShare>& ground,
                                                    const StopSignal& stop) {
  const AreaSet& from = data.vintages[query.from_vintage].areas;
  const AreaSet& blocks = data.vintages[query.block_vintage].areas;
  std::vector<double> residents(blocks.areas().size(), 0);
  std::vector<std::size_t> without;
  for (std::size_t b = 0; b < residents.size(); ++b) {
    const auto value = LatestResidents(data.record.vintages[query.block_vintage].populations, blocks.areas()[b].code);
    if (value) residents[b] = *value;
    if (!value) without.push_back(b);
  }
  if (!without.empty()) {
    // Blocks elsewhere, and neighbours that a generalised border puts a sliver of here, bear on nothing; one that shares ground would pass for empty.
    const auto laid = LayOver(blocks, from, stop);
    if (!laid) return Fail(laid.error());
    for (const SharedGround& pair : laid->pairs) {
      if (!std::binary_search(without.begin(), without.end(), pair.from) || pair.share_of_from < query.least_share) continue;
      return Fail({ErrorCode::kInvalidArgument, "block_vintage", "NO_RESIDENTS",
                   fmt::format("{} of {} areas of {} have no residents, of them {}; load their residents or use another vintage as blocks", without.size(),
                               residents.size(), blocks.vintage(), blocks.areas()[pair.from].code)});
    }
    if (without.size() == residents.size()) {
      return Fail({ErrorCode::kInvalidArgument, "block_vintage", "NO_RESIDENTS", fmt::format("no area of {} has residents", blocks.vintage())});
    }
  }
  return SpreadOver(from, data.vintages[query.to_vintage].areas, blocks, residents, ground, stop);
}

}  // namespace

Result<CrosswalkAnswer> CrosswalkCounts(const DatasetSnapshot& data, const CrosswalkQuery& query, const StopSignal& stop) {
  if (auto checked = CheckQuery(data, query); !checked) return Fail(checked.error());
  const AreaSet& from = data.vintages[query.from_vintage].areas;
  const AreaSet& to = data.vintages[query.to_vintage].areas;
  const auto laid = LayOver(from, to, stop);
  if (!laid) return Fail(laid.error());
  CrosswalkAnswer answer;
  std::vector<CrosswalkShare> ground = GroundOf(*laid);
  Result<std::vector<CrosswalkShare>> mass = ground;
  if (query.weight == CrosswalkWeight::kIncidents) mass = MassOfIncidents(data, query, ground, answer, stop);
  if (query.weight == CrosswalkWeight::kResidents) mass = MassOfResidents(data, query, ground, stop);
  if (!mass) return Fail(mass.error());
  answer.shares = SharesOf(*mass, ground, query.least_share);
  answer.areas = MoveCounts(answer.shares, query.counts, to.areas().size());
  for (const auto& count : query.counts) answer.total += count.value_or(0);
  return answer;
}

}  // namespace geo
