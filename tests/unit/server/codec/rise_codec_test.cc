#include "server/codec/rise_codec.h"

#include "tests/unit/server/codec/town_request.h"

namespace server {
namespace {

using namespace town_request;
using wardwatch::v1::CheckRiseRequest;
using wardwatch::v1::CheckRiseResponse;

const std::string kPeriods = "dataset: 'datasets/town' before { calendar_year: 2022 } after { calendar_year: 2023 } ";
const std::string kBase = kPeriods + "place { vintage: 'wards-2022' codes: 'E01' } ";

TEST(DecodeCheckRise, ThePeersAreAllOthersUnlessNamed) {
  const auto call = DecodeCheckRise(Parsed<CheckRiseRequest>(kBase), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.vintage, 1U);
  EXPECT_THAT(call->query.place, ::testing::ElementsAre(0));
  EXPECT_THAT(call->query.peers, ::testing::ElementsAre(1));
  EXPECT_EQ(ValueOf(call->parameters, "place.codes"), "E01");
  EXPECT_EQ(ValueOf(call->parameters, "peers.codes"), "E02");
  const auto alone = DecodeCheckRise(Parsed<CheckRiseRequest>(kPeriods + "place { vintage: 'wards-2015' codes: 'W01' }"), Town());
  ASSERT_TRUE(alone) << alone.error().message;
  EXPECT_TRUE(alone->query.peers.empty());
  EXPECT_EQ(ValueOf(alone->parameters, "peers.codes"), "none");
}

TEST(DecodeCheckRise, AllThatMayBeSaid) {
  const auto call = DecodeCheckRise(
      Parsed<CheckRiseRequest>(kBase + "peers { vintage: 'wards-2022' codes: 'E02' } filter { categories: 'robbery' } false_discovery_rate: 0.1"), Town());
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_EQ(call->query.false_discovery_rate, 0.1);
  EXPECT_EQ(ValueOf(call->parameters, "filter.categories"), "robbery");
}

TEST(DecodeCheckRise, RefusesByName) {
  ExpectRefused<CheckRiseRequest>(kPeriods,
                                  {
                                      {"", "place", "MISSING", "vintage"},
                                      {"place {}", "place.vintage", "MISSING", "boundaries"},
                                      {"place { vintage: 'wards-2022' }", "place.codes", "MISSING", "at least one"},
                                      {"place { vintage: 'wards-2022' codes: 'W01' }", "place.codes[0]", "UNKNOWN_AREA", "E01, E02"},
                                      {"place { vintage: 'wards-2022' codes: 'E01' codes: 'E01' }", "place.codes[1]", "REPEATED", "once"},
                                  },
                                  DecodeCheckRise);
  ExpectRefused<CheckRiseRequest>(kBase,
                                  {
                                      {"peers { vintage: 'wards-2015' codes: 'W01' }", "peers.vintage", "OUT_OF_RANGE", "wards-2022"},
                                      {"peers { vintage: 'wards-2022' codes: 'E02' codes: 'E01' }", "peers.codes", "NOT_TOGETHER", "E01"},
                                      {"peers { vintage: 'wards-2022' }", "peers.codes", "MISSING", "leave `peers` out"},
                                      {"filter { areas { vintage: 'wards-2022' codes: 'E01' } }", "filter.areas", "NOT_TOGETHER", "place"},
                                      {"false_discovery_rate: 1", "false_discovery_rate", "OUT_OF_RANGE", "0.5"},
                                  },
                                  DecodeCheckRise);
}

TEST(EncodeCheckRise, NamesWhatIsCompared) {
  const auto call = DecodeCheckRise(Parsed<CheckRiseRequest>(kBase), Town());
  ASSERT_TRUE(call);
  using Kind = geo::RiseComparison::Kind;
  geo::RiseAnswer answer;
  answer.before.incidents = 40;
  answer.after.incidents = 80;
  answer.change.verdict = geo::Verdict::kHigher;
  answer.reasons = {"40 to 80 incidents: higher."};
  for (const auto& [kind, index] : {std::pair{Kind::kPeers, 0U}, {Kind::kRest, 0U}, {Kind::kSource, 1U}, {Kind::kCategory, 1U}, {Kind::kPeer, 1U}}) {
    geo::RiseComparison compared;
    compared.kind = kind;
    compared.index = index;
    if (kind == Kind::kPeer) compared.against = geo::RatioOfRatios{2.0, 1.1, 3.5, 0.02};
    if (kind == Kind::kRest) compared.against = geo::RatioOfRatios{std::nullopt, 0, 1, 1};
    answer.comparisons.push_back(compared);
  }
  CheckRiseResponse response;
  ASSERT_EQ(EncodeCheckRise(*call, geo::Disclose(answer, geo::Role::kAnalyst), response), 5);
  EXPECT_EQ(response.change().verdict(), wardwatch::v1::VERDICT_HIGHER);
  EXPECT_THAT(response.change().explanation(), ::testing::HasSubstr("40 to 80 incidents"));
  EXPECT_EQ(response.reasons(0), "40 to 80 incidents: higher.");
  EXPECT_FALSE(response.has_peers_as_extreme());
  EXPECT_EQ(response.comparisons(0).id(), "");
  EXPECT_EQ(response.comparisons(0).title(), "1 peer together");
  EXPECT_FALSE(response.comparisons(0).has_p_value());
  EXPECT_TRUE(response.comparisons(1).has_p_value());
  EXPECT_FALSE(response.comparisons(1).has_ratio_of_ratios());
  EXPECT_FALSE(response.comparisons(1).has_ratio_of_ratios_interval());
  EXPECT_EQ(response.comparisons(2).id(), "council");
  EXPECT_EQ(response.comparisons(3).id(), "anti-social-behaviour");
  EXPECT_EQ(response.comparisons(4).id(), "E02");
  EXPECT_EQ(response.comparisons(4).kind(), wardwatch::v1::COMPARISON_KIND_PEER);
  EXPECT_EQ(response.comparisons(4).ratio_of_ratios_interval().high(), 3.5);
}

}  // namespace
}  // namespace server
