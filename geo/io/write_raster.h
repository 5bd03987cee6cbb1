// Surfaces and pictures as whole files in memory: a server can send them, a client can write them by its own output.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "geo/density/raster_frame.h"
#include "geo/types/result.h"

namespace geo {

struct RasterOut {
  RasterFrame frame;
  std::span<const double> values;                             // of the frame's cells
  std::span<const std::uint8_t> defined;                      // a cell each, 0 where there is no value; empty: all have one
  std::string quantity;                                       // "density": the band's description
  std::string unit;                                           // "incidents per km2 per year"
  std::vector<std::pair<std::string, std::string>> metadata;  // kernel, bandwidth, period, ...: each key once
};

// A cloud optimised GeoTIFF (EPSG:27700, north up, one band of doubles, DEFLATE in tiles of 512) with the values to the bit. Where the frame is larger than a
// tile it has overviews by mean, for display: GDAL 3.6 makes them in single precision. Cells without a value hold the declared nodata value: the first of
// -9999, -10000, ... that is no cell's value. Determinism: the same bytes for the same input; no time stamp. Cost: O(cells), about three copies of them in
// memory. Errors: kInvalidArgument on `surface` for no cells or a value that is not finite in a cell that has one, on `metadata` for a key that is empty or
// holds '=' or a control character; kInternal RASTER_WRITE with what GDAL says; kResourceExhausted RASTER_TOO_LARGE for want of memory.
Result<std::string> GeoTiffBytes(const RasterOut& raster);

// A PNG of `height` rows of `width` pixels, from the top, each red, green, blue, opacity.
// Errors: kInvalidArgument on `image` for a side outside 1 .. kMaxPngSide or bytes other than 4 a pixel; kInternal RASTER_WRITE.
inline constexpr int kMaxPngSide = 32'768;
Result<std::string> PngBytes(int width, int height, std::span<const std::uint8_t> rgba);

}  // namespace geo
