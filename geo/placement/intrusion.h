// Whom a site would watch, which way it would watch fewer, and what hiding them would cost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "geo/placement/certificate.h"
#include "geo/placement/siting_query.h"
#include "geo/types/stop_signal.h"

namespace geo {

struct IntrusionQuery {
  CandidateSite site;  // its own bearings are swept where given, else every `step_deg`
  std::size_t model = 0;
  std::string level = "recognise";
  double step_deg = 15;      // 1..180
  double keep_share = 0.9;   // a bearing that covers at least so much of the best may stand in for it
  double mask_radius_m = 8;  // about a place: what the camera's privacy mask blots out, 0..100
};

struct BearingIntrusion {
  double bearing_deg = 0;
  double covered = 0;                // weight in view at the level
  double cover_lost_by_masking = 0;  // of it, were every protected place in view at the level masked
  IntrusionCount intrusion;
  std::int64_t places = 0;  // of any kind, at the level
};

struct IntrusionAnswer {
  std::vector<BearingIntrusion> bearings;  // as swept
  std::size_t best = 0;                    // most covered; ties: fewer places, then the earlier
  std::size_t least_intrusive = 0;         // fewest places among those that cover keep_share of the best; ties: more covered, then the earlier
  std::int64_t places_avoided = 0;         // by turning from best to least_intrusive
  double cover_lost_by_turning = 0;
  CameraCertificate certificate;  // of the least intrusive
};

// A mask blots out the disc about a place and all that lies behind the disc as the camera sees it: a point is lost when it is within the disc, or within the
// angle of the disc and beyond its near side. Masks and discs are worked in doubles: a point within a micrometre of their edge may fall on either side. Errors:
// those of CheckScene, FindLevel, CheckCarriesSiting; kInvalidArgument OUT_OF_RANGE; kFailedPrecondition SITE_INSIDE_BUILDING; stop.reason().
Result<IntrusionAnswer> SweepBearings(const CameraScene& scene, const IntrusionQuery& query, const StopSignal& stop);

}  // namespace geo
