// How much can be made out in a picture: the named levels of pixel density in EN/IEC 62676-4, in both editions.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "geo/types/result.h"

namespace geo {

// Editions of the standard's table. A level of one is not a level of the other: answers name the table beside the level.
enum class DensityTable : std::uint8_t { k2014, k2025 };

struct DensityLevel {
  std::string_view name;  // "recognise"
  double pixels_per_m = 0;
};

// The most levels of any table.
inline constexpr int kMostLevels = 7;

std::string_view NameOf(DensityTable table);  // "EN IEC 62676-4:2014"
// From the coarsest to the finest. Source: EN 62676-4:2014 (monitor 12.5, detect 25, observe 62.5, recognise 125, identify 250, inspect 1000 pixels/m);
// IEC 62676-4:2025 (overview 20, outline 40, discern 80, perceive 125, characterise 250, validate 500, scrutinise 1500).
std::span<const DensityLevel> LevelsOf(DensityTable table);
// The place of a level in its table. Errors: kInvalidArgument NO_SUCH_LEVEL on `field`, with the names of the table.
Result<int> FindLevel(DensityTable table, std::string_view name, std::string_view field);

}  // namespace geo
