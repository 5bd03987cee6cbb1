#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "geo/change/boundary_comparison.h"
#include "tests/support/drawn_dataset.h"
#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::BoxArea;
using support::DrawAreas;
using support::kMapSouth_m;
using support::kMapWest_m;
using testing::HasSubstr;

const Period k2021 = Period::CalendarYear(2021), k2022 = Period::CalendarYear(2022);

void AddAreas(DrawnDataset& drawn, const std::string& id, const std::vector<Area>& areas) {
  const std::size_t vintage = drawn.add_vintage(id);
  for (const Area& area : areas) {
    std::vector<std::pair<double, double>> ring;
    for (const GridPoint p : area.shape.parts[0].rings[0]) ring.emplace_back(p.easting_m(), p.northing_m());
    drawn.add_area(vintage, area.code, ring);
  }
}

// Squares of 100 m; digits are incidents a month.
struct Case {
  DrawnDataset drawn;
  std::shared_ptr<const Snapshot> snapshot;
  BoundaryQuery query;
  Case(const char* before, const char* after, const char* old_map, const char* new_map) {
    AddAreas(drawn, "old", DrawAreas(old_map, 100));
    AddAreas(drawn, "new", DrawAreas(new_map, 100));
    drawn.draw_monthly(before, kMapWest_m, kMapSouth_m, 100, k2021);
    drawn.draw_monthly(after, kMapWest_m, kMapSouth_m, 100, k2022);
    query.before = k2021;
    query.after = k2022;
    query.to_vintage = 1;
  }
  Result<BoundaryAnswer> ask() {
    snapshot = drawn.build();
    if (query.filter.categories.empty()) query.filter = FilterAll(snapshot->datasets[0], k2021);
    return CompareBoundaries(snapshot->datasets[0], query, NeverStop());
  }
};

std::string CodeOf(const std::vector<Area>& areas, AreaIndex area) { return area == kOutside ? "." : areas[area].code; }

// "C<A 12 24 36" is new area C, its predecessor A, and the three counts.
std::string Told(const BoundaryAnswer& answer) {
  std::string text;
  for (const BoundaryRow& row : answer.rows) {
    if (row.kind == WardRow::Kind::kArea) text += CodeOf(answer.to_areas_named, row.to) + "<" + CodeOf(answer.from_areas_named, row.from);
    if (row.kind == WardRow::Kind::kOutside) text += "outside";
    if (row.kind == WardRow::Kind::kUnlocated) text += "unlocated";
    if (row.kind == WardRow::Kind::kTotal) text += "total";
    text += " " + std::to_string(row.before_on_old) + " " + std::to_string(row.before_on_new) + " " + std::to_string(row.after_on_new) + "; ";
  }
  return text;
}

std::string FlowsTold(const BoundaryAnswer& answer) {
  std::string text;
  for (const BoundaryFlow& flow : answer.flows) {
    text += CodeOf(answer.from_areas_named, flow.from) + ">" + CodeOf(answer.to_areas_named, flow.to) + " " + std::to_string(flow.before) + " " +
            std::to_string(flow.after) + "; ";
  }
  return text;
}

TEST(CompareBoundaries, SplitsWhatTheBoundaryMovedFromWhatChanged) {
  Case drawn("1123.4",  //
             "1113.4",  //
             "AABBB.",  //
             "CCCDDD");
  for (int i = 0; i < 5; ++i) drawn.drawn.add({kUnlocated, DayOf(2021, 3, 1) * kMinutesPerDay, DayOf(2021, 3, 1) * kMinutesPerDay + 1});
  const auto answer = drawn.ask();
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(Told(*answer), "C<A 24 48 36; D<B 60 84 84; outside 48 0 0; unlocated 5 5 0; total 137 137 120; ");
  EXPECT_EQ(FlowsTold(*answer), "A>C 24 24; B>C 24 12; B>D 36 36; .>D 48 48; ");
  EXPECT_DOUBLE_EQ(answer->flows[2].share_of_from, 2.0 / 3);
  EXPECT_DOUBLE_EQ(answer->flows[2].share_of_to, 2.0 / 3);
  EXPECT_EQ(answer->flows[2].area_m2, 20'000);
  EXPECT_DOUBLE_EQ(answer->flows[3].share_of_to, 1.0 / 3);
  EXPECT_EQ(answer->flows[3].area_m2, 0);
  EXPECT_EQ(answer->rows[0].predecessor_share_kept, 1);
  EXPECT_EQ(answer->rows[1].predecessor_share_kept, 2.0 / 3);
  EXPECT_EQ(answer->rows[1].area_m2, 30'000);
  EXPECT_EQ(answer->incidents, 137 + 120);
  EXPECT_EQ(answer->located, 132 + 120);
  EXPECT_EQ(answer->tests_made, 2);
}

TEST(CompareBoundaries, OldAreasWithoutASuccessorHaveARowAndNoChange) {
  Case drawn("112",  //
             "112",  //
             "ABC",  //
             "DDE");
  const auto answer = drawn.ask();
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(Told(*answer), "D<A 12 24 24; E<C 24 24 24; .<B 12 0 0; outside 0 0 0; unlocated 0 0 0; total 48 48 48; ");
  EXPECT_TRUE(answer->rows[0].change);
  EXPECT_TRUE(answer->rows[1].change);
  EXPECT_FALSE(answer->rows[2].change);
  EXPECT_FALSE(answer->rows[3].change);
  EXPECT_FALSE(answer->rows[4].change);
  EXPECT_TRUE(answer->rows[5].change);
}

TEST(CompareBoundaries, JudgesOnTheNewBoundaries) {
  // Nothing happens less anywhere but in the last square; the published tables would show C doubling.
  Case drawn("555559",  //
             "555551",  //
             "AABBEE",  //
             "CCCCDD");
  const auto answer = drawn.ask();
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_EQ(Told(*answer).substr(0, 31), "C<A 120 240 240; D<E 168 168 72");
  EXPECT_EQ(answer->rows[0].change->verdict, Verdict::kNoClearChange);
  EXPECT_EQ(answer->rows[1].change->verdict, Verdict::kLower);
  EXPECT_EQ(answer->rows[1].change->difference, -96);
  EXPECT_EQ(answer->rows.back().change->verdict, Verdict::kLower);
}

TEST(CompareBoundaries, ADraftIsCountedAsALoadedVintage) {
  Case loaded("1234\n4321", "2222\n1111", "AABB\nAABB", "CDDD\nCDDD");
  const auto on_loaded = loaded.ask();
  loaded.query.draft = DrawAreas("CDDD\nCDDD", 100);
  std::reverse(loaded.query.draft.begin(), loaded.query.draft.end());
  loaded.query.draft_id = "draft";
  loaded.query.to_vintage = 99;  // not used
  const auto on_draft = loaded.ask();
  ASSERT_TRUE(on_loaded && on_draft);
  EXPECT_EQ(Told(*on_loaded), Told(*on_draft));
  EXPECT_EQ(FlowsTold(*on_loaded), FlowsTold(*on_draft));
}

TEST(CompareBoundaries, ADraftMayOverlapAndLeaveGaps) {
  Case drawn("12345",  //
             "12345",  //
             "AAAAA",  //
             "AAAAA");
  // 2 holds squares 1 to 3, but 1 has square 2 before it; squares 0 and 4 are in the gap.
  drawn.query.draft = {BoxArea("2", 100, 0, 400, 100), BoxArea("1", 200, 0, 300, 100)};
  drawn.query.draft_id = "draft";
  const auto answer = drawn.ask();
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(Told(*answer), "1<. 0 36 36; 2<A 180 72 72; outside 0 72 72; unlocated 0 0 0; total 180 180 180; ");
  EXPECT_EQ(FlowsTold(*answer), "A>1 36 36; A>2 72 72; A>. 72 72; ");
  EXPECT_DOUBLE_EQ(answer->flows[2].share_of_from, 0.4);
  EXPECT_EQ(answer->rows[1].area_m2, 20'000);
}

TEST(CompareBoundaries, PairsWithLittleGroundAndNoIncidentsAreNotFlows) {
  Case drawn("11", "11", "AB", "CD");
  drawn.query.draft = {BoxArea("C", 0, 0, 100.05, 100), BoxArea("D", 100.05, 0, 200, 100)};
  drawn.query.draft_id = "draft";
  const auto answer = drawn.ask();
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(FlowsTold(*answer), "A>C 12 12; B>D 12 12; ");
  drawn.query.draft = {BoxArea("C", 0, 0, 100.2, 100), BoxArea("D", 100.2, 0, 200, 100)};
  EXPECT_EQ(FlowsTold(*drawn.ask()), "A>C 12 12; B>C 0 0; B>D 12 12; ");
}

TEST(CompareBoundaries, ABreakMakesEveryRowNotComparable) {
  Case drawn("99", "11", "AB", "CD");
  drawn.drawn.record().breaks.push_back({"rule", "", {}, {DayOf(2021, 7, 1), DayOf(2021, 7, 2)}, "recording changed"});
  const auto answer = drawn.ask();
  ASSERT_TRUE(answer) << answer.error().message;
  ASSERT_FALSE(answer->breaks.empty());
  for (const BoundaryRow& row : answer->rows) {
    if (!row.change) continue;
    EXPECT_EQ(row.change->verdict, Verdict::kNotComparable);
  }
}

struct Refused {
  std::string field, reason, message;
};
Refused Refusal(Case& drawn) {
  const auto answer = drawn.ask();
  if (answer) return {"answered", "", ""};
  EXPECT_EQ(answer.error().code, ErrorCode::kInvalidArgument);
  return {answer.error().field, answer.error().reason, answer.error().message};
}

TEST(CompareBoundaries, RefusesWithTheFieldAtFault) {
  const auto fresh = [] { return Case("11", "11", "AB", "CD"); };
  Case same = fresh();
  same.query.to_vintage = 0;
  EXPECT_EQ(Refusal(same).field, "to_vintage");
  Case missing = fresh();
  missing.query.to_vintage = 2;
  EXPECT_EQ(Refusal(missing).reason, "NO_SUCH_VINTAGE");
  Case no_old = fresh();
  no_old.query.from_vintage = 7;
  EXPECT_EQ(Refusal(no_old).field, "from_vintage");
  Case overlapping = fresh();
  overlapping.query.after = {DayOf(2021, 12, 1), DayOf(2022, 12, 1)};
  EXPECT_EQ(Refusal(overlapping).field, "after");
  Case rate = fresh();
  rate.query.false_discovery_rate = 0;
  EXPECT_EQ(Refusal(rate).field, "false_discovery_rate");
  Case areas = fresh();
  areas.query.filter.categories = {0, 1};
  areas.query.filter.sources = {0};
  areas.query.filter.areas = IncidentFilter::AreaFilter{0, {0}};
  EXPECT_EQ(Refusal(areas).field, "filter.areas");
}

TEST(CompareBoundaries, RefusesADraftThatIsNoSetOfAreas) {
  Case bow("11", "11", "AB", "CD");
  Area tie = BoxArea("T", 0, 0, 100, 100);
  std::swap(tie.shape.parts[0].rings[0][1], tie.shape.parts[0].rings[0][2]);
  bow.query.draft = {BoxArea("S", 0, 0, 100, 100), tie};
  bow.query.draft_id = "draft";
  const Refused crossed = Refusal(bow);
  EXPECT_EQ(crossed.field, "draft");
  EXPECT_EQ(crossed.reason, "INVALID_GEOMETRY");
  EXPECT_THAT(crossed.message, HasSubstr("draft area T: Self-intersection at 500050.0 200050.0"));
  bow.query.draft = {BoxArea("S", 0, 0, 100, 100), BoxArea("S", 100, 0, 200, 100)};
  const Refused repeated = Refusal(bow);
  EXPECT_EQ(repeated.field, "draft");
  EXPECT_EQ(repeated.reason, "REPEATED_CODE");
}

}  // namespace
}  // namespace geo
