#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <utility>

#include "geo/sources/category_lookup.h"
#include "geo/sources/column_plan.h"
#include "geo/sources/csv_reader.h"
#include "geo/sources/number_text.h"
#include "geo/sources/parsed_rows.h"
#include "geo/sources/row_digest.h"
#include "geo/sources/row_time.h"
#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr std::int64_t kMaxRows = 50'000'000;
// A file with more bad rows than this is not worth listing: it is another kind of file.
constexpr std::size_t kMaxRejectedRows = 1'000'000;
constexpr double kNoPosition = std::numeric_limits<double>::quiet_NaN();

struct Position {
  double x = kNoPosition;
  double y = kNoPosition;
  const char* fault = nullptr;
  int column = kNoColumn;
  const char* expected = "";
};

struct Flags {
  FlagBits bits = 0;
  bool drop_position = false;
  int bad_column = kNoColumn;
};

class FileParser {
 public:
  FileParser(const SourceSpec& source, ColumnPlan plan, RowTimeReader time, const CategoryLookup& categories, PlaceTable& places, ParsedRows& out)
      : source_(source), plan_(std::move(plan)), time_(std::move(time)), categories_(categories), places_(places), out_(out) {}

  // Keeps or rejects one record: exactly one of the two.
  void take(const CsvRecord& record) {
    ++out_.rows_in;
    if (record.bad_quote)
      return reject(record, "BAD_QUOTE", "a quote inside an unquoted field, or text after a closing quote; write a quote inside a quoted field as two");
    if (record.fields.size() != plan_.names.size()) {
      return reject(record, "WRONG_COLUMN_COUNT", fmt::format("{} columns; the header has {}", record.fields.size(), plan_.names.size()));
    }
    const RowTime time = time_.read(record);
    if (time.fault != nullptr) return reject(record, time.fault, describe(record, time.column, time.expected));
    const auto found = categories_.find(field(record, plan_.category), DayOfMinute(time.from));
    if (found.fault != CategoryLookup::Fault::kNone) {
      const bool dated = found.fault == CategoryLookup::Fault::kNotOnThatDay;
      return reject(record, "UNKNOWN_CATEGORY",
                    describe(record, plan_.category, dated ? "a word that the dictionary holds on that day" : "a word of the dictionary, byte for byte"));
    }
    const Position position = read_position(record);
    if (position.fault != nullptr) return reject(record, position.fault, describe(record, position.column, position.expected));
    const Flags flags = read_flags(record);
    if (flags.bad_column != kNoColumn) return reject(record, "BAD_FLAG", describe(record, flags.bad_column, "a word that the manifest lists for yes or no"));
    keep(record, time, found.category, flags, position);
  }

 private:
  std::string_view field(const CsvRecord& record, int column) const {
    return column == kNoColumn ? std::string_view() : record.fields[static_cast<std::size_t>(column)];
  }

  std::string describe(const CsvRecord& record, int column, std::string_view expected) const {
    return fmt::format("{} is \"{}\"; expected {}", Excerpt(plan_.names[static_cast<std::size_t>(column)]), Excerpt(field(record, column)), expected);
  }

  void reject(const CsvRecord& record, const char* reason, std::string message) { out_.rejected.push_back({record.line, reason, std::move(message)}); }

  Position read_position(const CsvRecord& record) const {
    const std::string_view x_text = field(record, plan_.x);
    const std::string_view y_text = field(record, plan_.y);
    Position out;
    if (x_text.empty() && y_text.empty()) return out;
    if (x_text.empty() || y_text.empty()) return {0, 0, "HALF_POSITION", x_text.empty() ? plan_.x : plan_.y, "both coordinates, or neither"};
    const NumberText x = ReadNumber(x_text);
    if (x.fault != nullptr) return {0, 0, x.fault, plan_.x, "a decimal number with a point"};
    const NumberText y = ReadNumber(y_text);
    if (y.fault != nullptr) return {0, 0, y.fault, plan_.y, "a decimal number with a point"};
    return judge(x.value, y.value);
  }

  Position judge(double x, double y) const {
    if (x == 0 && y == 0) {
      // The form of 2012 wrote zeros where it had no place; anywhere else they are a fault of the sender.
      if (source_.format == SourceFormat::kPoliceUk2012) return {};
      return {0, 0, "NULL_ISLAND", plan_.x, "a place other than (0, 0); leave both blank where there is none"};
    }
    const bool degrees = source_.crs == Crs::kWgs84;
    if (std::abs(x) > (degrees ? 180 : kMaxMeters)) {
      return {0, 0, "OUT_OF_RANGE", plan_.x, degrees ? "a longitude, -180 to 180 degrees" : "an easting in metres, within 2,000,000"};
    }
    if (std::abs(y) > (degrees ? 90 : kMaxMeters)) {
      return {0, 0, "OUT_OF_RANGE", plan_.y, degrees ? "a latitude, -90 to 90 degrees" : "a northing in metres, within 2,000,000"};
    }
    Position out;
    out.x = x;
    out.y = y;
    return out;
  }

  Flags read_flags(const CsvRecord& record) const {
    Flags out;
    for (std::size_t i = 0; i < source_.flags.size(); ++i) {
      const FlagColumn& flag = source_.flags[i];
      const std::optional<bool> told = plan_.flags[i] == kNoColumn ? flag.always : flag.read(field(record, plan_.flags[i]));
      if (!told) return {0, false, plan_.flags[i]};
      if (!*told) continue;
      out.bits = static_cast<FlagBits>(out.bits | 1U << flag.bit);
      out.drop_position = out.drop_position || flag.drops_position;
    }
    return out;
  }

  void keep(const CsvRecord& record, const RowTime& time, CategoryIndex category, const Flags& flags, const Position& position) {
    RowDigester content;
    for (const int column : plan_.flags) {
      if (column != kNoColumn) content.add(field(record, column));
    }
    for (const int column :
         {plan_.time.month, plan_.time.date, plan_.time.time, plan_.time.from, plan_.time.to, plan_.x, plan_.y, plan_.place, plan_.category}) {
      if (column != kNoColumn) content.add(field(record, column));
    }
    out_.x.push_back(flags.drop_position ? kNoPosition : position.x);
    out_.y.push_back(flags.drop_position ? kNoPosition : position.y);
    out_.from_minute.push_back(time.from);
    out_.to_minute.push_back(time.to);
    out_.category.push_back(category);
    out_.flags.push_back(flags.bits);
    out_.line.push_back(record.line);
    out_.place.push_back(places_.intern(flags.drop_position ? std::string_view() : field(record, plan_.place)));
    out_.reference.push_back(DigestReference(field(record, plan_.reference)));
    out_.content.push_back(content.digest());
  }

  const SourceSpec& source_;
  ColumnPlan plan_;
  RowTimeReader time_;
  const CategoryLookup& categories_;
  PlaceTable& places_;
  ParsedRows& out_;
};

void Reserve(ParsedRows& rows, std::size_t n) {
  rows.x.reserve(n);
  rows.y.reserve(n);
  rows.from_minute.reserve(n);
  rows.to_minute.reserve(n);
  rows.category.reserve(n);
  rows.flags.reserve(n);
  rows.line.reserve(n);
  rows.place.reserve(n);
  rows.reference.reserve(n);
  rows.content.reserve(n);
}

// police.uk has published since December 2010 and holds nothing earlier.
LocalDay FirstDay(SourceFormat format) { return format == SourceFormat::kCsv ? DayOf(kFirstYear, 1, 1) : DayOf(2010, 12, 1); }

Error TooMany(const char* reason, std::string message) { return {ErrorCode::kInvalidArgument, "", reason, std::move(message)}; }

Result<void> TakeAll(CsvReader& reader, CsvRecord& record, FileParser& parser, const ParsedRows& out) {
  while (reader.next(record)) {
    if (out.rows_in >= kMaxRows) return Fail(TooMany("TOO_MANY_ROWS", fmt::format("over {} rows; split the file", kMaxRows)));
    parser.take(record);
    if (out.rejected.size() > kMaxRejectedRows) {
      const RejectedRow& first = out.rejected.front();
      return Fail(TooMany("TOO_MANY_BAD_ROWS",
                          fmt::format("over {} bad rows; the first is line {}: {}: {}", kMaxRejectedRows, first.line, first.reason, first.message)));
    }
  }
  if (reader.fault()) return Fail(*reader.fault());
  return {};
}

}  // namespace

PlaceTable::PlaceTable() { intern({}); }

PlaceIndex PlaceTable::intern(std::string_view name) {
  const auto known = index_.find(name);
  if (known != index_.end()) return known->second;
  const auto index = static_cast<PlaceIndex>(names_.size());
  names_.emplace_back(name);
  index_.emplace(names_.back(), index);
  return index;
}

Result<ParsedRows> ParseRows(std::string_view text, const SourceSpec& source, const CategoryDictionary& dictionary, const std::vector<Category>& categories,
                             LocalDay today, PlaceTable& places) {
  auto reader = CsvReader::Open(text);
  if (!reader) return Fail(reader.error());
  CsvRecord record;
  if (!reader->next(record)) {
    return Fail(reader->fault() ? *reader->fault() : Error{ErrorCode::kInvalidArgument, "", "CUT_FILE", "the file holds a byte order mark and nothing else"});
  }
  auto plan = PlanColumns(record, source);
  if (!plan) return Fail(plan.error());
  auto time = RowTimeReader::Open(source, plan->time, today, FirstDay(source.format));
  if (!time) return Fail(time.error());
  const auto lookup = CategoryLookup::Build(dictionary, categories, source.unmapped_as_other);
  if (!lookup) return Fail(lookup.error());
  ParsedRows out;
  Reserve(out, text.size() / 160 + 16);
  FileParser parser(source, std::move(*plan), std::move(*time), *lookup, places, out);
  if (auto good = TakeAll(*reader, record, parser, out); !good) return Fail(good.error());
  return out;
}

Result<void> CheckRowCount(const ParsedRows& rows, const FileSpec& file) {
  if (!file.rows || *file.rows == rows.rows_in) return {};
  return Fail({ErrorCode::kInvalidArgument, "files", "ROW_COUNT",
               fmt::format("{} holds {} rows and the manifest says {}; the file is cut, or the manifest is out of date", file.name, rows.rows_in, *file.rows)});
}

}  // namespace geo
