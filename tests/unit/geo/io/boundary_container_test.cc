// Row F19 of the acceptance table: Shapefiles and GeoPackages that are cut, lie, or do more than hold data; and TopoJSON.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <string>

#include "tests/support/load_case.h"
#include "tests/support/shapefile_bytes.h"

namespace {

using support::LoadCase;
using support::ReadBytes;

support::ShapefileBytes ThreeSquares() {
  std::vector<support::ShapefilePolygon> wards;
  for (int i = 0; i < 3; ++i) {
    const double e = 570'000 + i * 1000, n = 160'000;
    wards.push_back({fmt::format("W{}", i), {{e, n}, {e, n + 1000}, {e + 1000, n + 1000}, {e + 1000, n}, {e, n}}});
  }
  return MakeShapefile(wards);
}

class Shapefile : public testing::Test {
 protected:
  void SetUp() override {
    load_case.load_first();
    digest = load_case.report.record.content_sha256;
    load_case.boundary_file = "\"wards.shp\"";
    load_case.boundary_keys = "crs = \"EPSG:27700\"";
    load_case.code_property = load_case.name_property = "CODE";
    put(ThreeSquares());
  }
  void put(const support::ShapefileBytes& bytes) {
    load_case.write("wards.shp", bytes.shp);
    load_case.write("wards.shx", bytes.shx);
    load_case.write("wards.dbf", bytes.dbf);
  }
  LoadCase load_case;
  std::string digest;
};

TEST_F(Shapefile, SoundOneIsRead) {
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  EXPECT_EQ(load_case.report.record.vintages[0].file.rows_kept, 3);
}

TEST_F(Shapefile, EsriNamesOfTheSystemsAreKnown) {
  load_case.boundary_keys = "";
  load_case.expect_refused("CRS_MISSING");
  load_case.write("wards.prj",
                  "PROJCS[\"British_National_Grid\",GEOGCS[\"GCS_OSGB_1936\",DATUM[\"D_OSGB_1936\",SPHEROID[\"Airy_1830\",6377563.396,299.3249646]],"
                  "PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",400000.0],"
                  "PARAMETER[\"False_Northing\",-100000.0],PARAMETER[\"Central_Meridian\",-2.0],PARAMETER[\"Scale_Factor\",0.9996012717],"
                  "PARAMETER[\"Latitude_Of_Origin\",49.0],UNIT[\"Meter\",1.0]]");
  EXPECT_TRUE(load_case.load(/*check=*/true)) << load_case.report.refusal->message;
  load_case.write("wards.prj",
                  "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0."
                  "0174532925199433]]");
  load_case.expect_refused("CRS_MISMATCH");
}

TEST_F(Shapefile, F19_CutAttributeTableIsRefused) {
  auto bytes = ThreeSquares();
  bytes.dbf.resize(bytes.dbf.size() - 10);
  put(bytes);
  load_case.expect_refused("CUT_FILE", ".dbf");
}

TEST_F(Shapefile, F19_AnyPartCutAtAnyByteIsRefused) {
  const auto whole = ThreeSquares();
  for (const auto part : {&support::ShapefileBytes::shp, &support::ShapefileBytes::shx, &support::ShapefileBytes::dbf}) {
    // The byte after the rows of a .dbf is an end mark that many writers leave out.
    const std::size_t end = (whole.*part).size() - (part == &support::ShapefileBytes::dbf ? 1 : 0);
    for (std::size_t size = 0; size < end; size += 17) {
      auto bytes = whole;
      (bytes.*part).resize(size);
      put(bytes);
      ASSERT_FALSE(load_case.load()) << "cut at byte " << size;
    }
  }
  load_case.expect_untouched();
}

TEST_F(Shapefile, F19_MissingPartsAreRefusedAndNeverRebuilt) {
  for (const char* part : {"wards.shx", "wards.dbf"}) {
    put(ThreeSquares());
    std::filesystem::remove(load_case.path(part));
    load_case.expect_refused("MISSING_PART", part);
    EXPECT_FALSE(std::filesystem::exists(load_case.path(part)));
  }
}

TEST_F(Shapefile, F19_LyingHeadersAreRefused) {
  auto bytes = ThreeSquares();
  bytes.shp.replace(24, 4, "\x7F\xFF\xFF\xFF", 4);  // 4 GB
  put(bytes);
  load_case.expect_refused("CUT_FILE");
  bytes = ThreeSquares();
  bytes.dbf[4] = 2;  // rows
  put(bytes);
  load_case.expect_refused("CUT_FILE", "2 in its .dbf");
  bytes = ThreeSquares();
  bytes.shp[32] = bytes.shx[32] = 1;  // points
  put(bytes);
  load_case.expect_refused("WRONG_GEOMETRY_TYPE");
  bytes = ThreeSquares();
  bytes.shp.replace(100 + 8 + 40, 4, "\xFF\xFF\x00\x00", 4);  // vertices of the first shape
  put(bytes);
  load_case.expect_refused("CUT_FILE", "shape 1");
}

// A store is a GeoPackage with a layer of areas: as good a boundary file as any.
class GeoPackage : public testing::Test {
 protected:
  void SetUp() override {
    load_case.load_first();
    sound = ReadBytes(load_case.store());
    load_case.write("wards.gpkg", sound);
    load_case.boundary_file = "\"wards.gpkg\"";
    load_case.boundary_keys = "layer = \"areas\"";
    load_case.code_property = "code";
    load_case.name_property = "name";
  }
  void run(const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(load_case.path("wards.gpkg").c_str(), &database), SQLITE_OK);
    char* fault = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, &fault), SQLITE_OK) << fault;
    sqlite3_close(database);
  }
  LoadCase load_case;
  std::string sound;
};

TEST_F(GeoPackage, SoundOneGivesTheSameContent) {
  const std::string digest = load_case.report.record.content_sha256;
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  EXPECT_EQ(load_case.report.record.content_sha256, digest);
  EXPECT_EQ(load_case.report.record.vintages[0].transformation, "none: EPSG:27700 as supplied");
}

TEST_F(GeoPackage, LayerMustBeNamedAmongSeveral) {
  load_case.boundary_keys = "";
  load_case.expect_refused("LAYER_NOT_CHOSEN", "areas");
  load_case.boundary_keys = "layer = \"nothing\"";
  load_case.expect_refused("NO_SUCH_LAYER", "nothing");
}

TEST_F(GeoPackage, F19_TruncatedIsRefused) {
  for (const std::size_t share : {1u, 4u, 50u, 90u, 99u}) {
    load_case.write("wards.gpkg", sound.substr(0, sound.size() * share / 100));
    ASSERT_FALSE(load_case.load()) << share << " %";
  }
  load_case.expect_untouched();
}

TEST_F(GeoPackage, F19_ViewsAndForeignVirtualTablesAreRefused) {
  run("CREATE VIEW surprise AS SELECT * FROM areas");
  load_case.expect_refused("HOSTILE_SCHEMA", "surprise");
  load_case.write("wards.gpkg", sound);
  run("CREATE VIRTUAL TABLE text USING fts5(words)");
  load_case.expect_refused("HOSTILE_SCHEMA");
}

TEST_F(GeoPackage, F19_UnsavedChangesBesideItAreRefused) {
  load_case.write("wards.gpkg-wal", "log");
  load_case.expect_refused("UNSAVED_CHANGES", "wal");
}

TEST_F(GeoPackage, F18_AShapefileOrJsonBehindTheNameIsRefused) {
  load_case.write("wards.gpkg", ThreeSquares().shp);
  load_case.expect_refused("WRONG_CONTENT", "a Shapefile");
  load_case.write("wards.gpkg", support::ThreeWards());
  load_case.expect_refused("WRONG_CONTENT", "a JSON document");
}

class TopoJson : public testing::Test {
 protected:
  void SetUp() override {
    load_case.load_first();
    load_case.boundary_file = "\"wards.topojson\"";
    load_case.boundary_keys = "crs = \"EPSG:27700\"";
  }
  void put(const std::string& arcs_of_first, const std::string& first_arc = "[570000,160000],[571000,160000],[571000,161000],[570000,161000],[570000,160000]") {
    load_case.write(
        "wards.topojson",
        R"({"type":"Topology","objects":{"wards":{"type":"GeometryCollection","geometries":[{"type":"Polygon","properties":{"CD":"W0","NM":"n"},"arcs":)" +
            arcs_of_first + R"(}]}},"arcs":[[)" + first_arc + "]]}");
  }
  LoadCase load_case;
};

TEST_F(TopoJson, SoundOneIsRead) {
  put("[[0]]");
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  load_case.boundary_keys = "";
  ASSERT_FALSE(load_case.load());
  EXPECT_EQ(load_case.report.refusal->reason, "CRS_MISSING");
}

TEST_F(TopoJson, ArcsThatAreNotThereAreRefused) {
  for (const char* arcs : {"[[1]]", "[[-2]]", "[[99999999999]]"}) {
    put(arcs);
    load_case.expect_refused("BAD_ARC");
  }
  put("[[0]]", "[570000,160000],[571000,160000],[571000,161000],[570000,161000]");
  load_case.expect_refused("UNCLOSED_RING");
  put("[[0]]", "[570000,160000],[\"571000\",160000],[571000,161000],[570000,160000]");
  load_case.expect_refused("BAD_COORDINATE");
}

TEST_F(TopoJson, F16_SharedArcsAreCountedAsTheyUnfold) {
  std::string many = "[[0";
  for (int i = 0; i < 250'000; ++i) many += ",0";
  put(many + "]]");
  load_case.expect_refused("TOO_MANY_VERTICES");
}

}  // namespace
