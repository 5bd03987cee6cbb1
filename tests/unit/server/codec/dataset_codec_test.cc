// What GetDataset tells of a dataset's tables of harm.
#include "server/codec/dataset_codec.h"

#include <gtest/gtest.h>

#include "tests/support/drawn_dataset.h"

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;

TEST(DatasetCodec, TellsEveryWeightTable) {
  geo::DrawnDataset drawn;
  drawn.add_monthly(geo::Period::CalendarYear(2022), 1, geo::GridPoint::FromMeters(500'500, 200'500));
  drawn.record().weight_tables = {{"harm-1", "Harm", "1.0", "days", "us", {{"robbery", 0.5}}}, {"harm-2", "Other", "2", "points", "them", {{"robbery", 0}}}};
  const auto snapshot = drawn.build();
  v1::GetDatasetRequest request;
  request.set_name("datasets/" + snapshot->datasets[0].record.id);
  const auto call = DecodeGetDataset(request, *snapshot);
  ASSERT_TRUE(call);
  const auto totals = ComputeDataset(*call, geo::NeverStop());
  ASSERT_TRUE(totals);
  v1::GetDatasetResponse response;
  ASSERT_TRUE(EncodeGetDataset(*call, geo::Disclose(*totals, geo::Role::kAnalyst), response));
  ASSERT_EQ(response.dataset().weight_tables_size(), 2);
  const v1::WeightTable& table = response.dataset().weight_tables(0);
  EXPECT_EQ(table.ShortDebugString(),
            "id: \"harm-1\" title: \"Harm\" version: \"1.0\" unit: \"days\" source: \"us\" entries { category: \"robbery\" weight: 0.5 }");
  EXPECT_EQ(response.dataset().weight_tables(1).entries(0).weight(), 0);
}

}  // namespace
}  // namespace server
