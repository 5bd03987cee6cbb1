// WardService over the wire: every question answers, adds up and says how.
#include <gmock/gmock.h>

#include "server/codec/answer_context.h"
#include "tests/service/ward_requests.h"

namespace service_test {
namespace {

struct WardQuestions : ::testing::Test {
  RunningServer running;
  grpc::ClientContext context;
  v1::WardService::Stub& wards = *running.clients->wards;
};

template <class Response>
void ExpectContext(Response response) {
  EXPECT_EQ(response.context().dataset(), "datasets/town");
  EXPECT_EQ(response.context().disclosure_rule(), "analyst: exact counts");
  EXPECT_GT(response.context().method().size(), 40U);
  EXPECT_GT(response.context().parameters_size(), 3);
  const std::string hash = response.context().answer_hash();
  response.mutable_context()->clear_answer_hash();
  EXPECT_EQ(hash, geo::Sha256Hex(server::DeterministicBytes(response)));
}

TEST_F(WardQuestions, YearsAddUpInEveryPeriod) {
  v1::CompareYearsResponse response;
  const auto status = wards.CompareYears(&context, YearsFrom2020(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.rows_size(), 5);
  for (int p = 0; p < 4; ++p) {
    std::int64_t sum = 0;
    for (const auto& row : response.rows()) sum += row.kind() == v1::ROW_KIND_TOTAL ? 0 : row.cells(p).incidents().exact();
    EXPECT_EQ(response.rows(4).cells(p).incidents().exact(), sum);
    EXPECT_EQ(response.rows(3).cells(p).incidents().exact(), 12) << "without a position";
  }
  EXPECT_FALSE(response.rows(0).cells(0).has_from_previous());
  EXPECT_EQ(response.rows(0).cells(1).from_previous().verdict(), v1::VERDICT_NOT_COMPARABLE) << "the new system of June 2021";
  EXPECT_THAT(response.breaks_from_previous(0), ::testing::HasSubstr("new-system"));
  EXPECT_EQ(response.rows(0).cells(3).from_previous().verdict(), v1::VERDICT_NO_CLEAR_CHANGE);
  ExpectContext(response);
}

TEST_F(WardQuestions, RanksExpectWhatTheyCount) {
  v1::RankWardsResponse response;
  const auto status = wards.RankWards(&context, RanksOf2023(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.wards_size(), 2);
  EXPECT_NEAR(response.wards(0).expected() + response.wards(1).expected(),
              static_cast<double>(response.wards(0).incidents().exact() + response.wards(1).incidents().exact()), 1e-9);
  EXPECT_THAT(response.denominators(), ::testing::ElementsAre("residents", "km2"));
  for (const auto& ward : response.wards()) {
    EXPECT_LE(ward.limits_998().low(), ward.limits_95().low());
    EXPECT_GE(ward.limits_998().high(), ward.limits_95().high());
    for (const auto& by : ward.denominators()) {
      EXPECT_LE(by.rank().low(), by.rank().rank());
      EXPECT_GE(by.rank().high(), by.rank().rank());
    }
    EXPECT_NE(ward.explanation(), "");
  }
  ExpectContext(response);
}

TEST_F(WardQuestions, TrendsAddUpInEveryMonth) {
  v1::AnalyseTrendsResponse response;
  const auto status = wards.AnalyseTrends(&context, TrendsFrom2020(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.series_size(), 5);
  for (int m = 0; m < 48; ++m) {
    std::int64_t sum = 0;
    for (int s = 0; s < 4; ++s) sum += response.series(s).months(m).incidents().exact();
    EXPECT_EQ(response.series(4).months(m).incidents().exact(), sum) << m;
    // Twelve months of which one has a new system in it are no year: June 2021 is month 17.
    EXPECT_EQ(response.series(0).months(m).has_rolling_12(), m >= 11 && (m < 17 || m >= 17 + 12)) << m;
  }
  ExpectContext(response);
}

TEST_F(WardQuestions, APlaceAndTheRestAreTheWhole) {
  v1::CheckRiseResponse response;
  const auto status = wards.CheckRise(&context, RiseOfE01(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  grpc::ClientContext second;
  v1::CompareWardsResponse whole;
  ASSERT_TRUE(wards.CompareWards(&second, WardsOf2022And2023(), &whole).ok());
  bool seen = false;
  for (const auto& other : response.comparisons()) {
    if (other.kind() != v1::COMPARISON_KIND_REST) continue;
    EXPECT_EQ(other.before().incidents().exact() + response.before().incidents().exact(), whole.rows(4).before().incidents().exact());
    EXPECT_EQ(other.after().incidents().exact() + response.after().incidents().exact(), whole.rows(4).after().incidents().exact());
    seen = true;
  }
  EXPECT_TRUE(seen);
  EXPECT_FALSE(response.reasons().empty());
  ExpectContext(response);
}

TEST_F(WardQuestions, ABoundaryMovesNothingInAll) {
  v1::CompareBoundariesResponse response;
  const auto status = wards.CompareBoundaries(&context, BoundariesOf2022(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.from_vintage(), "wards-2015");
  EXPECT_EQ(response.to_vintage(), "wards-2022");
  std::int64_t moved = 0;
  for (const auto& row : response.rows()) {
    EXPECT_EQ(row.naive_difference().exact(), row.boundary_moved().exact() + row.incidents_changed().exact());
    if (row.kind() == v1::ROW_KIND_TOTAL) continue;
    moved += row.boundary_moved().exact();
  }
  EXPECT_EQ(moved, 0);
  ExpectContext(response);
}

TEST_F(WardQuestions, ACrosswalkLosesNothing) {
  v1::CrosswalkCountsResponse response;
  const auto status = wards.CrosswalkCounts(&context, CrosswalkOfW01(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  double sum = 0;
  for (const auto& row : response.rows()) {
    EXPECT_LE(row.low(), row.estimate() + 1e-9);
    EXPECT_GE(row.high(), row.estimate() - 1e-9);
    if (row.kind() != v1::ROW_KIND_TOTAL) sum += row.estimate();
  }
  EXPECT_NEAR(sum, 100, 1e-9);
  ExpectContext(response);
}

}  // namespace
}  // namespace service_test
