// AreaSet::locate against brute force over every edge, on shapes made to be difficult: small lattices where points fall on edges, vertices and corners all
// the time, spread over scales from one millimetre to the whole of int32 so that every kind of index cell is met.
#include "geo/areas/area_set.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>
#include <vector>

#include "tests/support/brute_force_areas.h"

namespace geo {
namespace {

using Random = std::mt19937;

int Pick(Random& random, int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }

// Lattice coordinates to millimetres.
struct Frame {
  std::int64_t scale = 1, easting_mm = 0, northing_mm = 0;
  GridPoint at(int x, int y) const { return {static_cast<std::int32_t>(easting_mm + x * scale), static_cast<std::int32_t>(northing_mm + y * scale)}; }
};

Frame AnyFrame(Random& random, int lattice) {
  const std::int64_t limit = (std::int64_t{1} << 32) / (lattice + 1);
  std::int64_t scale = std::int64_t{1} << Pick(random, 0, 30);
  scale = std::min(limit, scale + Pick(random, 0, 1) * Pick(random, 0, static_cast<int>(std::min<std::int64_t>(scale, 1 << 20))));
  const std::int64_t low = -(std::int64_t{1} << 31), room = (std::int64_t{1} << 32) - 1 - scale * lattice;
  const std::int64_t choices[] = {low, low + room, std::clamp<std::int64_t>(0, low, low + room), low + static_cast<std::int64_t>(random()) % (room + 1)};
  return {scale, choices[Pick(random, 0, 3)], choices[Pick(random, 0, 3)]};
}

Ring AnyRing(Random& random, const Frame& frame, int lattice, int vertices) {
  Ring ring;
  for (int i = 0; i < vertices; ++i) ring.push_back(frame.at(Pick(random, 0, lattice), Pick(random, 0, lattice)));
  return ring;
}

std::string CodeOf(std::size_t i) { return "E" + std::to_string(1000 + i); }

// Lattice points, points between them, and points beside them: on edges and vertices, a millimetre off, and off the map.
std::vector<GridPoint> ProbePoints(Random& random, const Frame& frame, int lattice, std::span<const Area> areas, int count) {
  std::vector<GridPoint> points = {kUnlocated, {std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()}, {0, 0}};
  const auto beside = [&](GridPoint p, int reach) {
    const auto move = [&](std::int32_t v) {
      return static_cast<std::int32_t>(std::clamp<std::int64_t>(std::int64_t{v} + Pick(random, -reach, reach), std::numeric_limits<std::int32_t>::min(),
                                                                std::numeric_limits<std::int32_t>::max()));
    };
    return GridPoint{move(p.easting_mm), move(p.northing_mm)};
  };
  for (int i = 0; i < count; ++i) {
    const GridPoint p = frame.at(Pick(random, 0, lattice), Pick(random, 0, lattice));
    points.push_back(p);
    points.push_back(beside(p, 2));
    points.push_back(beside(p, static_cast<int>(std::min<std::int64_t>(frame.scale * 2, 1 << 30))));
    const Area& area = areas[static_cast<std::size_t>(Pick(random, 0, static_cast<int>(areas.size()) - 1))];
    if (area.shape.parts.empty()) continue;
    const Ring& ring = area.shape.parts[0].rings[0];
    const std::size_t k = static_cast<std::size_t>(Pick(random, 0, static_cast<int>(ring.size()) - 1));
    const GridPoint a = ring[k], b = ring[(k + 1) % ring.size()];
    // The middle of an edge, or within half a millimetre of it.
    points.push_back({static_cast<std::int32_t>((std::int64_t{a.easting_mm} + b.easting_mm) >> 1),
                      static_cast<std::int32_t>((std::int64_t{a.northing_mm} + b.northing_mm) >> 1)});
    points.push_back(beside(points.back(), 1));
  }
  return points;
}

// Returns how many points were in some area.
int ExpectSameAsBruteForce(const AreaSet& set, std::span<const GridPoint> points, unsigned seed) {
  std::vector<AreaIndex> found(points.size());
  set.locate(points, found);
  int inside = 0, wrong = 0;
  for (std::size_t i = 0; i < points.size() && wrong < 5; ++i) {
    const AreaIndex expected = support::BruteForceLocate(set.areas(), points[i]);
    inside += expected < kMaxAreas;
    if (found[i] == expected) continue;
    ++wrong;
    ADD_FAILURE() << "seed " << seed << ": point " << points[i].easting_mm << ", " << points[i].northing_mm << " found in " << found[i] << ", brute force says "
                  << expected;
  }
  return inside;
}

AreaSet Build(std::vector<Area> areas) {
  auto set = AreaSet::Build("test", std::move(areas));
  EXPECT_TRUE(set);
  return std::move(*set);
}

// Rings that cross themselves and one another, holes outside shells, parts that overlap, vertices repeated: whatever the rings, the rule is one.
TEST(AreaSetOracle, RandomRingsOnSmallLattices) {
  int inside = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    Random random(seed);
    const int lattice = Pick(random, 2, 12);
    const Frame frame = AnyFrame(random, lattice);
    std::vector<Area> areas(static_cast<std::size_t>(Pick(random, 1, 6)));
    for (std::size_t i = 0; i < areas.size(); ++i) {
      areas[i].code = CodeOf(i);
      for (int part = Pick(random, 1, 2); part > 0; --part) {
        areas[i].shape.parts.emplace_back();
        for (int ring = Pick(random, 1, 2); ring > 0; --ring) areas[i].shape.parts.back().rings.push_back(AnyRing(random, frame, lattice, Pick(random, 3, 9)));
      }
    }
    const AreaSet set = Build(std::move(areas));
    inside += ExpectSameAsBruteForce(set, ProbePoints(random, frame, lattice, set.areas(), 40), seed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
  EXPECT_GT(inside, 13'000);
}

// Squares of a lattice given to random areas: shared edges, corners where four meet, holes, islands, areas of one square inside others, gaps.
std::vector<Area> AreasOfOwners(const std::vector<std::vector<int>>& owner, int areas, const Frame& frame) {
  std::vector<Area> made(static_cast<std::size_t>(areas));
  for (std::size_t i = 0; i < made.size(); ++i) made[i].code = CodeOf(i);
  for (std::size_t y = 0; y < owner.size(); ++y) {
    for (std::size_t x = 0; x < owner[y].size(); ++x) {
      if (owner[y][x] < 0) continue;
      const int e = static_cast<int>(x), n = static_cast<int>(y);
      made[static_cast<std::size_t>(owner[y][x])].shape.parts.push_back({{{frame.at(e, n), frame.at(e + 1, n), frame.at(e + 1, n + 1), frame.at(e, n + 1)}}});
    }
  }
  return made;
}

TEST(AreaSetOracle, LatticeSquaresWithGaps) {
  int inside = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    Random random(seed);
    const int lattice = Pick(random, 2, 9), areas = Pick(random, 1, 7);
    const Frame frame = AnyFrame(random, lattice);
    const int gaps = Pick(random, 0, 1);
    std::vector<std::vector<int>> owner(static_cast<std::size_t>(lattice), std::vector<int>(static_cast<std::size_t>(lattice)));
    for (auto& row : owner) {
      for (int& cell : row) cell = Pick(random, -gaps, areas - 1);
    }
    const AreaSet set = Build(AreasOfOwners(owner, areas, frame));
    inside += ExpectSameAsBruteForce(set, ProbePoints(random, frame, lattice, set.areas(), 60), seed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
  EXPECT_GT(inside, 15'000);
}

// A tessellation of skewed quadrilaterals whose neighbours share their corners exactly: the form of real wards, in which the index leaves the last area out.
TEST(AreaSetOracle, JitteredTessellation) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    Random random(seed);
    const int side = Pick(random, 2, 6);
    const std::int32_t step = 1 << Pick(random, 4, 26);
    std::vector<GridPoint> corner;
    for (int y = 0; y <= side; ++y) {
      for (int x = 0; x <= side; ++x) corner.push_back({x * step + Pick(random, -step / 4, step / 4), y * step + Pick(random, -step / 4, step / 4)});
    }
    std::vector<Area> areas;
    std::vector<GridPoint> points;
    for (int y = 0; y < side; ++y) {
      for (int x = 0; x < side; ++x) {
        const auto at = [&](int dx, int dy) { return corner[static_cast<std::size_t>((y + dy) * (side + 1) + x + dx)]; };
        areas.push_back(
            {CodeOf(static_cast<std::size_t>(random() % 100'000)) + "/" + std::to_string(areas.size()), "", {{{{{at(0, 0), at(1, 0), at(1, 1), at(0, 1)}}}}}});
      }
    }
    for (const GridPoint& p : corner) points.insert(points.end(), {p, {p.easting_mm + 1, p.northing_mm}, {p.easting_mm, p.northing_mm - 1}});
    for (int i = 0; i < 3000; ++i) points.push_back({Pick(random, -step, (side + 1) * step), Pick(random, -step, (side + 1) * step)});
    ExpectSameAsBruteForce(Build(std::move(areas)), points, seed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
}

// Many edges at one place: cells that must be divided, and a vertex that no division can thin out.
TEST(AreaSetOracle, CrowdedStars) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    Random random(seed);
    std::vector<Area> areas(static_cast<std::size_t>(Pick(random, 1, 4)));
    for (std::size_t i = 0; i < areas.size(); ++i) {
      areas[i].code = CodeOf(i);
      Ring ring;
      for (int k = 0; k < 200; ++k) {
        ring.push_back({Pick(random, -2'000'000, 2'000'000), Pick(random, -2'000'000, 2'000'000)});
        if (k % 2 == 0) ring.push_back({1'000'003, -700'001});
      }
      areas[i].shape.parts = {{{ring}}};
    }
    std::vector<GridPoint> points = {{1'000'003, -700'001}, {1'000'004, -700'001}, {1'000'003, -700'000}};
    for (int i = 0; i < 1500; ++i) {
      points.push_back({Pick(random, -2'100'000, 2'100'000), Pick(random, -2'100'000, 2'100'000)});
      points.push_back({1'000'003 + Pick(random, -3000, 3000), -700'001 + Pick(random, -3000, 3000)});
    }
    ExpectSameAsBruteForce(Build(std::move(areas)), points, seed);
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
}

}  // namespace
}  // namespace geo
