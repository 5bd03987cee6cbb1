// The annual review: what every standing camera has in view, what it alone has, and what to do with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "geo/change/ward_comparison.h"
#include "geo/placement/certificate.h"
#include "geo/placement/siting_query.h"
#include "geo/rates/poisson_interval.h"
#include "geo/types/stop_signal.h"

namespace geo {

// Signed off by the partnership; echoed in the answer.
struct ReviewRules {
  double need_per_year = 12;        // need is not shown where even the upper end of the interval of incidents a year in view is below this
  double least_unique_share = 0.1;  // mostly duplicated, where less of what it sees is seen by it alone
  double better_by = 2;             // a better site is known, where a candidate would add so many times what the camera alone sees
  double least_fit = 0.5;           // of evidence, known hours and monitored hours, below which a caution is given
};

struct ReviewQuery {
  std::string level = "observe";
  int recent_days = 365;  // of the scene's demand, which counts incidents
  DemandSet earlier;      // the months before those; may be empty
  int earlier_days = 730;
  ReviewRules rules;
  std::vector<CandidateSite> candidates;  // where cameras could go; may be empty
  std::size_t model = 0;                  // on candidates
  std::vector<double> bearings_deg{0, 45, 90, 135, 180, 225, 270, 315};
  double false_discovery_rate = 0.05;
};

enum class ReviewClass : std::uint8_t {
  kKeep,
  kRepairFirst,  // does not work, and need is shown
  kRedeploy,     // mostly duplicated, or movable and a better site is known
  kNeedNotShown,
  kNotJudged,  // has no view: stands inside a building
};
const char* ReviewWord(ReviewClass review);  // "keep", "repair first", "redeploy", "need not shown", "not judged"

struct CameraReview {
  std::string id;
  ReviewClass review = ReviewClass::kNotJudged;
  // SCREAMING_SNAKE_CASE, the deciding first: NEED_SHOWN, NOTHING_IN_VIEW, FEW_IN_VIEW, OUT_OF_ORDER, MOSTLY_DUPLICATED, BETTER_SITE_KNOWN,
  // SITE_INSIDE_BUILDING; then cautions: RISING, FALLING, WEAK_EVIDENCE, HOURS_MOSTLY_UNKNOWN, HOURS_NOT_MONITORED, BEARING_UNKNOWN,
  // PLACES_IN_VIEW.
  std::vector<std::string> reasons;
  double recent = 0, earlier = 0;  // weight in view, of the time that it looks there
  CountInterval recent_interval;   // of `recent`, rounded to whole incidents
  double per_year = 0;             // of both periods together
  CountInterval per_year_interval;
  Change change;                              // earlier to recent, a daily rate each; judged together with all other cameras
  double unique = 0;                          // recent, in view of no other working camera
  double unique_share = 0;                    // of `recent`
  int rank = 0;                               // 1: most unique; ties share the better; 0: not judged
  std::vector<double> by_category_and_block;  // recent: [category x (blocks + 1) + block], the last block of unknown hour
  std::string better_site;                    // that would add most beside the working cameras, where BETTER_SITE_KNOWN
  double better_site_adds = 0;
  EvidenceFit evidence;
  HourFit hours;
  IntrusionCount intrusion;
};

struct ReviewAnswer {
  std::vector<CameraReview> cameras;  // in the scene's order
  double total = 0, covered = 0;      // weight asked about, and in view of working cameras
  double covered_if_repaired = 0;     // and were all to work
  ReviewRules rules;
  std::vector<int> share_in_view;  // of each point of the scene's demand, per mille of the time, summed over working cameras
  CameraCertificate certificate;   // of the working cameras together
};

// Leave-one-out: `unique` is what the working cameras would lose without this one, or gain with it where it does not work. Verdicts by JudgeChanges over all
// cameras. Deterministic at any number of threads. Errors: those of CheckScene, CheckDemand, FindLevel; kInvalidArgument NO_CAMERAS, OUT_OF_RANGE;
// CheckCarriesSiting for the longest range among the cameras; stop.reason().
Result<ReviewAnswer> ReviewCameras(const CameraScene& scene, const ReviewQuery& query, const StopSignal& stop);

}  // namespace geo
