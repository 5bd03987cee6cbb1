// Laws of the join: every point of a tessellation counted once, whatever the order of areas and points, wherever the map lies.
#include "geo/areas/area_set.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "geo/geometry/orientation.h"
#include "tests/support/fixed_seed.h"
#include "tests/support/ragged_areas.h"

namespace geo {
namespace {

AreaSet Build(std::vector<Area> areas) { return std::move(AreaSet::Build("test", std::move(areas)).value()); }

// 10,000 points on corners and edges of a ragged tessellation, and beside them.
std::vector<GridPoint> BorderPoints(const std::vector<Area>& areas, support::SplitMix& random) {
  std::vector<GridPoint> points;
  while (points.size() < 10'000) {
    const Ring& ring = areas[random.next() % areas.size()].shape.parts[0].rings[0];
    const std::size_t k = random.next() % ring.size();
    const GridPoint a = ring[k], b = ring[(k + 1) % ring.size()];
    const double share = random.unit();
    points.push_back(a);
    points.push_back({a.easting_mm + static_cast<std::int32_t>((b.easting_mm - a.easting_mm) * share),
                      a.northing_mm + static_cast<std::int32_t>((b.northing_mm - a.northing_mm) * share)});
  }
  return points;
}

RC_GTEST_PROP(AreaSetProperty, BordersOfATessellationAreCountedOnce, ()) {
  const std::uint64_t seed = *rc::gen::inRange(0, 1'000'000);
  std::vector<Area> areas = support::RaggedAreas(*rc::gen::inRange(1, 6), *rc::gen::inRange(1, 6), static_cast<std::size_t>(*rc::gen::inRange(1, 60)), seed);
  support::SplitMix random(seed + 1);
  const std::vector<GridPoint> points = BorderPoints(areas, random);
  const AreaSet set = Build(areas);
  std::vector<AreaIndex> found(points.size());
  set.locate(points, found);
  // The areas cover the window without gaps, so all points are in one.
  RC_ASSERT(std::count(found.begin(), found.end(), kOutside) == 0);
  // Alone, each area also claims the points that it lost to a lower code, and no other.
  std::vector<std::vector<AreaIndex>> alone(areas.size(), std::vector<AreaIndex>(points.size()));
  for (std::size_t a = 0; a < areas.size(); ++a) Build({areas[a]}).locate(points, alone[a]);
  for (std::size_t i = 0; i < points.size(); ++i) {
    std::size_t first = 0;
    while (first < areas.size() && alone[first][i] == kOutside) ++first;
    RC_ASSERT(found[i] == first);
  }
}

RC_GTEST_PROP(AreaSetProperty, OrderOfAreasAndPointsIsIrrelevant, ()) {
  const std::uint64_t seed = *rc::gen::inRange(0, 1'000'000);
  std::vector<Area> areas = support::RaggedAreas(4, 3, 20, seed);
  support::SplitMix random(seed);
  std::vector<GridPoint> points = BorderPoints(areas, random);
  const AreaSet set = Build(areas);
  std::vector<AreaIndex> found(points.size());
  set.locate(points, found);
  for (std::size_t i = areas.size(); i > 1; --i) std::swap(areas[i - 1], areas[random.next() % i]);
  for (Area& area : areas) {
    Ring& ring = area.shape.parts[0].rings[0];
    std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(random.next() % ring.size()), ring.end());
    if (random.next() % 2 == 0) std::reverse(ring.begin(), ring.end());
  }
  const AreaSet shuffled = Build(areas);
  // One by one, backwards.
  for (std::size_t i = points.size(); i-- > 0;) RC_ASSERT(shuffled.locate(points[i]) == found[i]);
}

RC_GTEST_PROP(AreaSetProperty, TheAnswerDoesNotDependOnWhereTheMapLies, ()) {
  const std::uint64_t seed = *rc::gen::inRange(0, 1'000'000);
  const std::int32_t east = *rc::gen::inRange(-1'500'000'000, 1'500'000'000), north = *rc::gen::inRange(-1'900'000'000, 1'900'000'000);
  std::vector<Area> areas = support::RaggedAreas(3, 3, 30, seed);
  support::SplitMix random(seed);
  std::vector<GridPoint> points = BorderPoints(areas, random);
  std::vector<AreaIndex> here(points.size()), there(points.size());
  Build(areas).locate(points, here);
  for (Area& area : areas) {
    for (GridPoint& p : area.shape.parts[0].rings[0]) p = {p.easting_mm + east, p.northing_mm + north};
  }
  for (GridPoint& p : points) p = {p.easting_mm + east, p.northing_mm + north};
  Build(areas).locate(points, there);
  RC_ASSERT(here == there);
}

}  // namespace
}  // namespace geo
