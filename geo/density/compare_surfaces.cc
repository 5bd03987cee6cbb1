#include "geo/density/compare_surfaces.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "geo/types/check.h"

namespace geo {
namespace {

std::optional<double> Compare(double before, double after, SurfaceComparison comparison, double floor) {
  const bool over = before > floor && after > floor;
  double value = 0;
  switch (comparison) {
    case SurfaceComparison::kDifference:
      value = after - before;
      break;
    case SurfaceComparison::kRatio:
      if (!over) return std::nullopt;
      value = after / before;
      break;
    case SurfaceComparison::kLogRatio:
      if (!over) return std::nullopt;
      value = std::log(after) - std::log(before);  // exchanging the surfaces changes the sign alone, and nothing overflows
      break;
  }
  if (!std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

ComparedSurfaces CompareSurfaces(std::span<const double> before, std::span<const double> after, SurfaceComparison comparison, double floor) {
  WARDWATCH_CHECK(before.size() == after.size(), "{} and {} cells", before.size(), after.size());
  WARDWATCH_CHECK(floor >= 0, "floor {}", floor);
  ComparedSurfaces compared;
  compared.value.assign(before.size(), 0.0);
  compared.defined.assign(before.size(), 0);
  bool any = false;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const std::optional<double> value = Compare(before[i], after[i], comparison, floor);
    if (!value) continue;
    compared.value[i] = *value;
    compared.defined[i] = 1;
    compared.least = any ? std::min(compared.least, *value) : *value;
    compared.most = any ? std::max(compared.most, *value) : *value;
    any = true;
  }
  return compared;
}

}  // namespace geo
