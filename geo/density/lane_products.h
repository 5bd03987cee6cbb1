// The loops of a kernel that is a product of a factor of each column and one of each row, in terms of `Lanes`. Included by lanes_*.cc alone.
#pragma once

#include "geo/density/lane_loops.h"

void LayFactors(const double* northing_mm, const double* weight, std::ptrdiff_t n, const double* centre_mm, int rows, double rate, double* factor) {
  const Lanes::V falling = Lanes::Broadcast(-rate);
  for (int r = 0; r < rows; ++r) {
    const Lanes::V centre = Lanes::Broadcast(centre_mm[r]);
    double* const out = factor + r * geo::kLaneStride;
    for (std::ptrdiff_t i = 0; i < n; i += Lanes::kWidth) {
      double north[Lanes::kWidth], heavy[Lanes::kWidth], laid[Lanes::kWidth];
      const std::ptrdiff_t here = n - i < Lanes::kWidth ? n - i : Lanes::kWidth;
      for (std::ptrdiff_t k = 0; k < Lanes::kWidth; ++k) {
        north[k] = northing_mm[k < here ? i + k : i];
        heavy[k] = weight == nullptr ? 1.0 : weight[k < here ? i + k : i];
      }
      const Lanes::V dy = Lanes::Sub(Lanes::Load(north), centre);
      Lanes::Store(laid, Lanes::Mul(Lanes::Load(heavy), Exp(Lanes::Mul(falling, Lanes::Mul(dy, dy)))));
      for (std::ptrdiff_t k = 0; k < here; ++k) out[i + k] = laid[k];
    }
  }
}

// Points [begin, end) of a piece against one tile. Those at the rim are compared with the reach one by one.
template <bool kRim>
inline __attribute__((always_inline)) void AddProducts(const double* columns, const double* x2, const double* factor, const double* above, std::ptrdiff_t begin,
                                                       std::ptrdiff_t end, Lanes::V (&sums)[kTileRows][kTileVectors]) {
  constexpr std::ptrdiff_t kWide = kTileVectors * Lanes::kWidth;
  for (std::ptrdiff_t i = begin; i < end; ++i) {
    for (int v = 0; v < kTileVectors; ++v) {
      const Lanes::V column = Lanes::Load(columns + i * kWide + v * Lanes::kWidth);
      for (int r = 0; r < kTileRows; ++r) {
        const Lanes::V row = Lanes::Broadcast(factor[r * geo::kLaneStride + i]);
        if constexpr (kRim) {
          const Lanes::V difference = Lanes::Sub(Lanes::Broadcast(above[r * geo::kLaneStride + i]), Lanes::Load(x2 + i * kWide + v * Lanes::kWidth));
          sums[r][v] = Lanes::MultiplyAdd(Lanes::WhereNotNegative(difference, column), row, sums[r][v]);
        } else {
          sums[r][v] = Lanes::MultiplyAdd(column, row, sums[r][v]);
        }
      }
    }
  }
}

// A few points at a time, so that their factors of this tile's columns, used for every row of the band, stay in the nearest cache.
void GatherProduct(const geo::ProductBand& band) {
  constexpr std::ptrdiff_t kWide = kTileVectors * Lanes::kWidth, kPiece = 128;
  const geo::GatherRow& row = band.row;
  const Lanes::V falling = Lanes::Broadcast(-row.curve.rate);
  double offsets[kWide], columns[kPiece * kWide], x2[kPiece * kWide];
  for (std::ptrdiff_t i = 0; i < kWide; ++i) offsets[i] = row.first_centre_mm + static_cast<double>(i) * row.cell_mm;
  for (std::ptrdiff_t tile = row.tile_begin; tile < row.tile_end; ++tile) {
    const std::ptrdiff_t column = tile * kWide;
    const PointRange all = NearTile(row, column, kWide, row.half, {row.first, row.last});
    const double shift_mm = static_cast<double>(column) * row.cell_mm;
    for (std::uint32_t begin = all.begin; begin < all.end; begin += kPiece) {
      const PointRange piece{begin, all.end - begin < kPiece ? all.end : begin + static_cast<std::uint32_t>(kPiece)};
      for (std::ptrdiff_t i = 0; i < piece.end - piece.begin; ++i) {
        const Lanes::V easting = Lanes::Broadcast(row.easting_mm[begin + i]), half = Lanes::Broadcast(row.half_mm);
        for (int v = 0; v < kTileVectors; ++v) {
          const Lanes::V dx = Lanes::Sub(easting, Lanes::Add(Lanes::Load(offsets + v * Lanes::kWidth), Lanes::Broadcast(shift_mm)));
          Lanes::Store(x2 + i * kWide + v * Lanes::kWidth, Lanes::Mul(Lanes::Sub(dx, half), Lanes::Add(dx, half)));
          Lanes::Store(columns + i * kWide + v * Lanes::kWidth, Exp(Lanes::Mul(falling, Lanes::Mul(dx, dx))));
        }
      }
      for (int k = 0; k < band.tile_rows; ++k) {
        const PointRange near = NearTile(row, column, kWide, band.half[k], piece);
        if (near.begin == near.end) continue;
        PointRange whole = WhollyNearTile(row, column, kWide, band.whole[k], near);
        if (whole.begin == whole.end) whole = {near.end, near.end};
        Lanes::V sums[kTileRows][kTileVectors];
        double* const out = row.sums + k * band.sums_stride + tile * (kTileRows * kWide);
        for (int r = 0; r < kTileRows; ++r) {
          for (int v = 0; v < kTileVectors; ++v) sums[r][v] = Lanes::Load(out + r * kWide + v * Lanes::kWidth);
        }
        // Relative to the piece; the rows of the band begin at row.first.
        const std::ptrdiff_t from = k * kTileRows * geo::kLaneStride + (begin - row.first);
        const double *factor = band.factor + from, *above = row.above + from;
        AddProducts<true>(columns, x2, factor, above, near.begin - begin, whole.begin - begin, sums);
        AddProducts<false>(columns, x2, factor, above, whole.begin - begin, whole.end - begin, sums);
        AddProducts<true>(columns, x2, factor, above, whole.end - begin, near.end - begin, sums);
        for (int r = 0; r < kTileRows; ++r) {
          for (int v = 0; v < kTileVectors; ++v) Lanes::Store(out + r * kWide + v * Lanes::kWidth, sums[r][v]);
        }
      }
    }
  }
}
