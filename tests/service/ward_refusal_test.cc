// O6 for the questions about wards: refused at once, naming the field, the limit and what to do; the server answers after every table.
#include "tests/service/refusal_table.h"
#include "tests/service/ward_requests.h"

namespace service_test {
namespace {

// One call of each question.
constexpr auto kAskWards = [](Clients& clients, const v1::CompareWardsRequest& request, grpc::ClientContext& context) {
  v1::CompareWardsResponse response;
  return clients.wards->CompareWards(&context, request, &response);
};
constexpr auto kAskYears = [](Clients& clients, const v1::CompareYearsRequest& request, grpc::ClientContext& context) {
  v1::CompareYearsResponse response;
  return clients.wards->CompareYears(&context, request, &response);
};
constexpr auto kAskRanks = [](Clients& clients, const v1::RankWardsRequest& request, grpc::ClientContext& context) {
  v1::RankWardsResponse response;
  return clients.wards->RankWards(&context, request, &response);
};
constexpr auto kAskTrends = [](Clients& clients, const v1::AnalyseTrendsRequest& request, grpc::ClientContext& context) {
  v1::AnalyseTrendsResponse response;
  return clients.wards->AnalyseTrends(&context, request, &response);
};
constexpr auto kAskRise = [](Clients& clients, const v1::CheckRiseRequest& request, grpc::ClientContext& context) {
  v1::CheckRiseResponse response;
  return clients.wards->CheckRise(&context, request, &response);
};

// What every question about wards refuses alike.
const Refusal kOfEvery[] = {
    {"no dataset", "dataset: ''", StatusCode::INVALID_ARGUMENT, "dataset", "datasets/town", "MISSING"},
    {"dataset without prefix", "dataset: 'town'", StatusCode::INVALID_ARGUMENT, "dataset", "datasets/{dataset}"},
    {"dataset that climbs", "dataset: 'datasets/../../etc/passwd'", StatusCode::INVALID_ARGUMENT, "dataset", "letters"},
    {"unknown dataset", "dataset: 'datasets/city'", StatusCode::NOT_FOUND, "dataset", "datasets/town", "UNKNOWN_DATASET"},
    {"unknown category", "filter { categories: 'piracy' }", StatusCode::NOT_FOUND, "filter.categories[0]", "robbery", "UNKNOWN_CATEGORY"},
    {"category twice", "filter { categories: 'robbery' categories: 'robbery' }", StatusCode::INVALID_ARGUMENT, "filter.categories[1]", "once"},
    {"unknown source", "filter { sources: 'press' }", StatusCode::NOT_FOUND, "filter.sources[0]", "council"},
    {"empty window", "filter { window { begin_minute: 60 end_minute: 60 } }", StatusCode::INVALID_ARGUMENT, "filter.window.end_minute", "empty"},
    {"hour of month-only data", "filter { window { begin_minute: 1200 end_minute: 360 } }", StatusCode::FAILED_PRECONDITION, "filter.window", "council",
     "HOUR_UNKNOWN"},
};

// Of those that control false discoveries.
const Refusal kOfLevels[] = {
    {"rate NaN", "false_discovery_rate: nan", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "nan"},
    {"rate inf", "false_discovery_rate: inf", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "inf"},
    {"rate 0.9", "false_discovery_rate: 0.9", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "over 0 to 0.5"},
    {"rate -0.1", "false_discovery_rate: -0.1", StatusCode::INVALID_ARGUMENT, "false_discovery_rate", "-0.1"},
};

// Of those that have rows of one set of boundaries.
const Refusal kOfVintages[] = {
    {"unknown vintage", "vintage: 'x'", StatusCode::NOT_FOUND, "vintage", "wards-2022", "UNKNOWN_VINTAGE"},
    {"a vintage that is a path", "vintage: '../wards-2022'", StatusCode::NOT_FOUND, "vintage", "wards-2022", "UNKNOWN_VINTAGE"},
    {"areas of another vintage", "filter { areas { vintage: 'wards-2015' codes: 'W01' } }", StatusCode::INVALID_ARGUMENT, "filter.areas.vintage", "wards-2022"},
    {"unknown area", "filter { areas { vintage: 'wards-2022' codes: 'X' } }", StatusCode::NOT_FOUND, "filter.areas.codes[0]", "E01"},
    {"areas without codes", "filter { areas { vintage: 'wards-2022' } }", StatusCode::INVALID_ARGUMENT, "filter.areas.codes", "at least one"},
};

// Of those that compare two periods.
const Refusal kOfTwoPeriods[] = {
    {"no before", "before {}", StatusCode::INVALID_ARGUMENT, "before", "calendar_year", "MISSING"},
    {"no after", "after {}", StatusCode::INVALID_ARGUMENT, "after", "calendar_year", "MISSING"},
    {"year 0", "before { calendar_year: 0 }", StatusCode::INVALID_ARGUMENT, "before.calendar_year", "1900 to 2198"},
    {"month 13", "after { month { year: 2023 month: 13 } }", StatusCode::INVALID_ARGUMENT, "after.month.month", "1 to 12"},
    {"the same year twice", "before { calendar_year: 2023 }", StatusCode::INVALID_ARGUMENT, "after", "overlaps"},
    {"a month in common", "after { rolling_year_ending { year: 2023 month: 11 } }", StatusCode::INVALID_ARGUMENT, "after", "overlaps"},
    {"the wrong way round", "before { calendar_year: 2023 } after { calendar_year: 2022 }", StatusCode::INVALID_ARGUMENT, "after", "swap"},
    {"twenty years", "before { days { begin { year: 2003 month: 1 day: 1 } end { year: 2023 month: 1 day: 1 } } }", StatusCode::INVALID_ARGUMENT, "before.days",
     "3653"},
    {"before all data", "before { calendar_year: 1950 }", StatusCode::FAILED_PRECONDITION, "before", "2020-01", "NO_DATA"},
    {"after all data", "after { calendar_year: 2190 }", StatusCode::FAILED_PRECONDITION, "after", "2020-01", "NO_DATA"},
    {"half a month of month-only data", "before { days { begin { year: 2022 month: 2 day: 10 } end { year: 2022 month: 2 day: 20 } } }",
     StatusCode::FAILED_PRECONDITION, "before", "council", "PERIOD_FINER_THAN_DATA"},
};

const Refusal kOfSpreads[] = {{"spread 7", "spread: 7", StatusCode::INVALID_ARGUMENT, "spread", "SPREAD_POISSON (2)", "UNKNOWN_VALUE"}};

const Refusal kOfDenominators[] = {
    {"unknown denominator", "denominators: 'km2' denominators: 'sheep'", StatusCode::INVALID_ARGUMENT, "denominators[1]", "residents, km2",
     "NO_SUCH_DENOMINATOR"},
    {"denominator twice", "denominators: 'km2' denominators: 'km2'", StatusCode::INVALID_ARGUMENT, "denominators[1]", "once", "REPEATED"},
    {"denominator of no name", "denominators: 'km2' denominators: ''", StatusCode::INVALID_ARGUMENT, "denominators[1]", "name a measure", "MISSING"},
    {"nine denominators", "denominators: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']", StatusCode::INVALID_ARGUMENT, "denominators", "at most 8", "TOO_MANY"},
};

TEST(O6_AbsurdRequests, CompareWards) {
  const Refusal own[] = {
      {"residents, who have a rate already", "denominators: 'residents'", StatusCode::INVALID_ARGUMENT, "denominators[0]", "leave it out", "NOT_TOGETHER"},
  };
  for (const std::span<const Refusal> table :
       {std::span<const Refusal>(kOfEvery), std::span<const Refusal>(kOfLevels), std::span<const Refusal>(kOfVintages), std::span<const Refusal>(kOfTwoPeriods),
        std::span<const Refusal>(kOfSpreads), std::span<const Refusal>(kOfDenominators), std::span<const Refusal>(own)}) {
    ExpectAllRefused(table, WardsOf2022And2023(), kAskWards);
  }
}

std::string Years(int first, int last) {
  std::string periods;
  for (int year = first; year <= last; ++year) periods += fmt::format("periods {{ calendar_year: {} }} ", year);
  return periods;
}

TEST(O6_AbsurdRequests, CompareYears) {
  const Refusal own[] = {
      {"no periods", "periods: []", StatusCode::INVALID_ARGUMENT, "periods", "2 to 12"},
      {"one period", Years(2023, 2023), StatusCode::INVALID_ARGUMENT, "periods", "has 1 entries"},
      {"thirteen periods", Years(2011, 2023), StatusCode::INVALID_ARGUMENT, "periods", "has 13 entries; send 2 to 12"},
      {"18,101 periods", Years(1900, 20'000), StatusCode::INVALID_ARGUMENT, "periods", "2 to 12"},
      {"a period of nothing", "periods { calendar_year: 2022 } periods {}", StatusCode::INVALID_ARGUMENT, "periods[1]", "calendar_year", "MISSING"},
      {"a year twice", Years(2022, 2023) + Years(2023, 2023), StatusCode::INVALID_ARGUMENT, "periods[2]", "overlaps"},
      {"a calendar and a financial year", Years(2022, 2022) + "periods { financial_year: 2022 }", StatusCode::INVALID_ARGUMENT, "periods[1]", "overlaps"},
      {"out of order", Years(2023, 2023) + Years(2022, 2022), StatusCode::INVALID_ARGUMENT, "periods[1]", "order of time"},
      {"before all data", Years(1950, 1950) + Years(2022, 2023), StatusCode::FAILED_PRECONDITION, "periods[0]", "2020-01", "NO_DATA"},
      {"after all data", Years(2022, 2023) + Years(2190, 2190), StatusCode::FAILED_PRECONDITION, "periods[2]", "2020-01", "NO_DATA"},
      {"half a month of month-only data",
       "periods { calendar_year: 2022 } periods { days { begin { year: 2023 month: 2 day: 10 } end { year: 2023 month: 2 day: 20 } } }",
       StatusCode::FAILED_PRECONDITION, "periods[1]", "council", "PERIOD_FINER_THAN_DATA"},
      {"baseline -1", "baseline: -1", StatusCode::INVALID_ARGUMENT, "baseline", "0 to 3"},
      {"baseline past the last", "baseline: 4", StatusCode::INVALID_ARGUMENT, "baseline", "0 to 3"},
      {"baseline 2^31-1", "baseline: 2147483647", StatusCode::INVALID_ARGUMENT, "baseline", "2147483647"},
      {"unknown denominator", "denominator: 'sheep'", StatusCode::INVALID_ARGUMENT, "denominator", "residents, km2", "NO_SUCH_DENOMINATOR"},
      {"residents of a vintage without", "vintage: 'wards-2015' denominator: 'residents'", StatusCode::INVALID_ARGUMENT, "denominator", "km2",
       "NO_SUCH_DENOMINATOR"},
      {"seed -1", "seed: -1", StatusCode::INVALID_ARGUMENT, "seed", "-1"},
  };
  for (const std::span<const Refusal> table : {std::span<const Refusal>(kOfEvery), std::span<const Refusal>(kOfLevels), std::span<const Refusal>(kOfVintages),
                                               std::span<const Refusal>(kOfSpreads), std::span<const Refusal>(own)}) {
    ExpectAllRefused(table, YearsFrom2020(), kAskYears);
  }
}

const Refusal kOfOnePeriod[] = {
    {"no period", "period {}", StatusCode::INVALID_ARGUMENT, "period", "calendar_year", "MISSING"},
    {"year -1", "period { calendar_year: -1 }", StatusCode::INVALID_ARGUMENT, "period.calendar_year", "-1"},
    {"empty period", "period { days { begin { year: 2023 month: 2 day: 1 } end { year: 2023 month: 2 day: 1 } } }", StatusCode::INVALID_ARGUMENT,
     "period.days.end", "2023-02-01"},
    {"before all data", "period { calendar_year: 1950 }", StatusCode::FAILED_PRECONDITION, "period", "2020-01", "NO_DATA"},
    {"after all data", "period { calendar_year: 2190 }", StatusCode::FAILED_PRECONDITION, "period", "2020-01", "NO_DATA"},
};

TEST(O6_AbsurdRequests, RankWards) {
  const Refusal own[] = {
      {"half a month of month-only data", "period { days { begin { year: 2023 month: 2 day: 10 } end { year: 2023 month: 2 day: 20 } } }",
       StatusCode::FAILED_PRECONDITION, "period", "council", "PERIOD_FINER_THAN_DATA"},
      {"draws -1", "draws: -1", StatusCode::INVALID_ARGUMENT, "draws", "100 to 100000"},
      {"draws 99", "draws: 99", StatusCode::INVALID_ARGUMENT, "draws", "100 to 100000"},
      {"draws 100,001", "draws: 100001", StatusCode::INVALID_ARGUMENT, "draws", "100 to 100000"},
      {"draws 10^9", "draws: 1000000000", StatusCode::INVALID_ARGUMENT, "draws", "1000000000"},
      {"seed -1", "seed: -1", StatusCode::INVALID_ARGUMENT, "seed", "-1"},
      {"seed -2^63", "seed: -9223372036854775808", StatusCode::INVALID_ARGUMENT, "seed", "-9223372036854775808"},
      {"residents of a vintage without", "vintage: 'wards-2015' denominators: 'residents'", StatusCode::INVALID_ARGUMENT, "denominators[0]", "km2",
       "NO_SUCH_DENOMINATOR"},
  };
  for (const std::span<const Refusal> table :
       {std::span<const Refusal>(kOfEvery), std::span<const Refusal>(kOfVintages), std::span<const Refusal>(kOfSpreads),
        std::span<const Refusal>(kOfDenominators), std::span<const Refusal>(kOfOnePeriod), std::span<const Refusal>(own)}) {
    ExpectAllRefused(table, RanksOf2023(), kAskRanks);
  }
}

TEST(O6_AbsurdRequests, AnalyseTrends) {
  const Refusal own[] = {
      {"one month", "period { month { year: 2023 month: 2 } }", StatusCode::INVALID_ARGUMENT, "period", "has 1 months; send 3 to 120"},
      {"two months", "period { days { begin { year: 2023 month: 2 day: 1 } end { year: 2023 month: 4 day: 1 } } }", StatusCode::INVALID_ARGUMENT, "period",
       "has 2 months; send 3 to 120"},
      // Ten years and a month are refused by the days that any period may hold, before they are months.
      {"121 months", "period { days { begin { year: 2013 month: 12 day: 1 } end { year: 2024 month: 1 day: 1 } } }", StatusCode::INVALID_ARGUMENT,
       "period.days", "3653"},
      {"months in part", "period { days { begin { year: 2023 month: 1 day: 2 } end { year: 2024 month: 1 day: 1 } } }", StatusCode::INVALID_ARGUMENT, "period",
       "whole months"},
      {"split 9", "split: 9", StatusCode::INVALID_ARGUMENT, "split", "TREND_SPLIT_AREAS_AND_CATEGORIES (4)", "UNKNOWN_VALUE"},
      {"split -1", "split: -1", StatusCode::INVALID_ARGUMENT, "split", "-1", "UNKNOWN_VALUE"},
      {"forecast of nothing", "forecast {}", StatusCode::INVALID_ARGUMENT, "forecast", "calendar_year", "MISSING"},
      {"forecast of a month", "forecast { month { year: 2023 month: 2 } }", StatusCode::INVALID_ARGUMENT, "forecast", "twelve whole months"},
      {"forecast of a year from the middle of a month", "forecast { days { begin { year: 2023 month: 1 day: 15 } end { year: 2024 month: 1 day: 15 } } }",
       StatusCode::INVALID_ARGUMENT, "forecast", "twelve whole months"},
      {"forecast of a year far away", "forecast { calendar_year: 2190 }", StatusCode::INVALID_ARGUMENT, "forecast", "2024-01"},
      {"forecast of the past", "forecast { calendar_year: 1950 }", StatusCode::INVALID_ARGUMENT, "forecast", "2020-01"},
  };
  for (const std::span<const Refusal> table : {std::span<const Refusal>(kOfEvery), std::span<const Refusal>(kOfLevels), std::span<const Refusal>(kOfVintages),
                                               std::span<const Refusal>(kOfOnePeriod), std::span<const Refusal>(own)}) {
    ExpectAllRefused(table, TrendsFrom2020(), kAskTrends);
  }
}

TEST(O6_AbsurdRequests, CheckRise) {
  const Refusal own[] = {
      {"a place of nothing", "place {}", StatusCode::INVALID_ARGUMENT, "place.vintage", "missing", "MISSING"},
      {"a place without codes", "place { vintage: 'wards-2022' }", StatusCode::INVALID_ARGUMENT, "place.codes", "at least one", "MISSING"},
      {"a place without a vintage", "place { codes: 'E01' }", StatusCode::INVALID_ARGUMENT, "place.vintage", "one set of boundaries", "MISSING"},
      {"unknown vintage", "place { vintage: 'x' codes: 'E01' }", StatusCode::NOT_FOUND, "place.vintage", "wards-2022", "UNKNOWN_VINTAGE"},
      {"a ward of other boundaries", "place { vintage: 'wards-2022' codes: 'W01' }", StatusCode::NOT_FOUND, "place.codes[0]", "E01, E02", "UNKNOWN_AREA"},
      {"a code of nothing", "place { vintage: 'wards-2022' codes: '' }", StatusCode::NOT_FOUND, "place.codes[0]", "E01, E02", "UNKNOWN_AREA"},
      {"a ward twice", "place { vintage: 'wards-2022' codes: ['E01', 'E01'] }", StatusCode::INVALID_ARGUMENT, "place.codes[1]", "once", "REPEATED"},
      {"peers of nothing", "peers {}", StatusCode::INVALID_ARGUMENT, "peers.vintage", "missing", "MISSING"},
      {"peers without codes", "peers { vintage: 'wards-2022' }", StatusCode::INVALID_ARGUMENT, "peers.codes", "at least one", "MISSING"},
      {"unknown peer", "peers { vintage: 'wards-2022' codes: ['E02', 'X'] }", StatusCode::NOT_FOUND, "peers.codes[1]", "E01, E02", "UNKNOWN_AREA"},
      {"a peer twice", "peers { vintage: 'wards-2022' codes: ['E02', 'E02'] }", StatusCode::INVALID_ARGUMENT, "peers.codes[1]", "once", "REPEATED"},
      {"its own peer", "peers { vintage: 'wards-2022' codes: ['E02', 'E01'] }", StatusCode::INVALID_ARGUMENT, "peers.codes", "E01", "NOT_TOGETHER"},
      {"peers on other boundaries", "peers { vintage: 'wards-2015' codes: 'W01' }", StatusCode::INVALID_ARGUMENT, "peers.vintage",
       "the place is on wards-2022"},
      {"a filter of areas", "filter { areas { vintage: 'wards-2022' codes: 'E01' } }", StatusCode::INVALID_ARGUMENT, "filter.areas", "place", "NOT_TOGETHER"},
  };
  for (const std::span<const Refusal> table :
       {std::span<const Refusal>(kOfEvery), std::span<const Refusal>(kOfLevels), std::span<const Refusal>(kOfTwoPeriods), std::span<const Refusal>(own)}) {
    ExpectAllRefused(table, RiseOfE01(), kAskRise);
  }
}

TEST(O6_AbsurdRequests, ARiseOfNoPlaceAndOfTooManyWards) {
  RunningServer running;
  auto request = RiseOfE01();
  request.clear_place();
  grpc::ClientContext first, second, third;
  ExpectRefused({"no place", "", StatusCode::INVALID_ARGUMENT, "place", "vintage and codes", "MISSING"}, kAskRise(*running.clients, request, first), first);
  request = RiseOfE01();
  for (int i = 0; i < 10'000; ++i) request.mutable_place()->add_codes("E01");
  ExpectRefused({"10,001 wards", "", StatusCode::INVALID_ARGUMENT, "place.codes", "at most 10000", "TOO_MANY"}, kAskRise(*running.clients, request, second),
                second);
  request = RiseOfE01();
  request.mutable_caller()->set_purpose(std::string(201, 'x'));
  ExpectRefused({"a long purpose", "", StatusCode::INVALID_ARGUMENT, "caller.purpose", "200"}, kAskRise(*running.clients, request, third), third);
}

}  // namespace
}  // namespace service_test
