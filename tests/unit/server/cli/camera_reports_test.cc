// Answers about cameras as people read them, as csv, as map files, as maps and as pictures.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "server/cli/camera_drawing.h"
#include "server/cli/camera_picture.h"
#include "server/cli/camera_review_report.h"
#include "server/cli/camera_words.h"
#include "server/cli/response_report.h"
#include "server/cli/siting_report.h"
#include "tests/unit/server/cli/canned_camera_answers.h"
#include "tests/unit/server/cli/report_lines.h"

namespace server {
namespace {

namespace api = wardwatch::v1;

using testing::HasSubstr;
using testing::Not;

constexpr Terminal kNarrow{80, false};

TEST(CameraReports, EverySiteSaysWhatItAddsAndTheChoiceHowGoodItIs) {
  const std::string text = SitingTable(canned::Sites(), false, kNarrow);
  EXPECT_LE(WidestLine(text), 80) << text;
  EXPECT_THAT(LineWith(text, "1 L00042"), HasSubstr("60.0"));
  EXPECT_THAT(LineWith(text, "2 L00007"), HasSubstr("120.0"));
  EXPECT_THAT(text, HasSubstr("gap\n           4.0 %, not proved best; stopped when time was up"));
  EXPECT_THAT(text, HasSubstr("20.0 have no position"));
  EXPECT_THAT(text, HasSubstr("L00008, L00042: 119.0 in view, 99.2 % of the best"));
  EXPECT_THAT(text, HasSubstr("50 draws"));
  EXPECT_THAT(text, HasSubstr("category-0: 70.0 in view, strong"));
  EXPECT_THAT(text, HasSubstr("category-1: 60.0 in view, no effect found; helps detection"));
  EXPECT_THAT(text, Not(HasSubstr("category-5")));
  EXPECT_THAT(text, HasSubstr("2 more categories"));
  EXPECT_THAT(text, HasSubstr("06:00-14:00 30.0 %, 22:00-06:00 60.0 %, hour not known 10.0 %"));
  EXPECT_THAT(text, HasSubstr("in view at recognise or finer: 3 home, 1 school"));
  EXPECT_THAT(text, HasSubstr("by 2026-01-31"));
  EXPECT_THAT(text, HasSubstr("no buildings are known (NO_BUILDINGS)"));
  EXPECT_THAT(text, HasSubstr("partners alone"));
}

TEST(CameraReports, NoPickIsAnAnswer) {
  api::SitingAnswer answer = canned::Sites();
  answer.clear_picks();
  EXPECT_THAT(SitingTable(answer, false, kNarrow), HasSubstr("nothing is picked"));
}

TEST(CameraReports, CsvHasARecordForEachPick) {
  const std::string csv = SitingCsv(canned::Sites());
  EXPECT_THAT(LineWith(csv, "L00042"), HasSubstr("1,L00042,false,500100,200100,90,450000,80,60,80,40,0,13.33"));
  EXPECT_THAT(LineWith(csv, "L00007"), HasSubstr("\"3 home, 1 school\",1000,120,125,0.04,false,"));
}

TEST(CameraReports, AReviewTalliesItsClassesAndSaysWhy) {
  const std::string text = ReviewTable(canned::Reviewed(), false, false, kNarrow);
  EXPECT_LE(WidestLine(text), 80) << text;
  EXPECT_THAT(text, HasSubstr("1 keep, 1 repair first, 1 need not shown"));
  EXPECT_THAT(LineWith(text, "CAM002"), HasSubstr("45.0-180.0")) << "intervals are never left out";
  EXPECT_THAT(text, HasSubstr("CAM002: repair first: because of OUT_OF_ORDER"));
  EXPECT_THAT(text, Not(HasSubstr("CAM003: need")));
  EXPECT_THAT(ReviewTable(canned::Reviewed(), false, true, kNarrow), HasSubstr("CAM003: need not shown: because of FEW_IN_VIEW"));
  EXPECT_THAT(text, HasSubstr("100.0 of 1,000.0 by the working cameras, 190.0 were all to work"));
  EXPECT_THAT(LineWith(ReviewCsv(canned::Reviewed()), "CAM003"), HasSubstr("CAM003,need not shown,FEW_IN_VIEW,working,false,500100,200100"));
}

TEST(CameraReports, MapsShowPicksCamerasAndWhatIsInView) {
  const api::SitingAnswer answer = canned::Sites();
  const std::string drawn = DrawCameraMap(MapOf(answer), kNarrow);
  // A square with demand, mostly in view, under the first pick; the second stands 500 m to the east.
  EXPECT_THAT(drawn, HasSubstr("#1"));
  EXPECT_THAT(drawn, HasSubstr(" 2"));
  EXPECT_THAT(drawn, HasSubstr("a mark is 250\n  x 250 m"));
  EXPECT_LE(WidestLine(drawn), 80);
  EXPECT_EQ(DrawCameraMap(CameraMap{}, kNarrow), "");
  const api::ReviewCamerasResponse review = canned::Reviewed();
  EXPECT_THAT(DrawCameraMap(MapOf(review), kNarrow), HasSubstr("n")) << "the last of those on one mark";
}

TEST(CameraReports, AMapOfAWholeCountryStillFits) {
  CameraMap map;
  map.cell_size_m = 10;
  map.cameras = {{100'000, 10'000, '1'}, {650'000, 1'200'000, '2'}};
  const std::string drawn = DrawCameraMap(map, kNarrow);
  EXPECT_LE(WidestLine(drawn), 80);
  EXPECT_LE(std::count(drawn.begin(), drawn.end(), '\n'), 30);
}

TEST(CameraReports, MapFilesTellPicksViewsAndDemandApart) {
  api::SitingAnswer answer = canned::Sites();
  api::CameraView& view = *answer.add_views();
  view.set_id("L00042");
  api::ViewOutline& outline = *view.add_outlines();
  outline.set_level("recognise");
  // Clockwise: turned round for RFC 7946.
  outline.set_geojson(R"({"type":"Polygon","coordinates":[[[0.5,51.4],[0.5,51.401],[0.501,51.401],[0.5,51.4]]]})");
  const auto text = CamerasGeoJson(answer);
  ASSERT_TRUE(text) << text.error().message;
  const auto json = nlohmann::json::parse(*text);
  ASSERT_EQ(json["features"].size(), 4U);
  EXPECT_EQ(json["features"][0]["properties"]["kind"], "pick");
  EXPECT_EQ(json["features"][0]["properties"]["watches_home"], 3);
  EXPECT_EQ(json["features"][2]["properties"]["kind"], "view");
  EXPECT_EQ(json["features"][2]["geometry"]["coordinates"][0][1][0], 0.501);
  EXPECT_EQ(json["features"][3]["properties"]["kind"], "demand");
  EXPECT_EQ(json["context"]["dataset"], "datasets/medway");
  outline.set_geojson("{");
  EXPECT_FALSE(CamerasGeoJson(answer));
}

TEST(CameraReports, PicturesAreDrawn) {
  const api::SitingAnswer answer = canned::Sites();
  const auto png = CameraPng(MapOf(answer));
  ASSERT_TRUE(png) << png.error().message;
  EXPECT_EQ(png->substr(1, 3), "PNG");
  const auto empty = CameraPng(CameraMap{});
  ASSERT_FALSE(empty);
  EXPECT_EQ(empty.error().reason, "NOTHING_TO_SHOW");
}

TEST(CameraReports, ResponsesFitAndRecommendNone) {
  api::CompareResponsesResponse answer;
  api::HotspotResponse& place = *answer.add_hotspots();
  place.set_id("s250:r1446:c2304");
  *place.mutable_incidents() = canned::Exact(484);
  place.set_dark_share(0.555);
  place.mutable_camera()->set_grade(api::EVIDENCE_GRADE_NO_EFFECT_FOUND);
  place.mutable_lighting()->set_grade(api::EVIDENCE_GRADE_MODERATE);
  place.mutable_lighting()->set_supported_share(0.39);
  place.mutable_people()->set_grade(api::EVIDENCE_GRADE_STRONG);
  place.add_cautions("of little use");
  *answer.mutable_context() = canned::Context();
  const std::string text = ResponseTable(answer, kNarrow);
  EXPECT_LE(WidestLine(text), 80) << text;
  EXPECT_THAT(LineWith(text, "r1446"), HasSubstr("no effect 0 %"));
  EXPECT_THAT(LineWith(text, "r1446"), HasSubstr("moderate 39 %"));
  EXPECT_THAT(text, HasSubstr("None is recommended"));
  EXPECT_THAT(LineWith(ResponseCsv(answer), "r1446"), HasSubstr("no effect found,0,moderate,0.39,strong"));
}

TEST(CameraWords, PoundsPlacesAndBlocks) {
  EXPECT_EQ(PoundsText(450'000), "4,500");
  EXPECT_EQ(PoundsText(450'050), "4,500.50");
  EXPECT_EQ(PlacesText({}, "observe"), "none known");
  EXPECT_EQ(BlocksText({}), "");
  EXPECT_EQ(PlacesAt(canned::Certificate().intrusion(), "observe"), 22);
}

}  // namespace
}  // namespace server
