#include "server/cli/sparkline.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace server {

std::string Sparkline(const std::vector<std::optional<double>>& values, const Terminal& terminal) {
  constexpr std::array<const char*, 8> kBlocks{"\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
  constexpr std::array<const char*, 8> kAscii{"_", ".", "-", ":", "=", "+", "*", "#"};
  const auto& marks = terminal.utf8 ? kBlocks : kAscii;
  double largest = 0;
  for (const auto& value : values) largest = std::max(largest, value.value_or(0));
  std::string line;
  for (const auto& value : values) {
    if (!value) {
      line += ' ';
      continue;
    }
    const double share = largest > 0 ? std::clamp(*value / largest, 0.0, 1.0) : 0;
    line += marks[static_cast<std::size_t>(std::lround(share * 7))];
  }
  return line;
}

std::size_t SparklineStep(std::size_t values, std::size_t width) { return std::max<std::size_t>(1, width == 0 ? values : (values + width - 1) / width); }

std::vector<std::optional<double>> StepMeans(const std::vector<std::optional<double>>& values, std::size_t step) {
  std::vector<std::optional<double>> means;
  for (std::size_t begin = 0; begin < values.size(); begin += std::max<std::size_t>(1, step)) {
    double sum = 0;
    int known = 0;
    for (std::size_t i = begin; i < std::min(values.size(), begin + std::max<std::size_t>(1, step)); ++i) {
      if (!values[i]) continue;
      sum += *values[i];
      ++known;
    }
    means.push_back(known > 0 ? std::optional(sum / known) : std::nullopt);
  }
  return means;
}

}  // namespace server
