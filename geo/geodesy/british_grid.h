// One Earth: WGS84 longitude/latitude to and from the British National Grid (EPSG:27700), through PROJ.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "geo/types/grid_point.h"
#include "geo/types/result.h"

namespace geo {

// Not thread-safe: one per thread (PROJ contexts are not shared).
class BritishGrid {
 public:
  // Chooses the best transformation that this machine can carry out: the OSTN15 grid where PROJ has it (0.1 m), else the 7-parameter Helmert (about 3 m).
  // No network is used. Errors: kInternal when PROJ or its database is missing.
  static Result<BritishGrid> Create();
  BritishGrid(BritishGrid&&) noexcept;
  BritishGrid& operator=(BritishGrid&&) noexcept;
  ~BritishGrid();

  // "OSTN15 (0.1 m)" or "Helmert, EPSG:1314 (3 m)": goes into every record whose coordinates were transformed.
  const std::string& method() const;

  // Longitudes and latitudes in degrees, replaced in place by eastings and northings in metres; what cannot be transformed becomes infinite.
  void to_grid(std::span<double> x, std::span<double> y) const;
  GridPoint to_grid(LatLng position) const;
  LatLng to_wgs84(GridPoint point) const;  // round trip within 2 mm

 private:
  struct Proj;
  explicit BritishGrid(std::unique_ptr<Proj> proj);
  std::unique_ptr<Proj> proj_;
};

}  // namespace geo
