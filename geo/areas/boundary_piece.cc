#include "geo/areas/boundary_piece.h"

#include <algorithm>
#include <array>

#include "geo/geometry/orientation.h"

namespace geo {
namespace {

enum class Side { kMeets, kWest, kEast, kNeither };

// Where the line from low to high (low to the south) passes the box: strictly west of it, strictly east of it, or through it. The corner furthest to either
// side of a line depends on its slope alone.
template <class Wide>
Side SideOfLine(const Piece& low_first, const PieceBox& box) {
  const std::int64_t dx = std::int64_t{low_first.to_easting_mm} - low_first.from_easting_mm;
  const std::int64_t dy = std::int64_t{low_first.to_northing_mm} - low_first.from_northing_mm;
  const auto cross = [&](std::int64_t easting, std::int64_t northing) {
    return static_cast<Wide>(dx) * (northing - low_first.from_northing_mm) - static_cast<Wide>(dy) * (easting - low_first.from_easting_mm);
  };
  if (cross(box.east, dx >= 0 ? box.south : box.north) > 0) return Side::kEast;
  if (cross(box.west, dx >= 0 ? box.north : box.south) < 0) return Side::kWest;
  return Side::kMeets;
}

Piece LowFirst(Piece piece) {
  if (piece.from_northing_mm > piece.to_northing_mm) {
    std::swap(piece.from_northing_mm, piece.to_northing_mm);
    std::swap(piece.from_easting_mm, piece.to_easting_mm);
  }
  return piece;
}

template <class Wide>
Side SideOf(const Piece& piece, const PieceBox& box) {
  const auto [west, east] = std::minmax(piece.from_easting_mm, piece.to_easting_mm);
  const auto [south, north] = std::minmax(piece.from_northing_mm, piece.to_northing_mm);
  if (north < box.south || south > box.north) return Side::kNeither;
  if (east < box.west) return Side::kWest;
  if (west > box.east) return Side::kEast;
  // A level edge toggles nothing, and its bounds are the edge itself.
  if (south == north) return Side::kMeets;
  if (west >= box.west && east <= box.east && south >= box.south && north <= box.north) return Side::kMeets;
  return SideOfLine<Wide>(LowFirst(piece), box);
}

// Folds walls as they come. Toggling [a, b) and then [b, c) toggles [a, c), so the many edges of a boundary west of the box come to a handful of walls.
class WallFolder {
 public:
  WallFolder(const PieceBox& box, std::vector<Piece>& out) : box_(box), out_(out) {}

  void add(const Piece& piece) {
    const std::int64_t a = std::clamp<std::int64_t>(piece.from_northing_mm, box_.south, box_.north + 1);
    const std::int64_t b = std::clamp<std::int64_t>(piece.to_northing_mm, box_.south, box_.north + 1);
    if (a == b) return;
    if (from_ == to_ || area_ != piece.area) {
      flush();
      area_ = piece.area;
      from_ = a;
      to_ = b;
    } else if (to_ == a) {
      to_ = b;
    } else if (to_ == b) {
      to_ = a;
    } else if (from_ == a) {
      from_ = b;
    } else if (from_ == b) {
      from_ = a;
    } else {
      flush();
      from_ = a;
      to_ = b;
    }
  }

  void flush() {
    // West of the box lies an edge, so neither number leaves int32.
    const auto easting = static_cast<std::int32_t>(box_.west - 1);
    if (from_ != to_) out_.push_back({easting, static_cast<std::int32_t>(from_), easting, static_cast<std::int32_t>(to_), area_, true});
    from_ = to_ = 0;
  }

 private:
  const PieceBox& box_;
  std::vector<Piece>& out_;
  AreaIndex area_ = 0;
  std::int64_t from_ = 0, to_ = 0;
};

template <class Wide>
void Narrow(std::span<const Piece> pieces, const PieceBox& box, std::vector<Piece>& narrowed) {
  narrowed.clear();
  WallFolder walls(box, narrowed);
  AreaIndex area = 0;
  for (const Piece& piece : pieces) {
    if (piece.area != area) {
      walls.flush();
      area = piece.area;
    }
    const Side side = piece.wall ? Side::kWest : SideOf<Wide>(piece, box);
    if (side == Side::kMeets) narrowed.push_back(piece);
    if (side == Side::kWest) walls.add(piece);
  }
  walls.flush();
}

// Sorted, with equal numbers cancelled in pairs.
void CancelPairs(std::vector<std::int64_t>& bounds) {
  std::sort(bounds.begin(), bounds.end());
  std::size_t kept = 0;
  for (const std::int64_t bound : bounds) {
    if (kept > 0 && bounds[kept - 1] == bound) {
      --kept;
    } else {
      bounds[kept++] = bound;
    }
  }
  bounds.resize(kept);
}

}  // namespace

std::vector<Piece> PiecesOf(std::span<const Area> areas) {
  std::size_t count = 0;
  const auto each_ring = [&](auto&& visit) {
    for (std::size_t i = 0; i < areas.size(); ++i) {
      for (const Polygon& part : areas[i].shape.parts) {
        for (const Ring& ring : part.rings) visit(static_cast<AreaIndex>(i), ring);
      }
    }
  };
  each_ring([&](AreaIndex, const Ring& ring) { count += ring.size(); });
  std::vector<Piece> pieces;
  pieces.reserve(count);
  each_ring([&](AreaIndex area, const Ring& ring) {
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const GridPoint a = ring[k], b = ring[k + 1 < ring.size() ? k + 1 : 0];
      pieces.push_back({a.easting_mm, a.northing_mm, b.easting_mm, b.northing_mm, area, false});
    }
  });
  return pieces;
}

void NarrowPieces(std::span<const Piece> pieces, const PieceBox& box, bool wide, std::vector<Piece>& narrowed) {
  wide ? Narrow<Int128>(pieces, box, narrowed) : Narrow<std::int64_t>(pieces, box, narrowed);
}

std::vector<AreaPieces> GroupPieces(std::span<const Piece> pieces, const PieceBox& box) {
  std::vector<AreaPieces> groups;
  for (std::size_t i = 0; i < pieces.size();) {
    AreaPieces group;
    group.area = pieces[i].area;
    for (; i < pieces.size() && pieces[i].area == group.area; ++i) {
      if (pieces[i].wall) {
        group.wall_easting_mm = static_cast<std::int32_t>(box.west - 1);
        group.wall_bounds.push_back(pieces[i].from_northing_mm);
        group.wall_bounds.push_back(pieces[i].to_northing_mm);
      } else {
        group.edges.push_back(LowFirst(pieces[i]));
      }
    }
    CancelPairs(group.wall_bounds);
    if (group.edges.empty() && group.wall_bounds.empty()) continue;
    groups.push_back(std::move(group));
    if (groups.back().covers(box)) break;
  }
  return groups;
}

bool TileBox(std::span<const AreaPieces> groups, const PieceBox& box) {
  std::vector<std::array<std::int32_t, 4>> edges;
  std::vector<std::int64_t> bounds;
  for (const AreaPieces& group : groups) {
    for (const Piece& e : group.edges) {
      if (e.from_northing_mm != e.to_northing_mm) edges.push_back({e.from_easting_mm, e.from_northing_mm, e.to_easting_mm, e.to_northing_mm});
    }
    bounds.insert(bounds.end(), group.wall_bounds.begin(), group.wall_bounds.end());
  }
  CancelPairs(bounds);
  if (bounds.size() != 2 || bounds[0] > box.south || bounds[1] <= box.north || edges.size() % 2 != 0) return false;
  // Every edge twice: the toggles of the edges cancel everywhere, and the one wall that is left covers the box.
  std::sort(edges.begin(), edges.end());
  for (std::size_t i = 0; i < edges.size(); i += 2) {
    if (edges[i] != edges[i + 1]) return false;
  }
  return true;
}

}  // namespace geo
