#include "geo/significance/neighbours.h"

#include <algorithm>

#include "geo/types/check.h"

namespace geo {

Neighbours NeighboursFromLists(const std::vector<std::vector<std::uint32_t>>& lists) {
  std::vector<std::vector<std::uint32_t>> mutual = lists;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    for (const std::uint32_t j : lists[i]) {
      WARDWATCH_CHECK(j < lists.size() && j != i, "neighbour {} of {}, of {}", j, i, lists.size());
      mutual[j].push_back(static_cast<std::uint32_t>(i));
    }
  }
  Neighbours neighbours;
  for (std::vector<std::uint32_t>& list : mutual) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    neighbours.of.insert(neighbours.of.end(), list.begin(), list.end());
    neighbours.begin.push_back(static_cast<std::uint32_t>(neighbours.of.size()));
  }
  return neighbours;
}

}  // namespace geo
