// WardService over the wire: every question answers, adds up, says how, and refuses by name; one that nobody waits for any more stops.
#include <gmock/gmock.h>

#include <thread>

#include "server/codec/answer_context.h"
#include "tests/service/ward_requests.h"

namespace service_test {
namespace {

using grpc::StatusCode;

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

struct Refusal {
  std::string request;  // text, merged into a request that is answered
  StatusCode code;
  std::string field;
  std::string says;
};

template <class Request, class Ask>
void ExpectRefused(const Request& base, Ask ask, const std::vector<Refusal>& table) {
  for (const Refusal& refusal : table) {
    SCOPED_TRACE(refusal.request);
    Request request = base;
    request.MergeFrom(Parsed<Request>(refusal.request));
    grpc::ClientContext context;
    const grpc::Status status = ask(context, request);
    EXPECT_EQ(status.error_code(), refusal.code) << status.error_message();
    EXPECT_THAT(status.error_message(), ::testing::StartsWith(refusal.field));
    EXPECT_THAT(status.error_message(), ::testing::HasSubstr(refusal.says));
  }
}

TEST_F(WardQuestions, O6_AbsurdOnesAreRefusedByName) {
  ExpectRefused(YearsFrom2020(),
                [&](auto& c, const auto& r) {
                  v1::CompareYearsResponse answer;
                  return wards.CompareYears(&c, r, &answer);
                },
                {{R"(periods { calendar_year: 2023 })", StatusCode::INVALID_ARGUMENT, "periods[4]", "overlaps"},
                 {R"(periods { calendar_year: 1950 })", StatusCode::INVALID_ARGUMENT, "periods[4]", "order of time"},
                 {R"(baseline: 9)", StatusCode::INVALID_ARGUMENT, "baseline", "9"},
                 {R"(denominator: 'sheep')", StatusCode::INVALID_ARGUMENT, "denominator", "km2"},
                 {R"(vintage: 'x')", StatusCode::NOT_FOUND, "vintage", "wards-2022"},
                 {R"(dataset: 'datasets/city')", StatusCode::NOT_FOUND, "dataset", "datasets/town"},
                 {R"(false_discovery_rate: nan)", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "nan"},
                 {R"(seed: -1)", StatusCode::INVALID_ARGUMENT, "seed", "-1"}});
  ExpectRefused(RanksOf2023(),
                [&](auto& c, const auto& r) {
                  v1::RankWardsResponse answer;
                  return wards.RankWards(&c, r, &answer);
                },
                {{R"(draws: -1)", StatusCode::INVALID_ARGUMENT, "draws", "100 to 100000"},
                 {R"(draws: 1000000000)", StatusCode::INVALID_ARGUMENT, "draws", "100 to 100000"},
                 {R"(denominators: 'km2' denominators: 'km2')", StatusCode::INVALID_ARGUMENT, "denominators[1]", "once"},
                 {R"(denominators: 'sheep')", StatusCode::INVALID_ARGUMENT, "denominators[0]", "residents"},
                 {R"(spread: 7)", StatusCode::INVALID_ARGUMENT, "spread", "7"},
                 {R"(period { calendar_year: 1950 })", StatusCode::FAILED_PRECONDITION, "period", "2020-01"}});
  ExpectRefused(TrendsFrom2020(),
                [&](auto& c, const auto& r) {
                  v1::AnalyseTrendsResponse answer;
                  return wards.AnalyseTrends(&c, r, &answer);
                },
                {{R"(period { month { year: 2023 month: 2 } })", StatusCode::INVALID_ARGUMENT, "period", "3 to 120"},
                 {R"(split: 9)", StatusCode::INVALID_ARGUMENT, "split", "9"},
                 {R"(forecast { month { year: 2023 month: 2 } })", StatusCode::INVALID_ARGUMENT, "forecast", "twelve"},
                 {R"(false_discovery_rate: 0.9)", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "0.5"},
                 {R"(vintage: 'x')", StatusCode::NOT_FOUND, "vintage", "wards-2022"}});
  ExpectRefused(RiseOfE01(),
                [&](auto& c, const auto& r) {
                  v1::CheckRiseResponse answer;
                  return wards.CheckRise(&c, r, &answer);
                },
                {{R"(place { codes: 'E01' })", StatusCode::INVALID_ARGUMENT, "place.codes[1]", "once"},
                 {R"(place { codes: 'X' })", StatusCode::NOT_FOUND, "place.codes[1]", "E01"},
                 {R"(peers { vintage: 'wards-2022' codes: 'E01' })", StatusCode::INVALID_ARGUMENT, "peers", "E01"},
                 {R"(after { calendar_year: 2022 })", StatusCode::INVALID_ARGUMENT, "after", "overlaps"},
                 {R"(place { vintage: 'x' })", StatusCode::NOT_FOUND, "place.vintage", "wards-2022"}});
  ExpectRefused(
      BoundariesOf2022(),
      [&](auto& c, const auto& r) {
        v1::CompareBoundariesResponse answer;
        return wards.CompareBoundaries(&c, r, &answer);
      },
      {{R"(from_vintage: 'x')", StatusCode::NOT_FOUND, "from_vintage", "wards-2015"},
       {R"(to_vintage: 'wards-2015')", StatusCode::INVALID_ARGUMENT, "to_vintage", "wards-2015"},
       {R"(draft { id: 'd' code_property: 'code' crs: 'EPSG:27700' geojson: 'nothing' })", StatusCode::INVALID_ARGUMENT, "draft.geojson", "JSON"},
       {R"(draft { id: 'd' code_property: 'code' crs: 'EPSG:27700' geojson: '[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[' })",
        StatusCode::INVALID_ARGUMENT, "draft.geojson", "deeper than 16"},
       {R"(draft { id: 'd' code_property: 'code' crs: 'EPSG:27700' geojson: '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Polygon","coordinates":[[[500000,200000],[501000,201000],[501000,200000],[500000,201000],[500000,200000]]]}}]}' })",
        StatusCode::INVALID_ARGUMENT, "draft.features[0]", ""},
       {R"(draft { id: 'd' code_property: 'code' crs: 'EPSG:27700' geojson: '{"type":"FeatureCollection","features":[]}' })", StatusCode::INVALID_ARGUMENT,
        "draft", ""},
       {R"(draft { id: 'd' code_property: 'code' crs: 'EPSG:27700' geojson: '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1"},"geometry":{"type":"Point","coordinates":[1,1]}}]}' })",
        StatusCode::INVALID_ARGUMENT, "draft.features[0]", "Polygon"}});
  ExpectRefused(CrosswalkOfW01(),
                [&](auto& c, const auto& r) {
                  v1::CrosswalkCountsResponse answer;
                  return wards.CrosswalkCounts(&c, r, &answer);
                },
                {{R"(counts { code: 'W01' count: 1 })", StatusCode::INVALID_ARGUMENT, "counts[1].code", "once"},
                 {R"(counts { code: 'E01' count: 1 })", StatusCode::NOT_FOUND, "counts[1].code", "W01"},
                 {R"(weight: 9)", StatusCode::INVALID_ARGUMENT, "weight", "9"},
                 {R"(least_share: 0.9)", StatusCode::INVALID_ARGUMENT, "least_share", "0.2"},
                 {R"(to_vintage: 'wards-2015')", StatusCode::INVALID_ARGUMENT, "to_vintage", "wards-2015"},
                 {R"(block_vintage: 'x')", StatusCode::NOT_FOUND, "block_vintage", "wards-2022"}});
}

// K1: a question of a hundred thousand draws that is given up frees its worker at once, so that the next is answered.
TEST(CancelledRanks, FreeTheirWorker) {
  RunningServer running(LoadTown(), 1);
  auto request = RanksOf2023();
  request.set_draws(100000);
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    std::thread canceller([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(i));
      context.TryCancel();
    });
    v1::RankWardsResponse response;
    const grpc::Status status = running.clients->wards->RankWards(&context, request, &response);
    EXPECT_TRUE(status.ok() || status.error_code() == StatusCode::CANCELLED) << status.error_message();
    canceller.join();
  }
  grpc::ClientContext context;
  v1::RankWardsResponse response;
  EXPECT_TRUE(running.clients->wards->RankWards(&context, RanksOf2023(), &response).ok());
}

}  // namespace
}  // namespace service_test
