#include "geo/places/place_name.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "geo/geometry/orientation.h"
#include "geo/types/check.h"

namespace geo {
namespace {

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// Of ASCII letters alone; `lower` is in lower case.
bool SameLetters(std::string_view text, std::string_view lower) {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
    if (c != lower[i]) return false;
  }
  return true;
}

// Letters run from west to east and north to south over 5 by 5 squares, without I.
char GridLetter(std::int64_t column, std::int64_t row) {
  const auto place = static_cast<char>((4 - row) * 5 + column);
  return static_cast<char>('A' + place + (place >= 'I' - 'A' ? 1 : 0));
}

std::int64_t FloorMeters(std::int64_t mm) { return mm / 1000 - (mm % 1000 < 0 ? 1 : 0); }

struct Lettered {
  std::array<char, 2> letters;
  std::int64_t east, north;  // within the square of 100 km, `digits` digits
};

// nullopt off the lettered grid.
std::optional<Lettered> Letter(GridPoint at, int digits) {
  WARDWATCH_CHECK(digits >= 1 && digits <= 5, "{} digits", digits);
  constexpr std::int64_t kSquareM = 100'000, kLargeSquares = 5;
  const std::int64_t east_m = FloorMeters(at.easting_mm), north_m = FloorMeters(at.northing_mm);
  if (east_m < 0 || north_m < 0 || east_m >= 7 * kSquareM || north_m >= 13 * kSquareM) return std::nullopt;
  const std::int64_t column = east_m / kSquareM, row = north_m / kSquareM;
  std::int64_t unit_m = kSquareM;
  for (int i = 0; i < digits; ++i) unit_m /= 10;
  // Square S, whose corner is the false origin, is the third of the second row of the 5 by 5 squares of 500 km.
  return Lettered{{GridLetter(2 + column / kLargeSquares, 1 + row / kLargeSquares), GridLetter(column % kLargeSquares, row % kLargeSquares)},
                  east_m % kSquareM / unit_m,
                  north_m % kSquareM / unit_m};
}

}  // namespace

std::optional<NearestName> NameNearest(GridPoint place, std::span<const NamedPoint> named, std::int64_t most_mm) {
  if (place == kUnlocated || most_mm < 0) return std::nullopt;
  Int128 nearest = static_cast<Int128>(most_mm) * most_mm;
  std::optional<std::uint32_t> name;
  for (const NamedPoint& point : named) {
    if (point.at == kUnlocated) continue;
    const Int128 dx = std::int64_t{point.at.easting_mm} - place.easting_mm, dy = std::int64_t{point.at.northing_mm} - place.northing_mm;
    const Int128 squared = dx * dx + dy * dy;
    if (squared > nearest || (squared == nearest && name && *name <= point.name)) continue;
    nearest = squared;
    name = point.name;
  }
  if (!name) return std::nullopt;
  return NearestName{*name, std::sqrt(static_cast<double>(nearest)) / 1000};
}

std::string KnownName(const std::string& source_name) {
  std::string_view name = Trimmed(source_name);
  constexpr std::string_view kOnOrNear = "on or near";
  if (SameLetters(name.substr(0, kOnOrNear.size()), kOnOrNear) && (name.size() == kOnOrNear.size() || Trimmed(name.substr(kOnOrNear.size(), 1)).empty())) {
    name = Trimmed(name.substr(kOnOrNear.size()));
  }
  for (const std::string_view nothing : {"no location", "no name", "unknown", "not known", "n/a", "none"}) {
    if (SameLetters(name, nothing)) return "";
  }
  return std::string(name);
}

std::string GridReference(GridPoint at, int digits) {
  const std::optional<Lettered> lettered = Letter(at, digits);
  if (!lettered) return fmt::format("{},{}", FloorMeters(at.easting_mm), FloorMeters(at.northing_mm));
  return fmt::format("{}{} {:0{}} {:0{}}", lettered->letters[0], lettered->letters[1], lettered->east, digits, lettered->north, digits);
}

std::string PlaceId(GridPoint at, int digits) {
  const std::optional<Lettered> lettered = Letter(at, digits);
  if (!lettered) return fmt::format("e{}n{}", FloorMeters(at.easting_mm), FloorMeters(at.northing_mm));
  const auto lower = [](char c) { return static_cast<char>(c - 'A' + 'a'); };
  return fmt::format("{}{}{:0{}}{:0{}}", lower(lettered->letters[0]), lower(lettered->letters[1]), lettered->east, digits, lettered->north, digits);
}

}  // namespace geo
