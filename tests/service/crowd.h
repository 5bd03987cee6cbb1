// Enough distinct places for work that takes seconds: every place asks for every other within 5 km.
#pragma once

#include <memory>
#include <random>

#include "tests/support/drawn_dataset.h"

namespace service_test {

// 30,000 incidents over 7 km by 7 km in 2023; two wards hold them all.
inline std::shared_ptr<const geo::Snapshot> Crowd() {
  static const auto crowd = [] {
    geo::DrawnDataset town;
    town.record().id = "town";
    const auto wards = town.add_vintage("wards-2022", geo::DayOf(2022, 5, 1));
    town.add_area(wards, "E01", {{500'000, 200'000}, {503'500, 200'000}, {503'500, 207'000}, {500'000, 207'000}});
    town.add_area(wards, "E02", {{503'500, 200'000}, {507'000, 200'000}, {507'000, 207'000}, {503'500, 207'000}});
    std::mt19937 random(20240502);
    const geo::LocalMinute year = geo::DayOf(2023, 1, 1) * geo::kMinutesPerDay;
    for (int i = 0; i < 30'000; ++i) {
      const auto at = geo::GridPoint::FromMeters(500'000 + static_cast<double>(random() % 7000), 200'000 + static_cast<double>(random() % 7000));
      const auto from = year + static_cast<geo::LocalMinute>(random() % (365 * geo::kMinutesPerDay));
      town.add({at, from, from + 1, 0, 0});
    }
    return town.build();
  }();
  return crowd;
}

}  // namespace service_test
