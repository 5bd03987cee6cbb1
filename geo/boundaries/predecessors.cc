#include "geo/boundaries/ground_overlap.h"

namespace geo {
namespace {

// Of each area on one side, the area on the other with which it shares most ground. Pairs come in order of code, so the first of equals is the lower.
std::vector<AreaIndex> LargestPartners(const GroundOverlap& overlap, std::size_t areas, AreaIndex SharedGround::*side, AreaIndex SharedGround::*other) {
  std::vector<AreaIndex> partner(areas, kOutside);
  std::vector<double> most(areas, 0);
  for (const SharedGround& pair : overlap.pairs) {
    if (pair.area_m2 <= most[pair.*side]) continue;
    most[pair.*side] = pair.area_m2;
    partner[pair.*side] = pair.*other;
  }
  return partner;
}

}  // namespace

std::vector<AreaIndex> PredecessorsOf(const GroundOverlap& overlap) {
  const auto successor = LargestPartners(overlap, overlap.from_area_m2.size(), &SharedGround::from, &SharedGround::to);
  auto predecessor = LargestPartners(overlap, overlap.to_area_m2.size(), &SharedGround::to, &SharedGround::from);
  for (std::size_t to = 0; to < predecessor.size(); ++to) {
    if (predecessor[to] != kOutside && successor[predecessor[to]] != to) predecessor[to] = kOutside;
  }
  return predecessor;
}

}  // namespace geo
