// Laws: every point in one tile of a zoom, parents are their children, counts are conserved, what tiles the ground tiles the tile.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "geo/tiles/tile_points.h"
#include "geo/tiles/tile_shapes.h"
#include "tests/support/fixed_seed.h"
#include "tests/support/mvt_reader.h"
#include "tests/support/ragged_areas.h"
#include "tests/support/tile_rings.h"

namespace geo {
namespace {

// Anywhere, but mostly close together and often equal: a base with some low bits changed.
std::vector<WorldPoint> AnyPoints() {
  const auto count = *rc::gen::inRange<std::size_t>(1, 200);
  const auto base_x = *rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>()), base_y = *rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>());
  std::vector<WorldPoint> points;
  for (std::size_t i = 0; i < count; ++i) {
    const int bits = *rc::gen::inRange(0, 33);
    const auto mask = static_cast<std::uint32_t>(bits == 32 ? 0xFFFFFFFFu : (1u << bits) - 1);
    points.push_back({base_x ^ (*rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>()) & mask),
                      base_y ^ (*rc::gen::resize(100, rc::gen::arbitrary<std::uint32_t>()) & mask)});
  }
  return points;
}

TilePoints LayerOf(const std::vector<WorldPoint>& points) {
  TileTable table = std::move(TileTable::Make({"n"}).value());
  for (std::size_t i = 0; i < points.size(); ++i) RC_ASSERT(table.add(i, std::vector<TileValue>{static_cast<std::int64_t>(i)}));
  return std::move(TilePoints::Build(points, table, {}).value());
}

std::multiset<std::uint32_t> RowsOf(const TilePoints& points, TileId tile) {
  const auto rows = points.rows(tile);
  return {rows.begin(), rows.end()};
}

RC_GTEST_PROP(TilesProperty, EveryPointIsInOneTileOfAZoom, ()) {
  const std::vector<WorldPoint> at = AnyPoints();
  const TilePoints points = LayerOf(at);
  const int zoom = *rc::gen::inRange(0, kDeepestZoom + 1);
  std::set<TileId> tiles;
  for (const WorldPoint p : at) {
    if (p != kNoWorld) tiles.insert(TileOf(p, zoom));
  }
  std::multiset<std::uint32_t> seen;
  for (const TileId tile : tiles) {
    const EncodedTile encoded = points.encode(tile);
    const auto layers = support::MvtReader::Read(encoded.bytes);
    RC_ASSERT(layers.size() == 1u);
    RC_ASSERT(layers[0].features.size() == points.rows(tile).size());
    for (const auto& feature : layers[0].features) {
      const auto row = static_cast<std::uint32_t>(*feature.id);
      seen.insert(row);
      RC_ASSERT(TileOf(at[row], zoom) == tile);
      RC_ASSERT(feature.parts[0][0].first == static_cast<std::int64_t>((at[row].x - tile.left()) * 4096 / tile.side()));
      RC_ASSERT(feature.parts[0][0].second == static_cast<std::int64_t>((at[row].y - tile.top()) * 4096 / tile.side()));
    }
  }
  RC_ASSERT(seen.size() == points.size());
  RC_ASSERT(std::set<std::uint32_t>(seen.begin(), seen.end()).size() == seen.size());
}

RC_GTEST_PROP(TilesProperty, ATileIsItsFourChildrenAndSoAreItsCounts, ()) {
  const std::vector<WorldPoint> at = AnyPoints();
  const TilePoints points = LayerOf(at);
  const int zoom = *rc::gen::inRange(0, kDeepestZoom);
  const TileId tile = TileOf(at[0], zoom);
  std::multiset<std::uint32_t> of_children;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::int64_t> merged;
  for (std::uint32_t k = 0; k < 4; ++k) {
    const TileId child{zoom + 1, 2 * tile.y + k / 2, 2 * tile.x + k % 2};
    of_children.merge(RowsOf(points, child));
    for (const TilePoints::Cell& cell : points.cells(child)) merged[{(k % 2 * 64 + cell.column) / 2, (k / 2 * 64 + cell.row) / 2}] += cell.count;
  }
  RC_ASSERT(of_children == RowsOf(points, tile));
  std::int64_t sum = 0;
  const auto cells = points.cells(tile);
  for (const TilePoints::Cell& cell : cells) {
    RC_ASSERT((merged[{cell.column, cell.row}] == cell.count));
    sum += cell.count;
  }
  RC_ASSERT(cells.size() == merged.size());
  RC_ASSERT(sum == static_cast<std::int64_t>(points.rows(tile).size()));
}

RC_GTEST_PROP(TilesProperty, TheOrderOfTheRowsIsOfNoAccount, ()) {
  std::vector<WorldPoint> at = AnyPoints();
  std::vector<std::size_t> order(at.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  support::SplitMix random(at.size());
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.next() % i]);
  TileTable table = std::move(TileTable::Make({"n"}).value()), shuffled = std::move(TileTable::Make({"n"}).value());
  std::vector<WorldPoint> shuffled_at;
  for (std::size_t i = 0; i < at.size(); ++i) {
    RC_ASSERT(table.add(i, std::vector<TileValue>{static_cast<std::int64_t>(i % 7)}));
    RC_ASSERT(shuffled.add(order[i], std::vector<TileValue>{static_cast<std::int64_t>(order[i] % 7)}));
    shuffled_at.push_back(at[order[i]]);
  }
  const TileId tile = TileOf(at[0], *rc::gen::inRange(0, kDeepestZoom + 1));
  RC_ASSERT(TilePoints::Build(at, table, {})->encode(tile).bytes == TilePoints::Build(shuffled_at, shuffled, {})->encode(tile).bytes);
}

// Borders are shared exactly at every zoom: in a tile within the tessellation the areas add to the tile, whatever was rounded.
TEST(TilesProperty, WhatTilesTheGroundTilesTheTile) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    std::vector<MultiPolygon> wards;
    std::vector<WorldPoint> vertices;
    const int side = seed % 2 == 0 ? 6 : 18;
    for (Area& area : support::RaggedAreas(side, side, 40, seed)) {
      const auto world = WorldPositions(area.shape.parts[0].rings[0], grid);
      vertices.insert(vertices.end(), world.begin(), world.end());
      wards.push_back(std::move(area.shape));
    }
    const auto shapes = TileShapes::Build(wards, grid);
    ASSERT_TRUE(shapes);
    TileTable table = std::move(TileTable::Make({}).value());
    for (std::size_t i = 0; i < wards.size(); ++i) table.add(i, std::vector<TileTable::Code>{});
    int full = 0;
    for (int zoom = 8; zoom <= 18; ++zoom) {
      const TileRange range = TilesAround(vertices, zoom);
      const std::uint32_t step = std::max(1u, (range.last_x - range.first_x) / 12);
      for (std::uint32_t y = range.first_y; y <= range.last_y; y += step) {
        for (std::uint32_t x = range.first_x; x <= range.last_x; x += step) {
          std::int64_t twice = 0, units = 0;
          for (const auto& layer : support::MvtReader::Read(shapes->encode(*CheckTile(zoom, x, y), "wards", table).bytes)) {
            for (const auto& feature : layer.features) {
              twice += support::TwiceAreaOf(feature);
              units += support::TwiceAreaOf(feature) == 2 ? 2 : 0;  // perhaps a stand-in for a ward without area
            }
          }
          constexpr std::int64_t kWhole = 2 * std::int64_t{4224} * 4224;
          EXPECT_LE(twice, kWhole + units);
          // Two tiles from the outer border, where the tessellation ends.
          if (x < range.first_x + 2 || x + 2 > range.last_x || y < range.first_y + 2 || y + 2 > range.last_y) continue;
          EXPECT_GE(twice, kWhole) << seed << ' ' << zoom << '/' << x << '/' << y;
          ++full;
        }
      }
    }
    EXPECT_GT(full, 300);
  }
}

}  // namespace
}  // namespace geo
