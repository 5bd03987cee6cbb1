// A picture of few colours as a PNG.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "geo/layers/layer_scale.h"
#include "geo/types/result.h"

namespace geo {

inline constexpr int kMaxPaletteColours = 256;

// `pixels`: an index into `colours` each, row by row from the top; colour 0 is drawn clear where `first_is_clear`. 4 bits a pixel up to 16 colours, else 8; one
// zlib stream, no time stamp: same input, same bytes (of one zlib). Errors: kInvalidArgument on `image` for a side outside 1 .. 4,096, pixels other than width
// * height, no colours or over kMaxPaletteColours, an index beyond them. Cost: O(pixels). Source: W3C 2003, Portable Network Graphics (second edition).
Result<std::string> PalettePng(int width, int height, std::span<const std::uint8_t> pixels, std::span<const Rgb> colours, bool first_is_clear);

}  // namespace geo
