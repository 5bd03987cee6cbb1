// When a row says that it happened, as a window of local minutes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/sources/csv_reader.h"
#include "geo/sources/local_clock.h"
#include "geo/sources/manifest.h"
#include "geo/sources/time_text.h"

namespace geo {

inline constexpr int kNoColumn = -1;

// Positions of the time columns in a record; kNoColumn where there is none.
struct TimeColumns {
  int month = kNoColumn;
  int date = kNoColumn;
  int time = kNoColumn;
  int from = kNoColumn;
  int to = kNoColumn;
};

struct RowTime {
  LocalMinute from = 0;
  LocalMinute to = 0;           // excluded, > from
  const char* fault = nullptr;  // "BLANK_DATE", "BAD_DATE", "BAD_TIME", "DATE_OUT_OF_RANGE", "FUTURE_DATE", "NONEXISTENT_LOCAL_TIME", "FROM_AFTER_TO"
  int column = kNoColumn;       // at fault
  const char* expected = "";
};

// A month is the whole month; a date without a time column, or with a blank time, is the whole day; a date and time, or `from` with a blank or equal `to`, is
// one minute; otherwise [from, to). Months and days are calendar labels and are never moved between zones; clock times are.
// FUTURE_DATE: a month that begins after today, or any other window that reaches past tomorrow. DATE_OUT_OF_RANGE: before `first_day`.
class RowTimeReader {
 public:
  // Errors: BAD_TIME_FORMAT, BAD_TIME_ZONE.
  static Result<RowTimeReader> Open(const SourceSpec& source, const TimeColumns& columns, LocalDay today, LocalDay first_day);
  // `record` must have all the columns.
  RowTime read(const CsvRecord& record);

 private:
  RowTimeReader(const TimeColumns& columns, LocalDay today, LocalDay first_day, LocalClock clock)
      : columns_(columns), today_(today), first_day_(first_day), clock_(std::move(clock)) {}
  RowTime read_month(std::string_view text) const;
  RowTime read_date(const CsvRecord& record);
  RowTime read_window(const CsvRecord& record);
  const char* day_fault(const TimeFields& fields, LocalDay& day) const;
  // The local minute of complete fields; nullptr, or the fault.
  const char* minute_of(const TimeFields& fields, LocalMinute& out);

  TimeColumns columns_;
  LocalDay today_;
  LocalDay first_day_;
  LocalClock clock_;
  std::optional<TimeFormat> date_format_;
  std::optional<TimeFormat> time_format_;
  std::string last_month_;  // of the row before: nearly always the same again
  RowTime last_month_time_;
};

}  // namespace geo
