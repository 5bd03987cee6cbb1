// What weights a question may give its workstreams.
#include "server/codec/priority_codec.h"

#include <gtest/gtest.h>

#include "tests/support/drawn_dataset.h"

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;

std::shared_ptr<const geo::Snapshot> TownWithALayerApart() {
  geo::DrawnDataset town;
  geo::Workstream searches, robbery;
  searches.id = searches.title = searches.priority = "searches";
  searches.entries = {{"anti-social-behaviour", 0}};
  searches.targeting = false;
  robbery.id = robbery.title = robbery.priority = "robbery";
  robbery.entries = {{"robbery", 3}};
  town.record().workstreams = {robbery, searches};
  town.add_square(town.add_vintage("wards"), "W1", 500'000, 200'000, 1000);
  town.add_monthly(geo::Period::CalendarYear(2023), 1, geo::GridPoint::FromMeters(500'000, 200'000));
  return town.build();
}

TEST(PriorityCodec, AWeightOverCategoriesThatWeighNothingIsRefused) {
  const auto town = TownWithALayerApart();
  v1::RankPrioritiesRequest request;
  request.set_dataset("datasets/" + town->datasets[0].record.id);
  request.mutable_period()->set_calendar_year(2023);
  auto& chosen = *request.add_workstreams();
  chosen.set_workstream("searches");
  chosen.set_weight(1);
  const auto refused = DecodeRankPriorities(request, *town);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "workstreams[0].weight");
  EXPECT_EQ(refused.error().reason, "WEIGHTS_ARE_ZERO");
  chosen.set_weight(0);
  EXPECT_TRUE(DecodeRankPriorities(request, *town)) << "to have it shown";
  chosen.set_workstream("robbery");
  chosen.set_weight(1);
  EXPECT_TRUE(DecodeRankPriorities(request, *town));
}

}  // namespace
}  // namespace server
