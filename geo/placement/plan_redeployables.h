// Where the movable units go, quarter by quarter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/placement/certificate.h"
#include "geo/placement/siting_query.h"
#include "geo/rates/poisson_interval.h"
#include "geo/types/local_time.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct RedeployUnit {
  std::string id;
  std::optional<std::string> at;  // id of the site where it is; nullopt: in store
};

struct RedeployQuery {
  std::vector<RedeployUnit> units;   // at least one; no two at one site
  std::vector<CandidateSite> sites;  // cost_pence: of putting a unit there
  std::size_t model = 0;
  std::vector<double> bearings_deg{0, 45, 90, 135, 180, 225, 270, 315};
  std::string level = "observe";
  Period history;                                 // that the scene's demand covers: at least a year, best whole years
  std::vector<LocalDay> days;                     // of each point of the scene's demand
  Month first_month;                              // of the plan; quarters of three months from there
  int quarters = 4;                               // 1..8
  std::optional<std::int64_t> move_budget_pence;  // for all moves of the plan
  double least_gain_per_move = 0;                 // incidents that a move has to add in all to be worth it
  double most_overlap = 0.5;                      // two sites that share more of the weight of the lesser are not used in one quarter
};

// One unit at one site for one quarter: what an assessment at each deployment asks.
struct Deployment {
  std::string unit, site;
  std::size_t site_index = 0;  // of the query
  int quarter = 0;
  Period period;
  double bearing_deg = 0;  // that has most in view over the history
  bool moved = false;
  std::int64_t cost_pence = 0;  // of the move
  double expected = 0;          // incidents in view beyond standing cameras
  CountInterval interval;       // 95 %
  EvidenceFit evidence;         // of the history in view
  HourFit hours;
  IntrusionCount intrusion;
  LocalDay review_on = 0;  // the end of the quarter
};

struct RedeployAnswer {
  std::vector<Deployment> deployments;  // by quarter, then unit as in the query
  double expected = 0;                  // over all
  int moves = 0;
  std::int64_t spend_pence = 0;
  double staying = 0;                 // expected, were every unit to stay where it is
  std::vector<double> season_factor;  // of each quarter of the plan
  std::vector<SpotLeftOut> left_out;
  CameraCertificate certificate;  // of all sites used; solver's values are expected incidents less what moves have to add
};

// Each site looks the way that has most in view that working cameras do not see. Expectations by ExpectSeasons, seasons being the plan's quarters. The plan is
// an integer program: units a quarter, one a site, overlaps, moves and their cost; of equal plans one with fewer moves. Deterministic unless stopped. Stopped
// with kDeadlineExceeded after expectations are at hand: the better of the best plan found and staying put, with its gap. Errors: those of CheckScene,
// FindLevel, CheckCarriesSiting; kInvalidArgument OUT_OF_RANGE, NO_UNITS, NO_CANDIDATES, REPEATED_ID, NO_SUCH_SITE, SITE_TAKEN_TWICE; kFailedPrecondition
// HISTORY_TOO_SHORT, SITE_INSIDE_BUILDING where no site has a view; stop.reason().
Result<RedeployAnswer> PlanRedeployables(const CameraScene& scene, const RedeployQuery& query, const StopSignal& stop);

}  // namespace geo
