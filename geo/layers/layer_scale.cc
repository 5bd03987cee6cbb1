#include "geo/layers/layer_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace geo {
namespace {

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

// 1, 2, 5, 10 .. in four decades from `first`: exact where they are whole, the nearest doubles to what is written where they are not.
LayerScale Sequential(std::string_view name, std::string unit, double first) {
  LayerScale scale{.name = name, .unit = std::move(unit), .first_is_clear = true, .palette = "viridis"};
  for (const double decade : {1.0, 10.0, 100.0, 1000.0}) {
    for (const double step : {1.0, 2.0, 5.0}) scale.breaks.push_back(first < 1 ? decade * step / std::round(1 / first) : decade * step * first);
  }
  scale.colours.assign(kViridis.begin(), kViridis.end());
  return scale;
}

LayerScale Difference(std::string_view name, double factor) {
  LayerScale scale{.name = name, .unit = "incidents per km2 per year", .diverging = true, .palette = "RdBu"};
  for (const double size : {-500.0, -100.0, -20.0, -5.0, -1.0, 1.0, 5.0, 20.0, 100.0, 500.0}) scale.breaks.push_back(factor * size);
  scale.colours.assign(kRedBlue11.begin(), kRedBlue11.end());
  return scale;
}

LayerScale Ratio(std::string_view name, bool logarithms) {
  LayerScale scale{.name = name, .diverging = true, .palette = "RdBu"};
  for (const double ratio : {1 / 4.0, 1 / 2.0, 1 / 1.5, 1 / 1.2, 1.2, 1.5, 2.0, 4.0}) scale.breaks.push_back(logarithms ? std::log(ratio) : ratio);
  scale.colours.assign(kRedBlue9.begin(), kRedBlue9.end());
  return scale;
}

// One class for each of the whole numbers from 0, with its name.
LayerScale Named(std::string_view name, std::string_view palette, std::vector<std::string_view> words, std::vector<Rgb> colours) {
  LayerScale scale{.name = name, .palette = palette};
  for (std::size_t i = 1; i < words.size(); ++i) scale.breaks.push_back(static_cast<double>(i));
  scale.colours = std::move(colours);
  scale.words = std::move(words);
  return scale;
}

LayerScale CameraWorks() { return Named("camera-works", "RdBu", {"does not work", "works"}, {Colour(0xB2182B), Colour(0x2166AC)}); }

// Words as in geo/cameras, which this room does not know; a test of the collections holds both to be the same. Every second step of viridis.
LayerScale DetailLevel() {
  std::vector<Rgb> colours;
  for (std::size_t i = 1; i < 12; i += 2) colours.push_back(kViridis[i]);
  return Named("detail-level", "viridis", {"monitor", "detect", "observe", "recognise", "identify", "inspect"}, std::move(colours));
}

// Whole with commas, else to two places and no further.
std::string BreakText(double value) {
  const double size = std::abs(value);
  std::string text = size == std::floor(size) ? fmt::format("{:.0f}", size) : fmt::format("{:.2f}", size);
  if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
  const std::size_t whole = std::min(text.find('.'), text.size());
  for (std::size_t at = whole; at > 3; at -= 3) text.insert(at - 3, ",");
  return (value < 0 ? "-" : "") + text;
}

}  // namespace

std::string HexOf(Rgb colour) { return fmt::format("#{:02X}{:02X}{:02X}", colour.red, colour.green, colour.blue); }

std::size_t LayerScale::class_of(double value) const {
  std::size_t index = 0;
  for (const double at : breaks) index += value >= at ? 1 : 0;
  return index;
}

const LayerScale& LayerScaleOf(LayerMeasure measure) {
  static const LayerScale density = Sequential("density", "incidents per km2 per year", 1);
  static const LayerScale weighted = Sequential("weighted-density", "weighted incidents per km2 per year", 100);
  static const LayerScale count = Sequential("count", "incidents", 1);
  static const LayerScale rate = Sequential("rate", "incidents per 1,000 residents per year", 0.1);
  static const LayerScale difference = Difference("density-difference", 1), weighted_difference = Difference("weighted-difference", 100);
  static const LayerScale ratio = Ratio("ratio", false), log_ratio = Ratio("log-ratio", true);
  static const LayerScale camera_works = CameraWorks(), detail_level = DetailLevel();
  switch (measure) {
    case LayerMeasure::kDensity:
      return density;
    case LayerMeasure::kWeightedDensity:
      return weighted;
    case LayerMeasure::kCount:
      return count;
    case LayerMeasure::kRatePer1000:
      return rate;
    case LayerMeasure::kDensityDifference:
      return difference;
    case LayerMeasure::kWeightedDifference:
      return weighted_difference;
    case LayerMeasure::kRatio:
      return ratio;
    case LayerMeasure::kCameraWorks:
      return camera_works;
    case LayerMeasure::kDetailLevel:
      return detail_level;
    case LayerMeasure::kLogRatio:
      break;
  }
  return log_ratio;
}

std::vector<LegendEntry> LegendOf(const LayerScale& scale) {
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < scale.colours.size(); ++i) {
    LegendEntry entry{.colour = scale.colours[i], .clear = scale.first_is_clear && i == 0};
    if (i > 0) entry.from = scale.breaks[i - 1];
    if (i < scale.breaks.size()) entry.below = scale.breaks[i];
    entry.label = !scale.words.empty()       ? std::string(scale.words[i])
                  : i == 0                   ? "under " + BreakText(*entry.below)
                  : i == scale.breaks.size() ? BreakText(*entry.from) + " or more"
                                             : BreakText(*entry.from) + " to " + BreakText(*entry.below);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace geo
