// Laws of views and of choices, on towns drawn by chance.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geo/placement/camera_view.h"
#include "geo/placement/detail_levels.h"
#include "geo/placement/review_cameras.h"
#include "geo/placement/site_cameras.h"

namespace geo {
namespace {

int Pick(std::mt19937& random, int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); }

Polygon AnyBuilding(std::mt19937& random, int side) {
  const int x = Pick(random, -side, side), y = Pick(random, -side, side), w = Pick(random, 3'000, 25'000), h = Pick(random, 3'000, 25'000),
            lean = Pick(random, -3'000, 3'000);
  return {{{{x, y}, {x + w, y + lean}, {x + w + lean, y + h + lean}, {x + lean, y + h}}}};
}

struct Town {
  std::vector<Polygon> footprints;
  CameraScene scene;
  SitingQuery query;
};

Town AnyTown(unsigned seed) {
  std::mt19937 random(seed);
  Town town;
  constexpr int kSide = 150'000;
  for (int i = 0; i < 25; ++i) town.footprints.push_back(AnyBuilding(random, kSide));
  town.scene.buildings = FootprintIndex::Build(town.footprints).value();
  CameraModel fixed, touring;
  fixed.id = "fixed";
  fixed.pixels = 3840;
  fixed.field_of_view_deg = 70;
  touring = fixed;
  touring.id = "touring";
  touring.pan_deg = 200;
  town.scene.models = {fixed, touring};
  town.scene.demand.title = "incidents";
  town.scene.demand.categories = {"theft", "drugs"};
  town.scene.demand.blocks = {"day", "night"};
  town.scene.place_kinds = {"home"};
  for (int i = 0; i < 150; ++i) {
    DemandPoint point;
    point.at = i % 20 == 0 ? kUnlocated : GridPoint{Pick(random, -kSide, kSide), Pick(random, -kSide, kSide)};
    point.weight = Pick(random, 0, 5);
    point.category = Pick(random, 0, 1);
    point.block = Pick(random, -1, 1);
    point.precision_m = Pick(random, 0, 10);
    town.scene.demand.points.push_back(point);
  }
  for (int i = 0; i < 60; ++i) town.scene.places.push_back({{Pick(random, -kSide, kSide), Pick(random, -kSide, kSide)}, 0});
  for (int i = 0; i < 3; ++i) {
    ExistingCamera camera;
    camera.id = "cam-" + std::to_string(i);
    camera.at = {Pick(random, -kSide, kSide), Pick(random, -kSide, kSide)};
    camera.bearing_deg = Pick(random, 0, 359);
    camera.model = static_cast<std::size_t>(i % 2);
    town.scene.cameras.push_back(camera);
  }
  for (int i = 0; i < 14; ++i) {
    CandidateSite site;
    site.id = "col-" + std::to_string(Pick(random, 0, 99)) + "-" + std::to_string(i);
    site.at = {Pick(random, -kSide, kSide), Pick(random, -kSide, kSide)};
    site.cost_pence = Pick(random, 1, 5) * 1'000;
    town.query.candidates.push_back(site);
  }
  town.query.model = seed % 3 == 0 ? 1 : 0;
  town.query.level = "detect";
  if (seed % 2 == 0) town.query.budget_pence = 9'000;
  if (seed % 4 != 0) town.query.picks = 3;
  if (seed % 4 == 0 && !town.query.budget_pence) town.query.picks = 2;
  town.query.robustness_draws = 3;
  town.query.frontier_points = 3;
  return town;
}

SitingAnswer Sited(const Town& town) {
  auto answer = SiteCameras(town.scene, town.query, NeverStop());
  EXPECT_TRUE(answer) << (answer ? "" : answer.error().message);
  return answer.value_or(SitingAnswer{});
}

void ExpectSame(const SitingAnswer& one, const SitingAnswer& other) {
  EXPECT_EQ(one.covered, other.covered);
  ASSERT_EQ(one.picks.size(), other.picks.size());
  for (std::size_t i = 0; i < one.picks.size(); ++i) {
    EXPECT_EQ(one.picks[i].id, other.picks[i].id);
    EXPECT_EQ(one.picks[i].bearing_deg, other.picks[i].bearing_deg);
    EXPECT_EQ(one.picks[i].gain, other.picks[i].gain);
    EXPECT_EQ(one.picks[i].intrusion.at_level, other.picks[i].intrusion.at_level);
  }
  ASSERT_EQ(one.alternatives.size(), other.alternatives.size());
  for (std::size_t i = 0; i < one.alternatives.size(); ++i) EXPECT_EQ(one.alternatives[i].ids, other.alternatives[i].ids);
  ASSERT_EQ(one.certificate.robustness.has_value(), other.certificate.robustness.has_value());
  if (one.certificate.robustness) {
    EXPECT_EQ(one.certificate.robustness->mean_kept, other.certificate.robustness->mean_kept);
  }
}

class Towns : public testing::TestWithParam<unsigned> {};

TEST_P(Towns, AnswersAddUp) {
  const Town town = AnyTown(GetParam());
  const SitingAnswer answer = Sited(town);
  double gains = 0;
  for (const SitedPick& pick : answer.picks) {
    gains += pick.gain;
    EXPECT_GT(pick.gain, 0);
    EXPECT_LE(pick.unique, pick.gain + 1e-9);
    EXPECT_LE(pick.gain, pick.sees + 1e-9);
    double blocks = 0;
    for (const double gain : pick.gain_by_block) blocks += gain;
    EXPECT_NEAR(blocks, pick.gain, 1e-9);
    EXPECT_TRUE(std::is_sorted(pick.at_level.rbegin(), pick.at_level.rend())) << "a finer level never has more in view";
  }
  EXPECT_NEAR(gains, answer.covered - answer.before, 1e-9);
  EXPECT_LE(answer.covered, answer.coverable + 1e-9);
  EXPECT_LE(answer.coverable, answer.located);
  EXPECT_LE(answer.located, answer.total);
  EXPECT_LE(answer.covered, answer.certificate.solver->bound + 1e-9);
  for (std::size_t i = 1; i < answer.frontier.size(); ++i) EXPECT_GE(answer.frontier[i].value, answer.frontier[i - 1].value);
  EXPECT_EQ(answer.frontier.back().value, answer.covered) << "the last point is the question itself";
  for (const SitingAlternative& other : answer.alternatives) EXPECT_LE(other.share_of_best, 1);
}

TEST_P(Towns, TheSameAtAnyNumberOfThreadsAndInAnyOrder) {
  Town town = AnyTown(GetParam());
  const SitingAnswer answer = Sited(town);
  for (const int threads : {2, 8}) {
    town.scene.threads = threads;
    ExpectSame(answer, Sited(town));
  }
  town.query.robustness_draws = 0;  // draws are numbered by point
  SitingAnswer without = answer;
  without.certificate.robustness.reset();
  std::mt19937 random(GetParam());
  std::shuffle(town.query.candidates.begin(), town.query.candidates.end(), random);
  std::shuffle(town.scene.places.begin(), town.scene.places.end(), random);
  ExpectSame(without, Sited(town));
}

TEST_P(Towns, AnotherCandidateNeverLowersWhatCanBeCovered) {
  Town town = AnyTown(GetParam());
  town.query.alternatives = town.query.frontier_points = town.query.robustness_draws = 0;
  const double all = Sited(town).covered;
  for (int i = 0; i < 4; ++i) {
    town.query.candidates.pop_back();
    const double fewer = Sited(town).covered;
    EXPECT_LE(fewer, all + 1e-9);
  }
}

TEST_P(Towns, ALockedCameraNeverLeaves) {
  Town town = AnyTown(GetParam());
  town.query.alternatives = town.query.frontier_points = town.query.robustness_draws = 0;
  const SitingAnswer answer = Sited(town);
  EXPECT_TRUE(answer.released.empty());
  EXPECT_GE(answer.covered, answer.before);
  Town without = town;
  without.scene.cameras.clear();
  EXPECT_EQ(Sited(without).before, 0);
  EXPECT_LE(Sited(without).covered, answer.covered + 1e-9) << "cameras that stand take nothing away";
  // Were they free to go, no less could be covered.
  for (ExistingCamera& camera : town.scene.cameras) camera.bond = CameraBond::kMovable;
  EXPECT_GE(Sited(town).covered, answer.covered - 1e-9);
}

TEST_P(Towns, ABuildingMoreNeverEnlargesAView) {
  const Town town = AnyTown(GetParam());
  std::mt19937 random(GetParam() + 1'000);
  std::vector<Polygon> more = town.footprints;
  for (int i = 0; i < 6; ++i) more.push_back(AnyBuilding(random, 150'000));
  const FootprintIndex denser = FootprintIndex::Build(more).value();
  for (int camera = 0; camera < 10; ++camera) {
    const GridPoint from{Pick(random, -150'000, 150'000), Pick(random, -150'000, 150'000)};
    std::vector<FootprintIndex::Footprint> holding;
    denser.containing(from, holding);
    if (!holding.empty()) continue;
    const VisibilityPolygon before(town.scene.buildings, from, 120), after(denser, from, 120);
    for (int i = 0; i < 300; ++i) {
      const auto& ring = more[static_cast<std::size_t>(Pick(random, 0, static_cast<int>(more.size()) - 1))].rings[0];
      const GridPoint p = i % 2 == 0 ? ring[static_cast<std::size_t>(i % 4)] : GridPoint{Pick(random, -150'000, 150'000), Pick(random, -150'000, 150'000)};
      EXPECT_TRUE(before.sees(p) || !after.sees(p));
    }
  }
}

TEST_P(Towns, WhoSeesIsSeen) {
  const Town town = AnyTown(GetParam());
  std::mt19937 random(GetParam());
  std::vector<FootprintIndex::Footprint> holding;
  for (int i = 0; i < 400; ++i) {
    const GridPoint a{Pick(random, -150, 150) * 1'000, Pick(random, -150, 150) * 1'000}, b{Pick(random, -150, 150) * 1'000, Pick(random, -150, 150) * 1'000};
    town.scene.buildings.containing(a, holding);
    if (!holding.empty()) continue;
    town.scene.buildings.containing(b, holding);
    if (!holding.empty()) continue;
    EXPECT_EQ(HasLineOfSight(town.scene.buildings, a, b), HasLineOfSight(town.scene.buildings, b, a)) << i;
  }
}

TEST_P(Towns, PlaceOnTheGridIsOfNoAccount) {
  const Town town = AnyTown(GetParam());
  const auto moved = [](GridPoint p) { return p == kUnlocated ? p : GridPoint{p.easting_mm + 530'000'000, p.northing_mm + 180'000'000}; };
  Town far = town;
  for (Polygon& footprint : far.footprints) {
    for (GridPoint& p : footprint.rings[0]) p = moved(p);
  }
  far.scene.buildings = FootprintIndex::Build(far.footprints).value();
  for (DemandPoint& point : far.scene.demand.points) point.at = moved(point.at);
  for (ProtectedPlace& place : far.scene.places) place.at = moved(place.at);
  for (ExistingCamera& camera : far.scene.cameras) camera.at = moved(camera.at);
  for (CandidateSite& site : far.query.candidates) site.at = moved(site.at);
  Town here = town;
  here.query.robustness_draws = far.query.robustness_draws = 0;  // metres are rounded to doubles elsewhere
  ExpectSame(Sited(here), Sited(far));
}

TEST_P(Towns, ReviewsAndLevelsAddUp) {
  const Town town = AnyTown(GetParam());
  ReviewQuery review;
  review.level = "detect";
  const auto reviewed = ReviewCameras(town.scene, review, NeverStop());
  ASSERT_TRUE(reviewed) << reviewed.error().message;
  double unique = 0;
  for (const CameraReview& camera : reviewed->cameras) {
    unique += camera.unique;
    EXPECT_LE(camera.unique, camera.recent + 1e-9);
    double sum = 0;
    for (const double weight : camera.by_category_and_block) sum += weight;
    EXPECT_NEAR(sum, camera.recent, 1e-9);
  }
  EXPECT_LE(unique, reviewed->covered + 1e-9);
  const auto levels = CountDetailLevels(town.scene, NeverStop());
  ASSERT_TRUE(levels);
  double seen_before = levels->total;
  for (std::size_t level = 0; level < levels->levels.size(); ++level) {
    double all = 0, seen = 0;
    for (std::size_t block = 0; block < levels->blocks; ++block) {
      all += levels->at(level, 0, block) + levels->at(level, 1, block) + levels->at(level, 2, block);
      seen += levels->at(level, 1, block) + levels->at(level, 2, block);
    }
    EXPECT_NEAR(all, levels->total, 1e-9);
    EXPECT_LE(seen, seen_before + 1e-9);
    seen_before = seen;
  }
}

INSTANTIATE_TEST_SUITE_P(Drawn, Towns, testing::Range(1u, 13u));

}  // namespace
}  // namespace geo
