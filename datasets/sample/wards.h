// The two ward vintages of Tidewick and its LSOAs, as labels on blocks.
#pragma once

#include <string>
#include <vector>

#include "datasets/sample/land.h"

namespace sample {

struct Ward {
  std::string code;
  std::string name;
};

struct WardMap {
  std::vector<Ward> wards;
  std::vector<int> ward_of;  // by block: an index, or kNowhereLabel
};

// 24 wards in force from 2023-05-04, E05990101 to E05990124. College Precinct lies wholly inside Fairmead; Estuary and Gull Island is in two parts; Meads and
// Mere surrounds a lake that is no part of the authority.
WardMap WardsFrom2023(const Land& land);
// The 22 wards before, E05990001 to E05990022. Seventeen share a name with a later ward; none shares its shape.
WardMap WardsBefore2023(const Land& land);

struct Lsoas {
  std::vector<Ward> areas;   // code and name, E01990001 and on, "Tidewick 007C"
  std::vector<int> lsoa_of;  // by block
};
// Runs of blocks of one old ward that hold about 1,700 residents.
Lsoas LayLsoas(const WardMap& wards, const std::vector<int>& residents_of_block);

}  // namespace sample
