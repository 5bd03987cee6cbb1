#include "geo/placement/site_cameras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "geo/placement/place_robustness.h"
#include "tests/support/drawn_street.h"

namespace geo {
namespace {

using support::DrawnStreet;
using support::DrawStreet;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// Two streets that a terrace divides; A and B in the southern one, C in the northern.
const char* const kTerrace = R"(
.5.C..4.......
..............
##############
1.............
..A.9.B..8....
............2.
)";

SitingQuery QueryOf(const DrawnStreet& street, int picks) {
  SitingQuery query;
  query.candidates = street.sites;
  query.picks = picks;
  query.level = "detect";
  query.bearings_deg = {0, 90, 180, 270};
  query.robustness_draws = 0;
  return query;
}

SitingAnswer Sited(const CameraScene& scene, const SitingQuery& query) {
  const auto answer = SiteCameras(scene, query, NeverStop());
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
  return answer.value_or(SitingAnswer{});
}

std::vector<std::string> Ids(const SitingAnswer& answer) {
  std::vector<std::string> ids;
  for (const SitedPick& pick : answer.picks) ids.push_back(pick.id);
  return ids;
}

TEST(SiteCameras, ChoosesSitesAndBearingsAndTellsWhatEachAdds) {
  const DrawnStreet street = DrawStreet(kTerrace);
  const SitingAnswer one = Sited(street.scene, QueryOf(street, 1));
  EXPECT_THAT(Ids(one), ElementsAre("A"));
  EXPECT_EQ(one.picks[0].bearing_deg, 90) << "towards the nine and the eight";
  EXPECT_EQ(one.covered, 17);
  EXPECT_EQ(one.total, 29);
  const SitingAnswer two = Sited(street.scene, QueryOf(street, 2));
  EXPECT_EQ(two.covered, 22);
  EXPECT_THAT(Ids(two), ElementsAre("A", "C"));
  EXPECT_EQ(two.picks[0].gain + two.picks[1].gain, two.covered - two.before);
  EXPECT_EQ(two.picks[1].cumulative, two.covered);
  EXPECT_EQ(std::accumulate(two.picks[0].gain_by_block.begin(), two.picks[0].gain_by_block.end(), 0.0), two.picks[0].gain);
  ASSERT_TRUE(two.certificate.solver);
  EXPECT_TRUE(two.certificate.solver->proved_optimal);
  EXPECT_EQ(two.certificate.solver->gap, 0);
  EXPECT_EQ(two.spend_pence, 200'000);
  EXPECT_EQ(*two.picks[1].gain_per_1000_pounds, 5);
  EXPECT_EQ(FormatDay(two.certificate.review_on), "2027-01-31");
  EXPECT_EQ(two.certificate.level, "detect");
  EXPECT_EQ(two.certificate.table, "EN IEC 62676-4:2014");
}

TEST(SiteCameras, TheTerraceHidesTheOtherStreet) {
  const DrawnStreet street = DrawStreet(kTerrace);
  SitingQuery query = QueryOf(street, 1);
  query.candidates = {street.sites[1]};  // A
  query.bearings_deg = {0};
  const SitingAnswer north = Sited(street.scene, query);
  EXPECT_EQ(north.covered, 0);
  EXPECT_THAT(north.picks, IsEmpty()) << "what adds nothing is not chosen";
  CameraScene open = street.scene;
  open.buildings = FootprintIndex();
  EXPECT_EQ(Sited(open, query).covered, 9) << "the five and the four";
  query.bearings_deg = {90};
  EXPECT_EQ(Sited(street.scene, query).picks[0].blind, 4) << "on the edge of the sector, behind the terrace";
  EXPECT_EQ(Sited(open, query).picks[0].blind, 0);
}

TEST(SiteCameras, MorePicksThanCandidates) {
  const DrawnStreet street = DrawStreet(kTerrace);
  const SitingAnswer all = Sited(street.scene, QueryOf(street, 99));
  EXPECT_EQ(all.picks.size(), 3u);
  EXPECT_EQ(all.covered, 24);
  EXPECT_GE(all.coverable, all.covered) << "each looks one way only";
  EXPECT_TRUE(all.alternatives_complete);
  EXPECT_THAT(all.alternatives, IsEmpty());
}

TEST(SiteCameras, StandingCamerasAreNotPaidForTwice) {
  DrawnStreet street = DrawStreet(kTerrace);
  ExistingCamera standing;
  standing.id = "cam-1";
  standing.at = street.at(3, 1);
  standing.bearing_deg = 90;
  street.scene.cameras = {standing};
  const SitingAnswer beside = Sited(street.scene, QueryOf(street, 1));
  EXPECT_EQ(beside.before, 17);
  EXPECT_THAT(Ids(beside), ElementsAre("C"));
  EXPECT_EQ(beside.picks[0].gain, 5);
  EXPECT_EQ(beside.covered, 22);
  street.scene.cameras[0].state = CameraState::kOut;
  EXPECT_EQ(Sited(street.scene, QueryOf(street, 1)).before, 0) << "what does not work sees nothing";
}

TEST(SiteCameras, WhomStandingCamerasWatchIsToldApart) {
  DrawnStreet street = DrawStreet(R"(
..@......
.........
.....A.3.
)");
  SitingQuery query = QueryOf(street, 1);
  query.bearings_deg = {90};  // away from the home
  const SitingAnswer alone = Sited(street.scene, query);
  ASSERT_TRUE(alone.certificate.intrusion_before);
  EXPECT_EQ(alone.certificate.intrusion_before->at(0, 0), 0);
  ExistingCamera standing;
  standing.id = "cam-1";
  standing.at = street.at(2, 0);
  standing.bearing_deg = 0;
  street.scene.cameras = {standing};
  const SitingAnswer beside = Sited(street.scene, query);
  EXPECT_EQ(beside.certificate.intrusion_before->at(0, 0), 1);
  EXPECT_EQ(beside.certificate.intrusion.at(0, 0), alone.certificate.intrusion.at(0, 0) + 1);
}

// A camera that tours half a circle looks at each place half of the time; nothing that it sees, hides or doubles counts for more.
TEST(SiteCameras, CamerasThatTourAreToldByTime) {
  DrawnStreet street = DrawStreet(kTerrace);
  street.scene.models[0].pan_deg = 180;
  SitingQuery query = QueryOf(street, 2);
  query.candidates = {street.sites[1], street.sites[2]};  // A and B, in one street
  query.bearings_deg = {90};
  const SitingAnswer both = Sited(street.scene, query);
  ASSERT_EQ(both.picks.size(), 2u);
  EXPECT_EQ(both.picks[0].sees, both.picks[0].gain);
  EXPECT_EQ(both.backup, 0) << "two halves make one";
  EXPECT_EQ(both.coverable, both.covered) << "there is no other way to look";
  query.candidates = {street.sites[1]};
  const SitingAnswer one = Sited(street.scene, query);
  CameraScene open = street.scene;
  open.buildings = FootprintIndex();
  const SitingAnswer unhidden = Sited(open, query);
  EXPECT_EQ(one.picks[0].blind + one.picks[0].sees, unhidden.picks[0].sees) << "by time, behind the terrace as before it";
  EXPECT_GT(one.picks[0].blind, 0);
}

TEST(SiteCameras, AMovableCameraMayTurnStayOrGo) {
  DrawnStreet street = DrawStreet(kTerrace);
  ExistingCamera movable;
  movable.id = "cam-1";
  movable.at = street.at(3, 1);
  movable.bearing_deg = 270;  // towards the one
  movable.bond = CameraBond::kMovable;
  street.scene.cameras = {movable};
  SitingQuery query = QueryOf(street, 0);
  const SitingAnswer turned = Sited(street.scene, query);
  EXPECT_THAT(Ids(turned), ElementsAre("cam-1"));
  EXPECT_TRUE(turned.picks[0].existing);
  EXPECT_EQ(turned.picks[0].bearing_deg, 90);
  EXPECT_EQ(turned.spend_pence, 0);
  street.scene.cameras[0].at = street.at(0, 5);  // a corner from where little is seen
  query.bearings_deg = {90};
  const SitingAnswer gone = Sited(street.scene, query);
  EXPECT_THAT(Ids(gone), ElementsAre("A"));
  EXPECT_THAT(gone.released, ElementsAre("cam-1"));
}

// Four squares about one corner: it is in one of them, the one to its north-east, as of four cells.
TEST(HoldsPoint, NeighboursShareNoPoint) {
  const GridPoint corner = GridPoint::FromMeters(1000, 1000);
  std::string held;
  for (const auto& [name, east, north] : {std::tuple("sw", -5, -5), std::tuple("se", 5, -5), std::tuple("nw", -5, 5), std::tuple("ne", 5, 5)}) {
    const GridPoint middle{corner.easting_mm + east * 1000, corner.northing_mm + north * 1000};
    const MultiPolygon square{{{{support::SquareAround(middle, 5)}}}};
    if (HoldsPoint(square, corner)) held += name;
    EXPECT_TRUE(HoldsPoint(square, middle));
    EXPECT_TRUE(HoldsPoint(square, {middle.easting_mm - 5'000, middle.northing_mm})) << "its west edge";
    EXPECT_FALSE(HoldsPoint(square, {middle.easting_mm + 5'000, middle.northing_mm})) << "its east edge";
  }
  EXPECT_EQ(held, "ne");
}

TEST(SiteCameras, BudgetAndBackupOfNamedGround) {
  const DrawnStreet street = DrawStreet(kTerrace);
  SitingQuery query = QueryOf(street, 3);
  query.must_cover.push_back({"the nine", {{{{support::SquareAround(street.at(4, 1), 2)}}}}, 2, 1});
  const SitingAnswer answer = Sited(street.scene, query);
  ASSERT_EQ(answer.must_cover.size(), 1u);
  EXPECT_EQ(answer.must_cover[0].share, 1);
  EXPECT_GE(answer.backup, 9);
  query.budget_pence = 100'000;
  const auto refused = SiteCameras(street.scene, query, NeverStop());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "REQUIREMENTS_NOT_MET");
  query.must_cover.clear();
  query.picks.reset();
  query.budget_pence = 250'000;
  query.frontier_points = 5;
  const SitingAnswer paid = Sited(street.scene, query);
  EXPECT_EQ(paid.spend_pence, 200'000);
  ASSERT_EQ(paid.frontier.size(), 5u);
  EXPECT_EQ(paid.frontier[1].value, 17);
  EXPECT_EQ(paid.frontier[4].value, 22);
}

TEST(SiteCameras, RunnersUpAreNearlyAsGood) {
  const DrawnStreet street = DrawStreet(kTerrace);
  SitingQuery query = QueryOf(street, 1);
  query.alternatives_share = 0.5;
  query.alternatives = 10;
  const SitingAnswer answer = Sited(street.scene, query);
  ASSERT_FALSE(answer.alternatives.empty());
  EXPECT_EQ(answer.alternatives[0].ids, std::vector<std::string>{"B"});
  EXPECT_NEAR(answer.alternatives[0].share_of_best, answer.alternatives[0].value / 17, 1e-12);
  EXPECT_TRUE(answer.alternatives_complete);
}

TEST(SiteCameras, HomesEvidenceAndHoursStandBeside) {
  DrawnStreet street = DrawStreet(R"(
..@@@..
.......
..2A2..
.......
)");
  street.scene.demand.points[1].category = 1;
  street.scene.demand.points[0].block = -1;
  street.scene.evidence = {{"theft", EvidenceGrade::kModerate, EvidenceGrade::kWeak, EvidenceGrade::kWeak, "", "a review"},
                           {"drugs", EvidenceGrade::kNoEffect, EvidenceGrade::kNotStudied, EvidenceGrade::kWeak, "detection only", "a study"}};
  street.scene.monitored = {0.25, 1};
  SitingQuery query = QueryOf(street, 1);
  query.bearings_deg = {0, 270};
  query.candidates[0].bearings_deg = {0};
  const SitingAnswer north = Sited(street.scene, query);
  EXPECT_THAT(north.picks, IsEmpty()) << "nothing lies to the north";
  EXPECT_EQ(north.certificate.intrusion.at(0, 0), 0);
  query.candidates[0].bearings_deg = {0, 270, 90};
  query.level = "observe";
  SitingAnswer aside = Sited(street.scene, query);
  EXPECT_EQ(aside.covered, 2);
  EXPECT_EQ(aside.certificate.evidence.rows[0].category, aside.picks[0].bearing_deg == 270 ? 0 : 1);
  street.scene.demand.points[0].weight = 5;
  aside = Sited(street.scene, query);
  EXPECT_EQ(aside.certificate.evidence.responsive_share, 1);
  EXPECT_EQ(aside.certificate.hours.known_share, 0);
  EXPECT_FALSE(aside.certificate.hours.monitored_share);
  street.scene.demand.points[1].weight = 9;
  aside = Sited(street.scene, query);
  EXPECT_EQ(aside.certificate.evidence.responsive_share, 0);
  EXPECT_EQ(aside.certificate.evidence.rows[0].caution, "detection only");
  EXPECT_EQ(aside.certificate.hours.monitored_share, 0.25) << "of the day block";
  // A home is in view though it lies inside its building.
  street.scene.demand.points[0].at = street.at(3, 2);
  street.scene.demand.points[0].weight = 20;
  aside = Sited(street.scene, query);
  EXPECT_EQ(aside.picks[0].bearing_deg, 0);
  EXPECT_EQ(aside.certificate.intrusion.at(0, 0), 3);
  EXPECT_EQ(aside.certificate.intrusion.at(2, 0), 3);
  EXPECT_EQ(aside.certificate.intrusion.at(5, 0), 0);
}

TEST(SiteCameras, ASiteInsideABuildingIsLeftOutWithItsReason) {
  DrawnStreet street = DrawStreet(kTerrace);
  street.sites[0].at = street.at(3, 3);
  SitingQuery query = QueryOf(street, 3);
  const SitingAnswer answer = Sited(street.scene, query);
  ASSERT_EQ(answer.left_out.size(), 1u);
  EXPECT_EQ(answer.left_out[0].id, "C");
  EXPECT_EQ(answer.left_out[0].reason, "SITE_INSIDE_BUILDING");
  query.candidates[0].on_building = true;
  EXPECT_THAT(Sited(street.scene, query).left_out, IsEmpty());
}

TEST(SiteCameras, RefusesWhatCannotBeAsked) {
  const DrawnStreet street = DrawStreet(kTerrace);
  const auto refused = [&](auto&& change, const char* reason) {
    CameraScene scene = street.scene;
    SitingQuery query = QueryOf(street, 1);
    change(scene, query);
    const auto answer = SiteCameras(scene, query, NeverStop());
    EXPECT_FALSE(answer) << reason;
    if (answer) return Error{};
    EXPECT_EQ(answer.error().reason, reason) << answer.error().message;
    EXPECT_FALSE(answer.error().field.empty());
    return answer.error();
  };
  refused([](auto&, auto& query) { query.candidates.clear(); }, "NO_CANDIDATES");
  refused([](auto&, auto& query) { query.picks.reset(); }, "NO_LIMIT");
  refused([](auto&, auto& query) { query.picks = -1; }, "OUT_OF_RANGE");
  refused([](auto&, auto& query) { query.candidates.push_back(query.candidates[0]); }, "REPEATED_ID");
  refused([](auto&, auto& query) { query.level = "perceive"; }, "NO_SUCH_LEVEL");
  refused([](auto&, auto& query) { query.model = 7; }, "NO_SUCH_INDEX");
  refused([](auto&, auto& query) { query.candidates[1].at = kUnlocated; }, "OUT_OF_RANGE");
  refused([](auto&, auto& query) { query.candidates[1].cost_pence = -1; }, "OUT_OF_RANGE");
  refused([](auto&, auto& query) { query.candidates[1].height_m = 0; }, "OUT_OF_RANGE");
  refused([](auto&, auto& query) { query.bearings_deg.clear(); }, "OUT_OF_RANGE");
  refused([](auto& scene, auto&) { scene.models[0].height_m = 0; }, "OUT_OF_RANGE");
  refused([](auto& scene, auto&) { scene.models[0].field_of_view_deg.reset(); }, "LENS_UNKNOWN");
  refused([](auto& scene, auto&) { scene.demand.points[0].weight = -1; }, "OUT_OF_RANGE");
  refused([](auto& scene, auto&) { scene.demand.points[0].category = 2; }, "NO_SUCH_INDEX");
  refused([](auto& scene, auto&) { scene.monitored = {1}; }, "OUT_OF_RANGE");
  refused([](auto& scene, auto& query) { scene.models[0].height_m = 5, query.level = "inspect"; }, "RANGE_IS_NOTHING");
  const Error snapped = refused(
      [](auto& scene, auto&) {
        scene.demand.snapped = true;
        scene.demand.finer_dataset = "datasets/sample";
      },
      "SNAPPED_POINTS");
  EXPECT_EQ(snapped.code, ErrorCode::kFailedPrecondition);
  EXPECT_THAT(snapped.message, HasSubstr("ask of datasets/sample"));
  const Error coarse = refused(
      [](auto& scene, auto&) {
        for (auto& point : scene.demand.points) point.precision_m = 150;
      },
      "PRECISION_COARSER_THAN_RANGE");
  EXPECT_EQ(coarse.message,
            "half of incidents of the drawing may lie 150 m or more from where it is said to be, and the camera reaches 76.7 m at detect: ask of data with "
            "exact positions, or "
            "choose a coarser level or a longer lens");
}

TEST(SiteCameras, NoDemandIsAnEmptyAnswer) {
  DrawnStreet street = DrawStreet(kTerrace);
  street.scene.demand.points.clear();
  const SitingAnswer answer = Sited(street.scene, QueryOf(street, 2));
  EXPECT_THAT(answer.picks, IsEmpty());
  EXPECT_EQ(answer.covered, 0);
  EXPECT_TRUE(answer.certificate.solver->proved_optimal);
}

TEST(TestSiting, CountsHowOftenEachSiteIsChosen) {
  DrawnStreet street = DrawStreet(kTerrace);
  for (DemandPoint& point : street.scene.demand.points) point.precision_m = 4;
  RobustnessQuery robustness;
  robustness.draws = 40;
  const auto answer = TestSiting(street.scene, QueryOf(street, 1), robustness, NeverStop()).value();
  EXPECT_EQ(answer.draws, 40);
  ASSERT_FALSE(answer.sites.empty());
  int chosen = 0;
  for (const auto& site : answer.sites) chosen += site.chosen;
  EXPECT_EQ(chosen, 40) << "one pick a draw";
  EXPECT_GT(answer.note.mean_kept, 0.8);
  EXPECT_LE(answer.note.worst_kept, answer.note.mean_kept);
  street.scene.threads = 8;
  const auto again = TestSiting(street.scene, QueryOf(street, 1), robustness, NeverStop()).value();
  ASSERT_EQ(again.sites.size(), answer.sites.size());
  for (std::size_t i = 0; i < answer.sites.size(); ++i) EXPECT_EQ(again.sites[i].chosen, answer.sites[i].chosen);
  EXPECT_EQ(again.note.mean_kept, answer.note.mean_kept);
}

TEST(TestSiting, ExactPositionsAreChosenAlways) {
  const DrawnStreet street = DrawStreet(kTerrace);
  RobustnessQuery robustness;
  robustness.draws = 5;
  DemandSet other = street.scene.demand;
  other.title = "2023";
  for (DemandPoint& point : other.points) point.weight = point.weight == 5 ? 50 : 1;
  robustness.years = {other};
  const auto answer = TestSiting(street.scene, QueryOf(street, 1), robustness, NeverStop()).value();
  EXPECT_EQ(answer.note.stable_share, 1);
  EXPECT_EQ(answer.note.worst_kept, 1);
  EXPECT_TRUE(answer.sites[0].core);
  ASSERT_EQ(answer.years.size(), 1u);
  EXPECT_THAT(answer.years[0].ids, ElementsAre("C"));
  EXPECT_EQ(answer.years[0].shared, 0);
  EXPECT_LT(answer.years[0].kept, 0.1);
}

TEST(DrawPositions, StayWithinPrecisionAndOutsideBuildings) {
  DrawnStreet street = DrawStreet(kTerrace);
  for (DemandPoint& point : street.scene.demand.points) point.precision_m = 25;
  int moved = 0;
  for (std::uint32_t draw = 0; draw < 200; ++draw) {
    const auto at = DrawPositions(street.scene, street.scene.demand, 9, draw);
    for (std::size_t i = 0; i < at.size(); ++i) {
      const GridPoint from = street.scene.demand.points[i].at;
      EXPECT_LE(std::hypot(at[i].easting_m() - from.easting_m(), at[i].northing_m() - from.northing_m()), 25.001);
      std::vector<FootprintIndex::Footprint> holding;
      street.scene.buildings.containing(at[i], holding);
      EXPECT_THAT(holding, IsEmpty());
      moved += at[i] != from;
    }
  }
  EXPECT_GT(moved, 1'000);
  EXPECT_EQ(DrawPositions(street.scene, street.scene.demand, 9, 3), DrawPositions(street.scene, street.scene.demand, 9, 3));
}

}  // namespace
}  // namespace geo
