// Which sites, which way, and what each adds.
#pragma once

#include "geo/placement/siting_query.h"
#include "geo/types/stop_signal.h"

namespace geo {

// The choice of candidates and bearings that covers most beside the cameras that stand, within picks and budget, meeting what must be covered; with a bound and
// gap, what each adds, sets that do nearly as well, cost against cover, and the certificate. A candidate that adds nothing is not chosen; more picks than
// candidates take all of use. No demand: an empty choice. Stopped with kDeadlineExceeded once a choice is at hand: that choice with its gap; alternatives,
// frontier and robustness then fall short or away (alternatives_complete, fewer points, no note). Deterministic at any number of threads, unless stopped. Laws,
// each with a test: adding a candidate never lowers the covered; a locked camera never leaves; covered is at most located; gains add up to covered - before.
// Errors: those of BuildSitingProblem and SolveCover. Source: Church and ReVelle 1974; Murray, Kim, Davis, Machiraju and Parent 2007, Coverage optimization to
// support security monitoring (views, backup).
Result<SitingAnswer> SiteCameras(const CameraScene& scene, const SitingQuery& query, const StopSignal& stop);

}  // namespace geo
