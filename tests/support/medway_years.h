// Kent Police rows of 2022 and 2025 over both sets of Medway wards, as a dataset: positions and months, one category.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <sstream>

#include "geo/snapshot/dataset_snapshot.h"
#include "tests/support/drawn_dataset.h"
#include "tests/support/real_areas.h"

namespace support {

// Census 2021, all ages: the first and the last field of each row.
inline void AddLsoaResidents(geo::DrawnDataset& drawn, std::size_t vintage, const std::vector<geo::Area>& blocks) {
  std::map<std::string, double> residents;
  std::istringstream rows(ReadSharedText("population/lsoa21_census2021_ew_age_bands.csv.gz"));
  for (std::string row; std::getline(rows, row);) residents[row.substr(0, row.find(','))] = std::atof(row.substr(row.rfind(',') + 1).c_str());
  for (const geo::Area& block : blocks) drawn.add_residents(vintage, block.code, 2021, residents.at(block.code));
}

// Vintages: 0 the 22 wards to May 2023, 1 the 24 after, 2 the small areas (LSOA 2021) with residents. Null without the shared data.
inline std::shared_ptr<const geo::Snapshot> MedwayYears() {
  if (!HaveSharedData("kent-street") || !HaveSharedData("medway-boundaries")) return nullptr;
  const auto grid = geo::BritishGrid::Create();
  if (!grid) std::abort();
  geo::DrawnDataset drawn;
  for (const int year : {2022, 2025}) {
    for (int month = 1; month <= 12; ++month) {
      std::vector<geo::GridPoint> points;
      ReadRealPoints(fmt::format("kent-street/{}-{:02}-kent-street.csv.gz", year, month), 4, 5, *grid, points);
      const geo::LocalMinute from = geo::DayOf(year, month, 1) * geo::kMinutesPerDay;
      for (const geo::GridPoint at : points) drawn.add({at, from, from + 1});
    }
  }
  drawn.add_vintage("wards-2013");
  drawn.add_vintage("wards-2023", geo::DayOf(2023, 5, 4));
  auto blocks = ReadRealAreas("medway-boundaries/medway_lsoa_2021.geojson", "LSOA21CD", "LSOA21NM", *grid);
  std::sort(blocks.begin(), blocks.end(), [](const geo::Area& a, const geo::Area& b) { return a.code < b.code; });
  AddLsoaResidents(drawn, drawn.add_vintage("lsoa-2021"), blocks);
  geo::StoredDataset stored = drawn.store();
  stored.areas = {ReadRealAreas("medway-boundaries/medway_wards_2013.geojson", "WD13CD", "WD13NM", *grid),
                  ReadRealAreas("medway-boundaries/medway_wards_2024.geojson", "WD24CD", "WD24NM", *grid), std::move(blocks)};
  auto snapshot = geo::BuildSnapshot({std::move(stored)}, 1);
  if (!snapshot) std::abort();
  return *snapshot;
}

}  // namespace support
