// What RankPriorities is asked and what it answers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/change/verdict.h"
#include "geo/incidents/selection.h"
#include "geo/planning/hour_blocks.h"
#include "geo/planning/plan_places.h"
#include "geo/rates/dispersion.h"
#include "geo/snapshot/breaks_crossed.h"

namespace geo {

// The parts of a score, each from 0 to 1 before it is weighted.
inline constexpr std::size_t kScoreParts = 5;
using ScoreParts = std::array<double, kScoreParts>;
inline constexpr std::size_t kVolumePart = 0, kHarmPart = 1, kPersistencePart = 2, kTrendPart = 3, kConcernPart = 4;

// Years before the period in which a place may have been hot already.
inline constexpr int kPersistenceYears = 3;

struct PriorityQuery {
  struct Chosen {
    std::size_t workstream = 0;  // of DatasetRecord::workstreams
    double weight = 1;           // 0 or more; 0 is a layer that targets nothing
  };
  Period period;                         // at most a year, so that the years before do not overlap it
  std::vector<Chosen> workstreams;       // in order of index
  ScoreParts part_weights{1, 1, 1, 1, 1};
  std::optional<std::size_t> weight_table;
  std::size_t vintage = 0;
  std::vector<AreaIndex> areas;          // of the vintage, sorted; empty: all
  PlaceUnit unit = PlaceUnit::kCells;
  CellGrid cells{CellShape::kSquare, 250'000};
  std::optional<HourBlocks> blocks = HourBlocks{};  // nullopt: the whole week
  int listed = 20;                       // candidates told
  int draws = 1000;                      // of weights and concerns; 0: no rank ranges
  double weight_spread = 0.2;            // each weight is drawn evenly from 1 - this to 1 + this times itself
  std::uint64_t seed = 1;
  std::optional<double> capacity_hours;  // a week; nullopt: nothing is assigned
  double visit_hours = 1;                // that one visit of a place in a block takes
  int teams = 1;                         // that can be in different places at once
  double false_discovery_rate = 0.05;
  double share = 0.25;                   // of the k-set that makes a place hot in a year
  int threads = 1;
};

// A workstream, or a part of one, that takes no part in the scores, and why.
struct LeftOut {
  std::size_t workstream = 0;
  std::string reason;   // "HOUR_UNKNOWN"
  std::string message;
};

// What one workstream gives one candidate.
struct WorkstreamScore {
  std::size_t workstream = 0;
  double incidents = 0;           // shares of incidents that lie in the place and the block
  double weight = 0;              // of them, by the workstream's own weights
  std::int64_t place_incidents = 0;         // in the place at all hours of the workstream, in the period
  std::int64_t place_incidents_before = 0;  // and in the same days a year before
  double volume_percentile = 0;   // 0..1
  double harm_percentile = 0;     // 0..1
  int years_hot = 0;              // of `years_covered`
  int years_covered = 0;
  Verdict trend = Verdict::kTooFewToSay;
  bool under_minimum = false;     // fewer incidents than the workstream's minimum: no points
  ScoreParts points{};            // of 100
};

struct Candidate {
  std::int32_t place = 0;
  int block = -1;                // -1: the whole week
  int rank = 1;                  // 1 is the highest score; ties share the better
  int rank_low = 1, rank_high = 1;  // 5 % of the draws rank it better, 5 % worse
  double score = 0;              // of 100: the sum of all points
  std::vector<WorkstreamScore> workstreams;  // with any incident here, targeted or not, in the query's order
  // Of all incidents here of any chosen workstream, each once:
  std::int64_t incidents = 0;
  double weight = 0;             // shares of them in the block
  double harm = 0;               // by the weight table
  double harm_without_largest = 0;
  std::int64_t unweighted = 0;   // incidents that the weight table has no weight for, and `harm` therefore leaves out
};

struct Assignment {
  std::size_t candidate = 0;     // into PriorityAnswer::candidates
  double hours = 0;              // a week
  double covered = 0;            // shares of targeted incidents of the period in it
};

// Where the targeted incidents of the period are, each counted once.
struct CoverageOfPlan {
  double targeted = 0;
  double covered = 0;        // in assigned places and blocks
  double elsewhere = 0;      // in places and blocks that are not assigned
  double outside = 0;        // in none of the places
  double unlocated = 0;
  double hour_unknown = 0;   // in a place, at no known hour
};

struct StreamCoverage {
  std::size_t workstream = 0;
  std::int64_t incidents = 0;       // selected in the period
  std::int64_t located = 0;
  std::int64_t in_places = 0;
  std::int64_t hour_unknown = 0;    // in places, but at no known hour: in no block
  double covered = 0;               // shares of incidents in assigned places and blocks
};

struct PriorityAnswer {
  PlanPlaces places;
  std::vector<Candidate> candidates;  // the listed and the assigned, by score descending, then place, then block
  std::size_t listed = 0;             // the first so many are the list; those after it are only assigned
  std::int64_t scored = 0;            // candidates with any incident
  std::vector<Assignment> assigned;   // in the order in which they were taken
  double hours_used = 0;
  std::optional<CoverageOfPlan> coverage;  // where capacity was given
  std::vector<StreamCoverage> streams;     // as the query's
  std::vector<LeftOut> left_out;
  bool hours_told = false;            // candidates are places and blocks; false: places alone
  bool harm_told = false;
  double points_per_weight = 0;       // 100 / (sum of workstream weights x sum of part weights) of those that take part
  int tests_made = 0;
  DispersionEstimate dispersion;
  std::vector<CrossedBreak> breaks;
  std::int64_t incidents = 0, located = 0, hour_unknown_incidents = 0, unknown_hour = 0;
};

}  // namespace geo
