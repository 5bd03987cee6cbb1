// Comma-separated values as RFC 4180 has them: CRLF, quotes where needed, a header line first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wardwatch::v1 {
class Count;
}  // namespace wardwatch::v1

namespace server {

// Builds one record at a time. Text that a spreadsheet would run as a formula (it begins with = + - @, tab or carriage return) gets an apostrophe in front;
// numbers are written by `number` and are never changed.
class CsvWriter {
 public:
  CsvWriter& text(std::string_view value);
  CsvWriter& number(double value);  // shortest form that reads back equal; infinity is "Infinity"
  CsvWriter& whole(std::int64_t value);
  CsvWriter& count(const wardwatch::v1::Count& value);  // the number, or "suppressed", which is neither zero nor missing
  CsvWriter& empty();                                   // not known
  CsvWriter& flag(bool value);                          // "true", "false"
  void end_record();
  void record(const std::vector<std::string_view>& texts);

  // What was built since the last call.
  std::string take();

 private:
  void separate();
  std::string out_;
  bool fresh_ = true;
};

}  // namespace server
