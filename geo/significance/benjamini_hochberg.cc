#include "geo/significance/benjamini_hochberg.h"

#include <algorithm>
#include <numeric>

#include "geo/types/check.h"

namespace geo {

std::vector<double> AdjustForFalseDiscovery(std::span<const double> p_values) {
  for (const double p : p_values) WARDWATCH_CHECK(p >= 0 && p <= 1, "p {}", p);
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });

  std::vector<double> q(p_values.size());
  double lowest = 1;
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    const double p = p_values[order[rank - 1]];
    // n/k before the product: at rank n the factor is exactly 1, and q never falls below p.
    lowest = std::min(lowest, p * (static_cast<double>(order.size()) / static_cast<double>(rank)));
    q[order[rank - 1]] = lowest;
  }
  return q;
}

}  // namespace geo
