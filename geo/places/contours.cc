#include "geo/places/contours.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "geo/geometry/orientation.h"
#include "geo/places/surface_pieces.h"
#include "geo/types/check.h"

namespace geo {
namespace {

// The nodes with the ring of zeros around them: node (row, column) of the lattice is cell (row - 1, column - 1) of the frame.
struct Lattice {
  std::vector<double> values;
  std::int64_t rows = 0, columns = 0;
  std::int64_t west_mm = 0, south_mm = 0;  // of node (0, 0)
  SurfaceSquare square{0};

  std::int64_t index(std::int64_t row, std::int64_t column) const { return row * columns + column; }
  double value(std::int64_t row, std::int64_t column) const { return values[static_cast<std::size_t>(index(row, column))]; }
};

Lattice MakeLattice(std::span<const double> values, const RasterFrame& frame) {
  Lattice lattice{.square = SurfaceSquare{frame.cell_mm}};
  lattice.rows = frame.rows + 2;
  lattice.columns = frame.columns + 2;
  lattice.west_mm = frame.west_mm() - frame.cell_mm + lattice.square.node_mm();
  lattice.south_mm = frame.south_mm() - frame.cell_mm + lattice.square.node_mm();
  lattice.values.assign(static_cast<std::size_t>(lattice.rows * lattice.columns), 0.0);
  for (std::int64_t row = 0; row < frame.rows; ++row) {
    const auto from = values.begin() + row * frame.columns;
    std::copy(from, from + frame.columns, lattice.values.begin() + lattice.index(row + 1, 1));
  }
  return lattice;
}

// Squares are walked round their corners: 0 south-west, 1 south-east, 2 north-east, 3 north-west. Side k runs from corner k to corner k + 1: south, east,
// north, west; spoke k from corner k to the apex; piece k is the triangle between side k and the apex.
constexpr std::array<std::int64_t, 4> kCornerRow = {0, 0, 1, 1}, kCornerColumn = {0, 1, 1, 0};
constexpr std::array<std::int64_t, 4> kBeyondRow = {-1, 0, 1, 0}, kBeyondColumn = {0, 1, 0, -1};
constexpr int Next(int k) { return (k + 1) & 3; }
constexpr int Previous(int k) { return (k + 3) & 3; }
constexpr int Opposite(int k) { return (k + 2) & 3; }

// The rings of one level, each with the region on its left. A ring crosses at least one row edge (between two nodes of one row), so scanning those finds all.
class LevelTracer {
 public:
  // `vertices_left` is counted down, over all levels.
  LevelTracer(const Lattice& lattice, double level, std::int64_t& vertices_left, const StopSignal& stop)
      : lattice_(lattice),
        level_(level),
        clear_mm_(1 + lattice.square.cell_mm % 2),
        vertices_left_(vertices_left),
        stop_(stop),
        ring_of_edge_(lattice.values.size(), kNone) {}

  Result<void> trace();
  MultiPolygon assemble();

 private:
  static constexpr std::int32_t kNone = -1;
  struct Traced {
    Ring ring;
    bool is_shell = false;
    std::int32_t same_part = kNone;  // union-find over the rings of one part
  };

  bool inside(double value) const { return value >= level_; }
  Result<void> walk(std::int64_t row, std::int64_t column, int side, std::int32_t ring);
  int cross_square(std::int64_t row, std::int64_t column, int side, Ring& ring) const;
  GridPoint side_crossing(std::int64_t row, std::int64_t column, int side) const;
  GridPoint spoke_crossing(std::int64_t row, std::int64_t column, int corner, double corner_value, double apex_value) const;
  std::int32_t part_of(std::int32_t ring);

  const Lattice& lattice_;
  double level_;
  std::int64_t clear_mm_;
  std::int64_t& vertices_left_;
  const StopSignal& stop_;
  std::vector<std::int32_t> ring_of_edge_;  // of the edge from a node to its eastern neighbour
  std::vector<Traced> traced_;
};

GridPoint PointMm(std::int64_t easting_mm, std::int64_t northing_mm) { return {static_cast<std::int32_t>(easting_mm), static_cast<std::int32_t>(northing_mm)}; }

GridPoint LevelTracer::side_crossing(std::int64_t row, std::int64_t column, int side) const {
  // The south or west end first, whichever square asks.
  const bool along_row = side % 2 == 0;
  const std::int64_t r = row + (side == 2), c = column + (side == 1);
  const double first = lattice_.value(r, c), second = along_row ? lattice_.value(r, c + 1) : lattice_.value(r + 1, c);
  const std::int64_t length_mm = lattice_.square.cell_mm;
  const std::int64_t along_mm =
      first < second ? CrossingMm(first, second, level_, length_mm, clear_mm_) : length_mm - CrossingMm(second, first, level_, length_mm, clear_mm_);
  const std::int64_t x = lattice_.west_mm + c * length_mm, y = lattice_.south_mm + r * length_mm;
  return along_row ? PointMm(x + along_mm, y) : PointMm(x, y + along_mm);
}

GridPoint LevelTracer::spoke_crossing(std::int64_t row, std::int64_t column, int corner, double corner_value, double apex_value) const {
  const std::int64_t cell_mm = lattice_.square.cell_mm, apex_mm = lattice_.square.apex_mm();
  const auto k = static_cast<std::size_t>(corner);
  const std::int64_t x = kCornerColumn[k] * cell_mm, y = kCornerRow[k] * cell_mm;
  const std::int64_t dx = apex_mm - x, dy = apex_mm - y;
  const std::int64_t length_mm = std::max(std::abs(dx), std::abs(dy));
  const std::int64_t along_mm = corner_value < apex_value ? CrossingMm(corner_value, apex_value, level_, length_mm, clear_mm_)
                                                          : length_mm - CrossingMm(apex_value, corner_value, level_, length_mm, clear_mm_);
  // The spokes of an even cell run at 45 degrees through whole millimetres; of an odd one two do not, and the nearest millimetre is taken.
  const auto part = [&](std::int64_t reach) {
    const std::int64_t size = std::abs(reach) == length_mm ? along_mm : (2 * along_mm * std::abs(reach) + length_mm) / (2 * length_mm);
    return reach < 0 ? -size : size;
  };
  return PointMm(lattice_.west_mm + column * cell_mm + x + part(dx), lattice_.south_mm + row * cell_mm + y + part(dy));
}

// From the crossing of `side`, entered with the region on the left (so that corner `side` is inside and the next one outside), over the spokes to the side
// where the ring leaves. Adds the crossings of spokes.
int LevelTracer::cross_square(std::int64_t row, std::int64_t column, int side, Ring& ring) const {
  std::array<double, 4> corner;
  for (std::size_t k = 0; k < 4; ++k) corner[k] = lattice_.value(row + kCornerRow[k], column + kCornerColumn[k]);
  const double apex = ApexValue(corner[0], corner[1], corner[2], corner[3]);
  const auto at = [&](int k) { return corner[static_cast<std::size_t>(k)]; };
  if (inside(apex)) {
    // Round the corners that are outside, anticlockwise.
    int k = Next(side);
    for (; !inside(at(k)); k = Next(k)) ring.push_back(spoke_crossing(row, column, k, at(k), apex));
    return Previous(k);
  }
  int k = side;
  for (; inside(at(k)); k = Previous(k)) ring.push_back(spoke_crossing(row, column, k, at(k), apex));
  return k;
}

// Follows one ring from square (row, column), entered by `side`, until it comes back.
Result<void> LevelTracer::walk(std::int64_t row, std::int64_t column, int side, std::int32_t ring_id) {
  Ring ring;
  const std::int64_t first_row = row, first_column = column;
  const int first_side = side;
  std::int64_t steps = 0;
  do {
    if (side % 2 == 0) ring_of_edge_[static_cast<std::size_t>(lattice_.index(row + (side == 2), column))] = ring_id;
    ring.push_back(side_crossing(row, column, side));
    const auto out = static_cast<std::size_t>(cross_square(row, column, side, ring));
    row += kBeyondRow[out];
    column += kBeyondColumn[out];
    side = Opposite(static_cast<int>(out));
    if (static_cast<std::int64_t>(ring.size()) > vertices_left_) {
      return Fail(Error{ErrorCode::kResourceExhausted, "levels", "CONTOUR_TOO_LONG",
                        "the contours have too many vertices; ask for fewer or higher levels, larger cells or a wider bandwidth"});
    }
    if ((++steps & 0xFFF) == 0 && stop_.stop_requested()) return Fail(stop_.reason());
  } while (row != first_row || column != first_column || side != first_side);
  vertices_left_ -= static_cast<std::int64_t>(ring.size());
  traced_[static_cast<std::size_t>(ring_id)].ring = std::move(ring);
  return {};
}

std::int32_t LevelTracer::part_of(std::int32_t ring) {
  const auto up = [&](std::int32_t r) -> std::int32_t& { return traced_[static_cast<std::size_t>(r)].same_part; };
  while (up(ring) != ring) {
    up(ring) = up(up(ring));
    ring = up(ring);
  }
  return ring;
}

Result<void> LevelTracer::trace() {
  for (std::int64_t row = 1; row + 1 < lattice_.rows; ++row) {
    if (stop_.stop_requested()) return Fail(stop_.reason());
    const double* values = &lattice_.values[static_cast<std::size_t>(lattice_.index(row, 0))];
    const std::int32_t* rings = &ring_of_edge_[static_cast<std::size_t>(lattice_.index(row, 0))];
    std::int32_t opened_by = kNone;
    for (std::int64_t column = 0; column + 1 < lattice_.columns; ++column) {
      const bool opens = inside(values[column + 1]);
      if (inside(values[column]) == opens) continue;
      if (rings[column] == kNone) {
        // The first crossing of a ring, its westmost of its lowest row: the region lies east of it if it is a shell, west of it if it is a hole.
        const auto id = static_cast<std::int32_t>(traced_.size());
        traced_.push_back({.ring = {}, .is_shell = opens, .same_part = id});
        if (Result<void> walked = walk(opens ? row - 1 : row, column, opens ? 2 : 0, id); !walked) return walked;
      }
      // From where a row enters the region to where it leaves it is one part. Westwards from a hole's westmost crossing lies its shell or a hole that is
      // further west, so these links join every hole to its shell.
      if (opens) {
        opened_by = rings[column];
      } else {
        const std::int32_t a = part_of(opened_by), b = part_of(rings[column]);
        traced_[static_cast<std::size_t>(std::max(a, b))].same_part = std::min(a, b);
      }
    }
  }
  return {};
}

bool UnderOneSquareMetre(const Ring& ring) {
  Int128 twice_mm2 = 0;
  for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
    const std::int64_t ax = std::int64_t{ring[i].easting_mm} - ring[0].easting_mm, ay = std::int64_t{ring[i].northing_mm} - ring[0].northing_mm;
    const std::int64_t bx = std::int64_t{ring[i + 1].easting_mm} - ring[0].easting_mm, by = std::int64_t{ring[i + 1].northing_mm} - ring[0].northing_mm;
    twice_mm2 += static_cast<Int128>(ax) * by - static_cast<Int128>(ay) * bx;
  }
  return (twice_mm2 < 0 ? -twice_mm2 : twice_mm2) < 2'000'000;
}

// A ring left out takes along what is within it, which is smaller still. So a higher level's region stays within a lower one's.
MultiPolygon LevelTracer::assemble() {
  MultiPolygon region;
  std::vector<std::int32_t> part_at(traced_.size(), kNone);
  for (const bool shells : {true, false}) {
    for (std::size_t i = 0; i < traced_.size(); ++i) {
      if (traced_[i].is_shell != shells || UnderOneSquareMetre(traced_[i].ring)) continue;
      std::int32_t& part = part_at[static_cast<std::size_t>(part_of(static_cast<std::int32_t>(i)))];
      if (shells) {
        WARDWATCH_CHECK(part == kNone, "two shells in one part, ring {}", i);
        part = static_cast<std::int32_t>(region.parts.size());
        region.parts.emplace_back();
      }
      WARDWATCH_CHECK(part != kNone, "a hole without a shell, ring {}", i);
      region.parts[static_cast<std::size_t>(part)].rings.push_back(std::move(traced_[i].ring));
    }
  }
  return region;
}

Result<void> CheckInput(std::span<const double> values, const RasterFrame& frame, std::span<const double> levels) {
  WARDWATCH_CHECK(values.size() == frame.size(), "{} values for {} cells", values.size(), frame.size());
  for (const double level : levels) {
    if (!(level > 0) || !std::isfinite(level)) return Fail(InvalidArgument("levels", fmt::format("a level of {}; levels are finite and over 0", level)));
  }
  for (const double value : values) {
    if (!std::isfinite(value)) return Fail(InvalidArgument("surface", fmt::format("a value of {}; the values of a surface are finite", value)));
  }
  const std::int64_t most_mm = std::numeric_limits<std::int32_t>::max() - std::int64_t{frame.cell_mm};
  if (frame.west_mm() < -most_mm || frame.south_mm() < -most_mm || frame.east_mm() > most_mm || frame.north_mm() > most_mm) {
    return Fail(InvalidArgument("surface", "the frame reaches over 2,000 km from the Grid's origin"));
  }
  return {};
}

}  // namespace

Result<std::vector<Contour>> TraceContours(std::span<const double> values, const RasterFrame& frame, std::span<const double> levels, std::int64_t most_vertices,
                                           const StopSignal& stop) {
  if (Result<void> input = CheckInput(values, frame, levels); !input) return Fail(std::move(input.error()));
  const Lattice lattice = MakeLattice(values, frame);
  std::vector<Contour> contours;
  std::int64_t vertices_left = most_vertices;
  for (const double level : levels) {
    LevelTracer tracer(lattice, level, vertices_left, stop);
    if (Result<void> traced = tracer.trace(); !traced) {
      Error error = std::move(traced.error());
      if (error.reason == "CONTOUR_TOO_LONG") error.message += fmt::format(" (limit {})", most_vertices);
      return Fail(std::move(error));
    }
    Contour& contour = contours.emplace_back();
    contour.level = level;
    contour.region = tracer.assemble();
    contour.area_m2 = AreaM2(contour.region);
    stop.progressed("contours", static_cast<std::int64_t>(contours.size()), static_cast<std::int64_t>(levels.size()));
  }
  return contours;
}

}  // namespace geo
