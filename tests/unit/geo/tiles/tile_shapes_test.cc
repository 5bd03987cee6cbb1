#include "geo/tiles/tile_shapes.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "tests/support/mvt_reader.h"
#include "tests/support/tile_rings.h"

namespace geo {
namespace {

using support::MvtReader;
using support::ReadLayer;

const BritishGrid& Grid() {
  static const BritishGrid grid = std::move(BritishGrid::Create().value());
  return grid;
}

Ring Square(double west_m, double south_m, double side_m) {
  return {GridPoint::FromMeters(west_m, south_m), GridPoint::FromMeters(west_m + side_m, south_m), GridPoint::FromMeters(west_m + side_m, south_m + side_m),
          GridPoint::FromMeters(west_m, south_m + side_m)};
}

TileTable Named(std::size_t rows) {
  TileTable table = std::move(TileTable::Make({"name"}).value());
  for (std::size_t i = 0; i < rows; ++i) EXPECT_TRUE(table.add(i + 1, std::vector<TileValue>{"ward " + std::to_string(i)}));
  return table;
}

TileId TileAt(double easting_m, double northing_m, int zoom) { return TileOf(WorldOf(Grid().to_wgs84(GridPoint::FromMeters(easting_m, northing_m))), zoom); }

std::vector<ReadLayer> Read(const TileShapes& shapes, TileId tile, const TileLimits& limits = {}) {
  return MvtReader::Read(shapes.encode(tile, "wards", Named(shapes.size()), limits).bytes);
}

TEST(TileShapes, AWardWithAHoleIsDrawnTheRightWayRound) {
  // Whatever the direction of the rings.
  Ring hole = Square(575'300, 168'300, 300), shell = Square(575'000, 168'000, 1'000);
  for (int turn = 0; turn < 4; ++turn) {
    if (turn % 2 == 1) std::reverse(hole.begin(), hole.end());
    if (turn / 2 == 1) std::reverse(shell.begin(), shell.end());
    const std::vector<MultiPolygon> wards{{{{{shell, hole}}}}};
    const auto shapes = TileShapes::Build(wards, Grid());
    ASSERT_TRUE(shapes);
    const auto layers = Read(*shapes, TileAt(575'500, 168'500, 12));
    ASSERT_EQ(layers.size(), 1u);
    EXPECT_EQ(layers[0].name, "wards");
    ASSERT_EQ(layers[0].features.size(), 1u);
    const auto& feature = layers[0].features[0];
    EXPECT_EQ(feature.id, 1u);
    EXPECT_EQ(feature.properties.at("name"), support::ReadValue(std::string("ward 0")));
    ASSERT_EQ(feature.parts.size(), 2u);
    EXPECT_GT(support::TwiceAreaOf(feature.parts[0]), 0);
    EXPECT_LT(support::TwiceAreaOf(feature.parts[1]), 0);
    support::ExpectValid(feature);
  }
}

TEST(TileShapes, ATileInsideIsTheWholeBoxAndOneBeyondIsEmpty) {
  const std::vector<MultiPolygon> wards{{{{{Square(570'000, 160'000, 20'000)}}}}};
  const auto shapes = TileShapes::Build(wards, Grid());
  for (const int zoom : {14, 15, 16, 18, 20}) {
    const auto layers = Read(*shapes, TileAt(580'000, 170'000, zoom));
    ASSERT_EQ(layers.size(), 1u) << zoom;
    const support::MvtRing box{{-64, -64}, {4160, -64}, {4160, 4160}, {-64, 4160}};
    ASSERT_EQ(layers[0].features[0].parts.size(), 1u);
    EXPECT_EQ(layers[0].features[0].parts[0], box) << zoom;
    EXPECT_TRUE(Read(*shapes, TileAt(600'000, 170'000, zoom)).empty()) << zoom;
  }
}

TEST(TileShapes, ATileInAHoleIsEmpty) {
  const std::vector<MultiPolygon> wards{{{{{Square(570'000, 160'000, 20'000), Square(575'000, 165'000, 10'000)}}}}};
  const auto shapes = TileShapes::Build(wards, Grid());
  for (const int zoom : {14, 15, 17}) EXPECT_TRUE(Read(*shapes, TileAt(580'000, 170'000, zoom)).empty());
}

TEST(TileShapes, ATinyWardIsAUnitSquareRatherThanMissing) {
  const std::vector<MultiPolygon> wards{{{{{Square(575'000, 168'000, 50)}}}}};
  const auto shapes = TileShapes::Build(wards, Grid());
  for (int zoom = 0; zoom <= 20; ++zoom) {
    std::size_t found = 0;
    const TileId middle = TileAt(575'025, 168'025, zoom);
    const auto layers = Read(*shapes, middle);
    ASSERT_EQ(layers.size(), 1u) << zoom;
    found += layers[0].features.size();
    EXPECT_EQ(found, 1u) << zoom;
    support::ExpectValid(layers[0].features[0]);
    if (zoom < 6) {
      EXPECT_EQ(support::TwiceAreaOf(layers[0].features[0]), 2) << zoom;
    }
  }
}

TEST(TileShapes, LengthsAreThoseOfTheGround) {
  // 1 km of the Grid at 51.4 N is 1 / cos(51.4) = 1.603 km of Mercator: 1,603 m / (40,075,017 m / 2^z / 4096) units.
  const std::vector<MultiPolygon> wards{{{{{Square(575'000, 168'000, 1'000)}}}}};
  const auto shapes = TileShapes::Build(wards, Grid());
  const auto layers = Read(*shapes, TileAt(575'500, 168'500, 12));
  const double side = std::sqrt(static_cast<double>(support::TwiceAreaOf(layers[0].features[0])) / 2);
  EXPECT_NEAR(side, 1603.0 / (40'075'017.0 / 4096 / 4096), 2);
}

TEST(TileShapes, WhatDoesNotFitIsTold) {
  std::vector<MultiPolygon> cells;
  for (int i = 0; i < 100; ++i) cells.push_back({{{{Square(575'000 + 100.0 * (i % 10), 168'000 + 100.0 * (i / 10), 100)}}}});
  const auto shapes = TileShapes::Build(cells, Grid());
  const TileId tile = TileAt(575'500, 168'500, 12);
  const EncodedTile all = shapes->encode(tile, "cells", Named(100));
  EXPECT_EQ(all.features, 100);
  EXPECT_EQ(all.left_out, 0);
  for (const TileLimits& limits : {TileLimits{.features = 60}, TileLimits{.bytes = 2'500}}) {
    const EncodedTile some = shapes->encode(tile, "cells", Named(100), limits);
    EXPECT_GT(some.left_out, 0);
    EXPECT_EQ(some.features + some.left_out, 100);
    const auto layers = MvtReader::Read(some.bytes);
    ASSERT_EQ(layers.size(), 2u);
    EXPECT_EQ(layers[0].features.size(), static_cast<std::size_t>(some.features));
    EXPECT_EQ(layers[0].features[5].id, 6u);
    EXPECT_EQ(layers[1].name, "limits");
    EXPECT_EQ(layers[1].features[0].properties.at("layer"), support::ReadValue(std::string("cells")));
    EXPECT_EQ(layers[1].features[0].properties.at("features_left_out"), support::ReadValue(some.left_out));
  }
}

TEST(TileShapes, AFilterLeavesOut) {
  const std::vector<MultiPolygon> wards{{{{{Square(575'000, 168'000, 500)}}}}, {{{{Square(575'500, 168'000, 500)}}}}};
  const auto shapes = TileShapes::Build(wards, Grid());
  const EncodedTile tile = shapes->encode(TileAt(575'500, 168'500, 12), "wards", Named(2), {}, [](std::uint32_t row) { return row == 1; });
  EXPECT_EQ(tile.features, 1);
  EXPECT_EQ(MvtReader::Read(tile.bytes)[0].features[0].id, 2u);
}

// A bow, a spike, a ring that runs back on itself: not valid, and no harm either.
TEST(TileShapes, WhatIsNotValidBecomesSimple) {
  const auto at = [](double e, double n) { return GridPoint::FromMeters(575'000 + e, 168'000 + n); };
  const std::vector<MultiPolygon> shapes_in{{{{{{at(0, 0), at(1000, 1000), at(1000, 0), at(0, 900)}}}}},
                                            {{{{{at(0, 0), at(1000, 0), at(1000, 1000), at(500, 0), at(0, 1000)}}}}},
                                            {{{{{at(0, 0), at(500, 0), at(1000, 0), at(500, 0)}}}}},
                                            {{{{{at(0, 0), at(500, 0)}}}}},
                                            {}};
  const auto shapes = TileShapes::Build(shapes_in, Grid());
  ASSERT_TRUE(shapes);
  for (int zoom = 5; zoom <= 18; ++zoom) {
    for (const ReadLayer& layer : Read(*shapes, TileAt(575'500, 168'400, zoom))) {
      for (const auto& feature : layer.features) {
        for (const support::MvtRing& ring : feature.parts) {
          support::MvtRing shell = ring;
          if (support::TwiceAreaOf(shell) < 0) std::reverse(shell.begin(), shell.end());
          support::ExpectValid({.parts = {shell}});
        }
      }
    }
  }
}

TEST(TileShapes, BothLobesOfABowAreShells) {
  const auto at = [](double e, double n) { return GridPoint::FromMeters(575'000 + e, 168'000 + n); };
  const std::vector<MultiPolygon> bow(1, {{{{{at(0, 0), at(1000, 1000), at(1000, 0), at(0, 900)}}}}});
  const auto shapes = TileShapes::Build(bow, Grid());
  const auto layers = Read(*shapes, TileAt(575'500, 168'400, 10));
  ASSERT_EQ(layers.size(), 1u);
  ASSERT_EQ(layers[0].features[0].parts.size(), 2u);
  for (const support::MvtRing& lobe : layers[0].features[0].parts) EXPECT_GT(support::TwiceAreaOf(lobe), 0);
}

TEST(TileShapes, RefusesWhatIsNotOnTheGrid) {
  const std::vector<MultiPolygon> wards{{{{{{{0, 0}, {1000, 0}, kUnlocated}}}}}};
  const auto shapes = TileShapes::Build(wards, Grid());
  ASSERT_FALSE(shapes);
  EXPECT_EQ(shapes.error().field, "shapes");
}

TEST(TileShapes, ManyThreadsPrepareAZoomOnce) {
  std::vector<MultiPolygon> cells;
  for (int i = 0; i < 400; ++i) cells.push_back({{{{Square(575'000 + 100.0 * (i % 20), 168'000 + 100.0 * (i / 20), 100)}}}});
  const auto shapes = TileShapes::Build(cells, Grid());
  const TileTable table = Named(400);
  std::vector<std::string> bytes(8);
  std::vector<std::thread> threads;
  for (auto& mine : bytes) {
    threads.emplace_back([&] {
      for (const int zoom : {10, 13, 16}) mine += shapes->encode(TileAt(576'000, 169'000, zoom), "cells", table).bytes;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_FALSE(bytes[0].empty());
  for (const std::string& mine : bytes) EXPECT_EQ(mine, bytes[0]);
}

}  // namespace
}  // namespace geo
