#include "server/codec/draft_codec.h"

#include <gmock/gmock.h>

#include "geo/geodesy/british_grid.h"
#include "server/limits.h"

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;
using ::testing::HasSubstr;

const std::string kSquare = "[[500000,200000],[501000,200000],[501000,201000],[500000,201000],[500000,200000]]";

v1::DraftBoundaries DraftOf(std::string geojson, const std::string& crs = "EPSG:27700") {
  v1::DraftBoundaries draft;
  draft.set_id("draft-2028");
  draft.set_geojson(std::move(geojson));
  draft.set_crs(crs);
  draft.set_code_property("code");
  return draft;
}

std::string Feature(const std::string& properties, const std::string& geometry) {
  return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":)" + geometry + "}";
}
std::string Polygon(const std::string& rings) { return R"({"type":"Polygon","coordinates":[)" + rings + "]}"; }
std::string Collection(const std::string& features) { return R"({"type":"FeatureCollection","features":[)" + features + "]}"; }
std::string One(const std::string& geometry) { return Collection(Feature(R"("code":"A1")", geometry)); }

geo::Result<Draft> Read(const std::string& geojson, const std::string& crs = "EPSG:27700") { return DecodeDraft(DraftOf(geojson, crs), geo::NeverStop()); }

TEST(DecodeDraft, AreasInOrderOfCodeWithHolesPartsAndHeights) {
  const std::string island =
      R"({"type":"MultiPolygon","coordinates":[[)" + kSquare + "],[[[503000,200000,12],[504000,200000,12],[504000,201000,12],[503000,200000,12]]]]}";
  const std::string holed = Polygon(
      "[[510000,200000],[512000,200000],[512000,202000],[510000,202000],[510000,200000]],"
      "[[510500,200500],[511000,200500],[511000,201000],[510500,200500]]");
  auto sent = DraftOf(Collection(Feature(R"("code":"B","name":"Beta")", holed) + "," + Feature(R"("code":"A","name":"Älpha")", island)));
  sent.set_name_property("name");
  const auto draft = DecodeDraft(sent, geo::NeverStop());
  ASSERT_TRUE(draft) << draft.error().message;
  ASSERT_EQ(draft->areas.size(), 2U);
  EXPECT_EQ(draft->areas[0].code, "A");
  EXPECT_EQ(draft->areas[0].name, "Älpha");
  EXPECT_EQ(draft->areas[0].shape.parts.size(), 2U);
  EXPECT_EQ(draft->areas[0].shape.parts[0].rings[0].size(), 4U);  // the closing vertex is not kept
  EXPECT_EQ(geo::AreaM2(draft->areas[0].shape), 1.5e6);
  EXPECT_EQ(geo::AreaM2(draft->areas[1].shape), 4e6 - 125'000);
  EXPECT_EQ(draft->overlaps, "none");
  EXPECT_EQ(draft->placed_by, "");
}

TEST(DecodeDraft, DegreesAreTransformedAndItIsSaid) {
  const auto draft = Read(One(Polygon("[[0.5,51.3],[0.51,51.3],[0.51,51.31],[0.5,51.3]]")), "");
  ASSERT_TRUE(draft) << draft.error().message;
  const auto grid = geo::BritishGrid::Create();
  ASSERT_TRUE(grid);
  EXPECT_EQ(draft->areas[0].shape.parts[0].rings[0][0], grid->to_grid(geo::LatLng::FromDegrees(51.3, 0.5)));
  EXPECT_EQ(draft->placed_by, grid->method());
}

TEST(DecodeDraft, AnIntegerIsACode) {
  const auto draft = Read(Collection(Feature(R"("code":12)", Polygon(kSquare))));
  ASSERT_TRUE(draft) << draft.error().message;
  EXPECT_EQ(draft->areas[0].code, "12");
  EXPECT_EQ(draft->areas[0].name, "12");
}

TEST(DecodeDraft, OverlapsAreNamed) {
  const std::string across = "[[500500,200000],[501500,200000],[501500,201000],[500500,201000],[500500,200000]]";
  const auto draft = Read(Collection(Feature(R"("code":"A")", Polygon(kSquare)) + "," + Feature(R"("code":"B")", Polygon(across))));
  ASSERT_TRUE(draft) << draft.error().message;
  EXPECT_EQ(draft->overlaps, "A and B (500000.0 m2)");
}

struct Refused {
  const char* name;
  std::string geojson;
  const char* field;
  const char* reason;
  const char* says;
};

std::vector<Refused> Refusals() {
  const std::string crossed = "[[500000,200000],[501000,201000],[501000,200000],[500000,201000],[500000,200000]]";
  return {
      {"nothing", "  ", "draft.geojson", "BAD_JSON", "byte"},
      {"cut", R"({"type":"FeatureCollection","features":[)", "draft.geojson", "BAD_JSON", "cut"},
      {"NaN", One(Polygon("[[NaN,1],[2,2],[3,3],[1,1]]")), "draft.geojson", "BAD_JSON", "NaN"},
      {"1e999", One(Polygon("[[1e999,1],[2,2],[3,3],[1,1]]")), "draft.geojson", "BAD_JSON", "too large"},
      {"two documents", One(Polygon(kSquare)) + "{}", "draft.geojson", "BAD_JSON", "byte"},
      {"deep", R"({"x":)" + std::string(100, '['), "draft.geojson", "TOO_DEEP", "deeper than 16"},
      {"a key twice", R"({"type":"FeatureCollection","type":"FeatureCollection","features":[]})", "draft.geojson", "REPEATED", "type"},
      {"a list", "[1,2]", "draft.geojson", "NOT_GEOJSON", "is array"},
      {"a feature alone", Feature(R"("code":"A")", Polygon(kSquare)), "draft.geojson", "NOT_GEOJSON", "Feature"},
      {"no list", R"({"type":"FeatureCollection"})", "draft.geojson", "NOT_GEOJSON", "features"},
      {"no feature", Collection(""), "draft.geojson", "NO_AREAS", "at least one"},
      {"a geometry for a feature", Collection(Polygon(kSquare)), "draft.features[0]", "NOT_GEOJSON", "Polygon"},
      {"no properties", R"({"type":"FeatureCollection","features":[{"type":"Feature"}]})", "draft.features[0].properties", "MISSING", "there is: none"},
      {"no code", Collection(Feature(R"("name":"A")", Polygon(kSquare))), "draft.features[0].properties", "MISSING", "name"},
      {"a code that is none", Collection(Feature(R"("code":1.5)", Polygon(kSquare))), "draft.features[0].properties", "BAD_CODE", "integer"},
      {"an empty code", Collection(Feature(R"("code":"")", Polygon(kSquare))), "draft.features[0].properties", "BAD_CODE", "1 to 64"},
      {"a code with a line break", Collection(Feature(R"("code":"A\n")", Polygon(kSquare))), "draft.features[0].properties", "BAD_CODE", "control"},
      {"a code twice", Collection(Feature(R"("code":"1")", Polygon(kSquare)) + "," + Feature(R"("code":1)", Polygon(kSquare))), "draft.features[1].properties",
       "REPEATED", "once"},
      {"no geometry", Collection(Feature(R"("code":"A1")", "null")), "draft.features[0].geometry", "EMPTY_GEOMETRY", "A1"},
      {"a point", One(R"({"type":"Point","coordinates":[500000,200000]})"), "draft.features[0].geometry", "WRONG_GEOMETRY_TYPE", "Point"},
      {"no coordinates", One(R"({"type":"Polygon"})"), "draft.features[0].geometry.coordinates", "EMPTY_GEOMETRY", "A1"},
      {"no ring", One(R"({"type":"MultiPolygon","coordinates":[[]]})"), "draft.features[0].geometry.coordinates[0]", "EMPTY_GEOMETRY", "outline"},
      {"three positions", One(Polygon("[[500000,200000],[501000,200000],[500000,200000]]")), "draft.features[0].geometry.coordinates[0]", "RING_TOO_SHORT",
       "at least 4"},
      {"not closed", One(Polygon("[[500000,200000],[501000,200000],[501000,201000],[500000,201000]]")), "draft.features[0].geometry.coordinates[0]",
       "UNCLOSED_RING", "repeat the first"},
      {"one number", One(Polygon("[[500000],[501000,200000],[501000,201000],[500000]]")), "draft.features[0].geometry.coordinates[0][0]", "BAD_COORDINATE",
       "[x, y]"},
      {"words", One(Polygon(R"([["500000","200000"],[501000,200000],[501000,201000],["500000","200000"]])")), "draft.features[0].geometry.coordinates[0][0]",
       "BAD_COORDINATE", "numbers"},
      {"degrees for metres", One(Polygon("[[0.5,51.3],[0.51,51.3],[0.51,51.31],[0.5,51.3]]")), "draft.features[0].geometry", "CRS_MISMATCH", "degrees"},
      {"off the map", One(Polygon("[[500000,200000],[501000,200000],[501000,2000000],[500000,200000]]")), "draft.features[0].geometry", "OUT_OF_AREA",
       "1 of 3 vertices"},
      {"a bow tie", One(Polygon(crossed)), "draft.features[0].geometry", "INVALID_GEOMETRY", "A1"},
      {"nothing wide", One(Polygon("[[500000,200000],[500000.0001,200000],[500000,200000.0001],[500000,200000]]")), "draft.features[0].geometry",
       "INVALID_GEOMETRY", "millimetre"},
  };
}

TEST(DecodeDraft, RefusesByNameAndPlace) {
  for (const Refused& refused : Refusals()) {
    SCOPED_TRACE(refused.name);
    const auto draft = Read(refused.geojson);
    if (draft) {
      ADD_FAILURE() << "accepted";
      continue;
    }
    EXPECT_EQ(draft.error().field, refused.field);
    EXPECT_EQ(draft.error().reason, refused.reason);
    EXPECT_THAT(draft.error().message, HasSubstr(refused.says));
  }
}

TEST(DecodeDraft, RefusesWhatCannotBeDegrees) {
  const auto metres = Read(One(Polygon(kSquare)), "");
  ASSERT_FALSE(metres);
  EXPECT_EQ(metres.error().reason, "CRS_MISMATCH");
  EXPECT_THAT(metres.error().message, HasSubstr("EPSG:27700"));
  const auto swapped = Read(One(Polygon("[[51.3,0.5],[51.3,0.51],[51.31,0.51],[51.3,0.5]]")), "EPSG:4326");
  ASSERT_FALSE(swapped);
  EXPECT_EQ(swapped.error().reason, "AXES_SWAPPED");
}

TEST(DecodeDraft, AtMostTwoThousandAreas) {
  std::string features;
  for (int i = 0; i <= limits::kDraftAreas; ++i) features += std::string(i == 0 ? "" : ",") + R"({"type":"Feature"})";
  const auto draft = Read(Collection(features));
  ASSERT_FALSE(draft);
  EXPECT_EQ(draft.error().reason, "TOO_MANY");
  EXPECT_THAT(draft.error().message, HasSubstr("2001"));
}

// As many brackets as fit: depth is bounded before anything is built.
TEST(DecodeDraft, SurvivesAMountainOfBrackets) {
  const auto draft = Read(std::string(limits::kDraftBytes, '['));
  ASSERT_FALSE(draft);
  EXPECT_EQ(draft.error().reason, "TOO_DEEP");
}

TEST(DecodeDraft, StopsWhenAsked) {
  class Stopped final : public geo::StopSignal {
   public:
    bool stop_requested() const override { return true; }
    geo::Error reason() const override { return {geo::ErrorCode::kCancelled, "", "CANCELLED", "asked to"}; }
  };
  const auto draft = DecodeDraft(DraftOf(One(Polygon(kSquare))), Stopped());
  ASSERT_FALSE(draft);
  EXPECT_EQ(draft.error().reason, "CANCELLED");
}

}  // namespace
}  // namespace server
