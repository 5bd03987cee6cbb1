// Layers of the street through the loader: every row is kept or rejected for a reason, the store gives them back, and what is damaged is refused.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/snapshot/dataset_snapshot.h"
#include "tests/support/load_case.h"

namespace {

constexpr const char* kTail = R"(
[[camera_models]]
id = "dome"
title = "Dome"
horizontal_pixels = 1920
field_of_view_deg = 60
pan_deg = 360
height_m = 6
[[cameras]]
id = "cctv"
title = "Cameras"
file = "cameras.csv"
crs = "EPSG:27700"
[cameras.columns]
id = "id"
x = "x"
y = "y"
type = "type"
bearing = "bearing"
height = "height"
state = "state"
installed = "installed"
[cameras.models]
ptz = "dome"
[cameras.states]
ok = "working"
broken = "faulty"
[[camera_sites]]
id = "lamps"
title = "Lamps"
file = "lamps.csv"
crs = "EPSG:27700"
power = {column = "power", yes = ["y"], no = ["n"]}
[camera_sites.columns]
id = "id"
x = "x"
y = "y"
cost_pence = "cost"
[[buildings]]
id = "walls"
title = "Walls"
file = "walls.geojson"
[[protected_places]]
id = "homes"
title = "Homes"
file = "homes.csv"
crs = "EPSG:27700"
[protected_places.columns]
x = "x"
y = "y"
kind = "kind"
[protected_places.kinds]
H = "home"
)";

constexpr const char* kCameras =
    "id,x,y,type,bearing,height,state,installed\n"
    "C1,570100,160100,ptz,90,5.5,ok,2020-01-31\n"
    "C2,570200,160100,ptz,,,broken,\n";

struct StreetLoad : ::testing::Test {
  StreetLoad() {
    at.tail = kTail;
    at.write("cameras.csv", kCameras);
    at.write("lamps.csv", "id,x,y,power,cost\nL1,570300,160300,y,450000\nL2,570400,160300,n,0\n");
    at.write("homes.csv", "x,y,kind\n570500,160500,H\n");
    at.write("walls.geojson", support::WardFile(support::WardFeature("B1", support::PolygonOf(support::SquareRing(0, 0)))));
  }
  geo::StoredDataset stored() {
    auto read = geo::ReadStore(at.store());
    EXPECT_TRUE(read) << read.error().message;
    return read ? std::move(read->front()) : geo::StoredDataset{};
  }
  void expect_rejected(const std::string& row, const std::string& reason) {
    at.write("cameras.csv", kCameras + row + "\n");
    // One row of three is more than is tolerated: the load is refused, and its report names the row.
    EXPECT_FALSE(at.load()) << row;
    EXPECT_EQ(at.rejected(reason), 1) << row;
    at.expect_accounted();
  }
  support::LoadCase at;
};

TEST_F(StreetLoad, TheStoreGivesBackTheStreet) {
  at.load_first();
  const geo::StoredDataset read = stored();
  ASSERT_EQ(read.street.cameras.size(), 2U);
  const geo::StandingCamera& first = read.street.cameras[0];
  EXPECT_EQ(first.bearing_deg, 90);
  EXPECT_EQ(first.height_m, 5.5);
  EXPECT_EQ(first.installed, geo::DayOf(2020, 1, 31));
  EXPECT_EQ(read.street.cameras[1].bearing_deg, std::nullopt) << "blank is not known, never north";
  EXPECT_EQ(read.street.cameras[1].state, geo::CameraState::kFaulty);
  ASSERT_EQ(read.street.sites.size(), 2U);
  EXPECT_EQ(read.street.sites[0].cost_pence, 450'000);
  EXPECT_FALSE(read.street.sites[1].power);
  EXPECT_EQ(read.street.buildings.size(), 1U);
  EXPECT_EQ(read.street.places.size(), 1U);
  ASSERT_EQ(read.record.street.layers.size(), 4U);
  EXPECT_THAT(read.record.street.layers[0].tells, ::testing::ElementsAre("bearing", "height", "installed", "state", "type"));
  at.expect_accounted();
}

TEST_F(StreetLoad, EveryBadRowIsRejectedForItsReason) {
  expect_rejected(",570100,160100,ptz,0,5,ok,", "BLANK_ID");
  expect_rejected("C1,570100,160100,ptz,0,5,ok,", "DUPLICATE_ID");
  expect_rejected("C3,570100,160100,drone,0,5,ok,", "UNKNOWN_TYPE");
  expect_rejected("C3,570100,160100,ptz,361,5,ok,", "OUT_OF_RANGE");
  expect_rejected("C3,570100,160100,ptz,0,0,ok,", "OUT_OF_RANGE");
  expect_rejected("C3,570100,160100,ptz,0,5,asleep,", "UNKNOWN_STATE");
  expect_rejected("C3,570100,160100,ptz,0,5,ok,2020-02-30", "BAD_DATE");
  expect_rejected("C3,570100,160100,ptz,0,5,ok,2030-01-01", "FUTURE_DATE");
}

TEST_F(StreetLoad, AFileThatIsNotWhatTheManifestSaysIsRefused) {
  at.load_first();
  at.write("cameras.csv", "name,x,y\nC1,570100,160100\n");
  at.expect_refused("NO_SUCH_COLUMN", "id");
}

TEST_F(StreetLoad, ContentTellsStreetsApart) {
  at.load_first();
  const std::string before = stored().record.content_sha256;
  at.write("cameras.csv", std::string(kCameras) + "C3,570300,160100,ptz,0,5,ok,\n");
  ASSERT_TRUE(at.load());
  EXPECT_NE(stored().record.content_sha256, before);
}

// What no loader writes, the server does not open.
TEST_F(StreetLoad, ADamagedStreetIsNotServed) {
  at.load_first();
  const auto refused = [&](const auto& damage) {
    std::vector<geo::StoredDataset> all;
    all.push_back(stored());
    damage(all[0]);
    const auto built = geo::BuildSnapshot(std::move(all), 1);
    return built ? std::string() : built.error().reason;
  };
  EXPECT_EQ(refused([](geo::StoredDataset&) {}), "");
  EXPECT_EQ(refused([](geo::StoredDataset& data) { data.street.cameras[0].model = 9; }), "STORE_DAMAGED");
  EXPECT_EQ(refused([](geo::StoredDataset& data) { data.street.cameras[0].layer = 3; }), "STORE_DAMAGED");
  EXPECT_EQ(refused([](geo::StoredDataset& data) { data.street.cameras[1].id = "C1"; }), "STORE_DAMAGED");
  EXPECT_EQ(refused([](geo::StoredDataset& data) { data.street.cameras[0].bearing_deg = 400; }), "STORE_DAMAGED");
  EXPECT_EQ(refused([](geo::StoredDataset& data) { data.street.sites[0].cost_pence = -1; }), "STORE_DAMAGED");
  EXPECT_EQ(refused([](geo::StoredDataset& data) { data.street.places[0].kind = 5; }), "STORE_DAMAGED");
  EXPECT_EQ(refused([](geo::StoredDataset& data) { data.record.street.models[0].field_of_view_deg = 0; }), "STORE_DAMAGED");
}

}  // namespace
