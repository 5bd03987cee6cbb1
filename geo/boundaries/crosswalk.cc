#include "geo/boundaries/crosswalk.h"

#include <algorithm>

#include "geo/types/check.h"

namespace geo {
namespace {

double Sum(std::span<const CrosswalkShare> pairs) {
  double sum = 0;
  for (const CrosswalkShare& pair : pairs) sum += pair.share;
  return sum;
}

bool Less(const CrosswalkShare& a, const CrosswalkShare& b) { return a.share < b.share; }

// Divides by the sum; the first of the largest takes the rounding. Not empty, the sum over 0.
void Normalise(std::span<CrosswalkShare> pairs) {
  const double sum = Sum(pairs);
  for (CrosswalkShare& pair : pairs) pair.share /= sum;
  CrosswalkShare& largest = *std::max_element(pairs.begin(), pairs.end(), Less);
  double others = 0;
  for (const CrosswalkShare& pair : pairs) {
    if (&pair != &largest) others += pair.share;
  }
  largest.share = 1 - others;
}

// The pairs of one old area: who of them counts, by ground, then what each gets, by mass.
std::vector<CrosswalkShare> SharesOfOne(std::span<const CrosswalkShare> mass, std::span<const CrosswalkShare> ground, double least_share) {
  const double all_ground = Sum(ground);
  std::vector<CrosswalkShare> by_mass, by_ground;
  for (std::size_t i = 0; i < ground.size(); ++i) {
    if (ground[i].share < least_share * all_ground) continue;
    by_mass.push_back(mass[i]);
    by_ground.push_back(ground[i]);
  }
  if (by_mass.empty()) {
    const auto largest = std::max_element(ground.begin(), ground.end(), Less);
    return {{largest->from, largest->to, 1.0}};
  }
  std::vector<CrosswalkShare>& chosen = Sum(by_mass) > 0 ? by_mass : by_ground;
  if (Sum(chosen) > 0) {
    Normalise(chosen);
  } else {
    chosen.front().share = 1;  // neither mass nor ground: an area of no extent
  }
  return chosen;
}

}  // namespace

std::vector<CrosswalkShare> GroundOf(const GroundOverlap& overlap) {
  std::vector<CrosswalkShare> ground;
  auto pair = overlap.pairs.begin();
  for (std::size_t from = 0; from < overlap.from_area_m2.size(); ++from) {
    const auto first = pair;
    for (; pair != overlap.pairs.end() && pair->from == from; ++pair) ground.push_back({pair->from, pair->to, pair->area_m2});
    // An area that others of its set have taken whole has no ground, and its count, should it have one, may not vanish.
    if (overlap.from_outside_m2[from] > 0 || pair == first) ground.push_back({static_cast<AreaIndex>(from), kOutside, overlap.from_outside_m2[from]});
  }
  return ground;
}

std::vector<CrosswalkShare> SharesOf(std::span<const CrosswalkShare> mass, std::span<const CrosswalkShare> ground, double least_share) {
  WARDWATCH_CHECK(mass.size() == ground.size(), "{} pairs with mass, {} with ground", mass.size(), ground.size());
  std::vector<CrosswalkShare> shares;
  for (std::size_t begin = 0, end = 0; begin < ground.size(); begin = end) {
    while (end < ground.size() && ground[end].from == ground[begin].from) ++end;
    const auto of_one = SharesOfOne(mass.subspan(begin, end - begin), ground.subspan(begin, end - begin), least_share);
    shares.insert(shares.end(), of_one.begin(), of_one.end());
  }
  return shares;
}

std::vector<CrosswalkEstimate> MoveCounts(std::span<const CrosswalkShare> shares, std::span<const std::optional<double>> counts, std::size_t to_areas) {
  std::vector<CrosswalkEstimate> estimates(to_areas + 1);
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const CrosswalkShare& pair = shares[i];
    CrosswalkEstimate& to = estimates[pair.to == kOutside ? to_areas : pair.to];
    const std::optional<double>& count = counts[pair.from];
    if (!count) {
      ++to.not_published;
      continue;
    }
    const bool shared = (i > 0 && shares[i - 1].from == pair.from) || (i + 1 < shares.size() && shares[i + 1].from == pair.from);
    // One order of addition for all three, and each term at most the next: rounding cannot turn low <= estimate <= high around.
    to.low += shared ? 0 : *count;
    to.estimate += pair.share * *count;
    to.high += *count;
  }
  return estimates;
}

}  // namespace geo
