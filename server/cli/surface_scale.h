// The fixed scales on which surfaces are drawn: the same value has the same shade in every answer, whatever else is in view.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace server {

// What a surface shows. Weighted: by a table of harm, whose totals are of another size, and have the breaks of counts times 100.
enum class SurfaceQuantity { kDensity, kWeightedDensity, kDifference, kWeightedDifference, kRatio, kLogRatio };

struct SurfaceClass {
  std::array<std::uint8_t, 3> rgb{};
  std::string blocks;  // two columns wide
  std::string ascii;   // two characters
};

struct SurfaceScale {
  std::vector<double> breaks;         // ascending; class i holds breaks[i - 1] <= value < breaks[i]
  std::vector<SurfaceClass> classes;  // breaks + 1
  std::string unit;                   // "per km2 per year"; empty for ratios

  std::size_t class_of(double value) const;
  // "under 1", "1 to 2", "5,000 or more".
  std::string range_text(std::size_t index) const;
};

// The breaks and colours of geo/layers/layer_scale.h, so that a picture, a map tile and a drawing in a terminal mean the same; the marks are this room's own.
const SurfaceScale& ScaleOf(SurfaceQuantity quantity);

// Every class with its mark and range, in one line to be folded.
std::string ScaleLegend(const SurfaceScale& scale, bool utf8);

}  // namespace server
