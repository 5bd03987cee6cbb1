// Compiled for AVX2 and FMA (CMakeLists.txt of this room): nothing of it may run before BestInstructionSet() has been asked.
#include "geo/density/lane_engine.h"

#if defined(__x86_64__)
#include <immintrin.h>

namespace {

struct Lanes {
  using V = __m256d;
  static constexpr std::ptrdiff_t kWidth = 4;
  static V Broadcast(double a) { return _mm256_set1_pd(a); }
  static V Load(const double* a) { return _mm256_loadu_pd(a); }
  static V LoadFirst(const double* a, std::ptrdiff_t n) {
    static constexpr long long kFirst[8] = {-1, -1, -1, -1, 0, 0, 0, 0};
    return _mm256_maskload_pd(a, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kFirst + 4 - n)));
  }
  static void Store(double* to, V a) { _mm256_storeu_pd(to, a); }
  static V Add(V a, V b) { return a + b; }
  static V Sub(V a, V b) { return a - b; }
  static V Mul(V a, V b) { return a * b; }
  static V Div(V a, V b) { return a / b; }
  static V Root(V a) { return _mm256_sqrt_pd(a); }
  static V AtLeast(V a, V b) { return _mm256_max_pd(a, b); }
  static V PowerOfBits(V a) { return _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(a), 52)); }
  static V MultiplyAdd(V a, V b, V c) { return _mm256_fmadd_pd(a, b, c); }
  static V Positive(V a) { return _mm256_max_pd(a, _mm256_setzero_pd()); }
  static V WhereNotNegative(V a, V b) { return _mm256_and_pd(_mm256_cmp_pd(a, _mm256_setzero_pd(), _CMP_GE_OQ), b); }
};
constexpr int kTileRows = 4;
constexpr std::ptrdiff_t kTileVectors = 2;

#include "geo/density/lane_table.h"

}  // namespace

namespace geo {
const LaneEngine kAvx2Lanes = kEngine;
}  // namespace geo
#endif
