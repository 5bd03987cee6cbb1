// The loops of LaneEngine in terms of `Lanes`, which the including file defines: kWidth doubles with Broadcast, Load, LoadFirst (the first n, 1 or more, and
// zeros), Store, Sub, Add, Mul, MultiplyAdd, Div, Root, Positive (0 where negative), AtLeast (the larger) and WhereNotNegative. Included by lanes_*.cc alone,
// inside an anonymous namespace, so that each has its own copy.
#pragma once

#include "geo/density/lane_exp.h"
#include "geo/density/lane_moments.h"
#include "geo/density/lane_ranges.h"

struct Curve {
  explicit __attribute__((always_inline)) Curve(const geo::LaneCurve& curve)
      : reach(Lanes::Broadcast(curve.reach_mm)),
        reach2(Lanes::Broadcast(curve.reach2_mm2)),
        decay(Lanes::Broadcast(curve.decay)),
        rate(Lanes::Broadcast(-curve.rate)) {}
  Lanes::V reach, reach2, decay, rate;  // rate is negative
};

// The kernels that are no power, from `difference` = R^2 - d^2, which may be negative.
template <int kShape>
inline __attribute__((always_inline)) Lanes::V Fallen(Lanes::V difference, const Curve& curve) {
  const Lanes::V d2 = Lanes::Sub(curve.reach2, difference);
  if constexpr (kShape == 6) return Exp(Lanes::Mul(curve.rate, d2));
  const Lanes::V d = Lanes::Root(d2);
  if constexpr (kShape == 5) return Exp(Lanes::Mul(curve.rate, d));
  return Lanes::MultiplyAdd(curve.decay, d, Lanes::Div(difference, Lanes::Add(curve.reach, d)));
}

template <int kPower, bool kWeighted>
inline __attribute__((always_inline)) Lanes::V Added(Lanes::V sum, Lanes::V above, Lanes::V x2, Lanes::V weight, const Curve& curve) {
  const Lanes::V difference = Lanes::Sub(above, x2);
  if constexpr (kPower == 0) return Lanes::Add(sum, Lanes::WhereNotNegative(difference, weight));
  if constexpr (kPower >= 4) {
    const Lanes::V fallen = Lanes::WhereNotNegative(difference, Fallen<kPower>(difference, curve));
    return kWeighted ? Lanes::MultiplyAdd(fallen, weight, sum) : Lanes::Add(sum, fallen);
  }
  const Lanes::V inside = Lanes::Positive(difference);
  if constexpr (kPower == 1) return kWeighted ? Lanes::MultiplyAdd(inside, weight, sum) : Lanes::Add(sum, inside);
  if constexpr (kPower == 2) return Lanes::MultiplyAdd(kWeighted ? Lanes::Mul(inside, weight) : inside, inside, sum);
  const Lanes::V square = Lanes::Mul(inside, inside);
  return Lanes::MultiplyAdd(kWeighted ? Lanes::Mul(inside, weight) : inside, square, sum);
}

// Points [begin, end) against one tile.
template <int kPower, bool kWeighted>
inline __attribute__((always_inline)) void AddPairs(const geo::GatherRow& row, PointRange of, const Curve& curve, const Lanes::V (&below)[kTileVectors],
                                                    const Lanes::V (&beyond)[kTileVectors], Lanes::V (&sums)[kTileRows][kTileVectors]) {
  const double* above = row.above + (of.begin - row.first);
  for (std::uint32_t i = of.begin; i < of.end; ++i, ++above) {
    const Lanes::V easting = Lanes::Broadcast(row.easting_mm[i]);
    const Lanes::V weight = Lanes::Broadcast(kWeighted ? row.weight[i] : 1.0);
    Lanes::V x2[kTileVectors];
    // dx^2 less half_mm^2: whole, hence exact.
    for (int v = 0; v < kTileVectors; ++v) x2[v] = Lanes::Mul(Lanes::Sub(easting, below[v]), Lanes::Sub(easting, beyond[v]));
    for (int r = 0; r < kTileRows; ++r) {
      const Lanes::V a = Lanes::Broadcast(above[r * geo::kLaneStride]);
      for (int v = 0; v < kTileVectors; ++v) sums[r][v] = Added<kPower, kWeighted>(sums[r][v], a, x2[v], weight, curve);
    }
  }
}

// Fewer points than these are quicker pair by pair than by moments.
inline constexpr std::uint32_t kLeastWhole = 16;

template <int kPower, bool kWeighted>
void GatherTiles(const geo::GatherRow& row) {
  constexpr std::ptrdiff_t kWide = kTileVectors * Lanes::kWidth;
  const Curve curve(row.curve);
  double offsets[kWide];
  for (std::ptrdiff_t i = 0; i < kWide; ++i) offsets[i] = row.first_centre_mm + static_cast<double>(i) * row.cell_mm;
  for (std::ptrdiff_t tile = row.tile_begin; tile < row.tile_end; ++tile) {
    const std::ptrdiff_t column = tile * kWide;
    const PointRange near = NearTile(row, column, kWide, row.half, {row.first, row.last});
    if (near.begin == near.end) continue;
    const double shift_mm = static_cast<double>(column) * row.cell_mm;
    PointRange whole{near.end, near.end};
    if constexpr (kPower < geo::kMomentShapes) {
      if (row.whole >= 0 && near.end - near.begin >= kLeastWhole) {
        const PointRange found = WhollyNearTile(row, column, kWide, row.whole, near);
        if (found.end - found.begin >= kLeastWhole) {
          // What does not fill the lanes goes pair by pair.
          whole = {found.begin, found.end - (found.end - found.begin) % static_cast<std::uint32_t>(Lanes::kWidth)};
          const double centre_mm = shift_mm + (row.first_centre_mm + static_cast<double>(kWide - 1) / 2 * row.cell_mm);
          AddMoments<kPower, kWeighted>(row, whole.begin, whole.end, centre_mm, row.moments + tile * (MomentsOf(kPower) * Lanes::kWidth));
        }
      }
    }
    Lanes::V sums[kTileRows][kTileVectors], below[kTileVectors], beyond[kTileVectors];
    double* const out = row.sums + tile * (kTileRows * kWide);
    for (int v = 0; v < kTileVectors; ++v) {
      const Lanes::V centre = Lanes::Add(Lanes::Load(offsets + v * Lanes::kWidth), Lanes::Broadcast(shift_mm));
      below[v] = Lanes::Sub(centre, Lanes::Broadcast(row.half_mm));
      beyond[v] = Lanes::Add(centre, Lanes::Broadcast(row.half_mm));
      for (int r = 0; r < kTileRows; ++r) sums[r][v] = Lanes::Load(out + r * kWide + v * Lanes::kWidth);
    }
    AddPairs<kPower, kWeighted>(row, {near.begin, whole.begin}, curve, below, beyond, sums);
    AddPairs<kPower, kWeighted>(row, {whole.end, near.end}, curve, below, beyond, sums);
    for (int v = 0; v < kTileVectors; ++v) {
      for (int r = 0; r < kTileRows; ++r) Lanes::Store(out + r * kWide + v * Lanes::kWidth, sums[r][v]);
    }
  }
}

void LayAbove(const double* northing_mm, std::ptrdiff_t n, const double* centre_mm, double top, double half_mm, double* above) {
  const Lanes::V most = Lanes::Broadcast(top), half = Lanes::Broadcast(half_mm);
  for (int r = 0; r < kTileRows; ++r) {
    const Lanes::V centre = Lanes::Broadcast(centre_mm[r]);
    double* const out = above + r * geo::kLaneStride;
    std::ptrdiff_t i = 0;
    for (; i + Lanes::kWidth <= n; i += Lanes::kWidth) {
      const Lanes::V dy = Lanes::Sub(Lanes::Load(northing_mm + i), centre);
      Lanes::Store(out + i, Lanes::Sub(most, Lanes::Mul(Lanes::Sub(dy, half), Lanes::Add(dy, half))));
    }
    for (; i < n; ++i) {
      const double dy = northing_mm[i] - centre_mm[r];
      out[i] = top - (dy - half_mm) * (dy + half_mm);
    }
  }
}

template <int kPower>
double SumAt(const double* easting_mm, const double* northing_mm, const double* weight, std::ptrdiff_t n, double at_easting_mm, double at_northing_mm,
             const geo::LaneCurve& of) {
  const Curve curve(of);
  // Two vectors of sums side by side shorten the chain of additions, and so its rounding.
  Lanes::V sums[2] = {Lanes::Broadcast(0.0), Lanes::Broadcast(0.0)};
  const Lanes::V east = Lanes::Broadcast(at_easting_mm), north = Lanes::Broadcast(at_northing_mm);
  const auto add = [&](Lanes::V e, Lanes::V m, Lanes::V w, int to) {
    const Lanes::V de = Lanes::Sub(e, east), dn = Lanes::Sub(m, north);
    sums[to] = Added<kPower, true>(sums[to], Lanes::Sub(curve.reach2, Lanes::Mul(dn, dn)), Lanes::Mul(de, de), w, curve);
  };
  std::ptrdiff_t i = 0;
  for (; i + 2 * Lanes::kWidth <= n; i += 2 * Lanes::kWidth) {
    add(Lanes::Load(easting_mm + i), Lanes::Load(northing_mm + i), Lanes::Load(weight + i), 0);
    const std::ptrdiff_t next = i + Lanes::kWidth;
    add(Lanes::Load(easting_mm + next), Lanes::Load(northing_mm + next), Lanes::Load(weight + next), 1);
  }
  if (i + Lanes::kWidth <= n) {
    add(Lanes::Load(easting_mm + i), Lanes::Load(northing_mm + i), Lanes::Load(weight + i), 1);
    i += Lanes::kWidth;
  }
  // The rest, with points without weight beside it.
  if (i < n) add(Lanes::LoadFirst(easting_mm + i, n - i), Lanes::LoadFirst(northing_mm + i, n - i), Lanes::LoadFirst(weight + i, n - i), 0);
  double lanes[Lanes::kWidth];
  Lanes::Store(lanes, Lanes::Add(sums[0], sums[1]));
  double sum = 0;
  for (std::ptrdiff_t k = 0; k < Lanes::kWidth; ++k) sum += lanes[k];
  return sum;
}
