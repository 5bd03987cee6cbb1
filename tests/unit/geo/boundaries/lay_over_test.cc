#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "geo/boundaries/ground_overlap.h"
#include "tests/support/square_areas.h"

namespace geo {
namespace {

using support::BoxArea;
using support::DrawAreas;
using support::MustBuild;

GroundOverlap Lay(const AreaSet& from, const AreaSet& to) {
  auto laid = LayOver(from, to, NeverStop());
  EXPECT_TRUE(laid) << laid.error().message;
  return *laid;
}

// "A>C 200; A>. 100": shared ground in square metres, and what is outside every new area.
std::string Told(const AreaSet& from, const AreaSet& to, const GroundOverlap& laid) {
  std::ostringstream text;
  for (const SharedGround& pair : laid.pairs) text << from.areas()[pair.from].code << '>' << to.areas()[pair.to].code << ' ' << pair.area_m2 << "; ";
  for (std::size_t i = 0; i < laid.from_outside_m2.size(); ++i) {
    if (laid.from_outside_m2[i] > 0) text << from.areas()[i].code << ">. " << laid.from_outside_m2[i] << "; ";
  }
  return text.str();
}

std::string Told(const char* from_map, const char* to_map) {
  const AreaSet from = MustBuild("old", DrawAreas(from_map, 10)), to = MustBuild("new", DrawAreas(to_map, 10));
  return Told(from, to, Lay(from, to));
}

TEST(LayOver, SharesGroundByPair) {
  EXPECT_EQ(Told("AABB\nAABB",
                 "CCCD\nCCCD"),
            "A>C 400; B>C 200; B>D 200; ");
}

TEST(LayOver, GroundInNoNewAreaIsOutside) {
  EXPECT_EQ(Told("AABB\nAABB",
                 "CC..\nCCD."),
            "A>C 400; B>D 100; B>. 300; ");
}

TEST(LayOver, NeighboursShareBordersAndNoGround) { EXPECT_EQ(Told("AB\nCD", "AB\nCD"), "A>A 100; B>B 100; C>C 100; D>D 100; "); }

TEST(LayOver, SharesAreOfBothGrounds) {
  const AreaSet from = MustBuild("old", DrawAreas("AAAB", 10)), to = MustBuild("new", DrawAreas("CDDD", 10));
  const GroundOverlap laid = Lay(from, to);
  ASSERT_EQ(laid.pairs.size(), 3u);
  EXPECT_DOUBLE_EQ(laid.pairs[0].share_of_from, 1.0 / 3);
  EXPECT_EQ(laid.pairs[0].share_of_to, 1);
  EXPECT_DOUBLE_EQ(laid.pairs[1].share_of_from, 2.0 / 3);
  EXPECT_DOUBLE_EQ(laid.pairs[1].share_of_to, 2.0 / 3);
  EXPECT_EQ(laid.from_area_m2, (std::vector<double>{300, 100}));
  EXPECT_EQ(laid.to_area_m2, (std::vector<double>{100, 300}));
}

// As AreaSet::locate: where a draft's areas overlap, the lowest code has the ground, however the areas were given.
TEST(LayOver, OverlappingGroundBelongsToTheLowestCode) {
  const AreaSet from = MustBuild("old", {BoxArea("A", 0, 0, 40, 10)});
  const AreaSet to = MustBuild("draft", {BoxArea("3", 0, 0, 40, 10), BoxArea("1", 10, 0, 20, 10), BoxArea("2", 15, 0, 30, 10)});
  const GroundOverlap laid = Lay(from, to);
  EXPECT_EQ(Told(from, to, laid), "A>1 100; A>2 100; A>3 200; ");
  EXPECT_EQ(laid.to_area_m2, (std::vector<double>{100, 100, 200}));
}

TEST(LayOver, AnAreaUnderALowerOneHasNoGround) {
  const AreaSet from = MustBuild("old", {BoxArea("A", 0, 0, 40, 10)});
  const AreaSet to = MustBuild("draft", {BoxArea("1", 0, 0, 40, 10), BoxArea("2", 10, 0, 20, 10)});
  const GroundOverlap laid = Lay(from, to);
  EXPECT_EQ(Told(from, to, laid), "A>1 400; ");
  EXPECT_EQ(laid.to_area_m2, (std::vector<double>{400, 0}));
}

class StopAtOnce final : public StopSignal {
 public:
  bool stop_requested() const override { return true; }
  Error reason() const override { return {ErrorCode::kCancelled, "", "CANCELLED", "the caller went away"}; }
};

TEST(LayOver, EndsWhenAsked) {
  const AreaSet from = MustBuild("old", DrawAreas("AABB", 10)), to = MustBuild("new", DrawAreas("CCCD", 10));
  const auto laid = LayOver(from, to, StopAtOnce());
  ASSERT_FALSE(laid);
  EXPECT_EQ(laid.error().code, ErrorCode::kCancelled);
}

std::string Predecessors(const char* from_map, const char* to_map) {
  const AreaSet from = MustBuild("old", DrawAreas(from_map, 10)), to = MustBuild("new", DrawAreas(to_map, 10));
  std::string text;
  const auto predecessors = PredecessorsOf(Lay(from, to));
  for (std::size_t i = 0; i < predecessors.size(); ++i) {
    text += to.areas()[i].code + "<" + (predecessors[i] == kOutside ? "." : from.areas()[predecessors[i]].code) + " ";
  }
  return text;
}

TEST(PredecessorsOf, AreEachOthersLargest) {
  EXPECT_EQ(Predecessors("AAAABB", "CCCDDD"), "C<A D<B ");
  // D holds all of B, but more of A; A lives on in D, and nothing in C.
  EXPECT_EQ(Predecessors("AAAAABB", "CCDDDDD"), "C<. D<A ");
  EXPECT_EQ(Predecessors("AAAA", "CCDD"), "C<A D<. ");  // a tie goes to the lower code
  EXPECT_EQ(Predecessors("AABB", "CCCC"), "C<A ");
  EXPECT_EQ(Predecessors("AA..", "..CC"), "C<. ");
}

}  // namespace
}  // namespace geo
