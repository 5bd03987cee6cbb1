#include "server/gateway/grpc_web_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace server {
namespace {

constexpr std::size_t kPrefix = 5;
constexpr char kTrailersFlag = static_cast<char>(0x80);

std::string Framed(char flags, std::string_view bytes) {
  std::string frame(1, flags);
  for (int shift = 24; shift >= 0; shift -= 8) frame += static_cast<char>(bytes.size() >> shift & 0xFF);
  return frame.append(bytes);
}

}  // namespace

std::string FramedMessage(std::string_view message) { return Framed(0, message); }

std::string FramedTrailers(std::string_view lines) { return Framed(kTrailersFlag, lines); }

std::string FormatTrailer(std::string_view name, std::string_view value) {
  std::string line = fmt::format("{}: ", name);
  for (const char c : value) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) line += c;
  }
  return line + "\r\n";
}

std::string PercentEncodedMessage(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 0x20 && c < 0x7F && c != '%') {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::optional<std::string_view> OneMessage(std::string_view body) {
  if (body.size() < kPrefix || body[0] != 0) return std::nullopt;
  std::uint32_t length = 0;
  for (std::size_t i = 1; i < kPrefix; ++i) length = length << 8 | static_cast<unsigned char>(body[i]);
  if (length != body.size() - kPrefix) return std::nullopt;
  return body.substr(kPrefix);
}

std::optional<std::chrono::milliseconds> ParseGrpcTimeout(std::string_view text) {
  if (text.size() < 2 || text.size() > 9) return std::nullopt;
  std::int64_t count = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size() - 1, count);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size() - 1 || count < 0) return std::nullopt;
  double ms = static_cast<double>(count);
  switch (text.back()) {
    case 'H':
      ms *= 3'600'000;
      break;
    case 'M':
      ms *= 60'000;
      break;
    case 'S':
      ms *= 1000;
      break;
    case 'm':
      break;
    case 'u':
      ms /= 1000;
      break;
    case 'n':
      ms /= 1'000'000;
      break;
    default:
      return std::nullopt;
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::clamp(ms, 1.0, 86'400'000.0)));
}

}  // namespace server
