// Wards in tiles against a slow clipping of the shapes as they are, and every polygon against GEOS.
#include "geo/tiles/tile_shapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/support/mvt_reader.h"
#include "tests/support/paths.h"
#include "tests/support/ragged_areas.h"
#include "tests/support/real_areas.h"
#include "tests/support/tile_rings.h"

namespace geo {
namespace {

struct Flat {
  double x, y;
};

// Sutherland and Hodgman 1974, on one side: keeps what has `distance` 0 or more.
template <class Distance>
std::vector<Flat> KeepSide(const std::vector<Flat>& ring, Distance distance) {
  std::vector<Flat> kept;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Flat p = ring[i], q = ring[(i + 1) % ring.size()];
    const double a = distance(p), b = distance(q);
    if (a >= 0) kept.push_back(p);
    if ((a < 0) != (b < 0)) kept.push_back({p.x + (q.x - p.x) * a / (a - b), p.y + (q.y - p.y) * a / (a - b)});
  }
  return kept;
}

double AreaIn(std::vector<Flat> ring, double low_x, double low_y, double high_x, double high_y) {
  ring = KeepSide(ring, [&](Flat p) { return p.x - low_x; });
  ring = KeepSide(ring, [&](Flat p) { return high_x - p.x; });
  ring = KeepSide(ring, [&](Flat p) { return p.y - low_y; });
  ring = KeepSide(ring, [&](Flat p) { return high_y - p.y; });
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Flat p = ring[i], q = ring[(i + 1) % ring.size()];
    sum += (p.x - low_x) * (q.y - low_y) - (q.x - low_x) * (p.y - low_y);
  }
  return std::abs(sum) / 2;
}

struct Wards {
  std::vector<MultiPolygon> shapes;
  std::vector<std::vector<std::vector<Flat>>> rings;  // of each shape: world units; shells first of each part
  std::vector<std::vector<bool>> hole;
  std::vector<WorldPoint> vertices;
};

Wards Prepare(std::vector<MultiPolygon> shapes, const BritishGrid& grid) {
  Wards wards;
  for (const MultiPolygon& shape : shapes) {
    wards.rings.emplace_back();
    wards.hole.emplace_back();
    for (const Polygon& part : shape.parts) {
      for (std::size_t i = 0; i < part.rings.size(); ++i) {
        std::vector<Flat> ring;
        for (const WorldPoint p : WorldPositions(part.rings[i], grid)) {
          ring.push_back({p.x + 0.5, p.y + 0.5});
          wards.vertices.push_back(p);
        }
        wards.rings.back().push_back(std::move(ring));
        wards.hole.back().push_back(i > 0);
      }
    }
  }
  wards.shapes = std::move(shapes);
  return wards;
}

// Of shape s, in square units of the tile, in the box widened by `more` units.
double SlowArea(const Wards& wards, std::size_t s, TileId tile, double more) {
  const double unit = static_cast<double>(tile.side()) / 4096, margin = (64 + more) * unit;
  const auto left = static_cast<double>(tile.left()), top = static_cast<double>(tile.top()), side = static_cast<double>(tile.side());
  double area = 0;
  for (std::size_t r = 0; r < wards.rings[s].size(); ++r) {
    area += (wards.hole[s][r] ? -1 : 1) * AreaIn(wards.rings[s][r], left - margin, top - margin, left + side + margin, top + side + margin);
  }
  return area / unit / unit;
}

// Length of its borders near the tile, in units: each may move by 0.71 of a unit, and once more where it is led through another's vertex.
double Roughness(const Wards& wards, std::size_t s, TileId tile) {
  const double unit = static_cast<double>(tile.side()) / 4096;
  double length = 0;
  for (const auto& ring : wards.rings[s]) {
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const Flat p = ring[i], q = ring[(i + 1) % ring.size()];
      const double low = std::min(p.x, q.x) - 70 * unit, high = std::max(p.x, q.x) + 70 * unit, near = std::min(p.y, q.y) - 70 * unit,
                   far = std::max(p.y, q.y) + 70 * unit;
      const auto side = static_cast<double>(tile.side());
      if (high < static_cast<double>(tile.left()) || low > static_cast<double>(tile.left()) + side || far < static_cast<double>(tile.top()) ||
          near > static_cast<double>(tile.top()) + side)
        continue;
      length += std::min(std::hypot(p.x - q.x, p.y - q.y) / unit, 6'000.0);
    }
  }
  return length;
}

void CheckTiles(const Wards& wards, const TileShapes& shapes, int zoom, std::size_t most_tiles) {
  TileTable table = std::move(TileTable::Make({}).value());
  for (std::size_t i = 0; i < shapes.size(); ++i) table.add(i, std::vector<TileTable::Code>{});
  const TileRange range = TilesAround(wards.vertices, zoom);
  // The deepest lattice is coarser than the tiles below it.
  const double coarse = zoom > TileShapes::kDeepestLattice ? std::exp2(zoom - TileShapes::kDeepestLattice) : 1;
  std::size_t checked = 0;
  const std::uint64_t tiles = (std::uint64_t{range.last_x} - range.first_x + 1) * (std::uint64_t{range.last_y} - range.first_y + 1);
  const std::uint64_t step = std::max<std::uint64_t>(1, tiles / most_tiles);
  for (std::uint64_t k = 0; k < tiles; k += step) {
    const std::uint64_t across = std::uint64_t{range.last_x} - range.first_x + 1;
    const TileId tile = *CheckTile(zoom, static_cast<std::int64_t>(range.first_x + k % across), static_cast<std::int64_t>(range.first_y + k / across));
    std::map<std::uint64_t, double> found;
    for (const auto& layer : support::MvtReader::Read(shapes.encode(tile, "wards", table).bytes)) {
      for (const auto& feature : layer.features) {
        support::ExpectValid(feature);
        found[*feature.id] = static_cast<double>(support::TwiceAreaOf(feature)) / 2;
        for (const auto& ring : feature.parts) {
          for (const auto& [x, y] : ring) ASSERT_TRUE(x >= -64 && x <= 4160 && y >= -64 && y <= 4160);
        }
      }
    }
    for (std::size_t s = 0; s < wards.shapes.size(); ++s) {
      const double area = SlowArea(wards, s, tile, 0);
      const double slack = 2 + 1.5 * coarse * Roughness(wards, s, tile);
      const bool has = found.count(s) > 0;
      if (has) {
        EXPECT_NEAR(found[s], area, slack) << zoom << ' ' << tile.x << ' ' << tile.y << " shape " << s;
        EXPECT_GT(SlowArea(wards, s, tile, 2 * coarse), 0) << "a ward that is not there";
      } else {
        EXPECT_LE(area, slack) << zoom << ' ' << tile.x << ' ' << tile.y << " lacks shape " << s;
      }
    }
    ++checked;
  }
  EXPECT_GT(checked, 0u);
}

TEST(TileShapesOracle, RaggedWardsAtEveryZoom) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  std::vector<MultiPolygon> shapes_in;
  for (Area& area : support::RaggedAreas(5, 5, 100, 7)) shapes_in.push_back(std::move(area.shape));
  const Wards wards = Prepare(std::move(shapes_in), grid);
  const auto shapes = TileShapes::Build(wards.shapes, grid);
  ASSERT_TRUE(shapes);
  for (int zoom = 6; zoom <= 20; ++zoom) CheckTiles(wards, *shapes, zoom, zoom < 15 ? 64 : 200);
}

// Small and ragged: at low zooms most of them fold onto each other.
TEST(TileShapesOracle, CrowdedWardsStayValid) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    std::vector<MultiPolygon> shapes_in;
    for (Area& area : support::RaggedAreas(25, 25, 12, seed)) shapes_in.push_back(std::move(area.shape));
    const Wards wards = Prepare(std::move(shapes_in), grid);
    const auto shapes = TileShapes::Build(wards.shapes, grid);
    ASSERT_TRUE(shapes);
    for (int zoom = 0; zoom <= 13; ++zoom) CheckTiles(wards, *shapes, zoom, 6);
  }
}

// Wards with islands, holes with wards in them, and parts that touch.
TEST(TileShapesOracle, IslandsAndHoles) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  support::SplitMix random(5);
  // A star around a centre: simple whatever the radii.
  const auto star = [&](double easting_m, double northing_m, double radius_m, int points) {
    Ring ring;
    for (int i = 0; i < points; ++i) {
      const double angle = 2 * M_PI * i / points, radius = radius_m * (0.35 + 0.65 * random.unit());
      ring.push_back(GridPoint::FromMeters(easting_m + radius * std::cos(angle), northing_m + radius * std::sin(angle)));
    }
    return ring;
  };
  std::vector<MultiPolygon> shapes_in;
  for (int i = 0; i < 40; ++i) {
    const double e = 560'000 + 15'000 * random.unit(), n = 160'000 + 15'000 * random.unit(), r = 200 + 4'000 * random.unit();
    MultiPolygon shape;
    shape.parts.push_back({{star(e, n, r, 60), star(e, n, r * 0.3, 40)}});
    shape.parts.push_back({{star(e, n, r * 0.09, 25)}});
    shape.parts.push_back({{star(e + 2.1 * r, n, r, 30)}});
    shapes_in.push_back(std::move(shape));
  }
  const Wards wards = Prepare(std::move(shapes_in), grid);
  for (const MultiPolygon& shape : wards.shapes) ASSERT_TRUE(CheckValid(shape));
  const auto shapes = TileShapes::Build(wards.shapes, grid);
  for (int zoom = 4; zoom <= 20; ++zoom) CheckTiles(wards, *shapes, zoom, 40);
}

// Holes that touch their shell, and parts that touch each other, at one vertex each: cut through both, a careless walk would come by that vertex twice.
TEST(TileShapesOracle, RingsThatTouch) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  support::SplitMix random(15);
  std::vector<MultiPolygon> shapes_in;
  for (int i = 0; i < 60; ++i) {
    const double e = 560'000 + 15'000 * random.unit(), n = 160'000 + 15'000 * random.unit(), r = 300 + 2'000 * random.unit(), turn = 2 * M_PI * random.unit();
    const auto at = [&](double x, double y) {
      return GridPoint::FromMeters(e + r * (x * std::cos(turn) - y * std::sin(turn)), n + r * (x * std::sin(turn) + y * std::cos(turn)));
    };
    const Ring shell{at(0, 0), at(0.9, -0.2), at(1, 0.9), at(0.4, 1.1), at(-0.2, 0.8)};
    const Ring hole{at(0, 0), at(0.2, 0.6), at(0.6, 0.4)}, other{at(0.4, 1.1), at(0.3, 0.7), at(0.5, 0.8)};
    const Ring part{at(1, 0.9), at(1.6, 0.7), at(1.7, 1.5), at(1.2, 1.6)};
    shapes_in.push_back({{{{shell, hole, other}}, {{part}}}});
  }
  const Wards wards = Prepare(std::move(shapes_in), grid);
  for (const MultiPolygon& shape : wards.shapes) ASSERT_TRUE(CheckValid(shape));
  const auto shapes = TileShapes::Build(wards.shapes, grid);
  for (int zoom = 8; zoom <= 18; ++zoom) CheckTiles(wards, *shapes, zoom, 150);
}

TEST(TileShapesOracle, WardsOfMedway) {
  const std::string file = "medway-boundaries/medway_wards_2024.geojson";
  if (!support::HaveSharedData(file)) GTEST_SKIP() << "no real data at " WARDWATCH_SHARED_DATA;
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  std::vector<MultiPolygon> shapes_in;
  for (Area& area : support::ReadRealAreas(file, "WD24CD", "WD24NM", grid)) shapes_in.push_back(std::move(area.shape));
  const Wards wards = Prepare(std::move(shapes_in), grid);
  const auto shapes = TileShapes::Build(wards.shapes, grid);
  for (int zoom = 5; zoom <= 20; zoom += zoom < 16 ? 1 : 2) CheckTiles(wards, *shapes, zoom, 40);
}

// Where thousands of wards are smaller than a unit: every one is there, and every polygon valid.
TEST(TileShapesOracle, WardsOfTheUnitedKingdom) {
  const std::string file = "uk-wards-2024/uk_wards_may2024_bsc.geojson.gz";
  if (!support::HaveSharedData(file)) GTEST_SKIP() << "no real data at " WARDWATCH_SHARED_DATA;
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  std::vector<MultiPolygon> wards;
  std::vector<WorldPoint> vertices;
  for (Area& area : support::ReadRealAreas(file, "WD24CD", "WD24NM", grid)) {
    const auto world = WorldPositions(area.shape.parts[0].rings[0], grid);
    vertices.insert(vertices.end(), world.begin(), world.end());
    wards.push_back(std::move(area.shape));
  }
  const auto shapes = TileShapes::Build(wards, grid);
  ASSERT_TRUE(shapes);
  TileTable table = std::move(TileTable::Make({}).value());
  for (std::size_t i = 0; i < wards.size(); ++i) table.add(i, std::vector<TileTable::Code>{});
  for (const int zoom : {0, 3, 5, 7}) {
    const TileRange range = TilesAround(vertices, zoom);
    std::vector<bool> seen(wards.size(), false);
    for (std::uint32_t y = range.first_y; y <= range.last_y; ++y) {
      for (std::uint32_t x = range.first_x; x <= range.last_x; ++x) {
        for (const auto& layer : support::MvtReader::Read(shapes->encode(*CheckTile(zoom, x, y), "wards", table).bytes)) {
          for (const auto& feature : layer.features) {
            support::ExpectValid(feature);
            seen[*feature.id] = true;
          }
        }
      }
    }
    EXPECT_EQ(std::count(seen.begin(), seen.end(), true), static_cast<std::ptrdiff_t>(wards.size())) << zoom;
  }
}

}  // namespace
}  // namespace geo
