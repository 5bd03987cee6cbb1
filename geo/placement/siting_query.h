// What SiteCameras is asked and what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/geometry/polygon.h"
#include "geo/placement/certificate.h"

namespace geo {

// A lamp column, a wall, a place for a redeployable.
struct CandidateSite {
  std::string id;
  GridPoint at;
  std::optional<double> height_m;
  bool on_building = false;
  std::int64_t cost_pence = 0;
  std::vector<double> bearings_deg;  // empty: the query's
};

// Demand that has to be in view: of at least `times` cameras at once (2: backup), for at least `least_share` of the weight that lies in `ground`, by time.
struct MustCover {
  std::string id;
  MultiPolygon ground;
  int times = 1;           // 1..10
  double least_share = 1;  // over 0, to 1
};

struct SitingQuery {
  std::vector<CandidateSite> candidates;
  std::size_t model = 0;  // of the scene, on every candidate
  std::vector<double> bearings_deg{0, 45, 90, 135, 180, 225, 270, 315};
  std::string level = "recognise";  // of the scene's table: what counts as in view
  // Picks, a budget, or both. Movable cameras may stay, turn or go; each that goes allows one pick more.
  std::optional<int> picks;  // new cameras; over the candidates: all of use
  std::optional<std::int64_t> budget_pence;
  std::vector<MustCover> must_cover;
  bool exact = true;                 // false: greedy with swaps, and the bound by multipliers
  int alternatives = 3;              // runner-up sets told, 0..50
  double alternatives_share = 0.01;  // within so much of the best
  int frontier_points = 0;           // of cost against cover, 0..50
  int robustness_draws = 50;         // 0: not told
  std::uint64_t seed = 1;
  CoverProgressCall progress;  // may be empty
};

struct SitedPick {
  std::string id;
  std::size_t candidate = 0;  // of the query; with `existing`, of the scene's cameras
  bool existing = false;      // a movable camera that stays
  GridPoint at;
  double bearing_deg = 0;
  std::int64_t cost_pence = 0;
  double sees = 0;                    // weight in view, were it alone
  double gain = 0;                    // beyond standing cameras and the picks before
  double cumulative = 0;              // with standing cameras
  double unique = 0;                  // lost were it left out of the whole
  std::vector<double> gain_by_block;  // of `gain`; the last is of unknown hour
  std::optional<double> gain_per_1000_pounds;
  std::vector<double> at_level;  // weight in view at each level or finer
  double blind = 0;              // weight within the sector and range, behind buildings; by time, as what is seen
  IntrusionCount intrusion;      // of this view alone
};

struct SitingAlternative {
  std::vector<std::string> ids;  // ascending
  double value = 0;
  double share_of_best = 0;
};

struct FrontierPoint {
  int picks = 0;
  std::int64_t spend_pence = 0;
  std::optional<std::int64_t> budget_pence;  // that this point was given
  double value = 0, bound = 0;
  bool proved_optimal = false;
};

struct SitingAnswer {
  std::vector<SitedPick> picks;       // in the order in which the greedy rule would take the chosen
  std::vector<std::string> released;  // movable cameras that go
  double total = 0, located = 0;      // weight asked about; of it with a position
  double coverable = 0;               // with a camera at every site that looks every way at once, and standing cameras; by time
  double before = 0;                  // by standing cameras
  double covered = 0;                 // by standing cameras and picks
  double backup = 0;                  // weight in view of two or more at once: by time, what their shares add up to beyond one
  std::int64_t spend_pence = 0;
  struct Met {
    std::string id;
    double share = 0, least_share = 0;
    int times = 1;
  };
  std::vector<Met> must_cover;
  std::vector<SitingAlternative> alternatives;  // best first
  bool alternatives_complete = false;           // no other set is within the share
  std::vector<FrontierPoint> frontier;
  std::vector<SpotLeftOut> left_out;
  int usable_sites = 0;                                  // candidates that are not left out
  std::optional<std::int64_t> cheapest_that_adds_pence;  // of those, alone beside the standing cameras; nullopt: none adds anything
  std::vector<int> share_in_view;  // of each point of the scene's demand, per mille of the time, summed over cameras
  CameraCertificate certificate;
};

}  // namespace geo
