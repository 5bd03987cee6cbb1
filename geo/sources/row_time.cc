#include "geo/sources/row_time.h"

#include <algorithm>
#include <utility>

namespace geo {
namespace {

constexpr const char* kMonthForm = "a month as YYYY-MM, not in the future";
constexpr const char* kDateForm = "a real date in the source's date_format, not after tomorrow";
constexpr const char* kTimeForm = "a real time in the source's time_format, not after tomorrow";

RowTime Fault(const char* fault, int column, const char* expected) { return {0, 0, fault, column, expected}; }

std::string_view FieldAt(const CsvRecord& record, int column) { return record.fields[static_cast<std::size_t>(column)]; }

}  // namespace

Result<RowTimeReader> RowTimeReader::Open(const SourceSpec& source, const TimeColumns& columns, LocalDay today, LocalDay first_day) {
  auto clock = LocalClock::Open(source.time_zone, source.local_zone);
  if (!clock) return Fail(clock.error());
  RowTimeReader out(columns, today, first_day, std::move(*clock));
  const auto compile = [](std::string_view format, const char* field, bool date, bool time) -> Result<TimeFormat> {
    auto compiled = TimeFormat::Compile(format, field);
    if (!compiled) return compiled;
    if (compiled->has_date() == date && compiled->has_clock() == time) return compiled;
    return Fail({ErrorCode::kInvalidArgument, field, "BAD_TIME_FORMAT",
                 std::string("time format \"") + std::string(format.substr(0, 64)) + "\" must have " +
                     (date && time ? "a date and a time"
                      : date       ? "a date and no time"
                                   : "a time and no date")});
  };
  if (columns.date != kNoColumn) {
    auto compiled = compile(source.date_format, "date_format", true, false);
    if (!compiled) return Fail(compiled.error());
    out.date_format_ = std::move(*compiled);
  }
  if (columns.time != kNoColumn || columns.from != kNoColumn) {
    const bool window = columns.from != kNoColumn;
    const std::string_view given = source.time_format;
    auto compiled = compile(!given.empty() ? given : window ? "%Y-%m-%dT%H:%M" : "%H:%M", "time_format", window, true);
    if (!compiled) return Fail(compiled.error());
    out.time_format_ = std::move(*compiled);
  }
  return out;
}

RowTime RowTimeReader::read(const CsvRecord& record) {
  if (columns_.month != kNoColumn) {
    const std::string_view text = FieldAt(record, columns_.month);
    if (text != last_month_ || last_month_time_.to == last_month_time_.from) {
      last_month_time_ = read_month(text);
      last_month_ = text;
    }
    return last_month_time_;
  }
  return columns_.date != kNoColumn ? read_date(record) : read_window(record);
}

RowTime RowTimeReader::read_month(std::string_view text) const {
  if (text.empty()) return Fault("BLANK_DATE", columns_.month, kMonthForm);
  const std::optional<Month> month = ReadMonth(text);
  if (!month) return Fault("BAD_DATE", columns_.month, kMonthForm);
  if (month->year() > kLastYear) return Fault("FUTURE_DATE", columns_.month, kMonthForm);
  if (month->year() < kFirstYear || month->first_day() < first_day_) return Fault("DATE_OUT_OF_RANGE", columns_.month, kMonthForm);
  if (month->first_day() > today_) return Fault("FUTURE_DATE", columns_.month, kMonthForm);
  return {month->first_day() * kMinutesPerDay, month->next().first_day() * kMinutesPerDay, nullptr, kNoColumn, ""};
}

const char* RowTimeReader::day_fault(const TimeFields& fields, LocalDay& day) const {
  const std::optional<LocalDay> real = DayIfReal(fields);
  if (!real) return "BAD_DATE";
  day = *real;
  if (fields.year > kLastYear || day > today_ + 1) return "FUTURE_DATE";
  if (fields.year < kFirstYear || day < first_day_) return "DATE_OUT_OF_RANGE";
  return nullptr;
}

const char* RowTimeReader::minute_of(const TimeFields& fields, LocalMinute& out) {
  LocalDay day = 0;
  if (const char* fault = day_fault(fields, day)) return fault;
  const auto told = clock_.told(day * kMinutesPerDay + fields.hour * 60 + fields.minute);
  if (!told) return "NONEXISTENT_LOCAL_TIME";
  out = *told;
  return DayOfMinute(out) > today_ + 1 ? "FUTURE_DATE" : nullptr;
}

RowTime RowTimeReader::read_date(const CsvRecord& record) {
  TimeFields fields;
  const std::string_view date = FieldAt(record, columns_.date);
  if (date.empty()) return Fault("BLANK_DATE", columns_.date, kDateForm);
  if (!date_format_->read(date, fields)) return Fault("BAD_DATE", columns_.date, kDateForm);
  LocalDay day = 0;
  if (const char* fault = day_fault(fields, day)) return Fault(fault, columns_.date, kDateForm);
  const std::string_view time = columns_.time == kNoColumn ? std::string_view() : FieldAt(record, columns_.time);
  if (time.empty()) return {day * kMinutesPerDay, (day + 1) * kMinutesPerDay, nullptr, kNoColumn, ""};
  if (!time_format_->read(time, fields)) return Fault("BAD_TIME", columns_.time, kTimeForm);
  RowTime out;
  if (const char* fault = minute_of(fields, out.from)) return Fault(fault, columns_.time, kTimeForm);
  out.to = out.from + 1;
  return out;
}

RowTime RowTimeReader::read_window(const CsvRecord& record) {
  const auto read_end = [&](int column, LocalMinute& out, LocalMinute& written) -> const char* {
    TimeFields fields;
    if (!time_format_->read(FieldAt(record, column), fields)) return "BAD_TIME";
    if (const char* fault = minute_of(fields, out)) return fault;
    written = *DayIfReal(fields) * kMinutesPerDay + fields.hour * 60 + fields.minute;
    return nullptr;
  };
  RowTime out;
  LocalMinute written_from = 0;
  if (FieldAt(record, columns_.from).empty()) return Fault("BLANK_DATE", columns_.from, kTimeForm);
  if (const char* fault = read_end(columns_.from, out.from, written_from)) return Fault(fault, columns_.from, kTimeForm);
  out.to = out.from + 1;
  if (columns_.to == kNoColumn || FieldAt(record, columns_.to).empty()) return out;
  LocalMinute to = 0;
  LocalMinute written_to = 0;
  if (const char* fault = read_end(columns_.to, to, written_to)) return Fault(fault, columns_.to, kTimeForm);
  if (written_to < written_from) return Fault("FROM_AFTER_TO", columns_.to, "a time not before the row's from");
  // Told on another clock, an hour may run twice: the window keeps at least its first minute.
  out.to = std::max(to, out.to);
  return out;
}

}  // namespace geo
