// What a question asks of the density, and what an answer says it used.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/density/bandwidth_rules.h"
#include "geo/density/edge_correction.h"
#include "geo/density/kernel.h"

namespace geo {

struct DensityQuery {
  KernelShape kernel = KernelShape::kQuartic;
  double triangular_decay = 0;         // 0..1, triangular alone
  double bandwidth_m = 500;            // 1..50,000; ignored with a rule
  std::optional<BandwidthRule> rule;
  EdgeCorrection edge_correction = EdgeCorrection::kNone;
  bool adaptive = false;               // not with edge correction
};

// Something to know before relying on an answer.
struct AnswerWarning {
  std::string code;  // "BANDWIDTH_UNDER_CELL"
  std::string text;
};

struct DensityUsed {
  Kernel kernel;
  std::string why;  // how the bandwidth was chosen
  EdgeCorrection edge_correction = EdgeCorrection::kNone;
  bool adaptive = false;
  double narrowest_m = 0, widest_m = 0;  // of the positions' own bandwidths, with adaptive
  std::size_t positions = 0;             // distinct
  std::vector<AnswerWarning> warnings;
};

}  // namespace geo
