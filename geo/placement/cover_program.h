// A covering problem as an integer program, no larger than it has to be.
#pragma once

#include <cstdint>
#include <vector>

#include "geo/placement/cover_problem.h"
#include "geo/placement/integer_program.h"

namespace geo {

// Column j is option options[j]; then come shares of demand in view, then demands counted by requirements. Locked options are constants. Demands that the same
// options see are one; a demand that one option alone sees is part of that option's objective.
struct CoverProgram {
  IntegerProgram program;
  std::vector<std::uint32_t> options;
  CoverUnits constant = 0;  // what locked options cover; the value of a choice is constant + unit x objective
  double unit = 1;
  bool whole = false;  // every objective is a whole number: bounds may be rounded down
};

// `keep[o]`: may option o be chosen? `forbidden`: sets of sites that may not be chosen whole. `incidence` of the problem.
CoverProgram BuildCoverProgram(const CoverProblem& problem, const CoverIncidence& incidence, const std::vector<std::uint8_t>& keep,
                               const std::vector<std::vector<std::int32_t>>& forbidden);

}  // namespace geo
