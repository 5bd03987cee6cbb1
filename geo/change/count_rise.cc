#include "geo/change/count_rise.h"

namespace geo {
namespace {

constexpr std::size_t kRowsBetweenStopChecks = 65'536;
constexpr std::uint32_t kInPlace = 0xFFFF'FFFF, kInNeither = 0xFFFF'FFFE;

// By AreaIndex, all 65,536 of them: in the place, in neither, or which peer.
std::vector<std::uint32_t> RolesOf(const RiseQuery& query) {
  std::vector<std::uint32_t> roles(std::size_t{1} << 16, kInNeither);
  for (const AreaIndex area : query.place) roles[area] = kInPlace;
  for (std::size_t i = 0; i < query.peers.size(); ++i) roles[query.peers[i]] = static_cast<std::uint32_t>(i);
  return roles;
}

void Add(RisePart& part, bool crime, double weight) {
  ++part.incidents;
  part.crimes += crime ? 1 : 0;
  part.weight += weight;
}

}  // namespace

Result<RiseCounts> CountRise(const DatasetSnapshot& data, const RiseQuery& query, const StopSignal& stop) {
  RiseCounts counts;
  counts.by_source.resize(data.record.sources.size());
  counts.by_category.resize(data.record.categories.size());
  counts.by_peer.resize(query.peers.size());
  const std::vector<std::uint32_t> roles = RolesOf(query);
  const std::vector<AreaIndex>& area_of = data.vintages[query.vintage].area_of;
  IncidentFilter filter = query.filter;
  filter.areas.reset();
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    filter.period = side == 0 ? query.before : query.after;
    const auto selection = SelectIncidents(data.incidents, area_of, filter, stop);
    if (!selection) return Fail(selection.error());
    for (std::size_t i = 0; i < selection->rows.size(); ++i) {
      if (i % kRowsBetweenStopChecks == 0 && stop.stop_requested()) return Fail(stop.reason());
      const std::uint32_t incident = selection->rows[i];
      const CategoryIndex category = data.incidents.category[incident];
      const bool crime = data.record.categories[category].crime;
      const double weight = selection->weight(i);
      const std::uint32_t role = roles[area_of[incident]];
      if (area_of[incident] != kNowhere) ++counts.located;
      Add((role == kInPlace ? counts.place : counts.rest)[side], crime, weight);
      if (role == kInPlace) {
        Add(counts.by_source[data.incidents.files[data.incidents.file[incident]].source][side], crime, weight);
        Add(counts.by_category[category][side], crime, weight);
      } else if (role != kInNeither) {
        Add(counts.peers[side], crime, weight);
        Add(counts.by_peer[role][side], crime, weight);
      }
    }
    counts.incidents += static_cast<std::int64_t>(selection->rows.size());
    counts.hour_unknown += selection->kept_without_hour;
    counts.unknown_hour += selection->unknown_hour;
  }
  return counts;
}

}  // namespace geo
