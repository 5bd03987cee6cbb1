#include "geo/layers/palette_png.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace geo {
namespace {

constexpr int kMaxSide = 4'096;
// Class maps are long runs: higher levels take longer and save a few in a hundred.
constexpr int kLevel = 3;

void PutNumber(std::uint32_t value, std::string& out) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
}

void PutChunk(const char* type, std::string_view data, std::string& out) {
  PutNumber(static_cast<std::uint32_t>(data.size()), out);
  const std::size_t begin = out.size();
  out += type;
  out += data;
  PutNumber(static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(out.data() + begin), static_cast<uInt>(out.size() - begin))), out);
}

std::string Header(int width, int height, int bits) {
  std::string header;
  PutNumber(static_cast<std::uint32_t>(width), header);
  PutNumber(static_cast<std::uint32_t>(height), header);
  header += static_cast<char>(bits);
  header += '\3';          // indexed colours
  header.append(3, '\0');  // deflate, its one filter method, not interlaced
  return header;
}

// Each row after a byte that says it is not filtered; at 4 bits the left pixel is in the upper half.
std::string Rows(int width, int height, std::span<const std::uint8_t> pixels, bool halves) {
  const auto columns = static_cast<std::size_t>(width);
  const std::size_t length = 1 + (halves ? (columns + 1) / 2 : columns);
  std::string rows(length * static_cast<std::size_t>(height), '\0');
  for (std::size_t row = 0; row < static_cast<std::size_t>(height); ++row) {
    char* out = rows.data() + row * length + 1;
    const std::uint8_t* in = pixels.data() + row * columns;
    if (!halves) {
      std::memcpy(out, in, columns);
      continue;
    }
    for (std::size_t c = 0; c + 1 < columns; c += 2) *out++ = static_cast<char>(in[c] << 4 | in[c + 1]);
    if (columns % 2 == 1) *out = static_cast<char>(in[columns - 1] << 4);
  }
  return rows;
}

}  // namespace

Result<std::string> PalettePng(int width, int height, std::span<const std::uint8_t> pixels, std::span<const Rgb> colours, bool first_is_clear) {
  if (width < 1 || height < 1 || width > kMaxSide || height > kMaxSide) {
    return Fail(InvalidArgument("image", fmt::format("{} by {} pixels; a side is 1 to {}", width, height, kMaxSide)));
  }
  if (pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height)) {
    return Fail(InvalidArgument("image", fmt::format("{} pixels for {} by {}", pixels.size(), width, height)));
  }
  if (colours.empty() || colours.size() > kMaxPaletteColours)
    return Fail(InvalidArgument("image", fmt::format("{} colours; 1 to {}", colours.size(), kMaxPaletteColours)));
  if (const auto most = *std::max_element(pixels.begin(), pixels.end()); most >= colours.size()) {
    return Fail(InvalidArgument("image", fmt::format("colour {} of {}", most, colours.size())));
  }
  const bool halves = colours.size() <= 16;
  const std::string rows = Rows(width, height, pixels, halves);
  std::string packed(compressBound(static_cast<uLong>(rows.size())), '\0');
  auto size = static_cast<uLongf>(packed.size());
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()), static_cast<uLong>(rows.size()), kLevel) != Z_OK) {
    return Fail({ErrorCode::kResourceExhausted, "image", "OUT_OF_MEMORY", "not enough memory to compress a picture"});
  }
  packed.resize(size);
  std::string palette;
  for (const Rgb colour : colours) {
    palette += static_cast<char>(colour.red);
    palette += static_cast<char>(colour.green);
    palette += static_cast<char>(colour.blue);
  }
  std::string png = "\x89PNG\r\n\x1A\n";
  PutChunk("IHDR", Header(width, height, halves ? 4 : 8), png);
  PutChunk("PLTE", palette, png);
  if (first_is_clear) PutChunk("tRNS", std::string_view("\0", 1), png);
  PutChunk("IDAT", packed, png);
  PutChunk("IEND", "", png);
  return png;
}

}  // namespace geo
