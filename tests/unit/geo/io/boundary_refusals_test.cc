// What must happen to spoilt boundaries (rows F7, F12 to F18 of the acceptance table): a reason, and a store that is as it was.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/load_case.h"

namespace {

using support::LoadCase;
using support::PolygonOf;
using support::SquareRing;
using support::WardFeature;
using support::WardFile;

class Boundary : public testing::Test {
 protected:
  void SetUp() override { load_case.load_first(); }
  void spoil(const std::string& text) { load_case.write("wards.geojson", text); }
  void add_ward(const std::string& geometry, const std::string& code = "W9") {
    spoil(WardFile(WardFeature("W0", PolygonOf(SquareRing(0, 0))) + "," + WardFeature(code, geometry)));
  }
  LoadCase load_case;
};

TEST_F(Boundary, F7_CrsMustBeSaidOnceAndNotTwiceDifferently) {
  spoil(WardFile(WardFeature("W0", PolygonOf(SquareRing(0, 0))), ""));
  load_case.expect_refused("CRS_MISSING", "write crs");
  load_case.boundary_keys = "crs = \"EPSG:27700\"";
  EXPECT_TRUE(load_case.load(/*check=*/true)) << load_case.report.refusal->message;
  spoil(support::ThreeWards());
  load_case.boundary_keys = "crs = \"EPSG:4326\"";
  load_case.expect_refused("CRS_CONTRADICTION", "EPSG:27700");
}

TEST_F(Boundary, F7_OtherSystemsAreRefused) {
  for (const char* crs : {"EPSG:3857", "urn:ogc:def:crs:EPSG::4258", "urn:ogc:def:crs:EPSG::277001", "nonsense"}) {
    spoil(WardFile(WardFeature("W0", PolygonOf(SquareRing(0, 0))), crs));
    load_case.expect_refused("UNKNOWN_CRS");
  }
}

TEST_F(Boundary, F7_MetresInDegreesAndDegreesInMetresAreRefused) {
  spoil(WardFile(WardFeature("W0", PolygonOf(SquareRing(0, 0))), "urn:ogc:def:crs:OGC:1.3:CRS84"));
  load_case.expect_refused("CRS_MISMATCH", "declare EPSG:27700");
  spoil(WardFile(WardFeature("W0", PolygonOf("[[[0.5,51.3],[0.6,51.3],[0.6,51.4],[0.5,51.3]]]"))));
  load_case.expect_refused("CRS_MISMATCH", "declare EPSG:4326");
}

TEST_F(Boundary, F6_SwappedAxesAreRefusedWithTheHint) {
  spoil(WardFile(WardFeature("W0", PolygonOf("[[[51.3,0.5],[51.3,0.6],[51.4,0.6],[51.3,0.5]]]")), "EPSG:4326"));
  load_case.expect_refused("AXES_SWAPPED", "nothing is swapped silently");
}

TEST_F(Boundary, F12_OnlyPolygonsWithContentAreWards) {
  add_ward("null");
  load_case.expect_refused("EMPTY_GEOMETRY", "W9");
  add_ward(R"({"type":"Polygon","coordinates":[]})");
  load_case.expect_refused("EMPTY_GEOMETRY", "W9");
  add_ward(R"({"type":"MultiPolygon","coordinates":[]})");
  load_case.expect_refused("EMPTY_GEOMETRY", "W9");
  add_ward(R"({"type":"Point","coordinates":[570000,160000]})");
  load_case.expect_refused("WRONG_GEOMETRY_TYPE", "W9");
  add_ward(R"({"type":"LineString","coordinates":[[570000,160000],[570001,160000]]})");
  load_case.expect_refused("WRONG_GEOMETRY_TYPE", "W9");
  add_ward(R"({"type":"GeometryCollection","geometries":[]})");
  load_case.expect_refused("WRONG_GEOMETRY_TYPE", "W9");
}

TEST_F(Boundary, F12_HeightsAreDroppedWithANotice) {
  add_ward(PolygonOf("[[[575000,160000,7],[576000,160000,7],[576000,161000,7],[575000,160000,7]]]"));
  ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
  ASSERT_EQ(load_case.report.warnings.size(), 1u);
  EXPECT_NE(load_case.report.warnings[0].find("W9 has heights"), std::string::npos);
}

TEST_F(Boundary, F13_InvalidShapesAreRefusedWithReasonAndPlace) {
  add_ward(PolygonOf("[[[575000,160000],[576000,161000],[576000,160000],[575000,161000],[575000,160000]]]"));
  load_case.expect_refused("INVALID_GEOMETRY", "575500.0 160500.0");
  // A hole outside its shell.
  add_ward(PolygonOf("[[[575000,160000],[576000,160000],[576000,161000],[575000,160000]],[[580000,160000],[580100,160000],[580100,160100],[580000,160000]]]"));
  load_case.expect_refused("INVALID_GEOMETRY", "W9");
  // The same ring twice.
  add_ward(PolygonOf("[[[575000,160000],[576000,160000],[576000,161000],[575000,160000]],[[575000,160000],[576000,160000],[576000,161000],[575000,160000]]]"));
  load_case.expect_refused("INVALID_GEOMETRY", "W9");
}

TEST_F(Boundary, F14_OverlapsAreRefusedAndListed) {
  // W9 lies half over W0: 1,000 m x 500 m.
  add_ward(PolygonOf("[[[570000,160500],[571000,160500],[571000,161500],[570000,161500],[570000,160500]]]"));
  load_case.expect_refused("OVERLAP", "W0 and W9 (500000.0 m2)");
}

TEST_F(Boundary, F14_CodesAreDistinctAndNotBlank) {
  add_ward(PolygonOf(SquareRing(5, 0)), "W0");
  load_case.expect_refused("DUPLICATE_CODE", "W0");
  add_ward(PolygonOf(SquareRing(5, 0)), "");
  load_case.expect_refused("BLANK_CODE");
  add_ward(PolygonOf(SquareRing(5, 0)), "  ");
  load_case.expect_refused("BLANK_CODE");
  add_ward(PolygonOf(SquareRing(5, 0)), "W9 ");
  load_case.expect_refused("BAD_CODE");
  load_case.code_property = "cd";
  load_case.expect_refused("NO_SUCH_PROPERTY", "CD");
}

TEST_F(Boundary, F15_PartsAndHolesCountAndDirectionDoesNot) {
  const std::string outer = "[[575000,160000],[579000,160000],[579000,164000],[575000,164000],[575000,160000]]";
  const std::string outer_turned = "[[575000,160000],[575000,164000],[579000,164000],[579000,160000],[575000,160000]]";
  const std::string hole = "[[576000,161000],[577000,161000],[577000,162000],[576000,162000],[576000,161000]]";
  const std::string island = "[[590000,160000],[591000,160000],[591000,161000],[590000,161000],[590000,160000]]";
  std::string rows = support::kTableHeader;
  rows += "A,2023-01-01T00:30,noise,575500,160500,in\nB,2023-01-01T00:30,noise,576500,161500,hole\nC,2023-01-01T00:30,noise,590500,160500,island\n";
  load_case.write("incidents.csv", rows);
  load_case.allow_shrink = true;
  for (const std::string& shell : {outer, outer_turned}) {
    spoil(WardFile(WardFeature("W1", R"({"type":"MultiPolygon","coordinates":[[)" + shell + "," + hole + "],[" + island + "]]}")));
    ASSERT_TRUE(load_case.load()) << load_case.report.refusal->message;
    auto stored = geo::ReadStore(load_case.store());
    ASSERT_TRUE(stored);
    auto snapshot = geo::BuildSnapshot(std::move(*stored), 1);
    ASSERT_TRUE(snapshot);
    const auto& area_of = (*snapshot)->datasets[0].vintages[0].area_of;
    EXPECT_EQ(std::count(area_of.begin(), area_of.end(), 0), 2) << "shell and island, not the hole";
    EXPECT_EQ(std::count(area_of.begin(), area_of.end(), geo::kOutside), 1);
  }
}

TEST_F(Boundary, F15_UnclosedAndShortRingsAreRefused) {
  add_ward(PolygonOf("[[[575000,160000],[576000,160000],[576000,161000],[575000,161000]]]"));
  load_case.expect_refused("UNCLOSED_RING", "W9");
  add_ward(PolygonOf("[[[575000,160000],[576000,160000],[575000,160000]]]"));
  load_case.expect_refused("RING_TOO_SHORT", "W9");
}

TEST_F(Boundary, F15_FarFromBritainIsRefused) {
  spoil(WardFile(WardFeature("W0", PolygonOf("[[[179.9,51.3],[-179.9,51.3],[-179.9,51.4],[179.9,51.3]]]")), "EPSG:4326"));
  load_case.expect_refused("OUT_OF_AREA");
  add_ward(PolygonOf("[[[1575000,160000],[1576000,160000],[1576000,161000],[1575000,160000]]]"));
  load_case.expect_refused("OUT_OF_AREA");
}

TEST_F(Boundary, F16_LimitsAreCheckedBeforeGdalSeesTheFile) {
  std::string ring = "[[575000,160000]";
  for (int i = 0; i < 1'000'001; ++i) ring += ",[575001,160001]";
  add_ward(PolygonOf("[" + ring + ",[575000,160000]]]"));
  load_case.expect_refused("TOO_MANY_VERTICES");
  std::string rings = SquareRing(5, 0).substr(1);
  rings.pop_back();
  std::string many = "[" + rings;
  for (int i = 0; i < 10'000; ++i) many += "," + rings;
  add_ward(PolygonOf(many + "]"));
  load_case.expect_refused("TOO_MANY_RINGS");
  add_ward(PolygonOf(std::string(200'000, '[') + std::string(200'000, ']')));
  load_case.expect_refused("TOO_DEEP");
}

TEST_F(Boundary, F5_NumbersThatJsonDoesNotHave) {
  add_ward(PolygonOf("[[[NaN,160000],[576000,160000],[576000,161000],[NaN,160000]]]"));
  load_case.expect_refused("BAD_JSON");
  add_ward(PolygonOf("[[[1e999,160000],[576000,160000],[576000,161000],[1e999,160000]]]"));
  load_case.expect_refused("BAD_JSON", "too large");
  add_ward(PolygonOf(R"([[["575000",160000],[576000,160000],[576000,161000],["575000",160000]]])"));
  load_case.expect_refused("BAD_COORDINATE");
  add_ward(PolygonOf("[[[575000,null],[576000,160000],[576000,161000],[575000,null]]]"));
  load_case.expect_refused("BAD_COORDINATE");
}

TEST_F(Boundary, F1_CutAtAnyByte) {
  const std::string whole = support::ThreeWards();
  for (std::size_t size = 0; size + 1 < whole.size(); size += 11) {  // without its last byte, a line end, the document is still whole
    spoil(whole.substr(0, size));
    ASSERT_FALSE(load_case.load()) << "cut at byte " << size;
  }
  load_case.expect_untouched();
}

TEST_F(Boundary, F17_F18_ForeignContentBehindTheNameIsRefused) {
  spoil(std::string("PK\x03\x04", 4) + std::string(300, 'x'));
  load_case.expect_refused("WRONG_CONTENT", "a zip archive");
  spoil("<OGRVRTDataSource><OGRVRTLayer name=\"x\"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
  load_case.expect_refused("WRONG_CONTENT", "a virtual dataset (VRT)");
  spoil("<?xml version=\"1.0\"?><kml/>");
  load_case.expect_refused("WRONG_CONTENT", "an XML document");
  spoil("\x1f\x8b\x08");
  load_case.expect_refused("WRONG_CONTENT", "gzip data");
  spoil(R"({"type":"ESRIJSON","url":"http://127.0.0.1/"})");
  load_case.expect_refused("NOT_GEOJSON");
  spoil(R"({"type":"Topology","objects":{},"arcs":[]})");
  load_case.expect_refused("NOT_GEOJSON");
}

}  // namespace
