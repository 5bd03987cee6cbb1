#include "server/cli/surface_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "server/cli/value_text.h"

namespace server {
namespace {

using Rgb = std::array<std::uint8_t, 3>;

constexpr Rgb Colour(std::uint32_t hex) {
  return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8 & 0xFF), static_cast<std::uint8_t>(hex & 0xFF)};
}

constexpr std::array<Rgb, 13> kViridis{Colour(0x440154), Colour(0x481F70), Colour(0x443A83), Colour(0x3B528B), Colour(0x31688E),
                                       Colour(0x287C8E), Colour(0x21908C), Colour(0x20A486), Colour(0x35B779), Colour(0x5DC863),
                                       Colour(0x8FD744), Colour(0xC7E020), Colour(0xFDE725)};
constexpr std::array<Rgb, 11> kRedBlue11{Colour(0x053061), Colour(0x2166AC), Colour(0x4393C3), Colour(0x92C5DE), Colour(0xD1E5F0), Colour(0xF7F7F7),
                                         Colour(0xFDDBC7), Colour(0xF4A582), Colour(0xD6604D), Colour(0xB2182B), Colour(0x67001F)};
constexpr std::array<Rgb, 9> kRedBlue9{Colour(0x2166AC), Colour(0x4393C3), Colour(0x92C5DE), Colour(0xD1E5F0), Colour(0xF7F7F7),
                                       Colour(0xFDDBC7), Colour(0xF4A582), Colour(0xD6604D), Colour(0xB2182B)};

// Shades by decade; within one, alone (from 1), beside the shade below (from 2), doubled (from 5).
constexpr std::array<const char*, 5> kBlockShades{"·", "░", "▒", "▓", "█"};
constexpr std::array<const char*, 5> kAsciiShades{".", "-", "+", "#", "@"};

std::string DensityMark(std::size_t index, const std::array<const char*, 5>& shades) {
  if (index == 0) return std::string(shades[0]) + " ";
  const std::size_t decade = (index - 1) / 3 + 1;
  const std::size_t step = (index - 1) % 3;
  return std::string(shades[decade]) + (step == 0 ? " " : step == 1 ? shades[decade - 1] : shades[decade]);
}

SurfaceScale DensityScale(double factor) {
  SurfaceScale scale;
  for (const double decade : {1.0, 10.0, 100.0, 1000.0}) {
    for (const double step : {1.0, 2.0, 5.0}) scale.breaks.push_back(factor * decade * step);
  }
  for (std::size_t i = 0; i < kViridis.size(); ++i) scale.classes.push_back({kViridis[i], DensityMark(i, kBlockShades), DensityMark(i, kAsciiShades)});
  scale.unit = "per km2 per year";
  return scale;
}

// Around a middle class: the sign, then a shade of the size.
template <std::size_t N>
void AddDiverging(const std::array<Rgb, N>& colours, SurfaceScale& scale) {
  constexpr int kMiddle = static_cast<int>(N / 2);
  constexpr std::size_t kWeakest = kBlockShades.size() - N / 2;
  constexpr std::array<const char*, 5> kSizes{".", ":", "o", "O", "@"};
  for (int i = 0; i < static_cast<int>(N); ++i) {
    const auto index = static_cast<std::size_t>(i);
    if (i == kMiddle) {
      scale.classes.push_back({colours[index], "· ", ". "});
      continue;
    }
    const std::size_t size = kWeakest + static_cast<std::size_t>(std::abs(i - kMiddle)) - 1;
    const char* sign = i < kMiddle ? "-" : "+";
    scale.classes.push_back({colours[index], std::string(sign) + kBlockShades[size], std::string(sign) + kSizes[size]});
  }
}

SurfaceScale DifferenceScale(double factor) {
  SurfaceScale scale;
  for (const double size : {-500.0, -100.0, -20.0, -5.0, -1.0, 1.0, 5.0, 20.0, 100.0, 500.0}) scale.breaks.push_back(factor * size);
  AddDiverging(kRedBlue11, scale);
  scale.unit = "per km2 per year";
  return scale;
}

SurfaceScale RatioScale(bool logarithms) {
  SurfaceScale scale;
  for (const double ratio : {1 / 4.0, 1 / 2.0, 1 / 1.5, 1 / 1.2, 1.2, 1.5, 2.0, 4.0}) scale.breaks.push_back(logarithms ? std::log(ratio) : ratio);
  AddDiverging(kRedBlue9, scale);
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
  static const SurfaceScale density = DensityScale(1), weighted = DensityScale(100), difference = DifferenceScale(1),
                            weighted_difference = DifferenceScale(100), ratio = RatioScale(false), log_ratio = RatioScale(true);
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
