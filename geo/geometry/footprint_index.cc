#include "geo/geometry/footprint_index.h"

#include <fmt/format.h>

#include <algorithm>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

// Squares of 64 m hold a few buildings each in a town, and the largest building meets some thousand of them.
constexpr std::int32_t kSquareMm = 64'000;

std::int32_t SquareOf(std::int32_t mm) { return mm >= 0 ? mm / kSquareMm : -1 - (-1 - mm) / kSquareMm; }

Ring WithoutRepeats(const Ring& ring) {
  Ring out;
  for (const GridPoint p : ring) {
    if (out.empty() || out.back() != p) out.push_back(p);
  }
  while (out.size() > 1 && out.back() == out.front()) out.pop_back();
  return out;
}

Error BadFootprint(std::size_t i, const char* reason, std::string message) {
  return {ErrorCode::kInvalidArgument, fmt::format("footprints[{}]", i), reason, std::move(message)};
}

bool Meet(const GridBox& a, const GridBox& b) {
  return a.low.easting_mm <= b.high.easting_mm && b.low.easting_mm <= a.high.easting_mm && a.low.northing_mm <= b.high.northing_mm &&
         b.low.northing_mm <= a.high.northing_mm;
}

}  // namespace

Result<FootprintIndex> FootprintIndex::Build(std::span<const geo::Polygon> footprints) {
  auto parts = std::make_shared<Parts>();
  for (std::size_t i = 0; i < footprints.size(); ++i) {
    GridBox box;
    if (footprints[i].rings.empty()) return Fail(BadFootprint(i, "FOOTPRINT_WITHOUT_AREA", fmt::format("footprint {} has no ring; leave it out", i)));
    for (std::size_t r = 0; r < footprints[i].rings.size(); ++r) {
      const Ring ring = WithoutRepeats(footprints[i].rings[r]);
      if (ring.size() < 3) {
        return Fail(BadFootprint(i, "FOOTPRINT_WITHOUT_AREA",
                                 fmt::format("ring {} of footprint {} has {} distinct vertices; a ring has at least 3", r, i, ring.size())));
      }
      const bool keep = IsAnticlockwise(ring) == (r == 0);
      for (std::size_t k = 0; k < ring.size(); ++k) {
        const GridPoint a = ring[k], b = ring[(k + 1) % ring.size()];
        parts->walls.push_back(keep ? Wall{a, b} : Wall{b, a});
        box.extend(a);
      }
    }
    const std::int64_t wide = std::int64_t{box.high.easting_mm} - box.low.easting_mm, tall = std::int64_t{box.high.northing_mm} - box.low.northing_mm;
    if (static_cast<double>(std::max(wide, tall)) > kMostFootprintM * 1000) {
      return Fail(BadFootprint(i, "FOOTPRINT_TOO_LARGE",
                               fmt::format("footprint {} is {:.0f} m by {:.0f} m; no building is over {:.0f} m: is it in metres of the National Grid?", i,
                                           static_cast<double>(wide) / 1000, static_cast<double>(tall) / 1000, kMostFootprintM)));
    }
    parts->first_wall.push_back(parts->walls.size());
    parts->boxes.push_back(box);
    for (std::int32_t row = SquareOf(box.low.northing_mm); row <= SquareOf(box.high.northing_mm); ++row) {
      for (std::int32_t column = SquareOf(box.low.easting_mm); column <= SquareOf(box.high.easting_mm); ++column) {
        parts->entries.push_back({row, column, static_cast<Footprint>(i)});
      }
    }
  }
  std::sort(parts->entries.begin(), parts->entries.end());
  FootprintIndex index;
  index.parts_ = std::move(parts);
  return index;
}

void FootprintIndex::meeting(const GridBox& box, std::vector<Footprint>& out) const {
  out.clear();
  const auto& entries = parts_->entries;
  if (box.empty() || entries.empty()) return;
  const std::int32_t west = SquareOf(box.low.easting_mm), east = SquareOf(box.high.easting_mm);
  const std::int32_t south = std::max(SquareOf(box.low.northing_mm), entries.front().row),
                     north = std::min(SquareOf(box.high.northing_mm), entries.back().row);
  for (std::int32_t row = south; row <= north; ++row) {
    for (auto at = std::lower_bound(entries.begin(), entries.end(), Entry{row, west, 0}); at != entries.end() && at->row == row && at->column <= east;
         ++at) {
      if (Meet(parts_->boxes[at->footprint], box)) out.push_back(at->footprint);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

bool FootprintIndex::holds(Footprint footprint, GridPoint p) const {
  bool inside = false;
  for (const Wall& wall : walls(footprint)) {
    if (OnSegment(wall.a, wall.b, p)) return false;
    if ((wall.a.northing_mm > p.northing_mm) == (wall.b.northing_mm > p.northing_mm)) continue;
    const bool upward = wall.b.northing_mm > wall.a.northing_mm;
    if ((Orientation(wall.a, wall.b, p) > 0) == upward) inside = !inside;
  }
  return inside;
}

void FootprintIndex::containing(GridPoint p, std::vector<Footprint>& out) const {
  meeting({p, p}, out);
  std::erase_if(out, [&](Footprint footprint) { return !holds(footprint, p); });
}

}  // namespace geo
