#include "server/codec/significance_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace server {
namespace {

namespace v1 = ::wardwatch::v1;
using ::testing::HasSubstr;

v1::SignificanceSpec Spec(const std::string& text) {
  v1::SignificanceSpec spec;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &spec)) << text;
  return spec;
}

std::string ValueOf(const geo::SignificanceQuery& query, TestedPlaces places, const std::string& name) {
  Parameters parameters;
  AddSignificanceParameters(query, places, parameters);
  for (const auto& [known, value] : parameters) {
    if (known == "significance." + name) return value;
  }
  return "(absent)";
}

TEST(SignificanceCodec, NothingSaidIsTheDefault) {
  const auto cells = DecodeSignificance({}, TestedPlaces::kSquares);
  ASSERT_TRUE(cells);
  EXPECT_EQ(cells->statistic, geo::LocalStatistic::kGiStar);
  EXPECT_EQ(cells->rings, 1);
  EXPECT_FALSE(cells->distance_m);
  EXPECT_TRUE(cells->correct);
  EXPECT_EQ(cells->rate, 0.05);
  EXPECT_EQ(cells->permutations, 999);
  EXPECT_EQ(cells->seed, 1U);
  EXPECT_EQ(cells->inference, geo::Inference::kAutomatic);
  EXPECT_EQ(ValueOf(*cells, TestedPlaces::kSquares, "rings"), "1");
  EXPECT_EQ(ValueOf(*cells, TestedPlaces::kSquares, "adjacency"), "queen");
  EXPECT_EQ(ValueOf(*cells, TestedPlaces::kHexagons, "adjacency"), "(absent)");
  EXPECT_EQ(ValueOf(*cells, TestedPlaces::kSquares, "multiple_testing"), "Benjamini-Hochberg");
  const auto areas = DecodeSignificance({}, TestedPlaces::kAreas);
  ASSERT_TRUE(areas);
  EXPECT_FALSE(areas->rings);
  EXPECT_FALSE(areas->distance_m);
  EXPECT_EQ(ValueOf(*areas, TestedPlaces::kAreas, "rings"), "(absent)");
}

TEST(SignificanceCodec, AllThatMayBeSaid) {
  const auto query =
      DecodeSignificance(Spec("statistic: LOCAL_STATISTIC_LOCAL_MORAN rings: 100 adjacency: ADJACENCY_ROOK multiple_testing: MULTIPLE_TESTING_NONE "
                              "false_discovery_rate: 0.5 permutations: 99999 seed: 9223372036854775807 inference: INFERENCE_PERMUTATION"),
                         TestedPlaces::kSquares);
  ASSERT_TRUE(query) << query.error().message;
  EXPECT_EQ(query->statistic, geo::LocalStatistic::kLocalMoran);
  EXPECT_EQ(query->rings, 100);
  EXPECT_EQ(query->adjacency, geo::Adjacency::kRook);
  EXPECT_FALSE(query->correct);
  EXPECT_EQ(query->rate, 0.5);
  EXPECT_EQ(query->permutations, 99'999);
  EXPECT_EQ(query->seed, 9'223'372'036'854'775'807U);
  EXPECT_EQ(ValueOf(*query, TestedPlaces::kSquares, "row_standardised"), "true");
  const auto apart = DecodeSignificance(Spec("distance_m: 0.001 row_standardised: true statistic: LOCAL_STATISTIC_GI"), TestedPlaces::kAreas);
  ASSERT_TRUE(apart);
  EXPECT_EQ(apart->distance_m, 0.001);
  EXPECT_FALSE(apart->rings);
  EXPECT_TRUE(apart->row_standardised);
}

struct Refused {
  const char* text;
  TestedPlaces places;
  const char* field;
  const char* reason;
  const char* says;
};

TEST(SignificanceCodec, WhatMakesNoSenseIsRefusedByName) {
  using enum TestedPlaces;
  for (const Refused& refused : {
           Refused{"statistic: 5", kSquares, "statistic", "UNKNOWN_VALUE", "LOCAL_STATISTIC_LOCAL_MORAN (4)"},
           {"rings: 0", kSquares, "rings", "OUT_OF_RANGE", "is 0; send 1 to 100"},
           {"rings: 101", kHexagons, "rings", "OUT_OF_RANGE", "101"},
           {"rings: -1", kSquares, "rings", "OUT_OF_RANGE", "-1"},
           {"rings: 1", kAreas, "rings", "NOT_TOGETHER", "areas"},
           {"distance_m: 0", kSquares, "distance_m", "OUT_OF_RANGE", "over 0 to 100000 m, or leave it out for 1 ring"},
           {"distance_m: -1", kAreas, "distance_m", "OUT_OF_RANGE", "those that touch"},
           {"distance_m: 100000.5", kSquares, "distance_m", "OUT_OF_RANGE", "100000.5"},
           {"distance_m: nan", kSquares, "distance_m", "OUT_OF_RANGE", "nan"},
           {"distance_m: inf", kAreas, "distance_m", "OUT_OF_RANGE", "inf"},
           {"adjacency: 3", kSquares, "adjacency", "UNKNOWN_VALUE", "ADJACENCY_ROOK (2)"},
           {"adjacency: ADJACENCY_ROOK", kHexagons, "adjacency", "NOT_TOGETHER", "hexagons"},
           {"adjacency: ADJACENCY_QUEEN distance_m: 500", kSquares, "adjacency", "NOT_TOGETHER", "distance_m"},
           {"adjacency: ADJACENCY_QUEEN distance_m: 500", kAreas, "adjacency", "NOT_TOGETHER", "distance_m"},
           {"multiple_testing: 3", kSquares, "multiple_testing", "UNKNOWN_VALUE", "MULTIPLE_TESTING_NONE (2)"},
           {"false_discovery_rate: 0.51", kSquares, "false_discovery_rate", "OUT_OF_RANGE", "over 0 to 0.5"},
           {"false_discovery_rate: nan", kSquares, "false_discovery_rate", "OUT_OF_RANGE", "nan"},
           {"false_discovery_rate: -0.1", kSquares, "false_discovery_rate", "OUT_OF_RANGE", "-0.1"},
           {"permutations: 98", kSquares, "permutations", "OUT_OF_RANGE", "99 to 99999"},
           {"permutations: 100000", kSquares, "permutations", "OUT_OF_RANGE", "100000"},
           {"seed: -1", kSquares, "seed", "OUT_OF_RANGE", "-1"},
           {"inference: 5", kSquares, "inference", "UNKNOWN_VALUE", "INFERENCE_PERMUTATION (3)"},
           {"inference: INFERENCE_NORMAL statistic: LOCAL_STATISTIC_LOCAL_MORAN", kSquares, "inference", "NOT_TOGETHER", "local Moran"},
       }) {
    SCOPED_TRACE(refused.text);
    const auto query = DecodeSignificance(Spec(refused.text), refused.places);
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().code, geo::ErrorCode::kInvalidArgument);
    EXPECT_EQ(query.error().field, std::string("significance.") + refused.field);
    EXPECT_EQ(query.error().reason, refused.reason);
    EXPECT_THAT(query.error().message, HasSubstr(refused.says));
  }
}

TEST(SignificanceCodec, APlaceOutsideSaysSoAndNothingElse) {
  v1::Significance out;
  geo::PlaceSignificance outside;
  outside.statistic = 4;
  EncodeSignificance(outside, {}, out);
  EXPECT_EQ(out.status(), v1::SIGNIFICANCE_STATUS_NOT_ANALYSED);
  EXPECT_FALSE(out.has_statistic() || out.has_p_value() || out.has_q_value());
}

TEST(SignificanceCodec, WithoutAStatisticThereIsNoNumber) {
  for (const auto status : {geo::LocalStatus::kNoNeighbours, geo::LocalStatus::kNoVariance, geo::LocalStatus::kWholeSet, geo::LocalStatus::kTooFew}) {
    geo::PlaceSignificance place;
    place.analysed = true;
    place.status = status;
    v1::Significance out;
    EncodeSignificance(place, {}, out);
    EXPECT_GT(out.status(), v1::SIGNIFICANCE_STATUS_NOT_ANALYSED);
    EXPECT_FALSE(out.has_statistic() || out.has_p_value() || out.has_q_value());
    EXPECT_FALSE(out.significant());
  }
}

TEST(SignificanceCodec, GetisOrdHasAConfidenceAndMoranAClass) {
  geo::PlaceSignificance place;
  place.analysed = true;
  place.statistic = -3.5;
  place.p = 0.0005;
  place.q = 0.004;
  place.confidence = -3;
  place.quadrant = geo::LocalMoranClass::kLowHigh;
  place.significant = true;
  geo::SignificanceQuery asked;
  v1::Significance out;
  EncodeSignificance(place, asked, out);
  EXPECT_EQ(out.statistic(), -3.5);
  EXPECT_EQ(out.confidence_class(), -3);
  EXPECT_EQ(out.moran_class(), v1::LOCAL_MORAN_CLASS_UNSPECIFIED);
  asked.statistic = geo::LocalStatistic::kLocalMoran;
  out.Clear();
  EncodeSignificance(place, asked, out);
  EXPECT_EQ(out.confidence_class(), 0);
  EXPECT_EQ(out.moran_class(), v1::LOCAL_MORAN_CLASS_LOW_HIGH);
  place.significant = false;
  out.Clear();
  EncodeSignificance(place, asked, out);
  EXPECT_EQ(out.moran_class(), v1::LOCAL_MORAN_CLASS_UNSPECIFIED);
}

TEST(SignificanceCodec, TheSummarySaysWhatWasDone) {
  geo::SignificanceSummary summary;
  summary.used.inference = geo::Inference::kNormal;
  summary.neighbourhood = "the cell and those within 1 ring (queen)";
  summary.analysed = 100;
  summary.tests = 98;
  summary.hot = 3;
  summary.mean = 1.5;
  summary.warnings = {{"SPARSE_COUNTS", "few"}};
  v1::SignificanceSummary out;
  EncodeSummary(summary, out);
  EXPECT_EQ(out.inference(), v1::INFERENCE_NORMAL);
  EXPECT_EQ(out.permutations(), 0);
  EXPECT_EQ(out.tests(), 98);
  EXPECT_EQ(out.warnings_size(), 1);
  EXPECT_FALSE(out.has_global_moran());
  EXPECT_FALSE(PermutationsDrawn(summary));
  EXPECT_THAT(SignificanceMethod(summary), HasSubstr("98 tests of 100"));
  EXPECT_THAT(SignificanceMethod(summary), HasSubstr("Benjamini and Hochberg 1995"));

  // Counted out, not drawn: no number of permutations and no seed belong to it.
  summary.used.inference = geo::Inference::kPermutation;
  out.Clear();
  EncodeSummary(summary, out);
  EXPECT_EQ(out.inference(), v1::INFERENCE_PERMUTATION);
  EXPECT_EQ(out.permutations(), 0);
  EXPECT_FALSE(PermutationsDrawn(summary));
  EXPECT_THAT(SignificanceMethod(summary), HasSubstr("counted out"));

  summary.used.statistic = geo::LocalStatistic::kLocalMoran;
  EXPECT_THAT(SignificanceMethod(summary), HasSubstr("Besag and Clifford 1991"));
  summary.used.correct = false;
  summary.global = geo::GlobalMoran{.i = 0.25, .expected = -0.01, .variance_randomisation = 0.5, .z = 2, .p = 0.04, .n = 100};
  out.Clear();
  EncodeSummary(summary, out);
  EXPECT_EQ(out.inference(), v1::INFERENCE_PERMUTATION);
  EXPECT_EQ(out.permutations(), 999);
  EXPECT_EQ(out.global_moran().i(), 0.25);
  EXPECT_EQ(out.global_moran().variance(), 0.5);
  EXPECT_TRUE(PermutationsDrawn(summary));
  EXPECT_THAT(SignificanceMethod(summary), HasSubstr("Anselin 1995"));
  EXPECT_THAT(SignificanceMethod(summary), HasSubstr("not corrected"));

  summary.tests = 0;
  summary.used.inference = geo::Inference::kAutomatic;
  EXPECT_FALSE(PermutationsDrawn(summary));
  EXPECT_THAT(SignificanceMethod(summary), HasSubstr("no test could be made"));
}

}  // namespace
}  // namespace server
