// One request of each question of WardService about the drawn town, as text that any test may change.
#pragma once

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/service/running_server.h"

namespace service_test {

template <class Request>
Request Parsed(const std::string& text) {
  Request request;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request)) << text;
  return request;
}

inline v1::CompareYearsRequest YearsFrom2020() {
  return Parsed<v1::CompareYearsRequest>(
      "dataset: 'datasets/town' periods { calendar_year: 2020 } periods { calendar_year: 2021 } periods { calendar_year: 2022 } periods { calendar_year: 2023 "
      "}");
}
inline v1::RankWardsRequest RanksOf2023() { return Parsed<v1::RankWardsRequest>("dataset: 'datasets/town' period { calendar_year: 2023 }"); }
inline v1::AnalyseTrendsRequest TrendsFrom2020() {
  return Parsed<v1::AnalyseTrendsRequest>(
      "dataset: 'datasets/town' split: TREND_SPLIT_AREAS period { days { begin { year: 2020 month: 1 day: 1 } end { year: 2024 month: 1 day: 1 } } }");
}
inline v1::CheckRiseRequest RiseOfE01() {
  return Parsed<v1::CheckRiseRequest>(
      "dataset: 'datasets/town' before { calendar_year: 2022 } after { calendar_year: 2023 } place { vintage: 'wards-2022' codes: 'E01' }");
}
inline v1::CompareBoundariesRequest BoundariesOf2022() {
  return Parsed<v1::CompareBoundariesRequest>("dataset: 'datasets/town' before { calendar_year: 2022 } after { calendar_year: 2023 }");
}
inline v1::CrosswalkCountsRequest CrosswalkOfW01() {
  return Parsed<v1::CrosswalkCountsRequest>(
      "dataset: 'datasets/town' from_vintage: 'wards-2015' to_vintage: 'wards-2022' counts { code: 'W01' count: 100 } weight: CROSSWALK_WEIGHT_RESIDENTS "
      "block_vintage: 'wards-2022'");
}

}  // namespace service_test
