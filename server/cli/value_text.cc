#include "server/cli/value_text.h"

#include <fmt/format.h>

#include <cmath>

#include "wardwatch/v1/common.pb.h"

namespace server {
namespace {

// Commas at every third digit before the point.
std::string Grouped(std::string digits) {
  const std::size_t point = digits.find('.');
  std::size_t position = point == std::string::npos ? digits.size() : point;
  const std::size_t first = !digits.empty() && digits[0] == '-' ? 1 : 0;
  while (position > first + 3) {
    position -= 3;
    digits.insert(position, 1, ',');
  }
  return digits;
}

}  // namespace

std::string WholeText(std::int64_t value) { return Grouped(fmt::format("{}", value)); }

std::string DecimalText(double value, int places) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  std::string text = fmt::format("{:.{}f}", value, places);
  // "-0.00" would read as a fall.
  if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
  return Grouped(text);
}

std::string WeightText(double weight) { return DecimalText(weight, weight == std::floor(weight) ? 0 : 1); }

std::string CountText(const wardwatch::v1::Count& count) {
  using wardwatch::v1::Count;
  switch (count.value_case()) {
    case Count::kExact:
      return WholeText(count.exact());
    case Count::kRounded:
      return "~" + WholeText(count.rounded());
    case Count::kSuppressed:
      return "hidden";
    case Count::VALUE_NOT_SET:
      break;
  }
  return "?";
}

std::string SignedCountText(const wardwatch::v1::Count& count) {
  const std::string text = CountText(count);
  return NumberOf(count) > 0 ? "+" + text : text;
}

std::string PercentText(double share) { return DecimalText(100 * share, 1) + " %"; }

std::string ProbabilityText(double value) { return value < 0.001 ? "<0.001" : DecimalText(value, 3); }

bool IsHidden(const wardwatch::v1::Count& count) { return count.has_suppressed(); }

std::int64_t NumberOf(const wardwatch::v1::Count& count) { return count.has_exact() ? count.exact() : count.has_rounded() ? count.rounded() : 0; }

}  // namespace server
