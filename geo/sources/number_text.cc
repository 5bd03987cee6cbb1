#include "geo/sources/number_text.h"

#include <charconv>
#include <cmath>
#include <cstddef>
#include <system_error>

namespace geo {
namespace {

constexpr std::size_t kMaxNumberBytes = 64;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// The parts of a number in our grammar; `ok` is false for any other text.
struct Shape {
  bool ok = false;
  bool has_exponent = false;
  std::string_view mantissa;  // digits and at most one point
  std::string_view exponent;  // sign and digits
};

Shape ShapeOf(std::string_view text) {
  Shape shape;
  std::size_t i = 0;
  if (i < text.size() && text[i] == '-') ++i;
  const std::size_t begin = i;
  std::size_t digits = 0;
  for (bool point = false; i < text.size() && (IsDigit(text[i]) || (text[i] == '.' && !point)); ++i) {
    if (text[i] == '.') point = true;
    else ++digits;
  }
  if (digits == 0) return shape;
  shape.mantissa = text.substr(begin, i - begin);
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    const std::size_t exponent = ++i;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
    const std::size_t first_digit = i;
    while (i < text.size() && IsDigit(text[i])) ++i;
    if (i == first_digit) return shape;
    shape.has_exponent = true;
    shape.exponent = text.substr(exponent, i - exponent);
  }
  shape.ok = i == text.size();
  return shape;
}

// from_chars says "out of range" for too large and too small alike: the sign of the decimal magnitude tells which.
bool TooSmall(const Shape& shape) {
  int exponent = 0;
  for (const char c : shape.exponent) {
    if (IsDigit(c) && exponent < 100'000) exponent = exponent * 10 + (c - '0');
  }
  if (!shape.exponent.empty() && shape.exponent.front() == '-') exponent = -exponent;
  std::size_t point = shape.mantissa.find('.');
  if (point == std::string_view::npos) point = shape.mantissa.size();
  const std::size_t first = shape.mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return true;
  const int magnitude = static_cast<int>(point) - static_cast<int>(first);
  return magnitude + exponent < 0;
}

const char* FaultOf(std::string_view text) {
  std::string_view body = text;
  if (!body.empty() && (body.front() == '-' || body.front() == '+')) body.remove_prefix(1);
  const auto is = [&](std::string_view word) {
    if (body.size() != word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if ((body[i] | 0x20) != word[i]) return false;
    }
    return true;
  };
  if (is("nan") || is("inf") || is("infinity") || (body.size() > 4 && (body[0] | 0x20) == 'n' && (body[1] | 0x20) == 'a' && body[3] == '('))
    return "NOT_FINITE";
  const std::size_t comma = body.find(',');
  if (comma != std::string_view::npos && comma > 0 && comma + 1 < body.size() && body.find_first_not_of("0123456789.,") == std::string_view::npos) {
    return "DECIMAL_COMMA";
  }
  return "NOT_A_NUMBER";
}

}  // namespace

NumberText ReadNumber(std::string_view text) {
  if (text.empty()) return {0, "EMPTY"};
  if (text.size() > kMaxNumberBytes) return {0, "NOT_A_NUMBER"};
  const Shape shape = ShapeOf(text);
  if (!shape.ok) return {0, FaultOf(text)};
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return TooSmall(shape) ? NumberText{0, nullptr} : NumberText{0, "NOT_FINITE"};
  if (error != std::errc() || end != text.data() + text.size()) return {0, "NOT_A_NUMBER"};
  if (!std::isfinite(value)) return {0, "NOT_FINITE"};
  return {value + 0.0, nullptr};  // -0 + 0 is 0
}

std::optional<std::int64_t> ReadCount(std::string_view text) {
  if (text.empty() || text.size() > 13) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (!IsDigit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace geo
