// Polygons of a tile as shapes that GEOS can judge, and their areas.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>

#include "geo/geometry/polygon.h"
#include "geo/geometry/validity.h"
#include "tests/support/mvt_reader.h"

namespace support {

// A shell begins a polygon and the holes that follow are its own. Units stand for millimetres.
inline geo::MultiPolygon ShapeOf(const ReadFeature& feature) {
  geo::MultiPolygon shape;
  for (const MvtRing& ring : feature.parts) {
    geo::Ring points;
    for (const auto& [x, y] : ring) points.push_back({static_cast<std::int32_t>(x), static_cast<std::int32_t>(y)});
    const std::int64_t area = TwiceAreaOf(ring);
    EXPECT_NE(area, 0);
    if (area > 0 || shape.parts.empty()) {
      EXPECT_GT(area, 0) << "a hole before any shell";
      shape.parts.push_back({});
    }
    shape.parts.back().rings.push_back(std::move(points));
  }
  return shape;
}

inline std::int64_t TwiceAreaOf(const ReadFeature& feature) {
  std::int64_t sum = 0;
  for (const MvtRing& ring : feature.parts) sum += TwiceAreaOf(ring);
  return sum;
}

inline void ExpectValid(const ReadFeature& feature) {
  const auto valid = geo::CheckValid(ShapeOf(feature));
  EXPECT_TRUE(valid) << (valid ? "" : valid.error().message);
}

}  // namespace support
