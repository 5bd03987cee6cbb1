#include "datasets/sample/land.h"

#include <array>
#include <cstdint>
#include <map>

#include "datasets/sample/seeded_random.h"
#include "geo/types/check.h"

namespace sample {
namespace {

// Straight lines between control values `spacing` apart.
double Interpolate(const std::array<double, 9>& values, double at, double spacing) {
  const double position = at / spacing;
  const auto below = static_cast<std::size_t>(position);
  if (below >= values.size() - 1) return values.back();
  return values[below] + (values[below + 1] - values[below]) * (position - static_cast<double>(below));
}

constexpr std::array<double, 9> kCoastRow{48.2, 50.4, 51.3, 47.6, 49.7, 51.2, 50.1, 48.0, 47.1};
constexpr std::array<double, 9> kSouthRow{1.8, 0.4, 0.2, 1.4, 0.0, 1.1, 2.6, 1.2, 0.3};
constexpr std::array<double, 9> kWestColumn{0.3, 1.7, 2.4, 0.6, 0.0, 1.2, 0.4, 1.9, 1.0};
constexpr std::array<double, 9> kEastColumn{62.2, 63.5, 61.6, 63.0, 62.1, 63.8, 62.4, 61.2, 62.6};

bool IsLand(int column, int row) {
  const double x = column + 0.5, y = row + 0.5;
  const double island_x = (x - 52.5) / 4.6, island_y = (y - 55.4) / 1.9;
  if (island_x * island_x + island_y * island_y < 1) return true;  // Gull Island
  if (y > Interpolate(kCoastRow, x, 8) || y < Interpolate(kSouthRow, x, 8)) return false;
  if (x < Interpolate(kWestColumn, y, 7.25) || x > Interpolate(kEastColumn, y, 7.25)) return false;
  if ((column == 35 || column == 36) && row >= 45) return false;            // Tide Creek
  if (column >= 47 && column <= 49 && row >= 9 && row <= 10) return false;  // Sallow Mere, a neighbour's water
  return true;
}

geo::GridPoint Jittered(double easting_m, double northing_m, double reach_m, SeededRandom& random) {
  const auto tenths = [&](double metres) { return 100 * static_cast<std::int32_t>(std::lround(10 * (metres + random.between(-reach_m, reach_m)))); };
  const std::int32_t easting_mm = tenths(easting_m);
  return {easting_mm, tenths(northing_m)};
}

double SignedAreaM2(const geo::Ring& ring) {
  double sum = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const geo::GridPoint a = ring[i], b = ring[(i + 1) % ring.size()];
    sum += (a.easting_m() - kWest_m) * (b.northing_m() - kSouth_m) - (b.easting_m() - kWest_m) * (a.northing_m() - kSouth_m);
  }
  return sum / 2;
}

}  // namespace

struct Land::Step {
  int from = 0, to = 0;  // vertex numbers, the block on the left
  geo::GridPoint middle;
};

Land::Land() : land_(kBlocks) {
  // A side bends by at most 55 m across 70 m along, under 45 degrees, so that no two sides that meet can cross.
  constexpr double kVertexReach_m = 40, kMiddleReach_m = 15;
  SeededRandom random("land", 0);
  for (int row = 0; row <= kRows; ++row) {
    for (int column = 0; column <= kColumns; ++column) {
      vertices_.push_back(Jittered(kWest_m + column * kBlock_m, kSouth_m + row * kBlock_m, kVertexReach_m, random));
    }
  }
  const auto middle = [&](geo::GridPoint a, geo::GridPoint b) {
    return Jittered((a.easting_m() + b.easting_m()) / 2, (a.northing_m() + b.northing_m()) / 2, kMiddleReach_m, random);
  };
  for (int row = 0; row <= kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) along_east_.push_back(middle(vertex(column, row), vertex(column + 1, row)));
  }
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column <= kColumns; ++column) along_north_.push_back(middle(vertex(column, row), vertex(column, row + 1)));
  }
  for (int block = 0; block < kBlocks; ++block) land_[static_cast<std::size_t>(block)] = IsLand(block % kColumns, block / kColumns);
  for (bool again = true; again;) {
    again = false;
    for (int row = 1; row < kRows; ++row) {
      for (int column = 1; column < kColumns; ++column) {
        const auto at = [&](int c, int r) { return land_[static_cast<std::size_t>(r * kColumns + c)]; };
        const bool sw = at(column - 1, row - 1), se = at(column, row - 1), nw = at(column - 1, row), ne = at(column, row);
        if (sw != ne || se != nw || sw == se) continue;
        land_[static_cast<std::size_t>(row * kColumns + column)] = true;
        land_[static_cast<std::size_t>(row * kColumns + column - 1)] = true;
        again = true;
      }
    }
  }
}

int Land::block_at(int column, int row) { return column < 0 || column >= kColumns || row < 0 || row >= kRows ? kNowhereLabel : row * kColumns + column; }

int Land::nearest_block(geo::GridPoint point) {
  const double column = (point.easting_m() - kWest_m) / kBlock_m, row = (point.northing_m() - kSouth_m) / kBlock_m;
  return column < 0 || row < 0 ? kNowhereLabel : block_at(static_cast<int>(column), static_cast<int>(row));
}

geo::Ring Land::outline_of(int block) const {
  const int column = block % kColumns, row = block / kColumns;
  const auto east = [&](int r) { return along_east_[static_cast<std::size_t>(r * kColumns + column)]; };
  const auto north = [&](int c) { return along_north_[static_cast<std::size_t>(row * (kColumns + 1) + c)]; };
  return {vertex(column, row),         east(row),     vertex(column + 1, row), north(column + 1),
          vertex(column + 1, row + 1), east(row + 1), vertex(column, row + 1), north(column)};
}

bool Land::block_contains(int block, geo::GridPoint point) const { return RingContains(outline_of(block), point); }

std::vector<Land::Step> Land::boundary_of(const std::vector<int>& labels, int label) const {
  std::vector<Step> steps;
  const auto same = [&](int column, int row) {
    const int block = block_at(column, row);
    return block != kNowhereLabel && labels[static_cast<std::size_t>(block)] == label;
  };
  const auto number = [](int column, int row) { return row * (kColumns + 1) + column; };
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      if (!same(column, row)) continue;
      const geo::Ring ring = outline_of(block_at(column, row));
      if (!same(column, row - 1)) steps.push_back({number(column, row), number(column + 1, row), ring[1]});
      if (!same(column + 1, row)) steps.push_back({number(column + 1, row), number(column + 1, row + 1), ring[3]});
      if (!same(column, row + 1)) steps.push_back({number(column + 1, row + 1), number(column, row + 1), ring[5]});
      if (!same(column - 1, row)) steps.push_back({number(column, row + 1), number(column, row), ring[7]});
    }
  }
  return steps;
}

geo::MultiPolygon Land::dissolve(const std::vector<int>& labels, int label) const {
  std::map<int, Step> open;  // by the vertex they leave
  for (const Step& step : boundary_of(labels, label)) {
    const bool fresh = open.emplace(step.from, step).second;
    WARDWATCH_CHECK(fresh, "label {} touches itself at vertex {}", label, step.from);
  }
  std::vector<geo::Ring> shells, holes;
  while (!open.empty()) {
    geo::Ring ring;
    for (int at = open.begin()->first; open.count(at) != 0;) {
      const auto step = open.extract(at).mapped();
      ring.push_back(vertices_[static_cast<std::size_t>(step.from)]);
      ring.push_back(step.middle);
      at = step.to;
    }
    (SignedAreaM2(ring) > 0 ? shells : holes).push_back(std::move(ring));
  }
  geo::MultiPolygon shape;
  for (geo::Ring& shell : shells) shape.parts.push_back({{std::move(shell)}});
  for (geo::Ring& hole : holes) {
    bool placed = false;
    for (geo::Polygon& part : shape.parts) {
      if (placed || !RingContains(part.rings.front(), hole.front())) continue;
      part.rings.push_back(std::move(hole));
      placed = true;
    }
    WARDWATCH_CHECK(placed, "a hole of label {} lies in no shell", label);
  }
  return shape;
}

void SettleCorners(const Land& land, std::vector<int>& labels) {
  for (bool again = true; again;) {
    again = false;
    for (int row = 1; row < kRows; ++row) {
      for (int column = 1; column < kColumns; ++column) {
        const auto at = [&](int c, int r) -> int& { return labels[static_cast<std::size_t>(r * kColumns + c)]; };
        const auto settle = [&](int a, int c, int& b, int& d, int block_b) {
          if (a != c || a == kNowhereLabel || b == a || d == a) return;
          (land.is_land(block_b) ? b : d) = a;
          again = true;
        };
        settle(at(column - 1, row - 1), at(column, row), at(column, row - 1), at(column - 1, row), Land::block_at(column, row - 1));
        settle(at(column, row - 1), at(column - 1, row), at(column, row), at(column - 1, row - 1), Land::block_at(column, row));
      }
    }
  }
}

bool RingContains(const geo::Ring& ring, geo::GridPoint point) {
  bool inside = false;
  for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
    const std::int64_t ay = ring[i].northing_mm, by = ring[j].northing_mm, py = point.northing_mm;
    if ((ay > py) == (by > py)) continue;
    const std::int64_t ax = ring[i].easting_mm, bx = ring[j].easting_mm, px = point.easting_mm;
    const std::int64_t cross = (bx - ax) * (py - ay) - (px - ax) * (by - ay);
    if ((cross > 0) == (by > ay)) inside = !inside;
  }
  return inside;
}

}  // namespace sample
