#include "geo/tiles/tile_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tests/support/mvt_reader.h"

namespace geo {
namespace {

using support::MvtReader;
using support::ReadFeature;
using support::ReadLayer;

constexpr std::uint32_t kHalfWorld = 1u << 31;

TileTable Numbered(std::size_t rows) {
  TileTable table = std::move(TileTable::Make({"n"}).value());
  for (std::size_t i = 0; i < rows; ++i) EXPECT_TRUE(table.add(i + 1, std::vector<TileValue>{static_cast<std::int64_t>(i)}));
  return table;
}

ReadLayer OnlyLayer(const EncodedTile& tile) {
  const auto layers = MvtReader::Read(tile.bytes);
  EXPECT_EQ(layers.size(), 1u);
  return layers.at(0);
}

TEST(TilePoints, PropertiesOfEveryKindComeBack) {
  TileTable table = std::move(TileTable::Make({"category", "count", "rate", "night", "nothing"}).value());
  const std::vector<std::vector<TileValue>> rows{
      {std::string("burglary"), std::int64_t{3}, 0.5, true, {}},
      {std::string("theft \xC3\xA9 \"<script>"), std::int64_t{-7}, -1e300, false, {}},
      {std::string(""), std::numeric_limits<std::int64_t>::min(), 3.0, {}, {}},
      {std::string("burglary"), std::numeric_limits<std::int64_t>::max(), -0.0, true, {}},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) ASSERT_TRUE(table.add(i == 2 ? (std::uint64_t{1} << 53) - 1 : i, rows[i]));
  const std::vector<WorldPoint> at(rows.size(), {kHalfWorld, kHalfWorld});
  const auto points = TilePoints::Build(at, table, {});
  ASSERT_TRUE(points);
  const EncodedTile tile = points->encode(*CheckTile(0, 0, 0));
  const ReadLayer layer = OnlyLayer(tile);
  EXPECT_EQ(layer.name, "incidents");
  EXPECT_EQ(layer.extent, 4096u);
  EXPECT_EQ(layer.keys, 4u);  // nobody has "nothing"
  ASSERT_EQ(layer.features.size(), 4u);
  // By id: rows 0, 1, 3, 2.
  EXPECT_EQ(layer.features[0].properties.at("category"), support::ReadValue(std::string("burglary")));
  EXPECT_EQ(layer.features[0].properties.at("count"), support::ReadValue(std::int64_t{3}));
  EXPECT_EQ(layer.features[0].properties.at("rate"), support::ReadValue(0.5));
  EXPECT_EQ(layer.features[1].properties.at("category"), support::ReadValue(std::string("theft \xC3\xA9 \"<script>")));
  EXPECT_EQ(layer.features[1].properties.at("count"), support::ReadValue(std::int64_t{-7}));
  EXPECT_EQ(layer.features[1].properties.at("night"), support::ReadValue(false));
  EXPECT_EQ(layer.features[2].properties.at("count"), support::ReadValue(std::numeric_limits<std::int64_t>::max()));
  EXPECT_EQ(layer.features[3].properties.count("night"), 0u);
  EXPECT_EQ(layer.features[3].properties.at("count"), support::ReadValue(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(layer.features[3].id, (std::uint64_t{1} << 53) - 1);
  EXPECT_EQ(layer.features[0].parts[0][0], std::pair(std::int64_t{2048}, std::int64_t{2048}));
}

TEST(TilePoints, ManyPropertiesAndLongOnes) {
  std::vector<std::string> names;
  for (int i = 0; i < 64; ++i) names.push_back("property_" + std::to_string(i));
  TileTable table = std::move(TileTable::Make(names).value());
  std::vector<TileValue> row;
  for (int i = 0; i < 64; ++i) row.emplace_back(std::string(static_cast<std::size_t>(i * 50), 'x'));
  for (int k = 0; k < 300; ++k) {
    row[5] = std::int64_t{k};
    ASSERT_TRUE(table.add(~std::uint64_t{0}, row));
  }
  const auto points = TilePoints::Build(std::vector<WorldPoint>(300, {5, 7}), table, {});
  const ReadLayer layer = OnlyLayer(points->encode(*CheckTile(20, 0, 0)));
  ASSERT_EQ(layer.features.size(), 300u);
  EXPECT_EQ(layer.features[299].properties.size(), 64u);
  EXPECT_EQ(layer.features[299].properties.at("property_5"), support::ReadValue(std::int64_t{299}));
  EXPECT_EQ(layer.features[299].properties.at("property_63"), support::ReadValue(std::string(63 * 50, 'x')));
  EXPECT_EQ(layer.features[0].parts[0][0], std::pair(std::int64_t{5}, std::int64_t{7}));
}

TEST(TilePoints, APointOnAnEdgeIsInTheTileToTheEastAndSouth) {
  const TileTable table = Numbered(4);
  const std::vector<WorldPoint> at{{kHalfWorld, kHalfWorld}, {kHalfWorld - 1, kHalfWorld}, {kHalfWorld, kHalfWorld - 1}, {kHalfWorld - 1, kHalfWorld - 1}};
  const auto points = TilePoints::Build(at, table, {});
  EXPECT_THAT(points->rows(*CheckTile(1, 1, 1)), testing::ElementsAre(0));
  EXPECT_THAT(points->rows(*CheckTile(1, 0, 1)), testing::ElementsAre(1));
  EXPECT_THAT(points->rows(*CheckTile(1, 1, 0)), testing::ElementsAre(2));
  EXPECT_THAT(points->rows(*CheckTile(1, 0, 0)), testing::ElementsAre(3));
  const ReadLayer layer = OnlyLayer(points->encode(*CheckTile(1, 0, 0)));
  EXPECT_EQ(layer.features[0].parts[0][0], std::pair(std::int64_t{4095}, std::int64_t{4095}));
}

TEST(TilePoints, NothingIsAnEmptyTile) {
  const auto points = TilePoints::Build(std::vector<WorldPoint>{kNoWorld}, Numbered(1), {});
  EXPECT_EQ(points->size(), 0u);
  EXPECT_EQ(points->left_out(), 1u);
  EXPECT_EQ(points->encode(*CheckTile(0, 0, 0)).bytes, "");
  EXPECT_EQ(TilePoints::Build({}, Numbered(0), {})->encode(*CheckTile(3, 1, 1)).features, 0);
}

// Over the cap the tile says counts, whose sum is the number of points.
TEST(TilePoints, TooManyFeaturesBecomeCounts) {
  std::vector<WorldPoint> at;
  for (std::uint32_t i = 0; i < 1'000; ++i) at.push_back({kHalfWorld + i * 1'000'003, kHalfWorld + i % 10 * 100'000'007});
  const auto points = TilePoints::Build(at, Numbered(1'000), {.layer = "theft", .years = 2});
  const TileId tile = *CheckTile(1, 1, 1);
  const EncodedTile all = points->encode(tile, {.features = 1'000});
  EXPECT_FALSE(all.counted);
  EXPECT_EQ(all.features, 1'000);
  for (const TileLimits& limits : {TileLimits{.features = 999}, TileLimits{.features = 1'000, .bytes = 10'000}}) {
    const EncodedTile counted = points->encode(tile, limits);
    EXPECT_TRUE(counted.counted);
    EXPECT_EQ(counted.rows, 1'000);
    const ReadLayer layer = OnlyLayer(counted);
    EXPECT_EQ(layer.name, "theft");
    std::int64_t sum = 0;
    for (const ReadFeature& cell : layer.features) {
      EXPECT_EQ(cell.properties.at("cluster"), support::ReadValue(true));
      sum += std::get<std::int64_t>(cell.properties.at("point_count"));
      EXPECT_GT(std::get<double>(cell.properties.at("per_km2_year")), 0);
      EXPECT_EQ(cell.parts[0][0].first % 64, 32);
      EXPECT_EQ(cell.parts[0][0].second % 64, 32);
    }
    EXPECT_EQ(sum, 1'000);
  }
}

TEST(TilePoints, BelowAZoomThereAreCountsAlone) {
  const auto points = TilePoints::Build(std::vector<WorldPoint>{{5, 5}, {6, 6}}, Numbered(2), {.first_zoom_of_points = 14});
  EXPECT_TRUE(points->encode(*CheckTile(13, 0, 0)).counted);
  EXPECT_FALSE(points->encode(*CheckTile(14, 0, 0)).counted);
  EXPECT_EQ(points->cells(*CheckTile(13, 0, 0)).size(), 1u);
  EXPECT_EQ(points->cells(*CheckTile(13, 0, 0))[0].count, 2);
}

TEST(TilePoints, AFilterIsAskedOfTheTilesOwnRowsAlone) {
  const auto points = TilePoints::Build(std::vector<WorldPoint>{{5, 5}, {6, 6}, {kHalfWorld, 6}, {7, 7}}, Numbered(4), {});
  std::vector<std::uint32_t> asked;
  const EncodedTile tile = points->encode(*CheckTile(1, 0, 0), {}, [&](std::uint32_t row) {
    asked.push_back(row);
    return row != 1;
  });
  EXPECT_THAT(asked, testing::ElementsAre(0, 1, 3));
  EXPECT_EQ(tile.features, 2);
  EXPECT_EQ(OnlyLayer(tile).features[1].id, 4u);
}

TEST(TilePoints, Refusals) {
  EXPECT_FALSE(TilePoints::Build({}, Numbered(1), {}));
  EXPECT_FALSE(TilePoints::Build({}, Numbered(0), {.years = 0}));
  EXPECT_FALSE(TilePoints::Build({}, Numbered(0), {.years = std::numeric_limits<double>::quiet_NaN()}));
  EXPECT_FALSE(TileTable::Make({"a", "a"}));
  EXPECT_FALSE(TileTable::Make({""}));
  EXPECT_FALSE(TileTable::Make(std::vector<std::string>(65, "x")));
  TileTable table = std::move(TileTable::Make({"a"}).value());
  EXPECT_FALSE(table.add(1, std::vector<TileValue>{std::numeric_limits<double>::infinity()}));
}

TEST(TilePoints, IdsOfTextStay) {
  EXPECT_EQ(StableFeatureId("tidewick-police/police-2024.csv:4376"), StableFeatureId("tidewick-police/police-2024.csv:4376"));
  EXPECT_NE(StableFeatureId("a"), StableFeatureId("b"));
  EXPECT_LT(StableFeatureId("a"), std::uint64_t{1} << 53);
  // SHA-256 of "a" begins ca978112ca1bbdca; its first 53 bits.
  EXPECT_EQ(StableFeatureId("a"), 0xca978112ca1bbdcau >> 11);
}

}  // namespace
}  // namespace geo
