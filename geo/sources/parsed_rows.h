// Every row of one incident file, kept or rejected. rows_in = kept + rejected, always.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "geo/incidents/incident_columns.h"
#include "geo/sources/manifest.h"

namespace geo {

struct RejectedRow {
  std::uint32_t line = 0;  // first line of the record
  std::string reason;      // stable: "NOT_A_NUMBER", "UNKNOWN_CATEGORY", "FUTURE_DATE", "WRONG_COLUMN_COUNT", ...
  std::string message;     // column, what was found (at most 40 bytes, control characters escaped), what is expected
};

// A 128-bit digest of a reference, and of all the kept fields of its row; zero for a blank reference.
struct RowDigest {
  std::uint64_t high = 0, low = 0;
  friend auto operator<=>(const RowDigest&, const RowDigest&) = default;
};

// Distinct location names. intern("") is 0.
class PlaceTable {
 public:
  PlaceTable();
  PlaceIndex intern(std::string_view name);
  const std::vector<std::string>& names() const { return names_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::vector<std::string> names_;
  std::unordered_map<std::string, PlaceIndex, Hash, std::equal_to<>> index_;
};

struct ParsedRows {
  // Kept rows, in file order.
  std::vector<double> x, y;  // in the source's CRS; both NaN where the row has no coordinates
  std::vector<LocalMinute> from_minute, to_minute;
  std::vector<CategoryIndex> category;  // into `categories` given to ParseRows
  std::vector<FlagBits> flags;          // bit i: flag i of FlagPlan
  std::vector<std::uint32_t> line;
  std::vector<PlaceIndex> place;
  std::vector<RowDigest> reference;  // zero where blank
  std::vector<RowDigest> content;    // of the row's mapped fields
  std::vector<RejectedRow> rejected;
  std::int64_t rows_in = 0;
};

// Parses the whole text of one file (already unzipped, at most 4 GiB).
// Errors, for faults of the file as a whole, with kind and line in the message: kInvalidArgument NOT_UTF8 (byte offset), CUT_FILE (no final line end),
// UNCLOSED_QUOTE, LONE_CR, MIXED_LINE_ENDS, WRONG_HEADER (what differs), NUL_BYTE, FIELD_TOO_LONG (8 KiB), ROW_TOO_LONG (64 KiB), TOO_MANY_ROWS (50 M),
// FILE_TOO_LONG (4 GiB); and for a source that contradicts itself: BAD_TIME_FORMAT, BAD_TIME_ZONE, BAD_COLUMNS.
// Faults of one row reject the row. Cost: one pass, no allocation per row in the police.uk form.
Result<ParsedRows> ParseRows(std::string_view text, const SourceSpec& source, const CategoryDictionary& dictionary, const std::vector<Category>& categories,
                             LocalDay today, PlaceTable& places);

// kInvalidArgument ROW_COUNT when the manifest states a number of rows and the file held another.
Result<void> CheckRowCount(const ParsedRows& rows, const FileSpec& file);

}  // namespace geo
