// Any bytes as a number, a month, a date, a time and a time format. Input: a format, a NUL, a text.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "geo/sources/number_text.h"
#include "geo/sources/text_check.h"
#include "geo/sources/time_text.h"

namespace {

void Demand(bool good) {
  if (!good) std::abort();
}

void TryNumber(std::string_view text) {
  const geo::NumberText number = geo::ReadNumber(text);
  if (number.fault != nullptr) return;
  Demand(std::isfinite(number.value));
  // The C library's reader, slow and locale-bound ("C" here), must agree on every text that we take.
  char* end = nullptr;
  const std::string copy(text);
  const double other = std::strtod(copy.c_str(), &end);
  Demand(end == copy.c_str() + copy.size());
  Demand(other == number.value || (std::fabs(other) < 2.3e-308 && std::fabs(number.value) < 2.3e-308));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t split = all.find('\0');
  const std::string_view format = all.substr(0, split);
  const std::string_view text = split == std::string_view::npos ? all : all.substr(split + 1);
  TryNumber(text);
  geo::ReadCount(text);
  Demand(geo::Excerpt(text).size() <= 43);
  if (const auto month = geo::ReadMonth(text)) Demand(geo::FormatMonth(*month) == text);
  const auto compiled = geo::TimeFormat::Compile(format, "format");
  if (!compiled) return 0;
  geo::TimeFields fields;
  if (!compiled->read(text, fields)) return 0;
  Demand(fields.hour < 24 && fields.minute < 60 && fields.second < 60 && fields.month >= 1 && fields.month <= 12);
  if (compiled->has_date()) geo::DayIfReal(fields);
  return 0;
}
