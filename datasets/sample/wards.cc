#include "datasets/sample/wards.h"

#include <fmt/format.h>

#include <span>

#include "geo/types/check.h"

namespace sample {
namespace {

struct Seed {
  const char* name;
  double east_m, north_m;  // from 568000, 352000
};

// Each block goes to the nearest seed.
constexpr Seed kSeeds2023[] = {
    {"Market and Castle", 8100, 9600},
    {"Quayside", 8050, 11500},
    {"Old Dock", 6100, 11300},
    {"St Brannock's", 6500, 9900},
    {"Ropewalk", 9900, 11200},
    {"Lantern Hill", 10050, 9450},
    {"Priory", 7100, 7900},
    {"Fairmead", 4900, 8700},
    {"Brackenhythe North", 3300, 11000},
    {"Brackenhythe South", 2900, 9000},
    {"Saltgate West", 12200, 11300},
    {"Saltgate East", 14500, 11100},
    {"Harrow Down", 9300, 7300},
    {"Marlhurst", 7800, 5000},
    {"Marlhurst Green", 9900, 5100},
    {"Withy Common", 5200, 6200},
    {"Larkhill", 11700, 7700},
    {"Fenbury", 13700, 5200},
    {"Estuary and Gull Island", 14900, 8700},
    {"Westmarsh", 1300, 6700},
    {"Thornley and Combe", 2700, 3600},
    {"Southdown Villages", 7200, 2000},
    {"Meads and Mere", 12000, 2500},
};
constexpr Seed kSeedsBefore[] = {
    {"Castle", 8250, 9300},
    {"Quayside", 8300, 11300},
    {"Old Dock", 6350, 11500},
    {"St Brannock's", 6250, 9650},
    {"Ropewalk", 10150, 11450},
    {"Lantern Hill", 10300, 9200},
    {"Priory", 6900, 7650},
    {"Fairmead", 4700, 8950},
    {"Brackenhythe", 3000, 10150},
    {"Saltgate West", 11950, 11050},
    {"Saltgate East", 13800, 11250},
    {"Harrow Down", 9100, 7550},
    {"Marlhurst", 8700, 4900},
    {"Withy Common", 5450, 5950},
    {"Larkhill", 11450, 7400},
    {"Fenbury", 13400, 5500},
    {"Gull Island and Shore", 14700, 9000},
    {"Westmarsh", 1500, 7000},
    {"Thornley", 2300, 4200},
    {"Combe Valley", 3900, 2300},
    {"Southdown Villages", 7500, 2200},
    {"Meads and Mere", 11800, 2200},
};

std::vector<int> NearestSeeds(const Land& land, std::span<const Seed> seeds) {
  std::vector<int> labels(kBlocks, kNowhereLabel);
  for (int block = 0; block < kBlocks; ++block) {
    if (!land.is_land(block)) continue;
    double best = 0;
    for (std::size_t i = 0; i < seeds.size(); ++i) {
      const double east = Land::centre_easting_m(block) - 568000 - seeds[i].east_m, north = Land::centre_northing_m(block) - 352000 - seeds[i].north_m;
      const double distance2 = east * east + north * north;
      if (i != 0 && distance2 >= best) continue;
      best = distance2;
      labels[static_cast<std::size_t>(block)] = static_cast<int>(i);
    }
  }
  return labels;
}

void Give(const Land& land, std::vector<int>& labels, int low_column, int high_column, int low_row, int high_row, int ward) {
  for (int row = low_row; row <= high_row; ++row) {
    for (int column = low_column; column <= high_column; ++column) {
      const int block = Land::block_at(column, row);
      if (land.is_land(block)) labels[static_cast<std::size_t>(block)] = ward;
    }
  }
}

int IndexOf(const WardMap& map, const std::string& name) {
  for (std::size_t i = 0; i < map.wards.size(); ++i) {
    if (map.wards[i].name == name) return static_cast<int>(i);
  }
  WARDWATCH_CHECK(false, "no ward named {}", name);
  return kNowhereLabel;
}

WardMap Assign(const Land& land, std::span<const Seed> seeds, int first_code) {
  WardMap map{{}, NearestSeeds(land, seeds)};
  for (std::size_t i = 0; i < seeds.size(); ++i) map.wards.push_back({fmt::format("E0599{:04d}", first_code + static_cast<int>(i)), seeds[i].name});
  return map;
}

void CheckAllHoldLand(const WardMap& map) {
  std::vector<int> blocks(map.wards.size());
  for (const int ward : map.ward_of) {
    if (ward != kNowhereLabel) ++blocks[static_cast<std::size_t>(ward)];
  }
  for (std::size_t i = 0; i < blocks.size(); ++i) WARDWATCH_CHECK(blocks[i] >= 8, "ward {} has {} blocks", map.wards[i].name, blocks[i]);
}

}  // namespace

WardMap WardsFrom2023(const Land& land) {
  WardMap map = Assign(land, kSeeds2023, 101);
  map.wards.push_back({"E05990124", "College Precinct"});
  Give(land, map.ward_of, 48, 57, 53, 57, IndexOf(map, "Estuary and Gull Island"));
  Give(land, map.ward_of, 46, 50, 8, 11, IndexOf(map, "Meads and Mere"));
  const int college_column = static_cast<int>((568000 + 4900 - kWest_m) / kBlock_m), college_row = static_cast<int>((352000 + 8700 - kSouth_m) / kBlock_m);
  Give(land, map.ward_of, college_column - 2, college_column + 1, college_row - 1, college_row + 1, IndexOf(map, "College Precinct"));
  SettleCorners(land, map.ward_of);
  CheckAllHoldLand(map);
  return map;
}

WardMap WardsBefore2023(const Land& land) {
  WardMap map = Assign(land, kSeedsBefore, 1);
  Give(land, map.ward_of, 48, 57, 53, 57, IndexOf(map, "Gull Island and Shore"));
  Give(land, map.ward_of, 46, 50, 8, 11, IndexOf(map, "Meads and Mere"));
  SettleCorners(land, map.ward_of);
  CheckAllHoldLand(map);
  return map;
}

Lsoas LayLsoas(const WardMap& wards, const std::vector<int>& residents_of_block) {
  constexpr int kResidents = 1700;
  Lsoas lsoas{{}, std::vector<int>(kBlocks, kNowhereLabel)};
  for (std::size_t ward = 0; ward < wards.wards.size(); ++ward) {
    int letter = 0, held = kResidents;
    for (int step = 0; step < kBlocks; ++step) {
      // Boustrophedon, so that one run of blocks hangs together.
      const int row = step / kColumns, block = row % 2 == 0 ? step : row * kColumns + (kColumns - 1 - step % kColumns);
      if (wards.ward_of[static_cast<std::size_t>(block)] != static_cast<int>(ward)) continue;
      if (held >= kResidents && letter < 26) {
        lsoas.areas.push_back({fmt::format("E0199{:04d}", lsoas.areas.size() + 1), fmt::format("Tidewick {:03d}{:c}", ward + 1, 'A' + letter++)});
        held = 0;
      }
      held += residents_of_block[static_cast<std::size_t>(block)];
      lsoas.lsoa_of[static_cast<std::size_t>(block)] = static_cast<int>(lsoas.areas.size()) - 1;
    }
  }
  return lsoas;
}

}  // namespace sample
