#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>

#include "geo/change/boundary_comparison.h"
#include "tests/support/drawn_dataset.h"
#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::DrawAreas;
using support::kMapSouth_m;
using support::kMapWest_m;

const Period k2021 = Period::CalendarYear(2021);

// Squares of 100 m. Old: A of four squares, B of two. New: C has a quarter of A, D the rest and half of B; the last square is in none.
struct Case {
  DrawnDataset drawn;
  std::shared_ptr<const Snapshot> snapshot;
  CrosswalkQuery query;
  Case() {
    for (const auto& [id, map] : {std::pair("old", "AAAABB"), std::pair("new", "CDDDD."), std::pair("blocks", "xxxxyz")}) {
      const std::size_t vintage = drawn.add_vintage(id);
      for (const Area& area : DrawAreas(map, 100)) {
        const Ring& ring = area.shape.parts[0].rings[0];
        drawn.add_area(vintage, area.code, {{ring[0].easting_m(), ring[0].northing_m()}, {ring[1].easting_m(), ring[1].northing_m()},
                                            {ring[2].easting_m(), ring[2].northing_m()}, {ring[3].easting_m(), ring[3].northing_m()}});
      }
    }
    for (const char* code : {"x", "y", "z"}) drawn.add_residents(2, code, 2021, *code == 'x' ? 400 : *code == 'y' ? 300 : 100);
    drawn.add_residents(2, "y", 2011, 9'000);  // an earlier estimate is passed over
    drawn.draw_monthly("31....", kMapWest_m, kMapSouth_m, 100, k2021);
    query.to_vintage = 1;
    query.block_vintage = 2;
    query.counts = {100, 40};
  }
  Result<CrosswalkAnswer> ask() {
    snapshot = drawn.build();
    query.filter = FilterAll(snapshot->datasets[0], k2021);
    return CrosswalkCounts(snapshot->datasets[0], query, NeverStop());
  }
};

void ExpectEstimates(const Result<CrosswalkAnswer>& answer, std::vector<double> expected) {
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(answer->areas.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(answer->areas[i].estimate, expected[i], 1e-9) << i;
}

TEST(CrosswalkCounts, ByGround) {
  Case drawn;
  const auto answer = drawn.ask();
  ExpectEstimates(answer, {25, 75 + 20, 20});
  EXPECT_EQ(answer->total, 140);
  EXPECT_EQ(answer->areas[0].low, 0);
  EXPECT_EQ(answer->areas[0].high, 100);
  EXPECT_EQ(answer->areas[1].high, 140);
  EXPECT_EQ(answer->areas[2].high, 40);
  EXPECT_EQ(answer->incidents, 0);
}

TEST(CrosswalkCounts, ByIncidentsAndByGroundWhereThereAreNone) {
  Case drawn;
  drawn.query.weight = CrosswalkWeight::kIncidents;
  const auto answer = drawn.ask();
  ExpectEstimates(answer, {75, 25 + 20, 20});
  EXPECT_EQ(answer->incidents, 48);
  EXPECT_EQ(answer->located, 48);
}

TEST(CrosswalkCounts, ByTheLatestResidents) {
  Case drawn;
  drawn.query.weight = CrosswalkWeight::kResidents;
  ExpectEstimates(drawn.ask(), {25, 75 + 30, 10});
}

TEST(CrosswalkCounts, CountsThatAreNotPublishedAreSaid) {
  Case drawn;
  drawn.query.counts = {std::nullopt, 40};
  const auto answer = drawn.ask();
  ExpectEstimates(answer, {0, 20, 20});
  EXPECT_EQ(answer->areas[0].not_published, 1);
  EXPECT_EQ(answer->areas[1].not_published, 1);
  EXPECT_EQ(answer->areas[2].not_published, 0);
  EXPECT_EQ(answer->total, 40);
}

std::string Refusal(Case& drawn) {
  const auto answer = drawn.ask();
  if (answer) return "answered";
  EXPECT_EQ(answer.error().code, ErrorCode::kInvalidArgument);
  return answer.error().field + " " + answer.error().reason;
}

TEST(CrosswalkCounts, RefusesWithTheFieldAtFault) {
  const auto with = [](auto change) {
    Case drawn;
    change(drawn.query);
    return Refusal(drawn);
  };
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.to_vintage = 0; }), "to_vintage SAME_VINTAGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.to_vintage = 9; }), "to_vintage NO_SUCH_VINTAGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.from_vintage = 9; }), "from_vintage NO_SUCH_VINTAGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.counts = {1}; }), "counts OUT_OF_RANGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.counts = {1, -1}; }), "counts OUT_OF_RANGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.counts = {1, NAN}; }), "counts OUT_OF_RANGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.counts = {std::nullopt, std::nullopt}; }), "counts OUT_OF_RANGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.least_share = 0.21; }), "least_share OUT_OF_RANGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) { q.least_share = NAN; }), "least_share OUT_OF_RANGE");
  EXPECT_EQ(with([](CrosswalkQuery& q) {
              q.weight = CrosswalkWeight::kResidents;
              q.block_vintage = 0;
            }),
            "block_vintage NO_RESIDENTS");
}

TEST(CrosswalkCounts, RefusesBlocksOfWhichOneHasNoResidents) {
  Case drawn;
  drawn.query.weight = CrosswalkWeight::kResidents;
  auto& populations = drawn.drawn.record().vintages[2].populations;
  std::erase_if(populations, [](const PopulationRecord& p) { return p.code == "z"; });
  EXPECT_EQ(Refusal(drawn), "block_vintage NO_RESIDENTS");
  // None live there: that is known, and another thing.
  drawn.drawn.add_residents(2, "z", 2021, 0);
  drawn.query.weight = CrosswalkWeight::kResidents;
  ExpectEstimates(drawn.ask(), {25, 75 + 40, 0});
}

}  // namespace
}  // namespace geo
