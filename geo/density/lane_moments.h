// Sums over points that are within reach of a whole tile, from which the sums of its cells follow, in terms of `Lanes`. Included by lanes_*.cc alone, inside an
// anonymous namespace.
//
// With X, Y from the tile's centre to the point, x, y from it to a cell's centre and S = R^2 - X^2 - Y^2,
//   R^2 - d^2 = (S + 2 Y y - y^2) + 2 X x - x^2 = T + 2 X x - x^2,
// so that the sum of its powers is a polynomial in x and y whose coefficients are sums over points. They are only ever added to. The pairs are kept so far from
// the rim that the terms of the polynomial are no more than a small multiple of its value (gather_surface.cc).
#pragma once

inline constexpr int MomentsOf(int power) { return power == 0 ? 1 : power == 1 ? 4 : power == 2 ? 10 : 20; }

// Adds to moments [moment][lane] the points [begin, end), whose number is a multiple of the width.
// Moments: 1; X, Y, S; X^2, XY, Y^2, SX, SY, S^2; S^3, S^2 X, S^2 Y, S X^2, SXY, S Y^2, X^3, X^2 Y, X Y^2, Y^3.
template <int kPower, bool kWeighted>
void AddMoments(const geo::GatherRow& row, std::uint32_t begin, std::uint32_t end, double centre_mm, double* moments) {
  constexpr int kMoments = MomentsOf(kPower);
  Lanes::V sums[kMoments];
  for (int m = 0; m < kMoments; ++m) sums[m] = Lanes::Load(moments + m * Lanes::kWidth);
  const Lanes::V east = Lanes::Broadcast(centre_mm), north = Lanes::Broadcast(row.tile_north_mm), reach2 = Lanes::Broadcast(row.curve.reach2_mm2);
  for (std::uint32_t i = begin; i < end; i += static_cast<std::uint32_t>(Lanes::kWidth)) {
    const Lanes::V w = kWeighted ? Lanes::Load(row.weight + i) : Lanes::Broadcast(1.0);
    sums[0] = Lanes::Add(sums[0], w);
    if constexpr (kPower > 0) {
      const Lanes::V x = Lanes::Sub(Lanes::Load(row.easting_mm + i), east), y = Lanes::Sub(Lanes::Load(row.northing_mm + i), north);
      const Lanes::V s = Lanes::Sub(Lanes::Sub(reach2, Lanes::Mul(x, x)), Lanes::Mul(y, y));
      const Lanes::V wx = kWeighted ? Lanes::Mul(w, x) : x, wy = kWeighted ? Lanes::Mul(w, y) : y, ws = kWeighted ? Lanes::Mul(w, s) : s;
      sums[1] = Lanes::Add(sums[1], wx);
      sums[2] = Lanes::Add(sums[2], wy);
      sums[3] = Lanes::Add(sums[3], ws);
      if constexpr (kPower > 1) {
        sums[4] = Lanes::MultiplyAdd(wx, x, sums[4]);
        sums[5] = Lanes::MultiplyAdd(wx, y, sums[5]);
        sums[6] = Lanes::MultiplyAdd(wy, y, sums[6]);
        sums[7] = Lanes::MultiplyAdd(ws, x, sums[7]);
        sums[8] = Lanes::MultiplyAdd(ws, y, sums[8]);
        sums[9] = Lanes::MultiplyAdd(ws, s, sums[9]);
      }
      if constexpr (kPower > 2) {
        const Lanes::V wxx = Lanes::Mul(wx, x), wyy = Lanes::Mul(wy, y), wss = Lanes::Mul(ws, s), wsx = Lanes::Mul(ws, x);
        sums[10] = Lanes::MultiplyAdd(wss, s, sums[10]);
        sums[11] = Lanes::MultiplyAdd(wss, x, sums[11]);
        sums[12] = Lanes::MultiplyAdd(wss, y, sums[12]);
        sums[13] = Lanes::MultiplyAdd(wsx, x, sums[13]);
        sums[14] = Lanes::MultiplyAdd(wsx, y, sums[14]);
        sums[15] = Lanes::MultiplyAdd(wyy, s, sums[15]);
        sums[16] = Lanes::MultiplyAdd(wxx, x, sums[16]);
        sums[17] = Lanes::MultiplyAdd(wxx, y, sums[17]);
        sums[18] = Lanes::MultiplyAdd(wyy, x, sums[18]);
        sums[19] = Lanes::MultiplyAdd(wyy, y, sums[19]);
      }
    }
  }
  for (int m = 0; m < kMoments; ++m) Lanes::Store(moments + m * Lanes::kWidth, sums[m]);
}

// Coefficients of the powers of x, for the cells of a row y north of the centre, from the moments m.
template <int kPower>
void Coefficients(const double* m, double y, double* of) {
  if constexpr (kPower == 0) of[0] = m[0];
  if constexpr (kPower == 1) {
    of[0] = m[3] + 2 * y * m[2] - y * y * m[0];
    of[1] = 2 * m[1];
    of[2] = -m[0];
  }
  if constexpr (kPower == 2) {
    const double y2 = y * y;
    const double t = m[3] + (2 * y * m[2] - y2 * m[0]), tx = m[7] + (2 * y * m[5] - y2 * m[1]);
    // S^2 + 2 S u + u^2 with u = 2 Y y - y^2.
    of[0] = m[9] + 2 * (2 * y * m[8] - y2 * m[3]) + y2 * (4 * m[6] - 4 * y * m[2] + y2 * m[0]);
    of[1] = 4 * tx;
    of[2] = 4 * m[4] - 2 * t;
    of[3] = -4 * m[1];
    of[4] = m[0];
  }
  if constexpr (kPower == 3) {
    const double y2 = y * y, y3 = y2 * y, y4 = y2 * y2;
    const double t = m[3] + (2 * y * m[2] - y2 * m[0]), tx = m[7] + (2 * y * m[5] - y2 * m[1]), txx = m[13] + (2 * y * m[17] - y2 * m[4]);
    const double u2 = 4 * y2 * m[6] - 4 * y3 * m[2] + y4 * m[0], u2x = 4 * y2 * m[18] - 4 * y3 * m[5] + y4 * m[1];
    const double u2s = 4 * y2 * m[15] - 4 * y3 * m[8] + y4 * m[3], u3 = 8 * y3 * m[19] - 12 * y4 * m[6] + 6 * y4 * y * m[2] - y4 * y2 * m[0];
    of[0] = m[10] + 3 * (2 * y * m[12] - y2 * m[9]) + 3 * u2s + u3;
    of[1] = 6 * (m[11] + 2 * (2 * y * m[14] - y2 * m[7]) + u2x);
    of[2] = 12 * txx - 3 * (m[9] + 2 * (2 * y * m[8] - y2 * m[3]) + u2);
    of[3] = 8 * m[16] - 12 * tx;
    of[4] = 3 * t - 12 * m[4];
    of[5] = 6 * m[1];
    of[6] = -m[0];
  }
}

// Adds what the moments of each tile say to the sums of its cells.
template <int kPower>
void SpreadMoments(const geo::GatherRow& row) {
  constexpr std::ptrdiff_t kWide = kTileVectors * Lanes::kWidth;
  constexpr int kMoments = MomentsOf(kPower);
  double offsets[kWide];
  for (std::ptrdiff_t i = 0; i < kWide; ++i) offsets[i] = (static_cast<double>(i) - static_cast<double>(kWide - 1) / 2) * row.cell_mm;
  for (std::ptrdiff_t tile = row.tile_begin; tile < row.tile_end; ++tile) {
    const double* const moments = row.moments + tile * (kMoments * Lanes::kWidth);
    double sums[kMoments] = {};
    for (int m = 0; m < kMoments; ++m) {
      for (std::ptrdiff_t k = 0; k < Lanes::kWidth; ++k) sums[m] += moments[m * Lanes::kWidth + k];
    }
    if (sums[0] == 0) continue;
    double* const out = row.sums + tile * (kTileRows * kWide);
    for (int r = 0; r < kTileRows; ++r) {
      double of[2 * kPower + 1];
      Coefficients<kPower>(sums, (r - (kTileRows - 1) / 2.0) * row.cell_mm, of);
      for (int v = 0; v < kTileVectors; ++v) {
        double* const cells = out + r * kWide + v * Lanes::kWidth;
        const Lanes::V x = Lanes::Load(offsets + v * Lanes::kWidth);
        Lanes::V value = Lanes::Broadcast(of[2 * kPower]);
        for (int j = 2 * kPower - 1; j >= 0; --j) value = Lanes::MultiplyAdd(value, x, Lanes::Broadcast(of[j]));
        Lanes::Store(cells, Lanes::Add(Lanes::Load(cells), value));
      }
    }
  }
}
