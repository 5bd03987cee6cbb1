// Records of a CSV text (RFC 4180), strictly. Every record is delivered, whole or marked at fault; what would shift the records after it stops the reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geo/types/result.h"

namespace geo {

inline constexpr std::size_t kMaxFieldBytes = 8 * 1024;
inline constexpr std::size_t kMaxRecordBytes = 64 * 1024;
inline constexpr std::uint64_t kMaxTextBytes = std::uint64_t{4} * 1024 * 1024 * 1024;

struct CsvRecord {
  std::uint32_t line = 0;                // on which it begins; 1 is the first of the file
  std::vector<std::string_view> fields;  // quotes removed, "" is ", CRLF inside quotes is LF; valid until the next read
  bool bad_quote = false;                // a quote inside an unquoted field, or text after a closing quote: the quotes stay in `fields` as they stand
};

class CsvReader {
 public:
  // Judges the text as a whole. Accepts a UTF-8 byte order mark. `text` must outlive the reader.
  // Errors, all kInvalidArgument, with line and byte offset in the message: FILE_TOO_LONG, NUL_BYTE, NOT_UTF8 (also UTF-16, Latin-1, overlong forms and
  // surrogates), LONE_CR, CUT_FILE (empty, or no line end after the last record).
  static Result<CsvReader> Open(std::string_view text);

  // Fills `record` and returns true; false at the end and at a fault of the file, which fault() then tells: UNCLOSED_QUOTE (with the line where it opened),
  // MIXED_LINE_ENDS (outside quotes), FIELD_TOO_LONG, ROW_TOO_LONG. A blank line is a record of one empty field.
  bool next(CsvRecord& record);
  const std::optional<Error>& fault() const { return fault_; }

 private:
  enum class LineEnd : unsigned char { kUnknown, kLf, kCrLf };

  explicit CsvReader(std::string_view text, std::size_t mark) : text_(text), at_(mark) {}
  bool plain_record(std::size_t end_of_line, CsvRecord& record);
  bool quoted_record(CsvRecord& record);
  // Reads the quoted field whose opening quote is at at_; leaves at_ after the closing one. Returns false at a fault.
  bool quoted_field(std::string_view& field);
  bool close_record(std::size_t line_feed, CsvRecord& record);
  bool fail(const char* reason, std::string message);

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t record_begin_ = 0;
  LineEnd line_end_ = LineEnd::kUnknown;
  std::string unescaped_;  // of one record; never grows past its reserve, so that views into it stay good
  std::optional<Error> fault_;
};

}  // namespace geo
