// A series in one line of blocks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "server/cli/terminal.h"

namespace server {

// One mark of eight heights for each value, from none (the lowest mark) to the largest value: a height is in proportion to its count, so that noise is not
// stretched into hills. A value that is not known is a gap, not a zero. Without UTF-8: _ . - : = + * #
std::string Sparkline(const std::vector<std::optional<double>>& values, const Terminal& terminal);

// Values that one mark must stand for, so that `values` marks fit into `width`: at least 1.
std::size_t SparklineStep(std::size_t values, std::size_t width);
// Means of `step` values in a row; of those known, and not known where none is.
std::vector<std::optional<double>> StepMeans(const std::vector<std::optional<double>>& values, std::size_t step);

}  // namespace server
