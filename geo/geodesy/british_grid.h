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
  // Chooses the best transformation that this machine can carry out: the OSTN15 grid where PROJ has it (0.1 m), else the 7-parameter Helmert (EPSG states
  // 2 m; the worst of the Ordnance Survey's 40 test points, St Kilda, is out by 4.9 m). One transformation for every point, so that neighbours stay neighbours.
  // No network is used. Errors: kInternal NO_TRANSFORMATION when PROJ, its database or both transformations are missing.
  static Result<BritishGrid> Create();
  BritishGrid(BritishGrid&&) noexcept;
  BritishGrid& operator=(BritishGrid&&) noexcept;
  ~BritishGrid();

  // "OSTN15, EPSG:7710 (0.1 m)" or "Helmert, EPSG:1314 (5 m)", with the accuracy that the control points bear out: goes into every record whose coordinates
  // were transformed.
  const std::string& method() const;

  // Longitudes and latitudes in degrees, replaced in place by eastings and northings in metres. What cannot be transformed (not finite, off the globe, outside
  // the OSTN15 grid, further than kMaxMeters from the origin) becomes infinite on both axes, so that what is finite may go to GridPoint::FromMeters.
  // Cost: about 1 us a point. See also tests/oracle/geo/geodesy/british_grid_test.cc.
  void to_grid(std::span<double> x, std::span<double> y) const;
  // kUnlocated for what cannot be transformed.
  GridPoint to_grid(LatLng position) const;
  LatLng to_wgs84(GridPoint point) const;  // round trip within 2 mm
  // Eastings and northings in metres, replaced in place by longitudes and latitudes in degrees. What cannot be transformed becomes infinite on both axes. The
  // same numbers as one by one. Cost: about 1 us a point.
  void to_wgs84(std::span<double> x, std::span<double> y) const;

 private:
  struct Proj;
  explicit BritishGrid(std::unique_ptr<Proj> proj);
  std::unique_ptr<Proj> proj_;
};

}  // namespace geo
