// Where people live, shop and walk: towns, residents by block and year, street names and the 2,500 snap points.
#pragma once

#include <string>
#include <vector>

#include "datasets/sample/land.h"

namespace sample {

inline constexpr int kFirstYear = 2019;
inline constexpr int kLastYear = 2024;
inline constexpr int kYears = kLastYear - kFirstYear + 1;

struct Town {
  const char* name;
  double easting_m, northing_m;  // the market cross; the middle of a 250 m cell of the National Grid
  double residents;              // relative
  double spread_m;               // half-density radius of homes
  double centre;                 // relative weight of shops, pubs and offices
};
const std::vector<Town>& Towns();

struct SnapPoint {
  geo::GridPoint at;
  int block = 0;
  std::string street;  // "Mill Lane", "Parking Area"
};

class Settlement {
 public:
  explicit Settlement(const Land& land);

  // Residents at mid-year, whole people, summing over blocks to the authority.
  const std::vector<int>& residents(int year) const { return residents_[static_cast<std::size_t>(year - kFirstYear)]; }
  // Relative density of shops, pubs and offices by block; 0 off land; sums to 1 over the authority.
  const std::vector<double>& centre_weight() const { return centre_; }
  // Residents of 2024 by block as a share.
  const std::vector<double>& home_weight() const { return home_; }

  const std::vector<SnapPoint>& snap_points() const { return snaps_; }
  // The nearest snap point (ties to the lowest index). Cost: a few cells of a 500 m index.
  int nearest_snap(geo::GridPoint point) const;

 private:
  void lay_snap_points(const Land& land);

  std::vector<std::vector<int>> residents_;
  std::vector<double> centre_, home_;
  std::vector<SnapPoint> snaps_;
  std::vector<std::vector<int>> snaps_of_cell_;
};

// "Mill Lane": one of some 1,500 names.
std::string StreetName(int number);

}  // namespace sample
