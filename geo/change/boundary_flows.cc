#include "geo/change/boundary_flows.h"

#include <algorithm>
#include <span>

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 65'536;

std::uint32_t KeyOf(AreaIndex from, AreaIndex to) { return (std::uint32_t{from} << 16) | to; }

Result<Selection> Select(const DatasetSnapshot& data, const IncidentFilter& filter, const StopSignal& stop) {
  return SelectIncidents(data.incidents, {}, filter, stop);
}

// `to_of(i)`: of the i-th selected row.
template <class ToOf>
Result<BoundaryFlows> CountPairs(const DatasetSnapshot& data, const Selection& selection, std::size_t from_vintage, const ToOf& to_of, const StopSignal& stop) {
  BoundaryFlows flows;
  flows.incidents = static_cast<std::int64_t>(selection.rows.size());
  flows.hour_unknown = selection.kept_without_hour;
  flows.unknown_hour = selection.unknown_hour;
  const std::vector<AreaIndex>& from_of = data.vintages[from_vintage].area_of;
  std::vector<std::uint32_t> keys(selection.rows.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
    const std::uint32_t row = selection.rows[i];
    if (data.incidents.at[row] != kUnlocated) ++flows.located;
    keys[i] = KeyOf(from_of[row], to_of(i));
  }
  std::sort(keys.begin(), keys.end());
  for (std::size_t begin = 0, end = 0; begin < keys.size(); begin = end) {
    while (end < keys.size() && keys[end] == keys[begin]) ++end;
    const AreaPair pair{static_cast<AreaIndex>(keys[begin] >> 16), static_cast<AreaIndex>(keys[begin] & 0xFFFF)};
    flows.pairs.push_back({pair, static_cast<std::int64_t>(end - begin)});
  }
  return flows;
}

}  // namespace

Result<BoundaryFlows> CountFlows(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t from_vintage, std::size_t to_vintage,
                                 const StopSignal& stop) {
  const auto selection = Select(data, filter, stop);
  if (!selection) return Fail(selection.error());
  const std::vector<AreaIndex>& to_of = data.vintages[to_vintage].area_of;
  return CountPairs(data, *selection, from_vintage, [&](std::size_t i) { return to_of[selection->rows[i]]; }, stop);
}

Result<BoundaryFlows> CountFlows(const DatasetSnapshot& data, const IncidentFilter& filter, std::size_t from_vintage, const AreaSet& to,
                                 const StopSignal& stop) {
  const auto selection = Select(data, filter, stop);
  if (!selection) return Fail(selection.error());
  std::vector<AreaIndex> to_of(selection->rows.size());
  std::vector<GridPoint> points;
  for (std::size_t begin = 0; begin < to_of.size(); begin += kRowsBetweenStopChecks) {
    if (stop.stop_requested()) return Fail(stop.reason());
    const std::size_t size = std::min(kRowsBetweenStopChecks, to_of.size() - begin);
    points.clear();
    for (std::size_t i = begin; i < begin + size; ++i) points.push_back(data.incidents.at[selection->rows[i]]);
    to.locate(points, std::span(to_of).subspan(begin, size));
  }
  return CountPairs(data, *selection, from_vintage, [&](std::size_t i) { return to_of[i]; }, stop);
}

}  // namespace geo
