#include "geo/sources/time_text.h"

#include <fmt/format.h>

#include <cstddef>

namespace geo {
namespace {

constexpr std::size_t kMaxFormatBytes = 64;

struct Field {
  char conversion;
  int TimeFields::*member;
  int low;
  int high;
};
constexpr Field kFields[] = {
    {'Y', &TimeFields::year, 0, 9999}, {'m', &TimeFields::month, 1, 12},  {'d', &TimeFields::day, 1, 31},
    {'H', &TimeFields::hour, 0, 23},   {'M', &TimeFields::minute, 0, 59}, {'S', &TimeFields::second, 0, 59},
};

const Field* FieldOf(char conversion) {
  for (const Field& field : kFields) {
    if (field.conversion == conversion) return &field;
  }
  return nullptr;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

Error BadFormat(std::string_view field, std::string_view format, std::string_view why) {
  return {ErrorCode::kInvalidArgument, std::string(field), "BAD_TIME_FORMAT",
          fmt::format("time format \"{}\": {}; known are %Y %m %d %H %M %S %-m %-d %-H %%", format.substr(0, kMaxFormatBytes), why)};
}

}  // namespace

Result<TimeFormat> TimeFormat::Compile(std::string_view format, std::string_view field) {
  if (format.empty() || format.size() > kMaxFormatBytes) return Fail(BadFormat(field, format, "it must have 1 to 64 bytes"));
  TimeFormat out;
  std::string seen;
  const auto literal = [&](char c) {
    if (out.pieces_.empty() || out.pieces_.back().conversion != 0) out.pieces_.push_back({});
    out.pieces_.back().literal += c;
  };
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      literal(format[i]);
      continue;
    }
    Piece piece;
    if (++i < format.size() && format[i] == '-') {
      piece.short_form = true;
      ++i;
    }
    if (i >= format.size()) return Fail(BadFormat(field, format, "it ends inside a conversion"));
    if (format[i] == '%' && !piece.short_form) {
      literal('%');
      continue;
    }
    piece.conversion = format[i];
    const bool short_allowed = piece.conversion == 'm' || piece.conversion == 'd' || piece.conversion == 'H';
    if (FieldOf(piece.conversion) == nullptr || (piece.short_form && !short_allowed)) return Fail(BadFormat(field, format, "unknown conversion"));
    if (seen.find(piece.conversion) != std::string::npos) return Fail(BadFormat(field, format, "a conversion appears twice"));
    seen += piece.conversion;
    out.pieces_.push_back(std::move(piece));
  }
  const auto has = [&](char c) { return seen.find(c) != std::string::npos; };
  const int date_parts = int{has('Y')} + int{has('m')} + int{has('d')};
  out.has_date_ = date_parts == 3;
  out.has_clock_ = has('H') && has('M');
  if (date_parts != 0 && date_parts != 3) return Fail(BadFormat(field, format, "a date needs %Y, %m and %d"));
  if (has('H') != has('M') || (has('S') && !has('M'))) return Fail(BadFormat(field, format, "a time needs %H and %M"));
  if (seen.empty()) return Fail(BadFormat(field, format, "it has no conversion"));
  return out;
}

bool TimeFormat::read(std::string_view text, TimeFields& out) const {
  std::size_t at = 0;
  for (const Piece& piece : pieces_) {
    if (piece.conversion == 0) {
      if (text.substr(at, piece.literal.size()) != piece.literal) return false;
      at += piece.literal.size();
      continue;
    }
    const Field& field = *FieldOf(piece.conversion);
    const std::size_t most = piece.conversion == 'Y' ? 4 : 2;
    std::size_t digits = 0;
    int value = 0;
    while (digits < most && at < text.size() && IsDigit(text[at])) {
      value = value * 10 + (text[at++] - '0');
      ++digits;
    }
    if (digits == 0 || (!piece.short_form && digits != most)) return false;
    if (value < field.low || value > field.high) return false;
    out.*field.member = value;
  }
  return at == text.size();
}

std::optional<LocalDay> DayIfReal(const TimeFields& fields) {
  const date::year_month_day civil{date::year{fields.year}, date::month{static_cast<unsigned>(fields.month)}, date::day{static_cast<unsigned>(fields.day)}};
  if (!civil.ok()) return std::nullopt;
  return DayOf(fields.year, fields.month, fields.day);
}

std::optional<Month> ReadMonth(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int digits[6];
  int n = 0;
  for (const std::size_t i : {0, 1, 2, 3, 5, 6}) {
    if (!IsDigit(text[i])) return std::nullopt;
    digits[n++] = text[i] - '0';
  }
  const int month = digits[4] * 10 + digits[5];
  if (month < 1 || month > 12) return std::nullopt;
  return Month::Of(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3], month);
}

}  // namespace geo
