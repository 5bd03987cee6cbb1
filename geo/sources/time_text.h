// Dates and times in text, by a small strict format; no locale, no guessing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/types/local_time.h"
#include "geo/types/result.h"

namespace geo {

// Calendar fields as written. Absent ones keep these values.
struct TimeFields {
  int year = 1970;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

// A compiled format: %Y (four digits), %m %d %H %M %S (two digits), %-m %-d %-H (one or two digits), %% and literal text. Nothing else: no names of months,
// no 12-hour clock, no zone.
class TimeFormat {
 public:
  // Errors: kInvalidArgument BAD_TIME_FORMAT for an unknown or repeated conversion, a format over 64 bytes, one without a field, or one with a gap (%d without
  // %m, %M without %H).
  static Result<TimeFormat> Compile(std::string_view format, std::string_view field);

  bool has_date() const { return has_date_; }    // %Y, %m and %d
  bool has_clock() const { return has_clock_; }  // %H and %M

  // False unless `text` matches from its first byte to its last and each field is in range (the day against its month is checked by DayIfReal).
  bool read(std::string_view text, TimeFields& out) const;

 private:
  struct Piece {
    char conversion = 0;  // 0: literal
    bool short_form = false;
    std::string literal;
  };
  std::vector<Piece> pieces_;
  bool has_date_ = false;
  bool has_clock_ = false;
};

// The day, or nullopt for 30 February.
std::optional<LocalDay> DayIfReal(const TimeFields& fields);

// Exactly YYYY-MM with a month 01..12, any year; without the cost of an Error.
std::optional<Month> ReadMonth(std::string_view text);

inline constexpr int kFirstYear = 1900;  // rows before are DATE_OUT_OF_RANGE
inline constexpr int kLastYear = 2199;

}  // namespace geo
