#include "server/cli/surface_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "geo/layers/layer_scale.h"
#include "server/cli/value_text.h"

namespace server {
namespace {

std::array<std::uint8_t, 3> BytesOf(geo::Rgb colour) { return {colour.red, colour.green, colour.blue}; }

// Shades by decade; within one, alone (from 1), beside the shade below (from 2), doubled (from 5).
constexpr std::array<const char*, 5> kBlockShades{"·", "░", "▒", "▓", "█"};
constexpr std::array<const char*, 5> kAsciiShades{".", "-", "+", "#", "@"};

std::string DensityMark(std::size_t index, const std::array<const char*, 5>& shades) {
  if (index == 0) return std::string(shades[0]) + " ";
  const std::size_t decade = (index - 1) / 3 + 1;
  const std::size_t step = (index - 1) % 3;
  return std::string(shades[decade]) + (step == 0 ? " " : step == 1 ? shades[decade - 1] : shades[decade]);
}

// Breaks and colours are those of the maps that the service draws.
SurfaceScale DensityScale(geo::LayerMeasure measure) {
  const geo::LayerScale& drawn = geo::LayerScaleOf(measure);
  SurfaceScale scale{.breaks = drawn.breaks};
  for (std::size_t i = 0; i < drawn.colours.size(); ++i)
    scale.classes.push_back({BytesOf(drawn.colours[i]), DensityMark(i, kBlockShades), DensityMark(i, kAsciiShades)});
  scale.unit = "per km2 per year";
  return scale;
}

// Around a middle class: the sign, then a shade of the size.
SurfaceScale DivergingScale(geo::LayerMeasure measure, std::string unit) {
  const geo::LayerScale& drawn = geo::LayerScaleOf(measure);
  SurfaceScale scale{.breaks = drawn.breaks, .unit = std::move(unit)};
  constexpr std::array<const char*, 5> kSizes{".", ":", "o", "O", "@"};
  const std::size_t middle = drawn.colours.size() / 2, weakest = kBlockShades.size() - middle;
  for (std::size_t i = 0; i < drawn.colours.size(); ++i) {
    if (i == middle) {
      scale.classes.push_back({BytesOf(drawn.colours[i]), "· ", ". "});
      continue;
    }
    const std::size_t size = weakest + (i < middle ? middle - i : i - middle) - 1;
    const char* sign = i < middle ? "-" : "+";
    scale.classes.push_back({BytesOf(drawn.colours[i]), std::string(sign) + kBlockShades[size], std::string(sign) + kSizes[size]});
  }
  return scale;
}

std::string BreakText(double value) { return DecimalText(value, value == std::floor(value) ? 0 : 2); }

}  // namespace

std::size_t SurfaceScale::class_of(double value) const {
  return static_cast<std::size_t>(std::upper_bound(breaks.begin(), breaks.end(), value) - breaks.begin());
}

std::string SurfaceScale::range_text(std::size_t index) const {
  if (index == 0) return "under " + BreakText(breaks.front());
  if (index == breaks.size()) return BreakText(breaks.back()) + " or more";
  return BreakText(breaks[index - 1]) + " to " + BreakText(breaks[index]);
}

const SurfaceScale& ScaleOf(SurfaceQuantity quantity) {
  using geo::LayerMeasure;
  static const SurfaceScale density = DensityScale(LayerMeasure::kDensity), weighted = DensityScale(LayerMeasure::kWeightedDensity);
  static const SurfaceScale difference = DivergingScale(LayerMeasure::kDensityDifference, "per km2 per year");
  static const SurfaceScale weighted_difference = DivergingScale(LayerMeasure::kWeightedDifference, "per km2 per year");
  static const SurfaceScale ratio = DivergingScale(LayerMeasure::kRatio, ""), log_ratio = DivergingScale(LayerMeasure::kLogRatio, "");
  switch (quantity) {
    case SurfaceQuantity::kDensity:
      return density;
    case SurfaceQuantity::kWeightedDensity:
      return weighted;
    case SurfaceQuantity::kDifference:
      return difference;
    case SurfaceQuantity::kWeightedDifference:
      return weighted_difference;
    case SurfaceQuantity::kRatio:
      return ratio;
    case SurfaceQuantity::kLogRatio:
      break;
  }
  return log_ratio;
}

std::string ScaleLegend(const SurfaceScale& scale, bool utf8) {
  std::string legend;
  for (std::size_t i = 0; i < scale.classes.size(); ++i) {
    std::string mark = utf8 ? scale.classes[i].blocks : scale.classes[i].ascii;
    mark.erase(mark.find_last_not_of(' ') + 1);
    legend += fmt::format("{}{} {}", legend.empty() ? "" : "; ", mark,
                          i == 0 || i + 1 == scale.classes.size() ? scale.range_text(i) : "from " + BreakText(scale.breaks[i - 1]));
  }
  return scale.unit.empty() ? legend : legend + " " + scale.unit;
}

}  // namespace server
