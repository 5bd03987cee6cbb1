#include "server/cli/published_counts_csv.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include "geo/sources/csv_reader.h"
#include "server/cli/question_parts.h"

namespace server {
namespace {

geo::Error At(const std::string& name, std::uint32_t line, std::size_t column, const std::string& message) {
  return BadFlag("FILE",
                 column == 0 ? fmt::format("{} line {}: {}", name, line, message) : fmt::format("{} line {}, column {}: {}", name, line, column, message));
}

struct Columns {
  std::size_t code = 0;
  std::size_t count = 0;
  std::size_t fields = 0;
};

geo::Result<std::size_t> ColumnOf(const geo::CsvRecord& header, std::string_view wanted, const std::string& name) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    if (header.fields[i] != wanted) continue;
    if (found) return geo::Fail(At(name, header.line, i + 1, fmt::format("the header names {} twice", wanted)));
    found = i;
  }
  if (!found) return geo::Fail(At(name, header.line, 0, fmt::format("the header names no column \"{}\": the first line must be code,count", wanted)));
  return *found;
}

geo::Result<Columns> ReadHeader(const geo::CsvRecord& header, const std::string& name) {
  const auto code = ColumnOf(header, "code", name);
  if (!code) return geo::Fail(code.error());
  const auto count = ColumnOf(header, "count", name);
  if (!count) return geo::Fail(count.error());
  return Columns{*code, *count, header.fields.size()};
}

geo::Result<PublishedLine> ReadLine(const geo::CsvRecord& record, const Columns& columns, const std::string& name) {
  if (record.bad_quote) return geo::Fail(At(name, record.line, 0, "a quote inside a field must be doubled, and the field quoted"));
  if (record.fields.size() != columns.fields) {
    return geo::Fail(At(name, record.line, 0, fmt::format("{} fields where the header has {}", record.fields.size(), columns.fields)));
  }
  PublishedLine line{std::string(record.fields[columns.code]), 0};
  if (line.code.empty()) return geo::Fail(At(name, record.line, columns.code + 1, "the code is empty"));
  const std::string_view text = record.fields[columns.count];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), line.count);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() || !std::isfinite(line.count) || line.count < 0) {
    return geo::Fail(At(name, record.line, columns.count + 1,
                        fmt::format("\"{}\" is no count: a number from 0 without thousands separators; leave the line out where nothing was published", text)));
  }
  return line;
}

}  // namespace

geo::Result<std::vector<PublishedLine>> ParsePublishedCounts(std::string_view text, const std::string& name) {
  // The last line of a table may lack its end (RFC 4180); the reader, made for downloads that may be cut, insists on one.
  std::string ended(text);
  if (!ended.empty() && ended.back() != '\n') ended += ended.find("\r\n") == std::string::npos ? "\n" : "\r\n";
  auto reader = geo::CsvReader::Open(ended);
  if (!reader) return geo::Fail(BadFlag("FILE", fmt::format("{}: {}", name, reader.error().message)));
  geo::CsvRecord record;
  std::optional<Columns> columns;
  std::vector<PublishedLine> lines;
  std::map<std::string, std::uint32_t, std::less<>> line_of_code;
  while (reader->next(record)) {
    if (record.fields.size() == 1 && record.fields[0].empty()) continue;
    if (!columns) {
      const auto header = ReadHeader(record, name);
      if (!header) return geo::Fail(header.error());
      columns = *header;
      continue;
    }
    auto line = ReadLine(record, *columns, name);
    if (!line) return geo::Fail(line.error());
    const auto [before, fresh] = line_of_code.emplace(line->code, record.line);
    if (!fresh) return geo::Fail(At(name, record.line, columns->code + 1, fmt::format("{} stands in line {} already", line->code, before->second)));
    lines.push_back(std::move(*line));
  }
  if (reader->fault()) return geo::Fail(BadFlag("FILE", fmt::format("{}: {}", name, reader->fault()->message)));
  if (lines.empty()) return geo::Fail(BadFlag("FILE", fmt::format("{}: no line of counts under a header code,count", name)));
  return lines;
}

}  // namespace server
