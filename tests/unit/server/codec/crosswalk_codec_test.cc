#include "server/codec/crosswalk_codec.h"

#include "server/limits.h"
#include "tests/unit/server/codec/town_request.h"

namespace server {
namespace {

using namespace town_request;
using wardwatch::v1::CrosswalkCountsRequest;
using wardwatch::v1::CrosswalkCountsResponse;

const std::string kVintages = "dataset: 'datasets/town' from_vintage: 'wards-2022' to_vintage: 'wards-2015' ";
const std::string kBase = kVintages + "counts { code: 'E02' count: 40 } ";

TEST(DecodeCrosswalkCounts, WhatIsLeftOut) {
  const auto call = DecodeCrosswalkCounts(Parsed<CrosswalkCountsRequest>(kBase), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.weight, geo::CrosswalkWeight::kGround);
  EXPECT_EQ(call->query.least_share, 0.005);
  ASSERT_EQ(call->query.counts.size(), 2U);
  EXPECT_FALSE(call->query.counts[0]);  // E01 is not published, which is not 0
  EXPECT_EQ(call->query.counts[1], 40);
  EXPECT_EQ(ValueOf(call->parameters, "counts"), "1 of 2 areas");
  EXPECT_EQ(ValueOf(call->parameters, "weight"), "ground");
  EXPECT_EQ(ValueOf(call->parameters, "period"), "(absent)");
}

TEST(DecodeCrosswalkCounts, AllThatMayBeSaid) {
  const auto incidents =
      DecodeCrosswalkCounts(Parsed<CrosswalkCountsRequest>(kBase + "counts { code: 'E01' } weight: CROSSWALK_WEIGHT_INCIDENTS period { calendar_year: 2022 } "
                                                                   "filter { sources: 'police' } least_share: 0"),
                            Town());
  ASSERT_TRUE(incidents) << incidents.error().message;
  EXPECT_EQ(incidents->query.counts[0], 0);  // published, and zero
  EXPECT_EQ(incidents->query.least_share, 0);
  EXPECT_EQ(incidents->query.filter.period, geo::Period::CalendarYear(2022));
  EXPECT_EQ(ValueOf(incidents->parameters, "filter.sources"), "police");
  const auto residents =
      DecodeCrosswalkCounts(Parsed<CrosswalkCountsRequest>(kBase + "weight: CROSSWALK_WEIGHT_RESIDENTS block_vintage: 'wards-2022' least_share: 0.2"), Town());
  ASSERT_TRUE(residents) << residents.error().message;
  EXPECT_EQ(residents->query.block_vintage, 1U);
  EXPECT_EQ(ValueOf(residents->parameters, "block_vintage"), "wards-2022");
}

TEST(DecodeCrosswalkCounts, RefusesByName) {
  const std::string town = "dataset: 'datasets/town' ";
  ExpectRefused<CrosswalkCountsRequest>(town,
                                        {
                                            {"to_vintage: 'wards-2015'", "from_vintage", "MISSING", "wards-2022"},
                                            {"from_vintage: 'wards-2015'", "to_vintage", "MISSING", "wards-2022"},
                                            {"from_vintage: 'wards-2015' to_vintage: 'wards-2015'", "to_vintage", "SAME_VINTAGE", "another"},
                                            {"from_vintage: 'wards-1066' to_vintage: 'wards-2015'", "from_vintage", "UNKNOWN_VINTAGE", "wards-2015"},
                                            {"from_vintage: 'wards-2022' to_vintage: 'wards-2015'", "counts", "MISSING", "at least one"},
                                        },
                                        DecodeCrosswalkCounts);
  ExpectRefused<CrosswalkCountsRequest>(kVintages,
                                        {
                                            {"counts { code: 'W01' count: 1 }", "counts[0].code", "UNKNOWN_AREA", "E01, E02"},
                                            {"counts { count: 1 }", "counts[0].code", "MISSING", "from_vintage"},
                                            {"counts { code: 'E01' count: -1 }", "counts[0].count", "OUT_OF_RANGE", "-1"},
                                            {"counts { code: 'E01' count: nan }", "counts[0].count", "OUT_OF_RANGE", "nan"},
                                            {"counts { code: 'E01' count: 2e12 }", "counts[0].count", "OUT_OF_RANGE", "2000000000000"},
                                            {"counts { code: 'E01' } counts { code: 'E01' }", "counts[1].code", "REPEATED", "once"},
                                        },
                                        DecodeCrosswalkCounts);
  ExpectRefused<CrosswalkCountsRequest>(
      kBase,
      {
          {"weight: 9", "weight", "UNKNOWN_VALUE", "CROSSWALK_WEIGHT_GROUND (1)"},
          {"period { calendar_year: 2022 }", "period", "NOT_TOGETHER", "ground"},
          {"filter {}", "filter", "NOT_TOGETHER", "CROSSWALK_WEIGHT_INCIDENTS"},
          {"block_vintage: 'wards-2022'", "block_vintage", "NOT_TOGETHER", "CROSSWALK_WEIGHT_RESIDENTS"},
          {"weight: CROSSWALK_WEIGHT_INCIDENTS", "period", "MISSING", "calendar_year"},
          {"weight: CROSSWALK_WEIGHT_INCIDENTS period { calendar_year: 2022 } filter { areas { vintage: 'wards-2022' codes: 'E01' } }", "filter.areas",
           "NOT_TOGETHER", "all areas"},
          {"weight: CROSSWALK_WEIGHT_RESIDENTS", "block_vintage", "MISSING", "wards-2022"},
          {"weight: CROSSWALK_WEIGHT_RESIDENTS block_vintage: 'wards-2022' period { calendar_year: 2022 }", "period", "NOT_TOGETHER", "residents"},
          {"least_share: 0.21", "least_share", "OUT_OF_RANGE", "0 to 0.2"},
          {"least_share: -0.1", "least_share", "OUT_OF_RANGE", "-0.1"},
      },
      DecodeCrosswalkCounts);
}

TEST(DecodeCrosswalkCounts, AtMostTenThousandLines) {
  auto request = Parsed<CrosswalkCountsRequest>(kVintages);
  for (int i = 0; i <= limits::kPublishedCounts; ++i) request.add_counts()->set_code("E01");
  const auto call = DecodeCrosswalkCounts(request, Town());
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().field, "counts");
  EXPECT_EQ(call.error().reason, "TOO_MANY");
}

// What was not published moves nothing, and the rows and the total say that it is missing.
TEST(EncodeCrosswalkCounts, TellsWhatIsNotPublished) {
  const auto call = DecodeCrosswalkCounts(Parsed<CrosswalkCountsRequest>(kBase), Town());
  ASSERT_TRUE(call);
  const auto answer = ComputeCrosswalk(*call, geo::NeverStop());
  ASSERT_TRUE(answer) << answer.error().message;
  CrosswalkCountsResponse response;
  ASSERT_EQ(EncodeCrosswalkCounts(*call, geo::Disclose(*answer, geo::Role::kAnalyst), response), 3);
  EXPECT_EQ(response.rows(0).area_code(), "W01");
  EXPECT_EQ(response.rows(0).kind(), wardwatch::v1::ROW_KIND_AREA);
  EXPECT_EQ(response.rows(0).estimate(), 40);
  EXPECT_EQ(response.rows(0).low(), 40);
  EXPECT_EQ(response.rows(0).not_published(), 1);
  EXPECT_EQ(response.rows(1).kind(), wardwatch::v1::ROW_KIND_OUTSIDE);
  EXPECT_EQ(response.rows(1).estimate(), 0);
  EXPECT_EQ(response.rows(2).kind(), wardwatch::v1::ROW_KIND_TOTAL);
  EXPECT_EQ(response.rows(2).estimate(), 40);
  EXPECT_EQ(response.rows(2).not_published(), 1);
  ASSERT_EQ(response.shares_size(), 1);
  EXPECT_EQ(response.shares(0).from_code(), "E02");
  EXPECT_EQ(response.shares(0).to_code(), "W01");
  EXPECT_EQ(response.shares(0).count(), 40);
  EXPECT_EQ(response.context().vintage(), "wards-2015");
}

}  // namespace
}  // namespace server
