#include "geo/sources/csv_reader.h"

#include <fmt/format.h>

#include <cstring>
#include <utility>

#include "geo/sources/text_check.h"

namespace geo {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::size_t Find(std::string_view text, std::size_t from, std::size_t to, char wanted) {
  const void* found = std::memchr(text.data() + from, wanted, to - from);
  return found == nullptr ? kNone : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

}  // namespace

Result<CsvReader> CsvReader::Open(std::string_view text) {
  const Result<std::size_t> mark = CheckText(text);
  if (!mark) return Fail(mark.error());
  return CsvReader(text, *mark);
}

bool CsvReader::fail(const char* reason, std::string message) {
  fault_ = Error{ErrorCode::kInvalidArgument, "", reason, std::move(message)};
  at_ = text_.size();
  return false;
}

bool CsvReader::next(CsvRecord& record) {
  if (at_ >= text_.size()) return false;
  record.line = line_;
  record.fields.clear();
  record.bad_quote = false;
  record_begin_ = at_;
  const std::size_t line_feed = Find(text_, at_, text_.size(), '\n');  // there is one: the text ends with it
  if (Find(text_, at_, line_feed, '"') == kNone) return plain_record(line_feed, record);
  return quoted_record(record);
}

bool CsvReader::close_record(std::size_t line_feed, CsvRecord& record) {
  const LineEnd found = line_feed > record_begin_ && text_[line_feed - 1] == '\r' ? LineEnd::kCrLf : LineEnd::kLf;
  if (line_end_ == LineEnd::kUnknown) line_end_ = found;
  if (line_end_ != found) {
    return fail("MIXED_LINE_ENDS", fmt::format("line {} ends with {} and those before it with {}; save the file with one kind of line end", line_,
                                               found == LineEnd::kCrLf ? "CR LF" : "LF", found == LineEnd::kCrLf ? "LF" : "CR LF"));
  }
  if (line_feed - record_begin_ > kMaxRecordBytes) {
    return fail("ROW_TOO_LONG", fmt::format("the row at line {} has over {} bytes", record.line, kMaxRecordBytes));
  }
  for (const std::string_view field : record.fields) {
    if (field.size() > kMaxFieldBytes)
      return fail("FIELD_TOO_LONG", fmt::format("a field of the row at line {} has over {} bytes", record.line, kMaxFieldBytes));
  }
  ++line_;
  at_ = line_feed + 1;
  return true;
}

bool CsvReader::plain_record(std::size_t line_feed, CsvRecord& record) {
  const std::size_t end = line_feed > at_ && text_[line_feed - 1] == '\r' ? line_feed - 1 : line_feed;
  // Refuse before splitting: a line of commas alone would cost sixteen bytes of memory a byte.
  if (end - at_ > kMaxRecordBytes) return close_record(line_feed, record);
  std::size_t begin = at_;
  for (;;) {
    const std::size_t comma = Find(text_, begin, end, ',');
    if (comma == kNone) break;
    record.fields.push_back(text_.substr(begin, comma - begin));
    begin = comma + 1;
  }
  record.fields.push_back(text_.substr(begin, end - begin));
  return close_record(line_feed, record);
}

bool CsvReader::quoted_field(std::string_view& field) {
  const std::uint32_t opened_on = line_;
  const std::size_t opened_at = at_;
  const std::size_t start = unescaped_.size();
  std::size_t run = ++at_;  // bytes from here are not yet copied
  for (;;) {
    const std::size_t quote = Find(text_, at_, text_.size(), '"');
    if (quote == kNone) {
      return fail("UNCLOSED_QUOTE", fmt::format("a quote opened on line {} (byte {}) is never closed", opened_on, opened_at));
    }
    // Before any copying: what lies between two quotes may be the rest of the file.
    const bool too_long = quote - opened_at > kMaxRecordBytes;
    for (std::size_t feed = too_long ? kNone : Find(text_, at_, quote, '\n'); feed != kNone; feed = Find(text_, feed + 1, quote, '\n')) {
      ++line_;
      if (text_[feed - 1] == '\r') {
        unescaped_.append(text_, run, feed - 1 - run);
        run = feed;
      }
    }
    if (too_long || unescaped_.size() - start + (quote - run) > kMaxFieldBytes) {
      return fail("FIELD_TOO_LONG", fmt::format("the field whose quote opened on line {} (byte {}) has over {} bytes; is its closing quote missing?", opened_on,
                                                opened_at, kMaxFieldBytes));
    }
    unescaped_.append(text_, run, quote - run);
    at_ = run = quote + 1;
    if (text_[at_] != '"') break;  // a line feed follows the last quote at the latest
    unescaped_ += '"';
    run = ++at_;
  }
  field = std::string_view(unescaped_).substr(start);
  return true;
}

bool CsvReader::quoted_record(CsvRecord& record) {
  unescaped_.clear();
  unescaped_.reserve(2 * kMaxRecordBytes + kMaxFieldBytes);
  for (;;) {
    if (at_ - record_begin_ > kMaxRecordBytes) return fail("ROW_TOO_LONG", fmt::format("the row at line {} has over {} bytes", record.line, kMaxRecordBytes));
    const std::size_t begin = at_;
    std::string_view field;
    const bool quoted = text_[at_] == '"';
    if (quoted && !quoted_field(field)) return false;
    const std::size_t after = at_;
    while (text_[at_] != ',' && text_[at_] != '\n') record.bad_quote |= text_[at_++] == '"';
    const bool last = text_[at_] == '\n';
    const std::size_t end = last && at_ > after && text_[at_ - 1] == '\r' ? at_ - 1 : at_;
    if (quoted && end > after) record.bad_quote = true;
    record.fields.push_back(quoted && end == after ? field : text_.substr(begin, end - begin));
    if (last) return close_record(at_, record);
    ++at_;
  }
}

}  // namespace geo
