#include "geo/significance/confidence.h"

namespace geo {

int ConfidenceClass(double z, double q) {
  const int strength = q <= 0.01 ? 3 : q <= 0.05 ? 2 : q <= 0.10 ? 1 : 0;
  return z > 0 ? strength : z < 0 ? -strength : 0;
}

}  // namespace geo
