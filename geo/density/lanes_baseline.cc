#include <cstring>

#include "geo/density/lane_engine.h"

namespace {

// Pairs of doubles, which every 64-bit processor of ours holds in one register; no fused multiply-add.
struct Lanes {
  using V = double __attribute__((vector_size(16)));
  static constexpr std::ptrdiff_t kWidth = 2;
  static V Broadcast(double a) { return V{a, a}; }
  static V Load(const double* a) { return V{a[0], a[1]}; }
  static void Store(double* to, V a) { std::memcpy(to, &a, sizeof a); }
  static V Add(V a, V b) { return a + b; }
  static V Sub(V a, V b) { return a - b; }
  static V Mul(V a, V b) { return a * b; }
  static V MultiplyAdd(V a, V b, V c) { return a * b + c; }
  static V Positive(V a) { return a > 0 ? a : V{0, 0}; }
  static V WhereNotNegative(V a, V b) { return a >= 0 ? b : V{0, 0}; }
};
constexpr int kTileRows = 4;
constexpr std::ptrdiff_t kTileVectors = 2;

#include "geo/density/lane_loops.h"

}  // namespace

namespace geo {
const LaneEngine kBaselineLanes = kEngine;
}  // namespace geo
