// What is in view, the slow way: the place is moved aside by next to nothing, to either hand, and towards the camera by a little more; then no line runs
// through a corner or along a wall, and every wall is tried. Shares no code with production. For small lattices alone.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/geometry/polygon.h"

namespace support {

class SlowVisibility {
 public:
  // Coordinates of `footprints`, cameras and places lie within kLattice of 0.
  static constexpr int kLattice = 64;
  explicit SlowVisibility(std::vector<geo::Polygon> footprints) : footprints_(std::move(footprints)) {}

  bool inside(geo::GridPoint p) const {  // strictly, of any
    for (const auto& footprint : footprints_) {
      if (holds(footprint, Scaled(p, kScale), kScale) && !on_wall(footprint, p)) return true;
    }
    return false;
  }
  bool sees(geo::GridPoint from, geo::GridPoint p) const {
    if (from == p) return true;
    return sees_beside(from, p, 1) || sees_beside(from, p, -1);
  }

 private:
  __extension__ typedef __int128 Wide;
  struct Spot {
    Wide x = 0, y = 0;
  };
  static constexpr Wide kScale = Wide(1) << 30, kFiner = Wide(1) << 16;

  static Spot Scaled(geo::GridPoint p, Wide scale) { return {p.easting_mm * scale, p.northing_mm * scale}; }
  static int Side(Spot a, Spot b, Spot p) {
    const Wide cross = (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    return (cross > 0) - (cross < 0);
  }
  bool sees_beside(geo::GridPoint from, geo::GridPoint p, int hand) const {
    const Wide dx = p.easting_mm - from.easting_mm, dy = p.northing_mm - from.northing_mm;
    const Wide nearer = Wide(1) << 12;
    const Spot camera = Scaled(from, kScale), target{p.easting_mm * kScale - dx * nearer - hand * dy, p.northing_mm * kScale - dy * nearer + hand * dx};
    // A kFiner-th of the way out of the camera: still before whatever it does not stand on.
    const Spot step{camera.x * kFiner + (target.x - camera.x), camera.y * kFiner + (target.y - camera.y)};
    for (const auto& footprint : footprints_) {
      if (on_wall(footprint, from) && holds(footprint, step, kScale * kFiner)) return false;
      for (const auto& ring : footprint.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
          const Spot a = Scaled(ring[i], kScale), b = Scaled(ring[(i + 1) % ring.size()], kScale);
          if (Side(a, b, camera) != 0 && Side(a, b, camera) == -Side(a, b, target) && Side(camera, target, a) == -Side(camera, target, b)) return false;
        }
      }
    }
    return true;
  }
  static bool holds(const geo::Polygon& footprint, Spot p, Wide scale) {
    bool inside = false;
    for (const auto& ring : footprint.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const Spot a = Scaled(ring[i], scale), b = Scaled(ring[(i + 1) % ring.size()], scale);
        if ((a.x > p.x) != (b.x > p.x) && (Side(a, b, p) < 0) == (b.x > a.x)) inside = !inside;  // the wall lies above p
      }
    }
    return inside;
  }
  static bool on_wall(const geo::Polygon& footprint, geo::GridPoint p) {
    for (const auto& ring : footprint.rings) {
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
        const std::int64_t dot = (std::int64_t{a.easting_mm} - p.easting_mm) * (b.easting_mm - p.easting_mm) +
                                 (std::int64_t{a.northing_mm} - p.northing_mm) * (b.northing_mm - p.northing_mm);
        if (Side(Scaled(a, 1), Scaled(b, 1), Scaled(p, 1)) == 0 && dot <= 0) return true;
      }
    }
    return false;
  }
  std::vector<geo::Polygon> footprints_;
};

}  // namespace support
