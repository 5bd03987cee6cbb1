// Laws of areas and predicates: nothing depends on where a shape lies, where its ring starts or which way it runs.
#include "geo/geometry/polygon.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "geo/geometry/orientation.h"
#include "geo/geometry/validity.h"
#include "tests/support/fixed_seed.h"

namespace geo {
namespace {

GridPoint AnyPoint() { return {*rc::gen::arbitrary<std::int32_t>(), *rc::gen::arbitrary<std::int32_t>()}; }

Ring AnyRing(std::int32_t reach) {
  Ring ring;
  const int size = *rc::gen::inRange(3, 12);
  for (int i = 0; i < size; ++i) ring.push_back({*rc::gen::inRange(-reach, reach), *rc::gen::inRange(-reach, reach)});
  return ring;
}

RC_GTEST_PROP(OrientationProperty, TurnsWithItsPointsAndAgainstASwap, ()) {
  const GridPoint a = AnyPoint(), b = AnyPoint(), c = AnyPoint();
  RC_ASSERT(Orientation(a, b, c) == Orientation(b, c, a));
  RC_ASSERT(Orientation(a, b, c) == -Orientation(b, a, c));
  RC_ASSERT(OnSegment(a, b, c) == OnSegment(b, a, c));
  RC_ASSERT(OnSegment(a, b, a));
}

RC_GTEST_PROP(PolygonProperty, AreaIsThatOfAnyStartDirectionAndPlace, ()) {
  Ring ring = AnyRing(1'000'000'000);
  const double area_m2 = AreaM2({{{{ring}}}});
  std::rotate(ring.begin(), ring.begin() + 1, ring.end());
  RC_ASSERT(AreaM2({{{{ring}}}}) == area_m2);
  std::reverse(ring.begin(), ring.end());
  RC_ASSERT(AreaM2({{{{ring}}}}) == area_m2);
  const std::int32_t east = *rc::gen::inRange(-1'000'000'000, 1'000'000'000), north = *rc::gen::inRange(-1'000'000'000, 1'000'000'000);
  for (GridPoint& p : ring) p = {p.easting_mm + east, p.northing_mm + north};
  RC_ASSERT(AreaM2({{{{ring}}}}) == area_m2);
}

// A rectangle cut into a lattice of rectangles: the parts add to the whole, touch one another and never overlap.
RC_GTEST_PROP(PolygonProperty, PartsAddToTheWholeAndDoNotOverlap, ()) {
  const int columns = *rc::gen::inRange(1, 5), rows = *rc::gen::inRange(1, 5);
  std::vector<std::int32_t> easting = {*rc::gen::inRange(-1'000'000, 1'000'000)}, northing = {*rc::gen::inRange(-1'000'000, 1'000'000)};
  for (int i = 0; i < columns; ++i) easting.push_back(easting.back() + *rc::gen::inRange(2'000, 100'000));
  for (int i = 0; i < rows; ++i) northing.push_back(northing.back() + *rc::gen::inRange(2'000, 100'000));
  const auto box = [](std::int32_t west, std::int32_t south, std::int32_t east, std::int32_t north) {
    return MultiPolygon{{{{{{west, south}, {east, south}, {east, north}, {west, north}}}}}};
  };
  std::vector<MultiPolygon> parts;
  double sum_m2 = 0;
  for (std::size_t i = 0; i + 1 < easting.size(); ++i) {
    for (std::size_t j = 0; j + 1 < northing.size(); ++j) {
      parts.push_back(box(easting[i], northing[j], easting[i + 1], northing[j + 1]));
      RC_ASSERT(CheckValid(parts.back()).has_value());
      sum_m2 += AreaM2(parts.back());
    }
  }
  const MultiPolygon whole = box(easting.front(), northing.front(), easting.back(), northing.back());
  RC_ASSERT(std::abs(sum_m2 - AreaM2(whole)) <= 1e-12 * sum_m2);
  RC_ASSERT(FindOverlaps(parts, 0).empty());
  // The whole overlaps each of its parts, by the part. All parts are over the tolerance of 1 m2.
  parts.push_back(whole);
  const std::vector<Overlap> found = FindOverlaps(parts);
  RC_ASSERT(found.size() == parts.size() - 1);
  for (std::size_t i = 0; i < found.size(); ++i) {
    RC_ASSERT(found[i].first == i);
    RC_ASSERT(std::abs(found[i].area_m2 - AreaM2(parts[i])) <= 1e-9 * AreaM2(parts[i]));
  }
}

}  // namespace
}  // namespace geo
