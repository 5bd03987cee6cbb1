// Cameras, sites, buildings, protected places, models, evidence and monitored hours of a manifest: what is taken, and every way to be refused by name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "geo/sources/manifest.h"
#include "tests/support/scratch_folder.h"

namespace geo {
namespace {

const std::string kHead =
    "[dataset]\nid = 'm'\ntitle = 'M'\nas_at = 2023-01-31\n[[dictionaries]]\nid = 'd'\n"
    "categories = [{id = 'asb', title = 'ASB', crime = false}, {id = 'robbery', title = 'Robbery'}]\n"
    "entries = [{value = 'Noise', category = 'asb'}, {value = 'Robbery', category = 'robbery'}]\n"
    "[[sources]]\nid = 'p'\ntitle = 'P'\nformat = 'csv'\ncrs = 'EPSG:27700'\nfiles = ['a.csv']\ndictionary = 'd'\n"
    "[sources.columns]\ncategory = 'What'\nx = 'E'\ny = 'N'\ndate = 'Date'\n";
const std::string kModels =
    "[[camera_models]]\nid = 'dome'\ntitle = 'Dome'\nhorizontal_pixels = 1920\nfield_of_view_deg = 60\npan_deg = 360\nheight_m = 6\n"
    "[[camera_models]]\nid = 'fixed'\ntitle = 'Fixed'\nhorizontal_pixels = 3840\nsensor_width_mm = 5.6\nfocal_length_mm = 2.8\n";
const std::string kCameras = "[[cameras]]\nid = 'cctv'\ntitle = 'Cameras'\nfile = 'cameras.csv'\ncrs = 'EPSG:27700'\n";
const std::string kSites = "[[camera_sites]]\nid = 'lamps'\ntitle = 'Lamps'\nfile = 'lamps.csv'\ncrs = 'EPSG:27700'\n";
const std::string kPlaces = "[[protected_places]]\nid = 'homes'\ntitle = 'Homes'\nfile = 'homes.csv'\ncrs = 'EPSG:27700'\n";
const std::string kPoint = "id = 'ID'\nx = 'E'\ny = 'N'\n";

class ManifestStreet : public testing::Test {
 protected:
  ManifestStreet() {
    for (const char* name : {"a.csv", "cameras.csv", "lamps.csv", "homes.csv", "walls.geojson", "walls.json"}) scratch_.write(name, "x\n");
  }
  Result<Manifest> parse(const std::string& toml) const { return ParseManifest(toml, scratch_.path()); }
  std::string refusal(const std::string& toml) const {
    const auto parsed = parse(kHead + toml);
    return parsed ? "" : parsed.error().reason + (parsed.error().field.empty() ? "" : " ") + parsed.error().field;
  }
  std::string cameras(const std::string& keys, const std::string& columns = "", const std::string& tables = "") const {
    return refusal(kModels + kCameras + keys + "[cameras.columns]\n" + kPoint + columns + tables);
  }
  std::string sites(const std::string& keys, const std::string& columns = "") const {
    return refusal(kSites + keys + "[camera_sites.columns]\n" + kPoint + columns);
  }
  std::string places(const std::string& keys, const std::string& columns = "", const std::string& tables = "") const {
    return refusal(kPlaces + keys + "[protected_places.columns]\nx = 'E'\ny = 'N'\n" + columns + tables);
  }
  support::ScratchFolder scratch_;
};

TEST_F(ManifestStreet, EverythingIsRead) {
  const auto read = parse(kHead + kModels + kCameras + "movable = {column = 'Bond', yes = ['M'], no = ['F']}\n[cameras.columns]\n" + kPoint +
                          "type = 'T'\nstate = 'S'\nbearing = 'B'\n"
                          "[cameras.models]\nptz = 'dome'\nfixed = 'fixed'\n[cameras.states]\nok = 'working'\nbroken = 'faulty'\ngone = 'out'\n" +
                          kSites + "cost_pence = 450000\nlit = true\n[camera_sites.columns]\n" + kPoint +
                          "[[buildings]]\nid = 'walls'\ntitle = 'Walls'\nfile = 'walls.geojson'\n" + kPlaces +
                          "[protected_places.columns]\nx = 'E'\ny = 'N'\nkind = 'K'\n[protected_places.kinds]\nS = 'school'\nH = 'home'\n"
                          "[[camera_evidence]]\nid = 'studies'\ntitle = 'Studies'\nversion = '1'\nsource = 'us'\n"
                          "rows = [{category = 'robbery', camera = 'moderate', source = 'a study'}, {category = 'asb', people = 'strong', source = 'b'}]\n"
                          "[[monitored_hours]]\nhours = '20:00-04:00'\ndays = ['fri']\nshare = 0.5\n");
  ASSERT_TRUE(read) << read.error().field << " " << read.error().message;
  ASSERT_EQ(read->camera_models.size(), 2U);
  EXPECT_EQ(read->camera_models[1].focal_length_mm, 2.8);
  ASSERT_EQ(read->camera_layers.size(), 1U);
  EXPECT_EQ(read->camera_layers[0].models.size(), 2U);
  EXPECT_EQ(read->camera_layers[0].states.size(), 3U);
  EXPECT_EQ(read->camera_layers[0].movable.column, "Bond");
  ASSERT_EQ(read->site_layers.size(), 1U);
  EXPECT_EQ(read->site_layers[0].cost_pence, 450'000);
  EXPECT_TRUE(read->site_layers[0].power.always);
  EXPECT_EQ(read->building_layers.size(), 1U);
  EXPECT_THAT(read->place_kinds, testing::ElementsAre("home", "school")) << "in order of their names";
  EXPECT_THAT(read->place_layers[0].kinds, testing::UnorderedElementsAre(testing::Pair("H", 0), testing::Pair("S", 1)));
  ASSERT_EQ(read->camera_evidence.size(), 1U);
  EXPECT_EQ(read->camera_evidence[0].rows[0].category, "asb");
  EXPECT_EQ(read->camera_evidence[0].rows[1].camera, EvidenceGrade::kModerate);
  ASSERT_EQ(read->monitored.size(), 1U);
  EXPECT_EQ(read->monitored[0].share, 0.5);
}

TEST_F(ManifestStreet, BadCamerasAreRefused) {
  EXPECT_EQ(cameras("model = 'dome'\n"), "");
  EXPECT_EQ(cameras(""), "MISSING_KEY cameras[0].model");
  EXPECT_EQ(cameras("model = 'x'\n"), "UNKNOWN_MODEL cameras[0].model");
  EXPECT_EQ(cameras("model = 'dome'\n", "type = 'T'\n", "[cameras.models]\nptz = 'dome'\n"), "NOT_TOGETHER cameras[0].model");
  EXPECT_EQ(cameras("", "type = 'T'\n"), "NOT_TOGETHER cameras[0].models");
  EXPECT_EQ(cameras("", "type = 'T'\n", "[cameras.models]\nptz = 'x'\n"), "UNKNOWN_VALUE cameras[0].models.ptz");
  EXPECT_EQ(cameras("model = 'dome'\n", "state = 'S'\n"), "NOT_TOGETHER cameras[0].states");
  EXPECT_EQ(cameras("model = 'dome'\n", "", "[cameras.states]\nok = 'working'\n"), "NOT_TOGETHER cameras[0].states");
  EXPECT_EQ(cameras("model = 'dome'\n", "state = 'S'\n", "[cameras.states]\nok = 'fine'\n"), "UNKNOWN_VALUE cameras[0].states.ok");
  EXPECT_EQ(cameras("model = 'dome'\ndate_format = '%H:%M'\n"), "BAD_TIME_FORMAT cameras[0].date_format");
  EXPECT_EQ(cameras("model = 'dome'\ncolour = 'red'\n"), "UNKNOWN_KEY cameras[0].colour");
  EXPECT_EQ(cameras("model = 'dome'\n", "colour = 'C'\n"), "UNKNOWN_KEY cameras[0].columns.colour");
  EXPECT_EQ(refusal(kModels + kCameras + "model = 'dome'\n"), "MISSING_KEY cameras[0].columns");
  EXPECT_EQ(refusal(kModels + kCameras + "model = 'dome'\n[cameras.columns]\nx = 'E'\ny = 'N'\n"), "MISSING_KEY cameras[0].columns.id");
  EXPECT_EQ(refusal(kModels + "[[cameras]]\nid = 'c'\ntitle = 'C'\nfile = 'cameras.csv'\nmodel = 'dome'\n[cameras.columns]\n" + kPoint),
            "MISSING_CRS cameras[0].crs");
  EXPECT_THAT(refusal(kModels + "[[cameras]]\nid = 'c'\ntitle = 'C'\nfile = 'none.csv'\ncrs = 'EPSG:27700'\nmodel = 'dome'\n[cameras.columns]\n" + kPoint),
              testing::HasSubstr("cameras[0].file"));
}

TEST_F(ManifestStreet, BadSitesBuildingsAndPlacesAreRefused) {
  EXPECT_EQ(sites(""), "");
  EXPECT_EQ(sites("cost_pence = -1\n"), "OUT_OF_RANGE camera_sites[0].cost_pence");
  EXPECT_EQ(sites("cost_pence = 5\n", "cost_pence = 'C'\n"), "NOT_TOGETHER camera_sites[0].cost_pence");
  EXPECT_EQ(sites("power = 'yes'\n"), "WRONG_TYPE camera_sites[0].power");
  EXPECT_EQ(refusal("[[buildings]]\nid = 'w'\ntitle = 'W'\nfile = 'a.csv'\ncrs = 'EPSG:27700'\n").substr(0, 3),
            refusal("[[buildings]]\nid = 'w'\ntitle = 'W'\nfile = 'a.csv'\n").substr(0, 3));
  EXPECT_EQ(refusal("[[buildings]]\nid = 'w'\ntitle = 'W'\nfile = 'walls.json'\n"), "MISSING_KEY buildings[0].format");
  EXPECT_EQ(refusal("[[buildings]]\nid = 'w'\ntitle = 'W'\nfile = 'walls.geojson'\nheight = 3\n"), "UNKNOWN_KEY buildings[0].height");
  EXPECT_EQ(places("kind = 'home'\n"), "");
  EXPECT_EQ(places(""), "MISSING_KEY protected_places[0].kind");
  EXPECT_EQ(places("kind = 'A home'\n"), "BAD_ID protected_places[0].kind");
  EXPECT_EQ(places("", "kind = 'K'\n"), "NOT_TOGETHER protected_places[0].kinds");
  EXPECT_EQ(places("kind = 'home'\n", "kind = 'K'\n", "[protected_places.kinds]\nH = 'home'\n"), "NOT_TOGETHER protected_places[0].kind");
  // Ids are one list over all kinds of layers.
  EXPECT_EQ(refusal(kSites + "[camera_sites.columns]\n" + kPoint + "[[buildings]]\nid = 'lamps'\ntitle = 'W'\nfile = 'walls.geojson'\n"),
            "REPEATED_ID buildings[0].id");
}

TEST_F(ManifestStreet, BadModelsAreRefused) {
  const auto model = [&](const std::string& lines) { return refusal("[[camera_models]]\nid = 'm'\ntitle = 'M'\n" + lines); };
  EXPECT_EQ(model("horizontal_pixels = 1920\nfield_of_view_deg = 60\n"), "");
  EXPECT_EQ(model("field_of_view_deg = 60\n"), "MISSING_KEY camera_models[0].horizontal_pixels");
  EXPECT_EQ(model("horizontal_pixels = 15\nfield_of_view_deg = 60\n"), "OUT_OF_RANGE camera_models[0].horizontal_pixels");
  EXPECT_THAT(model("horizontal_pixels = 1920\n"), testing::HasSubstr("LENS_UNKNOWN"));
  EXPECT_EQ(model("horizontal_pixels = 1920\nfield_of_view_deg = 0\n"), "OUT_OF_RANGE camera_models[0].field_of_view_deg");
  EXPECT_EQ(model("horizontal_pixels = 1920\nfield_of_view_deg = 60\nfocal_length_mm = 4\n"), "NOT_TOGETHER camera_models[0].focal_length_mm");
  EXPECT_EQ(model("horizontal_pixels = 1920\nfield_of_view_deg = 60\nsensors = 17\n"), "OUT_OF_RANGE camera_models[0].sensors");
  EXPECT_EQ(model("horizontal_pixels = 1920\nfield_of_view_deg = 60\nreach_m = 0\n"), "OUT_OF_RANGE camera_models[0].reach_m");
  EXPECT_NE(model("horizontal_pixels = 1920\nfield_of_view_deg = 60\nheight_m = 0\n"), "");
  EXPECT_EQ(refusal(kModels + kModels), "REPEATED_ID camera_models");
}

TEST_F(ManifestStreet, BadEvidenceAndHoursAreRefused) {
  const auto evidence = [&](const std::string& rows) {
    return refusal("[[camera_evidence]]\nid = 'e'\ntitle = 'E'\nversion = '1'\nsource = 'us'\nrows = [" + rows + "]\n");
  };
  EXPECT_EQ(evidence("{category = 'asb', source = 's'}"), "");
  EXPECT_EQ(evidence(""), "MISSING_KEY camera_evidence[0].rows");
  EXPECT_EQ(evidence("{category = 'x', source = 's'}"), "UNKNOWN_CATEGORY camera_evidence[0].rows[0].category");
  EXPECT_EQ(evidence("{category = 'asb', camera = 'great', source = 's'}"), "UNKNOWN_VALUE camera_evidence[0].rows[0].camera");
  EXPECT_EQ(evidence("{category = 'asb', source = 's'}, {category = 'asb', source = 's'}"), "REPEATED_ID camera_evidence[0].rows[1].category");
  EXPECT_EQ(evidence("{category = 'asb'}"), "MISSING_KEY camera_evidence[0].rows[0].source");
  const auto hours = [&](const std::string& lines) { return refusal("[[monitored_hours]]\n" + lines); };
  EXPECT_EQ(hours("hours = '16:00-24:00'\n"), "");
  EXPECT_EQ(hours("hours = '16:00'\n"), "BAD_WINDOW monitored_hours[0].hours");
  EXPECT_EQ(hours("hours = '16:00-24:00'\nshare = 0\n"), "OUT_OF_RANGE monitored_hours[0].share");
  EXPECT_EQ(hours("hours = '16:00-24:00'\nshare = 1.5\n"), "OUT_OF_RANGE monitored_hours[0].share");
}

}  // namespace
}  // namespace geo
