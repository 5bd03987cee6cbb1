// Is this rise real? The change of a place beside that of its peers, of the rest, of each source and each category.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "geo/rates/change_of_changes.h"

namespace geo {

struct RiseQuery {
  IncidentFilter filter;  // its period and areas are not used
  Period before;
  Period after;
  std::size_t vintage = 0;
  std::vector<AreaIndex> place;  // sorted, at least one
  std::vector<AreaIndex> peers;  // sorted, may be empty; none of them in place
  double false_discovery_rate = 0.05;
};

struct RiseComparison {
  enum class Kind : std::uint8_t { kPeers, kRest, kSource, kPeer, kCategory };
  Kind kind = Kind::kPeers;
  std::size_t index = 0;  // of the source, area or category
  PeriodCount before;
  PeriodCount after;
  Change change;
  std::optional<RatioOfRatios> against;  // for peers, rest and each peer
};

struct RiseAnswer {
  PeriodCount before;
  PeriodCount after;
  Change change;
  std::vector<RiseComparison> comparisons;  // peers, rest, sources, categories, each peer by code
  DispersionEstimate dispersion;            // of the peers around their common change
  std::vector<CrossedBreak> breaks;
  std::optional<double> peers_as_extreme;
  std::vector<std::string> reasons;
  int tests_made = 0;
  std::int64_t incidents = 0;
  std::int64_t located = 0;
  std::int64_t hour_unknown = 0;
  std::int64_t unknown_hour = 0;
};

// Sources and categories are listed where more than one takes part. Errors: as CompareWards; kInvalidArgument place, peers.
Result<RiseAnswer> CheckRise(const DatasetSnapshot& data, const RiseQuery& query, const StopSignal& stop);

}  // namespace geo
