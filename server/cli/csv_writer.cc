#include "server/cli/csv_writer.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "wardwatch/v1/common.pb.h"

namespace server {

void CsvWriter::separate() {
  if (!fresh_) out_ += ',';
  fresh_ = false;
}

CsvWriter& CsvWriter::text(std::string_view value) {
  separate();
  std::string safe;
  if (!value.empty() && std::string_view("=+-@\t\r").find(value[0]) != std::string_view::npos) safe.push_back('\'');
  safe += value;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) {
    out_ += safe;
    return *this;
  }
  out_ += '"';
  for (const char c : safe) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
  return *this;
}

CsvWriter& CsvWriter::number(double value) {
  separate();
  if (std::isinf(value)) {
    out_ += value > 0 ? "Infinity" : "-Infinity";
  } else if (!std::isnan(value)) {
    out_ += fmt::format("{}", value);
  }
  return *this;
}

CsvWriter& CsvWriter::whole(std::int64_t value) {
  separate();
  out_ += fmt::format("{}", value);
  return *this;
}

CsvWriter& CsvWriter::count(const wardwatch::v1::Count& value) {
  if (value.has_exact()) return whole(value.exact());
  if (value.has_rounded()) return whole(value.rounded());
  return value.has_suppressed() ? text("suppressed") : empty();
}

CsvWriter& CsvWriter::empty() {
  separate();
  return *this;
}

CsvWriter& CsvWriter::flag(bool value) { return text(value ? "true" : "false"); }

void CsvWriter::end_record() {
  out_ += "\r\n";
  fresh_ = true;
}

void CsvWriter::record(const std::vector<std::string_view>& texts) {
  for (const std::string_view field : texts) text(field);
  end_record();
}

std::string CsvWriter::take() { return std::exchange(out_, {}); }

}  // namespace server
