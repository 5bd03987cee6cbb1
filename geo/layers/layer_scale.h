// The fixed scales on which values are shown on maps: the same value has the same colour at every zoom, in every year, whatever else is in view.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace geo {

enum class LayerMeasure : std::uint8_t {
  kDensity,             // incidents per km2 per year
  kWeightedDensity,     // by a table of harm, whose totals are of another size: breaks times 100
  kCount,               // incidents in a cell
  kRatePer1000,         // incidents per 1,000 residents per year
  kDensityDifference,   // later less earlier, per km2 per year
  kWeightedDifference,  // breaks times 100
  kRatio,               // later by earlier, of densities or rates
  kLogRatio,            // its natural logarithm
  kCameraWorks,         // 1: a camera works; 0: it does not
  kDetailLevel,         // place of a level in the table of EN IEC 62676-4:2014, from the coarsest, 0
};

struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};
std::string HexOf(Rgb colour);  // "#440154"

struct LayerScale {
  std::string_view name;        // "density", stable, for documents
  std::string unit;             // "incidents per km2 per year"; empty for ratios
  std::vector<double> breaks;   // ascending; class i holds breaks[i - 1] <= value < breaks[i]
  std::vector<Rgb> colours;     // breaks + 1
  bool diverging = false;       // around its middle class; else from little to much
  bool first_is_clear = false;  // class 0 is not drawn: there is (almost) nothing
  std::string_view palette;     // "viridis", "RdBu": with whom it is from, for documents
  std::vector<std::string_view> words;  // of the classes, where each is one thing with a name; else empty

  // Of a finite value. Cost: O(breaks).
  std::size_t class_of(double value) const;
};

// Sequential: 1, 2, 5, 10 .. 5,000 (densities, counts), 0.1, 0.2, 0.5 .. 500 (rates), in 13 even steps of viridis. Differences: 1, 5, 20, 100, 500 to both
// sides of 0; ratios: 1.2, 1.5, 2, 4 to both sides of 1; RdBu, red for more. Named things: a class each. Both palettes are told apart by colour-blind readers.
// Never computed from the data. Sources: S. van der Walt and N. Smith 2015, viridis (CC0); C. Brewer and M. Harrower, ColorBrewer 2.0 (Apache licence), RdBu
// of 11 and 9 classes.
const LayerScale& LayerScaleOf(LayerMeasure measure);

// A class as a legend says it.
struct LegendEntry {
  std::string label;            // "under 1", "1 to 2", "5,000 or more"; the word of a class that has one
  std::optional<double> from;   // none of the first
  std::optional<double> below;  // none of the last
  Rgb colour;
  bool clear = false;
};
std::vector<LegendEntry> LegendOf(const LayerScale& scale);

}  // namespace geo
