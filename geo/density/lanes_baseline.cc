#include <cstring>

#include "geo/density/lane_engine.h"

namespace {

// Pairs of doubles, which every 64-bit processor of ours holds in one register; no fused multiply-add.
struct Lanes {
  using V = double __attribute__((vector_size(16)));
  static constexpr std::ptrdiff_t kWidth = 2;
  static V Broadcast(double a) { return V{a, a}; }
  static V Load(const double* a) { return V{a[0], a[1]}; }
  static V LoadFirst(const double* a, std::ptrdiff_t n) { return V{a[0], n > 1 ? a[1] : 0.0}; }
  static void Store(double* to, V a) { std::memcpy(to, &a, sizeof a); }
  static V Add(V a, V b) { return a + b; }
  static V Sub(V a, V b) { return a - b; }
  static V Mul(V a, V b) { return a * b; }
  static V Div(V a, V b) { return a / b; }
  static V Root(V a) { return V{__builtin_sqrt(a[0]), __builtin_sqrt(a[1])}; }
  static V AtLeast(V a, V b) { return a > b ? a : b; }
  static V PowerOfBits(V a) {
    using Bits = unsigned long long __attribute__((vector_size(16)));
    Bits bits;
    std::memcpy(&bits, &a, sizeof bits);
    bits <<= 52;
    std::memcpy(&a, &bits, sizeof bits);
    return a;
  }
  static V MultiplyAdd(V a, V b, V c) { return a * b + c; }
  static V Positive(V a) { return a > 0 ? a : V{0, 0}; }
  static V WhereNotNegative(V a, V b) { return a >= 0 ? b : V{0, 0}; }
};
constexpr int kTileRows = 4;
constexpr std::ptrdiff_t kTileVectors = 2;

#include "geo/density/lane_table.h"

}  // namespace

namespace geo {
const LaneEngine kBaselineLanes = kEngine;
}  // namespace geo
