// Compiled for AVX-512 (CMakeLists.txt of this room): nothing of it may run before BestInstructionSet() has been asked.
#include "geo/density/lane_engine.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace {

struct Lanes {
  using V = __m512d;
  static constexpr std::ptrdiff_t kWidth = 8;
  static V Broadcast(double a) { return _mm512_set1_pd(a); }
  static V Load(const double* a) { return _mm512_loadu_pd(a); }
  static V LoadFirst(const double* a, std::ptrdiff_t n) { return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << n) - 1), a); }
  static void Store(double* to, V a) { _mm512_storeu_pd(to, a); }
  static V Add(V a, V b) { return a + b; }
  static V Sub(V a, V b) { return a - b; }
  static V Mul(V a, V b) { return a * b; }
  static V Div(V a, V b) { return a / b; }
  // The forms without a mask read an undefined vector in g++ 12's header, which it then warns of.
  static V Root(V a) { return _mm512_maskz_sqrt_pd(0xFF, a); }
  static V AtLeast(V a, V b) { return _mm512_maskz_max_pd(0xFF, a, b); }
  static V PowerOfBits(V a) { return _mm512_castsi512_pd(_mm512_maskz_slli_epi64(0xFF, _mm512_castpd_si512(a), 52)); }
  static V MultiplyAdd(V a, V b, V c) { return _mm512_fmadd_pd(a, b, c); }
  static V Positive(V a) { return _mm512_max_pd(a, _mm512_setzero_pd()); }
  static V WhereNotNegative(V a, V b) { return _mm512_maskz_mov_pd(_mm512_cmp_pd_mask(a, _mm512_setzero_pd(), _CMP_GE_OQ), b); }
};
constexpr int kTileRows = 4;
constexpr std::ptrdiff_t kTileVectors = 1;

#include "geo/density/lane_table.h"

}  // namespace

namespace geo {
const LaneEngine kAvx512Lanes = kEngine;
}  // namespace geo
#endif
