#include "geo/tiles/tile_shapes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <mutex>

#include "geo/tiles/box_index.h"
#include "geo/tiles/clip_rings.h"
#include "geo/tiles/mvt_layer.h"
#include "geo/tiles/ring_tracing.h"
#include "geo/tiles/snap_rounding.h"
#include "geo/types/check.h"

namespace geo {
namespace {

// At 2 km a straight line of the Grid lies 0.2 m or less from the straight line of the Mercator map, and its ends within 2^23 units.
constexpr double kLongestEdge_mm = 2e6;
constexpr CutLines kCutLines{kTileExtent, kTileBuffer};

// The ring with its long edges divided. An edge is divided the same way from either side.
void Divide(const Ring& ring, std::vector<GridPoint>& divided) {
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const GridPoint a = ring[i], b = ring[i + 1 < ring.size() ? i + 1 : 0];
    divided.push_back(a);
    const GridPoint low = std::min(a, b), high = std::max(a, b);
    const double de = double(high.easting_mm) - low.easting_mm, dn = double(high.northing_mm) - low.northing_mm;
    const auto parts = static_cast<int>(std::hypot(de, dn) / kLongestEdge_mm) + 1;
    for (int k = 1; k < parts; ++k) {
      const double share = static_cast<double>(a == low ? k : parts - k) / parts;
      divided.push_back(
          {low.easting_mm + static_cast<std::int32_t>(std::lround(de * share)), low.northing_mm + static_cast<std::int32_t>(std::lround(dn * share))});
    }
  }
}

// Its sign alone matters.
double SignedArea(std::span<const WorldPoint> ring) {
  double sum = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    sum += (double(ring[i].x) - ring[0].x) * (double(ring[i + 1].y) - ring[0].y) - (double(ring[i].y) - ring[0].y) * (double(ring[i + 1].x) - ring[0].x);
  }
  return sum;
}

LatticeBox BoxOf(TileId tile) {
  const auto left = static_cast<std::int32_t>(tile.x << kExtentBits), top = static_cast<std::int32_t>(tile.y << kExtentBits);
  return {left - kTileBuffer, top - kTileBuffer, left + kTileExtent + kTileBuffer, top + kTileExtent + kTileBuffer};
}

bool OnCutLine(std::int32_t at) {
  const std::int32_t within = at & (kTileExtent - 1);
  return within == kTileBuffer || within == kTileExtent - kTileBuffer;
}

// Rings of many shapes in one list, onto one lattice and made simple. A shape that comes to nothing becomes a square of one unit at its first vertex.
IndexedRings SimpleShapes(const FineRings& fine, std::span<const std::uint32_t> shape_begin, int shift) {
  const LatticeRings snapped = SnapRings(fine, shift, kCutLines);
  IndexedRings simple;
  LatticeRings shape;
  for (std::size_t s = 0; s + 1 < shape_begin.size(); ++s) {
    shape.clear();
    for (std::uint32_t r = shape_begin[s]; r < shape_begin[s + 1]; ++r) shape.add(snapped.ring(r));
    const std::size_t before = simple.rings.rings();
    TraceRings(shape, simple.rings);
    if (simple.rings.rings() == before && !shape.at.empty()) {
      const LatticePoint p = shape.at[0];
      simple.rings.add(std::vector<LatticePoint>{p, {p.x + 1, p.y}, {p.x + 1, p.y + 1}, {p.x, p.y + 1}});
    }
    simple.shape_begin.push_back(static_cast<std::uint32_t>(simple.rings.rings()));
  }
  // On a cut line a vertex is kept: a tile may end there.
  DropStraightVertices(simple.rings, [](LatticePoint p) { return OnCutLine(p.x) || OnCutLine(p.y); });
  simple.index();
  return simple;
}

}  // namespace

struct TileShapes::State {
  FineRings fine;
  std::vector<std::uint32_t> shape_begin{0};  // rings of each shape
  BoxIndex boxes;

  struct Zoom {
    std::once_flag once;
    IndexedRings shapes;
  };
  mutable std::array<Zoom, kDeepestLattice + 1> zooms;

  const IndexedRings& at(int zoom) const {
    Zoom& slot = zooms[static_cast<std::size_t>(zoom)];
    std::call_once(slot.once, [&] { slot.shapes = SimpleShapes(fine, shape_begin, kDeepestZoom - zoom); });
    return slot.shapes;
  }

  // Shapes whose box comes near the tile: two units wider than its buffer, for rounding moves a vertex by half of one and a square of one unit adds one.
  void near(TileId tile, std::vector<std::uint32_t>& found) const {
    const auto unit = static_cast<std::int64_t>(tile.side() >> kExtentBits), margin = (kTileBuffer + 2) * unit;
    const auto left = static_cast<std::int64_t>(tile.left()), top = static_cast<std::int64_t>(tile.top()), side = static_cast<std::int64_t>(tile.side());
    boxes.find({left - margin, top - margin, left + side + margin, top + side + margin}, found);
  }

  IndexedRings deep(TileId tile, std::span<const std::uint32_t> near) const;
};

// A deep tile is cut from its ancestor of the deepest lattice, whose few rings go onto the finer lattice together.
IndexedRings TileShapes::State::deep(TileId tile, std::span<const std::uint32_t> near) const {
  const int step = tile.zoom - kDeepestLattice;
  const TileId ancestor{kDeepestLattice, tile.y >> step, tile.x >> step};
  const LatticeBox box = BoxOf(ancestor);
  const IndexedRings& from = at(kDeepestLattice);
  FineRings scaled;
  std::vector<std::uint32_t> scaled_begin{0};
  LatticeRings clipped;
  RingClipper clipper(from, box);
  for (const std::uint32_t shape : near) {
    clipped.clear();
    clipper.clip(shape, clipped);
    for (std::size_t r = 0; r < clipped.rings(); ++r) {
      // One tile in from the corner, so that what lies in the buffer stays over 0; whole tiles keep cut lines where they are.
      for (const LatticePoint p : clipped.ring(r)) {
        const auto fine_x = (std::int64_t{p.x} - box.x0 - kTileBuffer) * (1 << step) + kTileExtent,
                   fine_y = (std::int64_t{p.y} - box.y0 - kTileBuffer) * (1 << step) + kTileExtent;
        scaled.at.push_back({static_cast<std::uint32_t>(fine_x), static_cast<std::uint32_t>(fine_y)});
      }
      scaled.close();
    }
    scaled_begin.push_back(static_cast<std::uint32_t>(scaled.rings()));
  }
  return SimpleShapes(scaled, scaled_begin, 0);
}

TileShapes::TileShapes(std::unique_ptr<State> state) : state_(std::move(state)) {}
TileShapes::TileShapes(TileShapes&&) noexcept = default;
TileShapes& TileShapes::operator=(TileShapes&&) noexcept = default;
TileShapes::~TileShapes() = default;

std::size_t TileShapes::size() const { return state_->shape_begin.size() - 1; }

void TileShapes::prepare(int zoom) const { state_->at(std::min(zoom, kDeepestLattice)); }

Result<TileShapes> TileShapes::Build(std::span<const MultiPolygon> shapes, const BritishGrid& grid) {
  auto state = std::make_unique<State>();
  std::vector<WorldBox> boxes;
  std::vector<GridPoint> divided;
  for (std::size_t s = 0; s < shapes.size(); ++s) {
    WorldBox box;
    for (const Polygon& part : shapes[s].parts) {
      for (std::size_t i = 0; i < part.rings.size(); ++i) {
        divided.clear();
        Divide(part.rings[i], divided);
        std::vector<WorldPoint> ring = WorldPositions(divided, grid);
        for (const WorldPoint p : ring) {
          if (p == kNoWorld) return Fail(InvalidArgument("shapes", fmt::format("shape {} has a vertex that has no longitude and latitude", s)));
          box.extend(p.x, p.y);
        }
        if ((SignedArea(ring) > 0) != (i == 0)) std::reverse(ring.begin(), ring.end());
        state->fine.at.insert(state->fine.at.end(), ring.begin(), ring.end());
        state->fine.close();
      }
    }
    boxes.push_back(box);
    state->shape_begin.push_back(static_cast<std::uint32_t>(state->fine.rings()));
  }
  state->boxes = BoxIndex(boxes);
  return TileShapes(std::move(state));
}

EncodedTile TileShapes::encode(TileId tile, std::string_view layer_name, const TileTable& table, const TileLimits& limits, const KeepRow& keep) const {
  WARDWATCH_CHECK(table.rows() == size(), "{} rows for {} shapes", table.rows(), size());
  std::vector<std::uint32_t> near;
  state_->near(tile, near);
  if (keep) std::erase_if(near, [&](std::uint32_t row) { return !keep(row); });
  if (near.empty()) return {};
  const bool deep = tile.zoom > kDeepestLattice;
  IndexedRings made;
  if (deep) made = state_->deep(tile, near);
  const IndexedRings& from = deep ? made : state_->at(tile.zoom);
  // Below the deepest lattice coordinates are those of the ancestor's own tiles (see deep): of the whole zoom they would not fit.
  const std::uint32_t mask = deep ? (1u << (tile.zoom - kDeepestLattice)) - 1 : 0;
  const LatticeBox box = deep ? BoxOf({tile.zoom, (tile.y & mask) + 1, (tile.x & mask) + 1}) : BoxOf(tile);
  const LatticePoint origin{box.x0 + kTileBuffer, box.y0 + kTileBuffer};
  MvtLayer layer(layer_name, table, near.size());
  EncodedTile encoded;
  LatticeRings clipped;
  clipped.at.reserve(128);
  std::string packed;
  RingClipper clipper(from, box);
  for (std::size_t i = 0; i < near.size(); ++i) {
    clipped.clear();
    clipper.clip(deep ? i : near[i], clipped);
    if (clipped.rings() == 0) continue;
    PackRings(clipped, origin, packed);
    if (layer.features() >= limits.features || layer.bytes() + layer.most_bytes_of(near[i], packed) > limits.bytes) {
      ++encoded.left_out;
    } else {
      layer.add_polygon(near[i], packed);
    }
  }
  encoded.features = encoded.rows = layer.features();
  encoded.bytes = std::move(layer).finish();
  if (encoded.left_out > 0) encoded.bytes += EncodeLimitNotice("limits", layer_name, encoded.left_out);
  return encoded;
}

}  // namespace geo
