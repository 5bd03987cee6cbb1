// The small dataset over which the server is tested: two wards in two vintages, one hot corner, incidents outside and without a position, a month-only source.
#pragma once

#include "tests/support/drawn_dataset.h"

namespace service_test {

// Local days: January 2020 to December 2023.
inline geo::DrawnDataset DrawnTown(int weight = 1) {
  using geo::DayOf;
  geo::DrawnDataset town;
  town.record().id = "town";
  town.record().title = "Town";
  town.record().as_at = DayOf(2023, 12, 31);
  town.record().breaks.push_back({"new-system", "police", {}, {DayOf(2021, 6, 1), DayOf(2021, 7, 1)}, "A new recording system"});
  const auto council = town.add_source("council", geo::TimeKnowledge::kMonth);
  const auto old_wards = town.add_vintage("wards-2015", DayOf(2015, 5, 1));
  town.record().vintages[old_wards].valid_to = DayOf(2022, 5, 1);
  town.add_square(old_wards, "W01", 500'000, 200'000, 2000);
  const auto wards = town.add_vintage("wards-2022", DayOf(2022, 5, 1));
  town.add_square(wards, "E01", 500'000, 200'000, 1000);
  town.add_square(wards, "E02", 501'000, 200'000, 1000);
  for (const char* code : {"E01", "E02"}) {
    town.add_residents(wards, code, 2022, 5000);
    town.add_residents(wards, code, 2023, 5100);
  }
  const geo::Period years{DayOf(2020, 1, 1), DayOf(2024, 1, 1)};
  const char* map = R"(
    .......1
    .1......
    ..9....2
    ..3.....
  )";
  town.draw_monthly(map, 500'000 - 4 * 250, 200'000, 250, years);
  town.add_monthly(years, 2 * weight, geo::GridPoint::FromMeters(499'000, 199'000), 1);  // outside every ward
  town.add_monthly(years, 1, geo::kUnlocated, 0);
  for (geo::Month month = geo::Month::Of(2020, 1); month < geo::Month::Of(2024, 1); month = month.next()) {
    for (int i = 0; i < 3; ++i) {
      town.add({geo::GridPoint::FromMeters(501'100 + i, 200'900), month.first_day() * geo::kMinutesPerDay, month.next().first_day() * geo::kMinutesPerDay, 1,
                council});
    }
  }
  geo::Workstream disorder;
  disorder.id = "disorder";
  disorder.title = "Disorder";
  disorder.priority = "Streets";
  disorder.entries = {{"anti-social-behaviour", 1}};
  disorder.tier = geo::SensitivityTier::kVeryHigh;
  disorder.caveat = "Two sources may hold the same event";
  geo::Workstream night;
  night.id = "night";
  night.title = "Robbery at night";
  night.priority = "Violence";
  night.entries = {{"robbery", 3}};
  night.sources = {"police"};
  night.window = geo::TimeOfWeek{8 * 60, 14 * 60, 0x7F};
  night.proxy = "stands in for what nobody reports";
  night.concern = geo::Workstream::Concern{0.6, 0.55, 0.65};
  geo::Workstream street;
  street.id = "street";
  street.title = "Street robbery";
  street.priority = "Violence";
  street.entries = {{"anti-social-behaviour", 0.5}, {"robbery", 2}};
  town.record().workstreams = {disorder, night, street};
  geo::WeightTable table;
  table.id = "harm";
  table.title = "Harm";
  table.version = "1";
  table.unit = "days";
  table.source = "nobody";
  table.entries = {{"robbery", 365}};
  town.record().weight_tables = {table};
  return town;
}

}  // namespace service_test
