#include "geo/tiles/tile_id.h"

#include <gtest/gtest.h>

#include "geo/tiles/tile_bounds.h"

namespace geo {
namespace {

TEST(TileId, HoldsItsPoints) {
  // Rochester Castle.
  const WorldPoint castle = WorldOf(LatLng::FromDegrees(51.3897, 0.5016));
  const TileId tile = TileOf(castle, 12);
  EXPECT_EQ(tile.x, 2053u);
  EXPECT_EQ(tile.y, 1364u);
  EXPECT_EQ(TileOf(castle, 0), (TileId{0, 0, 0}));
  EXPECT_EQ(TileOf({0xFFFFFFFE, 0xFFFFFFFE}, 20), (TileId{20, (1u << 20) - 1, (1u << 20) - 1}));
  const DegreeBox box = DegreesOfTile(tile);
  EXPECT_LE(box.west_deg, 0.5016);
  EXPECT_GT(box.east_deg, 0.5016);
  EXPECT_LT(box.south_deg, 51.3897);
  EXPECT_GE(box.north_deg, 51.3897);
}

TEST(TileId, RefusesWhatIsNone) {
  for (const auto& [z, x, y] :
       {std::tuple{-1LL, 0LL, 0LL}, {21, 0, 0}, {9999, 0, 0}, {1, 2, 0}, {1, 0, 2}, {1, -1, 0}, {0, 0, 1}, {63, 1LL << 62, 0}, {INT64_MIN, INT64_MAX, 0}}) {
    const auto tile = CheckTile(z, x, y);
    ASSERT_FALSE(tile) << z << ' ' << x << ' ' << y;
    EXPECT_EQ(tile.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(tile.error().reason, "TILE_OUT_OF_RANGE");
    EXPECT_FALSE(tile.error().field.empty());
  }
  EXPECT_TRUE(CheckTile(20, (1 << 20) - 1, (1 << 20) - 1));
  EXPECT_TRUE(CheckTile(0, 0, 0));
}

TEST(TileId, HasOneSpelling) {
  EXPECT_EQ(*ParseTile("12", "2053", "1364"), (TileId{12, 1364, 2053}));
  for (const char* bad : {"", "-1", "+1", "01", "1.mvt", " 1", "1 ", "1e1", "0x1", "%31", "99999999999999999999", "\xD9\xA1"}) {
    const auto tile = ParseTile("2", bad, "1");
    ASSERT_FALSE(tile) << bad;
    EXPECT_EQ(tile.error().reason, "NOT_A_TILE") << bad;
    EXPECT_EQ(tile.error().field, "tile.x");
  }
  EXPECT_EQ(ParseTile("9999", "0", "0").error().reason, "TILE_OUT_OF_RANGE");
  EXPECT_EQ(ParseTile("1", "2", "0").error().field, "tile.x");
}

// OGC 17-083r4, annex D.1: WebMercatorQuad.
TEST(TileId, TheMatrixSetSaysWhatItsAuthorSays) {
  EXPECT_NEAR(MatrixOf(0).scale_denominator, 559082264.0287178, 1e-5);
  EXPECT_NEAR(MatrixOf(0).cell_size_m, 156543.033928041, 1e-9);
  EXPECT_NEAR(MatrixOf(10).scale_denominator, 545978.773465545, 1e-7);
  EXPECT_NEAR(MatrixOf(20).cell_size_m, 0.149291070869486, 1e-12);
  EXPECT_EQ(MatrixOf(20).tiles, 1048576u);
}

TEST(TileId, RangesOfTiles) {
  const std::vector<WorldPoint> points{WorldOf(LatLng::FromDegrees(51.3, 0.4)), kNoWorld, WorldOf(LatLng::FromDegrees(51.5, 0.7))};
  const TileRange range = TilesAround(points, 10);
  EXPECT_EQ(range, (TileRange{513, 513, 340, 341}));
  EXPECT_TRUE(TilesAround(std::vector{kNoWorld}, 10).empty());
}

TEST(TileBounds, BeyondTheGridIsEmpty) {
  const BritishGrid grid = std::move(BritishGrid::Create().value());
  EXPECT_TRUE(GridBoxOf(*CheckTile(5, 0, 0), 0, grid).empty());
  EXPECT_TRUE(GridBoxOf(TileOf(WorldOf(LatLng::FromDegrees(40, -75)), 14), 64, grid).empty());
  const GridBox world = GridBoxOf(*CheckTile(0, 0, 0), 64, grid);
  EXPECT_TRUE(world.contains(GridPoint::FromMeters(575'700, 168'400)));
  EXPECT_TRUE(world.contains(GridPoint::FromMeters(10'000, 1'000'000)));
}

}  // namespace
}  // namespace geo
