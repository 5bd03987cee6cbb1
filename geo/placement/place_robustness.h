// Would other sites be chosen if positions were a little wrong, or in another year?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/placement/siting_problem.h"
#include "geo/placement/siting_query.h"

namespace geo {

struct RobustnessQuery {
  int draws = 200;  // 1..10,000
  std::uint64_t seed = 1;
  bool exact = false;            // every draw proved best; else greedy with swaps, whose gap is told
  double core_share = 0.9;       // over 0, to 1: what is chosen in so many of the draws is of the core
  std::vector<DemandSet> years;  // the same question of other years, each solved once, exactly
};

struct RobustnessAnswer {
  struct Site {
    std::string id;
    bool existing = false;
    bool in_choice = false;  // of the question as asked
    int chosen = 0;          // draws in which it is, under whatever bearing
    double frequency = 0;
    bool core = false;
  };
  std::vector<Site> sites;  // chosen as asked or in any draw: by frequency, then id
  RobustnessNote note;
  double worst_gap = 0;  // of any draw's choice to its bound
  struct Year {
    std::string title;
    std::vector<std::string> ids;  // chosen, ascending
    double value = 0, bound = 0;   // of that year's best choice
    double kept = 0;               // what the choice as asked covers in that year, over `value`; 1 where that is 0
    int shared = 0;                // sites of both choices
    bool not_met = false;          // no choice covers what must be covered in that year: nothing else is told of it
  };
  std::vector<Year> years;
  int draws = 0;
  std::uint64_t seed = 0;
  bool stopped = false;           // out of time: `draws` says how many were made
  CameraCertificate certificate;  // of the choice as asked; of TestSiting alone
};

// Each draw moves every point evenly within the disc of its precision and solves anew, views unchanged. A point that lies outside buildings stays outside: it
// is drawn again, up to 16 times, and then left where it is. A draw depends on seed, draw and point alone: the same at any number of threads. `base` is the
// choice of the question as asked. Errors: those of CheckDemand and CheckCarriesSiting for the years; kInvalidArgument; kCancelled; kDeadlineExceeded where there
// was time for no year and no draw. Years come first.
Result<RobustnessAnswer> TestRobustness(const CameraScene& scene, const SitingQuery& query, const SitingProblem& problem, const CoverChoice& base,
                                        const RobustnessQuery& robustness, const StopSignal& stop);

// The whole question: siting, then its robustness. Refused like siting itself.
Result<RobustnessAnswer> TestSiting(const CameraScene& scene, const SitingQuery& query, const RobustnessQuery& robustness, const StopSignal& stop);

// Where the points lie in one draw.
std::vector<GridPoint> DrawPositions(const CameraScene& scene, const DemandSet& demand, std::uint64_t seed, std::uint32_t draw);

}  // namespace geo
