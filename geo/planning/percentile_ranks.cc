#include "geo/planning/percentile_ranks.h"

#include <algorithm>
#include <cstddef>

namespace geo {

std::vector<double> PercentileRanks(std::span<const double> values) {
  std::vector<double> sorted;
  for (const double value : values) {
    if (value > 0) sorted.push_back(value);
  }
  std::sort(sorted.begin(), sorted.end());
  // Counts repeat: a table of the different values is short, and looked up faster than positions are carried through the sort.
  std::vector<double> different, rank_of;
  const auto n = static_cast<double>(sorted.size());
  for (std::size_t begin = 0; begin < sorted.size();) {
    const auto end = static_cast<std::size_t>(std::upper_bound(sorted.begin() + static_cast<std::ptrdiff_t>(begin), sorted.end(), sorted[begin]) - sorted.begin());
    different.push_back(sorted[begin]);
    rank_of.push_back((static_cast<double>(begin) + 0.5 * static_cast<double>(end - begin)) / n);
    begin = end;
  }
  std::vector<double> ranks(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > 0) ranks[i] = rank_of[static_cast<std::size_t>(std::lower_bound(different.begin(), different.end(), values[i]) - different.begin())];
  }
  return ranks;
}

}  // namespace geo
